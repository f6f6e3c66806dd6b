"""The first views of the current build: drawn by one thread, anew for a new build or a new day."""

import logging
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import duckdb

from desk import figure_list, figures, freshness, overview, plot
from desk.briefing import FIRST_DAY
from desk.export import renderer
from desk.first import pictures, view
from desk.first.pages import OPENINGS
from desk.first.view import Said, View
from desk.lines import Options
from etl import warehouse
from etl.entries import LANGUAGES
from etl.errors import AmurError
from etl.warehouse import Build

# how long after a publish its pictures may be waited for, in seconds
PAUSE_S = 2.0
logger = logging.getLogger("amur")


@dataclass
class _Drawn:
    """The views of one build on one day, by page and language; None where none can be drawn."""

    build: Build
    day: date
    views: dict[tuple[str, str], View | None] = field(default_factory=dict)


class FirstViews:
    """Hands out views that are ready and has the others drawn; nobody waits for one."""

    def __init__(self, grounds: tuple[str, ...]) -> None:
        """Draw nothing yet; `grounds` are `light`, or both where the desk has a dark theme."""
        self._grounds = grounds
        self._drawn: _Drawn | None = None
        self._wanted: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin to draw in the background, until the process ends."""
        threading.Thread(target=self._draw_for_ever, name="first-views", daemon=True).start()

    def ready(self, page: str, language: str) -> View | None:
        """Return a view of the build that is current now, None when there is none yet."""
        drawn = self._drawn
        with suppress(AmurError):
            if drawn and drawn.day == _today() and drawn.build == warehouse.current():
                if (page, language) not in drawn.views:
                    self._wanted.put((page, language))
                return drawn.views.get((page, language))
        return None

    def refresh(self) -> None:
        """Begin anew when the build or the day is another one, with the pages in English."""
        try:
            build = warehouse.current()
        except AmurError:
            return
        if self._drawn is None or (self._drawn.build, self._drawn.day) != (build, _today()):
            self._drawn = _Drawn(build, _today())
            for page in OPENINGS:
                self._wanted.put((page, LANGUAGES[0]))

    def draw_next(self, patience_s: float) -> bool:
        """Draw the next view that is wanted; return whether there was one."""
        try:
            wanted = self._wanted.get(timeout=patience_s)
        except queue.Empty:
            return False
        drawn = self._drawn
        if drawn and wanted not in drawn.views:
            drawn.views[wanted] = self._made(drawn, *wanted)
        return True

    def _draw_for_ever(self) -> None:
        busy = False
        while True:
            self.refresh()
            if self.draw_next(PAUSE_S):
                busy = True
            elif busy:
                # the renderer is a browser: it is not kept for the next publish
                renderer.shared.close()
                busy = False

    def _made(self, drawn: _Drawn, page: str, language: str) -> View | None:
        """Return a view, None when it cannot be drawn: serving goes on without."""
        try:
            with warehouse.connect(drawn.build) as con:
                return _view(con, drawn, page, language, self._grounds)
        except Exception as error:  # noqa: BLE001 - the one thread that draws must live on
            logger.warning("first view of %s (%s): %s", page, language, error)
            return None


def _view(
    con: duckdb.DuckDBPyConnection,
    drawn: _Drawn,
    page: str,
    language: str,
    grounds: tuple[str, ...],
) -> View | None:
    opening, day, build = OPENINGS[page], drawn.day, drawn.build
    line = freshness.sentence(freshness.head(con, day), build.id, day, language)
    said = Said(page, language, line)
    if not opening.figure:
        tiles = overview.tiles(con, day, language)
        told = [overview.told(tile, tile.year, language) for tile in tiles if tile.year]
        ground = "auto" if "dark" in grounds else "light"
        return view.of_tiles(said, told, ground) if len(told) == len(tiles) else None
    options = Options(day, FIRST_DAY, date(day.year, 12, 31), language, opening.kind)
    figure = figures.figure(con, figure_list.find(opening.figure), options, build.id)
    if figure.empty:
        return None
    height = int(plot.sketch(figure).layout["height"])
    named = {
        ground: list(pictures.names(page, language, f"{day}", (ground,))) for ground in grounds
    }
    for name in [name for names in named.values() for name in names]:
        pictures.draw(figure, build, name, height)
    return view.of_figure(said, figure, height, named)


def _today() -> date:
    return datetime.now(UTC).date()
