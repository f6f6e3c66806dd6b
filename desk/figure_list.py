"""The figures of the desk, as declared in data/catalog/figures.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desk.texts import text
from etl import paths
from etl.errors import CatalogError, UnknownRequest


@dataclass(frozen=True)
class LineSpec:
    """One line of a figure. `marked`: another basis, drawn so that none takes it for the first."""

    indicator: str
    unit: str | None = None
    terms: str | None = None
    marked: bool = False
    computed: bool = False


@dataclass(frozen=True)
class FigureSpec:
    """What a figure shows; the first of `kinds` and `units` is its default."""

    id: str
    page: str
    chart: str
    series: tuple[LineSpec, ...]
    kinds: tuple[str, ...] = ("year",)
    units: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    targets: str = ""
    steps: str = ""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return every indicator that the figure speaks of, in the order of its lines."""
        shown = [line.indicator for line in self.series]
        return tuple(dict.fromkeys([*shown, *self.about]))


CHARTS = ("line", "columns", "compare_years", "statements", "effects", "timeline")


def load() -> dict[str, FigureSpec]:
    """Return every figure by id; raise CatalogError for an entry that cannot be drawn."""
    return _load(paths.shipped() / "catalog" / "figures.toml")


@cache
def _load(path: Path) -> dict[str, FigureSpec]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["figure"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"figures.toml cannot be read ({error}); restore it") from error
    return {key: _spec(key, raw) for key, raw in table.items()}


def _spec(key: str, raw: dict[str, Any]) -> FigureSpec:
    if raw.get("chart") not in CHARTS:
        raise CatalogError(f"figures.toml: figure {key}: chart {raw.get('chart')!r}; use {CHARTS}")
    lists: dict[str, Any] = {
        name: tuple(raw[name]) for name in ("kinds", "units", "events", "about") if name in raw
    }
    rest = {name: raw[name] for name in ("page", "chart", "targets", "steps") if name in raw}
    try:
        lines = tuple(LineSpec(**line) for line in raw["series"])
        return FigureSpec(id=key, series=lines, **rest, **lists)
    except (KeyError, TypeError) as error:
        raise CatalogError(f"figures.toml: figure {key}: {error}; mend the entry") from error


def problems(indicators: set[str]) -> list[str]:
    """Return what in figures.toml points at an indicator that there is none of."""
    return [
        f"figures.toml: figure {spec.id}: indicator {name} is unknown; correct the id"
        for spec in load().values()
        for name in (*spec.indicators, *([spec.targets] if spec.targets else []))
        if name not in indicators
    ]


def find(figure: str) -> FigureSpec:
    """Return one figure; raise UnknownRequest when there is none of this name."""
    found = load().get(figure)
    if found is None:
        raise UnknownRequest(f"Figure «{figure}» is unknown; `amur figures` lists what there is.")
    return found


def listing(language: str = "en") -> list[dict[str, object]]:
    """Return id, title, page and indicators of every figure."""
    return [
        {
            "id": spec.id,
            "title": text(f"figure.{spec.id}.title", language),
            "page": spec.page,
            "indicators": list(spec.indicators),
        }
        for spec in load().values()
    ]


def showing(indicator: str, kind: str) -> FigureSpec | None:
    """Return the figure on which a value of an indicator lies, one of its period kind first."""
    drawn = [
        spec
        for spec in load().values()
        if spec.chart not in ("timeline", "compare_years")
        and indicator in (line.indicator for line in spec.series)
    ]
    return next((spec for spec in drawn if kind in spec.kinds), drawn[0] if drawn else None)


def speaking_of(indicators: set[str]) -> list[FigureSpec]:
    """Return the figures that together show some indicators, those that show most of them first."""
    ranked = sorted(
        load().values(),
        key=lambda spec: (-len(indicators & set(spec.indicators)), len(spec.indicators)),
    )
    covered: set[str] = set()
    found = []
    for spec in ranked:
        news = (indicators & set(spec.indicators)) - covered
        if news:
            found.append(spec)
            covered |= news
    return found
