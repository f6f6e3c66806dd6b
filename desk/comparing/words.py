"""What is said of a comparison: its title, its unit and base, and what a reader could get wrong."""

from dataclasses import dataclass

import duckdb

from desk import series
from desk.comparing import contrast, presets
from desk.comparing.asked import PERCENT, Comparison
from desk.comparing.exchange import RATES
from desk.comparing.offered import Entry, Unit
from desk.lines import Line
from desk.texts import text


@dataclass(frozen=True)
class Captions:
    """Title, subtitle and caveat of a figure."""

    title: str
    subtitle: str
    caveat: str


def symbol(unit: str, known: dict[str, Unit], language: str) -> str:
    """Return a unit as readers of the language write it; an index is one of ours."""
    if unit == contrast.INDEX:
        return text("compare.index", language)
    return known[unit].symbol


def captions(
    asked: Comparison,
    entries: list[Entry],
    loaded: list[Line],
    symbols: list[str],
    language: str,
) -> Captions:
    """Return the captions; `symbols` are the units drawn, as readers write them."""
    return Captions(
        title=_title(asked, loaded, language),
        subtitle=_subtitle(asked, loaded, symbols, language),
        caveat=" ".join(
            filter(
                None,
                (
                    _of_view(asked, language),
                    _bases(entries, loaded, language),
                    _empty(loaded, language),
                ),
            )
        ),
    )


def _title(asked: Comparison, loaded: list[Line], language: str) -> str:
    preset = presets.name(asked)
    if preset:
        return text(f"compare.preset.{preset}", language)
    labels = [line.label for line in loaded]
    first, rest = labels[0], text("compare.and", language).join(labels[1:])
    names = text("compare.and", language).join(labels)
    return text(f"compare.title.{asked.view}", language, names=names, first=first, rest=rest)


def _subtitle(asked: Comparison, loaded: list[Line], symbols: list[str], language: str) -> str:
    base = contrast.base_of(loaded) if asked.view == "indexed" else None
    key = "gap_percent" if asked.view == "gap" and asked.unit == PERCENT else asked.view
    said = text(
        f"compare.subtitle.{key}",
        language,
        base=base.label if base else "",
        units=" · ".join(symbols),
    )
    return f"{said} · {text(f'kind.{asked.kind}', language)}"


def _of_view(asked: Comparison, language: str) -> str:
    """Say how the view is computed, and what of China's months it leaves out."""
    told = text(f"compare.caveat.{asked.view}", language)
    if asked.kind == "month" and asked.view in ("indexed", "years"):
        told = f"{told} {text('compare.caveat.two_months', language)}"
    return told.strip()


def _bases(entries: list[Entry], loaded: list[Line], language: str) -> str:
    """Name whose count each line is where there is more than one."""
    if len({entry.basis for entry in entries}) == 1:
        return ""
    told = "; ".join(
        f"{line.label}: {text(f'compare.basis.{entry.basis}', language)}"
        for entry, line in zip(entries, loaded, strict=True)
    )
    return text("compare.caveat.bases", language, told=told)


def of_money(
    con: duckdb.DuckDBPyConnection,
    asked: Comparison,
    converted: list[str],
    currencies: list[str],
    language: str,
) -> str:
    """Say which lines hold converted money, and by whose rates; nothing where none does."""
    if not converted:
        return ""
    rates = [series.describe(con, RATES[name])[f"title_{language}"] for name in currencies]
    named = {"names": ", ".join(converted), "rates": "; ".join(rates)}
    return text("compare.caveat.converted", language, currency=asked.currency, **named)


def _empty(loaded: list[Line], language: str) -> str:
    """Name the lines that have no figure in this span: they are not drawn."""
    empty = ", ".join(line.label for line in loaded if not line.points)
    return text("compare.caveat.empty", language, names=empty) if empty else ""
