"""How each page begins: what stands above its first figure, and which figure that is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """The beginning of a page.

    `heading` is a key of the texts, `controls` the widths in pixels of its choices; without a
    figure the page begins with the tiles of the overview.
    """

    heading: str
    figure: str = ""
    kind: str | None = None
    controls: tuple[int, ...] = ()


OPENINGS = {
    "overview": Opening("app.tagline"),
    "trade": Opening("nav.trade", "trade_totals", "year", (245, 152)),
    "energy": Opening("nav.energy", "crude_volume", "month", (306, 245, 114)),
    "pipelines": Opening("nav.pipelines", "pos2_timeline"),
    "technology": Opening("nav.technology", "machine_tools"),
}
# the shared filters of every page and the button behind them, in pixels
FILTERS = (150, 330, 110, 110, 130, 88)
