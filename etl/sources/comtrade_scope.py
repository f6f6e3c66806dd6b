"""What is asked of UN Comtrade: reporters, partners, flows and HS codes of the catalogue."""

from dataclasses import dataclass

# without these the server adds rows by customs procedure, transport and second partner
TOTALS = {"partner2Code": "0", "customsCode": "C00", "motCode": "0", "includeDesc": "FALSE"}

CHINA, HONG_KONG = "156", "344"
# Comtrade's numbers of countries, and the codes that the catalogue uses
COUNTRIES = {
    CHINA: "CHN",
    HONG_KONG: "HKG",
    "643": "RUS",
    "0": "W00",
    "682": "SAU",
    "458": "MYS",
    "360": "IDN",
    "496": "MNG",
    "36": "AUS",
    "634": "QAT",
    "795": "TKM",
}


@dataclass(frozen=True)
class Reporter:
    """What one reporter is asked for.

    `halves` split the codes where an answer was cut off; the codes of one sum stay together.
    """

    flows: tuple[str, ...]
    partners: tuple[str, ...]
    halves: tuple[tuple[str, ...], ...]


FUELS = ("TOTAL", "2701", "2702", "2709", "2710", "271111", "271121")
GOODS = (*(str(code) for code in range(8456, 8467)), "8541", "8542", "8703", "8704")
REPORTERS = {
    # 9 partners, 22 codes and 2 flows are 396 rows at most: below the 500 of the preview
    CHINA: Reporter(
        ("M", "X"), ("643", "0", "682", "458", "360", "496", "36", "634", "795"), (FUELS, GOODS)
    ),
    HONG_KONG: Reporter(("X",), ("643",), (("TOTAL", "8541", "8542"),)),
}
