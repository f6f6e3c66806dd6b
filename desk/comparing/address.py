"""A comparison as an address tells it.

The names are those of page Compare's controls, so that an address of that page is one of the figure
alone, too: what is left out is the page's default.
"""

from collections.abc import Mapping

from desk.comparing.asked import VIEWS, Comparison, kinds
from desk.comparing.presets import DEFAULT


def read(parameters: Mapping[str, str]) -> Comparison:
    """Return what an address asks for; whether there is such a thing is not looked at here."""
    listed = parameters.get("series", ",".join(DEFAULT.series)).split(",")
    series = tuple(dict.fromkeys(filter(None, listed)))
    seen = parameters.get("view", VIEWS[0])
    first = parameters.get("of", "")
    if seen == "years" and first in series:
        series = (first, *(name for name in series if name != first))
    return Comparison(
        series,
        seen,
        parameters.get("kind", kinds(seen)[0]),
        parameters.get("unit", ""),
        parameters.get("currency", ""),
    )
