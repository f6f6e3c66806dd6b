"""What cannot be compared, and the sentence that says so in the language of the reader."""

from dataclasses import dataclass

from desk.comparing import contrast
from desk.comparing.asked import LEAST, MOST, MOST_PANELS, Comparison
from desk.comparing.offered import IN_PERCENT, ORDINAL, Entry, Unit, adds, contains
from desk.lines import Line
from desk.texts import text
from etl.errors import UnknownRequest


class NotComparable(UnknownRequest):
    """These indicators cannot be set beside each other in this way; the text says why."""


@dataclass(frozen=True)
class Case:
    """What is to be compared: indicators, their lines, all units, the language of the reader."""

    entries: list[Entry]
    lines: list[Line]
    units: dict[str, Unit]
    language: str

    def refuse(self, key: str, **values: object) -> NotComparable:
        """Return the refusal of a key, in words."""
        return NotComparable(text(f"compare.refused.{key}", self.language, **values))

    @property
    def symbols(self) -> list[str]:
        """Return the units that occur, as readers write them."""
        return [self.units[unit].symbol for unit in dict.fromkeys(x.unit for x in self.lines)]


def count(asked: Comparison, language: str) -> None:
    """Raise NotComparable where too few or too many are chosen for the view."""
    chosen = len(dict.fromkeys(asked.series))
    least = 1 if asked.view == "years" else LEAST
    if not least <= chosen <= MOST:
        key = "few" if chosen < least else "many"
        said = text(f"compare.refused.{key}", language, least=least, most=MOST, count=chosen)
        raise NotComparable(said)


def check(asked: Comparison, case: Case) -> None:
    """Raise NotComparable where the view would say what is not so."""
    checks = {"lines": _lines, "indexed": _indexed, "shares": _shares, "growth": _growth}
    checks |= {"gap": _gap}
    if asked.view in checks:
        checks[asked.view](case)


def _lines(case: Case) -> None:
    symbols = case.symbols
    if len(symbols) > MOST_PANELS:
        listed = ", ".join(symbols)
        raise case.refuse("panels", count=len(symbols), most=MOST_PANELS, units=listed)


def _indexed(case: Case) -> None:
    _none_of(case, ORDINAL, "index_of_rank")
    _all_held(case)
    if contrast.base_of(case.lines) is None:
        raise case.refuse("no_base")


def _shares(case: Case) -> None:
    odd = [entry.short for entry in case.entries if not adds(entry)]
    if odd:
        raise case.refuse("not_additive", names=", ".join(odd))
    _one_unit(case)
    _one_basis(case)
    for whole in case.entries:
        for part in case.entries:
            if contains(whole, part):
                raise case.refuse("contains", whole=whole.short, part=part.short)
    _all_held(case)
    if not contrast.common(case.lines):
        raise case.refuse("no_period")
    if any(point.value < 0 for line in case.lines for point in line.points):
        raise case.refuse("negative")


def _growth(case: Case) -> None:
    _none_of(case, (*ORDINAL, *IN_PERCENT), "growth_of_share")


def _gap(case: Case) -> None:
    _none_of(case, ORDINAL, "index_of_rank")
    _one_unit(case)
    if not any(contrast.common([case.lines[0], other]) for other in case.lines[1:]):
        raise case.refuse("no_period")


def _none_of(case: Case, measures: tuple[str, ...], key: str) -> None:
    odd = [entry.short for entry in case.entries if entry.measure in measures]
    if odd:
        raise case.refuse(key, names=", ".join(odd))


def _one_unit(case: Case) -> None:
    if len(case.symbols) > 1:
        raise case.refuse("units", units=", ".join(case.symbols))


def _one_basis(case: Case) -> None:
    bases = list(dict.fromkeys(entry.basis for entry in case.entries))
    if len(bases) > 1:
        named = ", ".join(text(f"compare.basis.{basis}", case.language) for basis in bases)
        raise case.refuse("bases", bases=named)


def _all_held(case: Case) -> None:
    empty = [line.label for line in case.lines if not line.points]
    if empty:
        raise case.refuse("nothing_of", names=", ".join(empty))
