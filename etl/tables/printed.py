"""Numbers and units as customs tables print them, handed on with the digits printed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import Unrecognised
from etl.tables.handed import Handed
from etl.tables.sheet import Line

LEAST_GROWTH, MOST_GROWTH = -100, 1000
_MISSING = ("", "-", "--", "---", "…", "...", "n/a", "na")
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+)(\.\d+)?")
_UNIT = re.compile(r"^(?:currency |value |金额|计价)?(?:units?|单位)\s*:\s*(.*)$", re.IGNORECASE)
_USD, _CNY = r"(?:us\$|usd|us dollars?|dollars?|\$|美元)", r"(?:rmb|cny|yuan|元人民币|人民币元|元)"
_SCALES = {
    "": 0,
    "thousand": 3,
    "千": 3,
    "万": 4,
    "百万": 6,
    "million": 6,
    "mn": 6,
    "mln": 6,
    "亿": 8,
    "billion": 9,
    "bn": 9,
    "bln": 9,
    "十亿": 9,
}
_MASSES = {"吨": ("t", 0), "t": ("t", 0), "ton": ("t", 0), "tonne": ("t", 0)}
_MASSES |= {"metric ton": ("t", 0), "metric tonne": ("t", 0)}
_MASSES |= {"千克": ("kg", 0), "公斤": ("kg", 0), "kg": ("kg", 0), "kilogram": ("kg", 0)}


@dataclass(frozen=True)
class Unit:
    """A unit of ours, how far the point moves to it, and how the table prints it."""

    id: str
    shift: int
    printed: str

    def text(self, figure: Decimal) -> str:
        """Return the figure in our unit with the digits printed."""
        return format(figure.scaleb(self.shift), "f")

    @property
    def currency(self) -> str:
        """Return USD or CNY for money, as its growth is labelled; nothing for a mass."""
        return self.id[:3] if self.id[:3] in ("USD", "CNY") else ""


def number(text: str, handed: Handed, line: int, *, growth: bool = False) -> Decimal | None:
    """Return the number of a cell; None where the table prints a dash or nothing.

    Only growth may be below zero, and it stays within what trade can do.
    """
    if text.lower() in _MISSING:
        return None
    bare = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        fix = "write digits with a point"
        if re.fullmatch(r"-?\d(\.\d+)?e[+-]?\d+", bare, re.IGNORECASE):
            fix = "the sheet cut its digits off; show the column as a number and save it again"
        raise handed.fault(line, f"«{text}» is not a number", fix)
    value = Decimal(re.sub(r"[, ]", "", bare))
    if growth and not LEAST_GROWTH <= value <= MOST_GROWTH:
        what = f"a growth of {bare} % cannot be"
        raise handed.fault(line, what, "look at the file: a column is not what it says")
    if value < 0 and not growth:
        raise handed.fault(
            line, f"«{text}» is negative", "look at the file; trade is never below 0"
        )
    return value


def money(lines: list[Line], title: str, handed: Handed) -> Unit:
    """Return the unit that the lines above a table state; raise Unrecognised without exactly one.

    A currency named in the title must be the same: else one of the two is not of this table.
    """
    stated = {text for line in lines for text in _stated(line.cells)}
    units = {unit.id + str(unit.shift): unit for text in stated for unit in [_money(text, handed)]}
    if not units:
        raise Unrecognised(
            f"{handed.name}: no unit line (Unit: US$1,000, 单位:万元 …) stands above the table, so "
            "that its size is not known; add the line as the page shows it."
        )
    if len(units) > 1:
        raise Unrecognised(
            f"{handed.name} states two units ({', '.join(sorted(stated))}); hand in one table."
        )
    (unit,) = units.values()
    named = {
        currency
        for currency, words in (("USD", r"\busd\b|美元|us\$"), ("CNY", r"\b(cny|rmb)\b|人民币"))
        if re.search(words, title, re.IGNORECASE)
    }
    if named - {unit.currency}:
        raise Unrecognised(
            f"{handed.name}: the title says {', '.join(sorted(named))}, the unit line "
            f"«{unit.printed}»; one of them is of another table."
        )
    return unit


def is_unit(cell: str) -> bool:
    """Return whether a cell states the unit of the table."""
    return bool(_UNIT.match(cell))


def _stated(cells: list[str]) -> list[str]:
    found = []
    for place, cell in enumerate(cells):
        match = _UNIT.match(cell)
        if match:
            after = next((other for other in cells[place + 1 :] if other), "")
            found.append(match[1] or after)
    return found


def _money(text: str, handed: Handed) -> Unit:
    bare = re.sub(r"(?<=\d)[, ](?=\d{3})", "", text.lower()).strip(" .()")
    for currency, word in (("USD", _USD), ("CNY", _CNY)):
        scale = r"(\d*)\s*(thousand|million|mn|mln|billion|bn|bln|百万|十亿|千|万|亿)?s?"
        before = re.fullmatch(rf"{word}\s*{scale}(?: yuan)?", bare)
        after = re.fullmatch(rf"(?:人民币)?{scale}\s*(?:of )?{word}", bare)
        match = before or after
        digits = re.fullmatch(r"1?(0*)", match[1]) if match else None
        if match and digits:
            power = len(digits[1]) + _SCALES[match[2] or ""]
            if power > 9:
                break
            if currency == "CNY":
                return Unit("CNY bn", power - 9, text)
            # never a smaller unit than printed: added zeros would pass for digits
            larger = Unit("USD million", power - 6, text) if power <= 6 else None
            larger = larger or Unit("USD bn", power - 9, text)
            return larger if power else Unit("USD", 0, text)
    raise Unrecognised(
        f"{handed.name}: the unit «{text}» is not known; known are US dollars and yuan, singly, in "
        "thousands, ten thousands, millions or hundred millions."
    )


def mass(text: str) -> Unit | None:
    """Return the unit of a quantity in tonnes or kilograms, or None for any other."""
    bare = re.sub(r"(?<=\d)[, ](?=\d{3})", "", text.lower()).strip(" .()")
    bare = re.sub(r"^ten thousand\b", "10 thousand", bare)
    match = re.fullmatch(
        r"(\d*)\s*(thousand|million|百万|千(?!克)|万|亿)?\s*((?:metric )?[a-z]+|[^a-z\d\s]+)", bare
    )
    digits = re.fullmatch(r"1?(0*)", match[1]) if match else None
    known = _MASSES.get(match[3].removesuffix("s")) if match else None
    if not match or not digits or not known:
        return None
    power = len(digits[1]) + _SCALES[match[2] or ""]
    if power > 6:
        return None
    if known[0] == "t" and power:
        return Unit("Mt", power - 6, text)
    return Unit(known[0], 0, text) if not power else None
