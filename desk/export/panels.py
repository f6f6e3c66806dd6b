"""The panels of a figure on paper: the plot area divided, each part with its scale and its unit."""

from desk import panels
from desk.export import scales, typeface
from desk.export.frame import annotation
from desk.export.layout import Box, Words
from desk.export.scales import Scale
from desk.export.sheet import Sheet
from desk.export.theme import Theme
from desk.figures import Figure
from desk.sketch import Sketch, Spec

AXIS_TYPE = 0.85


def uprights(figure: Figure, drawn: Sketch, sheet: Sheet) -> list[Scale]:
    """Return the scale of every panel, with all that is drawn on it in sight."""
    count = len(panels.units(figure))
    most = max(6, int(sheet.height / sheet.type_size / 5 / count))
    return [
        scales.values(
            [y for trace in drawn.data if trace["yaxis"] == panels.axis(number)
             for y in scales.extent(trace)],
            figure.options.language, zero=False, most=most,
        )
        for number in range(count)
    ]  # fmt: skip


def widest(found: list[Scale], sheet: Sheet) -> Scale:
    """Return the scale whose words take most room: the left margin is made for it."""
    size = sheet.type_size * AXIS_TYPE
    return max(found, key=lambda scale: max(typeface.width(w, size) for w in scale.words))


def stack(
    made: Spec, figure: Figure, found: list[Scale], box: Box, sheet: Sheet, theme: Theme
) -> None:
    """Give every panel its axis, and write its unit over its upper left corner."""
    shown = panels.units(figure)
    look = made["yaxis"]
    parts = panels.domains(len(shown))
    size = sheet.type_size * AXIS_TYPE
    # a strip above each panel is left for its unit
    strip = size * 1.4 / box.height
    for number, (unit, scale, domain) in enumerate(zip(shown, found, parts, strict=True)):
        axis = panels.axis(number)
        made[f"yaxis{axis[1:]}"] = look | {
            "range": scale.range,
            "tickvals": scale.ticks,
            "ticktext": scale.words,
            "domain": [domain[0], domain[1] - strip],
            "anchor": "x",
        }
        top = box.top + (1 - domain[1]) * box.height
        words = Words(figure.symbols[unit], box.left, top + size * 0.4, size, theme.quiet)
        made["annotations"].append(annotation(words, box))
    made["xaxis"]["anchor"] = panels.axis(len(shown) - 1)
