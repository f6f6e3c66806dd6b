"""Money in another currency: by the mean rate of the very period, from the desk's own rates.

A figure that was reported in the currency asked for stays as it is; only the others are converted.
A period of which no mean rate is known is a gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb

from desk import derivations, lines, units, wording
from desk.comparing import contrast
from desk.comparing.offered import BILLION, Unit
from desk.figure_list import LineSpec
from desk.lines import Line, Options, Point

# each is told per dollar, the euro's in dollars
DOLLAR = "USD"
RATES = {"CNY": "fx_usd_cny", "RUB": "fx_usd_rub", "EUR": "fx_eur_usd"}
PER_DOLLAR = ("CNY", "RUB")
KINDS = ("month", "ytd", "year")
METHOD = "converted at the mean rate"
Span = tuple[str, str]


@dataclass(frozen=True)
class Step:
    """One multiplication: a rate as it was published, and the factor that it makes."""

    rate: Point
    factor: float
    said: str


@dataclass(frozen=True)
class Rates:
    """Mean rates by currency and period, as known on the as-of day."""

    held: dict[str, Line]
    by_span: dict[str, dict[Span, Point]]
    language: str

    def steps(self, one: str, other: str, point: Point) -> list[Step] | None:
        """Return how an amount becomes one of another currency, by way of the dollar.

        None where a rate of the period is not known.
        """
        ways = ((one, True), (other, False)) if one != other else ()
        found = [self._step(name, way, point) for name, way in ways if name != DOLLAR]
        return [step for step in found if step] if all(found) else None

    def _step(self, currency: str, to_dollar: bool, point: Point) -> Step | None:
        line = self.held[currency]
        rate = self.by_span[currency].get(_span(point))
        if rate is None or not rate.value:
            return None
        times = to_dollar != (currency in PER_DOLLAR)
        shown = wording.exact(rate.value, rate.precision, self.language)
        whose = f"{RATES[currency]}, {rate.label}, {rate.publisher}"
        said = f"{'×' if times else '÷'} {shown} {units.symbol(line.unit, self.language)} ({whose})"
        return Step(rate, rate.value if times else 1 / rate.value, said)


def load(con: duckdb.DuckDBPyConnection, currencies: set[str], options: Options) -> Rates:
    """Load the rates between some currencies: for months, for what came together, for years."""
    held: dict[str, Line] = {}
    for name in sorted(currencies - {DOLLAR}):
        spec = LineSpec(RATES[name])
        found = [lines.load_line(con, spec, options, kind, None) for kind in KINDS]
        held[name] = replace(found[0], points=[p for line in found for p in line.points])
    by_span = {name: {_span(p): p for p in line.points} for name, line in held.items()}
    return Rates(held, by_span, options.language)


def in_currency(line: Line, reported: list[Point], unit: Unit, currency: str, rates: Rates) -> Line:
    """Return a line of money in billions of a currency: as reported in it, else converted."""
    spans = {_span(point) for point in reported}
    others = replace(line, points=[p for p in line.points if _span(p) not in spans])
    made = converted(others, unit, currency, rates)
    points = sorted([*reported, *made], key=lambda point: (point.start, point.end))
    return replace(line, unit=f"{currency} bn", points=points)


def converted(line: Line, unit: Unit, currency: str, rates: Rates) -> Iterator[Point]:
    """Yield the points of a line in billions of another currency, each with its rate told."""
    for point in line.points:
        steps = rates.steps(unit.currency, currency, point)
        if steps is None:
            continue
        factor = unit.factor / BILLION
        for step in steps:
            factor *= step.factor
        error = sum(step.rate.precision / step.rate.value for step in steps)
        value = point.value * factor
        made = contrast.derived(
            point,
            value=value,
            precision=point.precision * factor + abs(value) * error / 2,
            method=derivations.method(METHOD, rates.language),
            inputs=" ".join(
                [contrast.told(point, line.unit, rates.language), *(step.said for step in steps)]
            ),
            others=[step.rate for step in steps],
            scale=factor,
        )
        yield made


def _span(point: Point) -> Span:
    return point.start.isoformat(), point.end.isoformat()
