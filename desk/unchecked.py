"""A sketch as Streamlit takes a Plotly figure, without every word of it being checked again.

Plotly checks a figure against its whole grammar, which takes longer than drawing it. Ours are
checked by the tests, which draw each figure in each of its kinds with `desk.plot.draw`.
"""

from functools import lru_cache

import plotly.graph_objects as go
import plotly.io
from plotly.basedatatypes import BaseFigure

from desk.sketch import Sketch, Spec


class Unchecked(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """Traces and layout that pass for a figure of Plotly's."""

    def __init__(self, drawn: Sketch) -> None:
        """Keep the sketch as it is; plotly's own beginning is what is left out."""
        # plotly's figures take no attributes but their own
        self.__dict__["_drawn"] = drawn

    def to_dict(self) -> Spec:
        """Return traces and layout, all that Streamlit asks of a figure, on the template of now."""
        drawn: Sketch = self.__dict__["_drawn"]
        template = _template(str(plotly.io.templates.default))
        return {"data": drawn.data, "layout": {"template": template} | drawn.layout}


@lru_cache
def _template(name: str) -> Spec:
    """Return the look that every figure begins with: Streamlit sets its own as the default."""
    template: Spec = go.Figure(layout={"template": name}).to_dict()["layout"]["template"]
    return template
