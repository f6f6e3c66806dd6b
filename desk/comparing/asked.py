"""What is asked of a comparison, as an address or a command tells it."""

from dataclasses import dataclass

from etl.errors import UnknownRequest

LEAST, MOST, MOST_PANELS = 2, 6, 3
VIEWS = ("lines", "indexed", "shares", "growth", "years", "gap")
KINDS = ("year", "month", "ytd")
# a line a year is made of months, or of what had come together by each of them
YEARLY_KINDS = ("month", "ytd")
CURRENCIES = ("USD", "CNY", "RUB")
PERCENT = "%"


@dataclass(frozen=True)
class Comparison:
    """What is set beside each other, and how it is seen; "" leaves unit and currency as they are.

    View `years` shows the first of the series alone; `gap` the first minus each of the others, in
    per cent of the other where the unit is «%».
    """

    series: tuple[str, ...]
    view: str = VIEWS[0]
    kind: str = KINDS[0]
    unit: str = ""
    currency: str = ""

    @property
    def said(self) -> dict[str, str]:
        """Return what asks for the same again, but for its periods: in an address or a command."""
        said = {"series": ",".join(self.series), "view": self.view}
        said |= {"unit": self.unit, "currency": self.currency}
        return {name: value for name, value in said.items() if value}


def kinds(view: str) -> tuple[str, ...]:
    """Return the period kinds of a view, its default first."""
    return YEARLY_KINDS if view == "years" else KINDS


def check(asked: Comparison) -> None:
    """Raise UnknownRequest for a view, period kind or currency that there is none of."""
    for name, value, known in (
        ("View", asked.view, VIEWS),
        ("Kind", asked.kind, kinds(asked.view)),
        ("Currency", asked.currency, ("", *CURRENCIES)),
    ):
        if value not in known:
            listed = ", ".join(filter(None, known))
            raise UnknownRequest(f"{name} «{value}» is unknown here; use one of {listed}.")
