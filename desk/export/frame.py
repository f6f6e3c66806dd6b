"""The surface of a picture: its margins and its lines of text, as plotly takes them."""

from desk import hover
from desk.export import typeface
from desk.export.layout import Box, Page, Words
from desk.export.sheet import Sheet
from desk.export.theme import Theme
from desk.sketch import Spec


def frame(page: Page, sheet: Sheet, theme: Theme) -> Spec:
    """Return a layout with the surface, the plot area and the words around it fixed."""
    box = page.box
    return {
        "width": sheet.width,
        "height": sheet.height,
        "autosize": False,
        "margin": {
            "l": box.left,
            "r": sheet.width - box.right,
            "t": box.top,
            "b": sheet.height - box.bottom,
            "autoexpand": False,
        },
        "font": {"family": typeface.FAMILY, "size": sheet.type_size, "color": theme.ink},
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "showlegend": False,
        "annotations": [annotation(words, box) for words in page.words],
        "shapes": [],
    }


def annotation(words: Words, box: Box) -> Spec:
    """Return a line of text as plotly takes it; foreign text never becomes markup."""
    escaped = hover.escape(words.text)
    # there is no bold Chinese: bold digits among it would look like a slip
    bold = words.bold and not any(map(typeface.is_chinese, words.text))
    return {
        "text": f"<b>{escaped}</b>" if bold else escaped,
        "xref": "paper",
        "yref": "paper",
        "x": (words.x - box.left) / box.width,
        "y": 1 - (words.y - box.top) / box.height,
        "xanchor": words.anchor,
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": words.size, "color": words.colour},
    }
