"""Lines in different units: plot areas one above the other over one axis of time, a unit each.

Never two units on one area: the height of a mark would say nothing.
"""

from dataclasses import replace

from desk import marks, overlays, rings
from desk.figures import Figure
from desk.lines import Line
from desk.selection import NOTHING, Selection
from desk.sketch import Sketch

# one panel is as high as a chart for itself, each further one adds less
FIRST, FURTHER = 420, 170
# the part of the height that is left between two panels
BETWEEN = 0.09


def units(figure: Figure) -> list[str]:
    """Return the units of the panels, from the top."""
    return list(dict.fromkeys(line.unit for line in figure.lines if line.points))


def axis(number: int) -> str:
    """Return the name of the values' axis of a panel; «y2» belongs to the event marks."""
    return "y" if number == 0 else f"y{number + 2}"


def domains(count: int) -> list[tuple[float, float]]:
    """Return the bottom and top of each panel as parts of the whole height, from the top."""
    high = (1 - BETWEEN * (count - 1)) / count
    tops = [1 - n * (high + BETWEEN) for n in range(count)]
    return [(max(0.0, top - high), top) for top in tops]


def draw_panels(plot: Sketch, figure: Figure, pointed: Selection = NOTHING) -> None:
    """Draw the lines of every unit on the axis of its panel, then the claims over them."""
    parts = [only(figure, unit) for unit in units(figure)]
    for number, part in enumerate(parts):
        lines = Sketch()
        marks.draw_lines(lines, part)
        plot.data += [trace | {"yaxis": axis(number)} for trace in lines.data]
    named: set[str] = set()
    for number, part in enumerate(parts):
        claims = Sketch()
        overlays.draw_claims(claims, part)
        rings.draw(claims, part, pointed)
        for trace in claims.data:
            # a verdict is named once, whatever the panels that its claims lie in
            shown = trace.get("showlegend", True) and trace["name"] not in named
            plot.data.append(trace | {"yaxis": axis(number), "showlegend": shown})
            named.add(trace.get("name", ""))


def only(figure: Figure, unit: str) -> Figure:
    """Return the figure with the points and claims of one unit: every line keeps its colour."""
    lines = [line if line.unit == unit else _emptied(line) for line in figure.lines]
    claims = [row for row in figure.claims if row["line_unit"] == unit]
    return replace(figure, lines=lines, claims=claims)


def _emptied(line: Line) -> Line:
    return replace(line, points=[])


def arrange(plot: Sketch, figure: Figure) -> None:
    """Stack the axes of the values, each with its unit named; time runs under the lowest."""
    shown = units(figure)
    look = plot.layout["yaxis"]
    axes = {
        f"yaxis{axis(number)[1:]}": look
        | {"title": {"text": figure.symbols[unit]}, "domain": list(domain), "anchor": "x"}
        for number, (unit, domain) in enumerate(zip(shown, domains(len(shown)), strict=True))
    }
    height = FIRST + FURTHER * (len(shown) - 1)
    plot.update_layout(**axes, height=height)
    plot.update_xaxes(anchor=axis(len(shown) - 1))
