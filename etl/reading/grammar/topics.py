"""What a text goes on to speak of, carried from sentence to sentence."""

from dataclasses import dataclass

RUSSIA, CHINA, MONGOLIA = "RUS", "CHN", "MNG"
PAIR = (RUSSIA, CHINA)
OTHER, TRADE = "other", "trade"

MASS = ("Mt", "t", "kt", "kg", "Mt/mo", "t/mo", "t/d", "Mt/d")
OIL = ("mb/d", "b/d", "Mbbl", "bbl")
GAS = ("bcm", "bcm/yr", "mcm", "mcm/d", "m3", "m3/yr", "m3/d")
MONEY = ("USD", "CNY", "RUB", "EUR")
COUNTED = ("cargo", "ship")
RELATIVE = ("%", "pp", "bp", "x")


@dataclass(slots=True, frozen=True)
class Topic:
    """Goods, the country whose figures they are, and the way that they go.

    `country` is a third country, RUS, CHN or "" for the pair; `flow` out of China, in, or both;
    `told` says that a change is one of "money" or of a "price"; `paired` that Russia was named.
    """

    product: str = ""
    country: str = ""
    flow: str = ""
    told: str = ""
    paired: bool = False
