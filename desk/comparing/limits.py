"""What cannot be compared, and the sentence that says so in the language of the reader."""

from desk.comparing import contrast
from desk.comparing.asked import LEAST, MOST, MOST_PANELS, Comparison
from desk.comparing.offered import ADDITIVE, IN_PERCENT, ORDINAL, Entry, contains
from desk.lines import Line
from desk.texts import text
from etl.errors import UnknownRequest


class NotComparable(UnknownRequest):
    """These indicators cannot be set beside each other in this way; the text says why."""


def refuse(key: str, language: str, **values: object) -> NotComparable:
    """Return the refusal of a key, in words."""
    return NotComparable(text(f"compare.refused.{key}", language, **values))


def count(asked: Comparison, language: str) -> None:
    """Raise NotComparable where too few or too many are chosen for the view."""
    chosen = len(dict.fromkeys(asked.series))
    least = 1 if asked.view == "years" else LEAST
    if not least <= chosen <= MOST:
        key = "few" if chosen < least else "many"
        raise refuse(key, language, least=least, most=MOST, count=chosen)


def check(asked: Comparison, entries: list[Entry], lines: list[Line], language: str) -> None:
    """Raise NotComparable where the view would say what is not so."""
    checks = {"lines": _lines, "indexed": _indexed, "shares": _shares, "growth": _growth}
    checks |= {"gap": _gap}
    if asked.view in checks:
        whole = [contrast.alone(line, asked.kind) for line in lines]
        checks[asked.view](entries, whole if asked.view == "indexed" else lines, language)


def _lines(entries: list[Entry], lines: list[Line], language: str) -> None:
    units = list(dict.fromkeys(line.unit for line in lines))
    if len(units) > MOST_PANELS:
        listed = ", ".join(units)
        raise refuse("panels", language, count=len(units), most=MOST_PANELS, units=listed)


def _indexed(entries: list[Entry], lines: list[Line], language: str) -> None:
    _none_of(entries, ORDINAL, "index_of_rank", language)
    _all_held(lines, language)
    if contrast.base_of(lines) is None:
        raise refuse("no_base", language)


def _shares(entries: list[Entry], lines: list[Line], language: str) -> None:
    odd = [entry.short for entry in entries if entry.measure not in ADDITIVE]
    if odd:
        raise refuse("not_additive", language, names=", ".join(odd))
    _one_unit(lines, language)
    _one_basis(entries, language)
    for whole in entries:
        for part in entries:
            if contains(whole, part):
                raise refuse("contains", language, whole=whole.short, part=part.short)
    _all_held(lines, language)
    if not contrast.common(lines):
        raise refuse("no_period", language)
    if any(point.value < 0 for line in lines for point in line.points):
        raise refuse("negative", language)


def _growth(entries: list[Entry], lines: list[Line], language: str) -> None:
    _none_of(entries, (*ORDINAL, *IN_PERCENT), "growth_of_share", language)


def _gap(entries: list[Entry], lines: list[Line], language: str) -> None:
    _none_of(entries, ORDINAL, "index_of_rank", language)
    _one_unit(lines, language)
    if not any(contrast.common([lines[0], other]) for other in lines[1:]):
        raise refuse("no_period", language)


def _none_of(entries: list[Entry], measures: tuple[str, ...], key: str, language: str) -> None:
    odd = [entry.short for entry in entries if entry.measure in measures]
    if odd:
        raise refuse(key, language, names=", ".join(odd))


def _one_unit(lines: list[Line], language: str) -> None:
    units = list(dict.fromkeys(line.unit for line in lines))
    if len(units) > 1:
        raise refuse("units", language, units=", ".join(units))


def _one_basis(entries: list[Entry], language: str) -> None:
    bases = list(dict.fromkeys(entry.basis for entry in entries))
    if len(bases) > 1:
        named = ", ".join(text(f"compare.basis.{basis}", language) for basis in bases)
        raise refuse("bases", language, bases=named)


def _all_held(lines: list[Line], language: str) -> None:
    empty = [line.label for line in lines if not line.points]
    if empty:
        raise refuse("nothing_of", language, names=", ".join(empty))
