"""The HTML of a first view: real words, real links, one picture, measured as the live page is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from desk import orientation
from desk.export import captions
from desk.figures import Figure
from desk.first.inline import html
from desk.first.pages import FILTERS, OPENINGS, Opening
from desk.first.pictures import Name
from desk.navigation import PAGES, path
from desk.overview import Told
from desk.texts import text

PICTURES = "first-picture"
FOLDER = Path(__file__).parent
STYLE = FOLDER.parent / "house.css"
# where the narrow picture serves: beneath it the wide one would be shrunk to half
NARROW = 1000


@dataclass(frozen=True)
class Until:
    """What of the live page must be there before a view goes: so many of these, at this place."""

    selector: str
    count: int
    place: str


CHART = Until(".js-plotly-plot .main-svg .trace", 1, "[data-testid=stPlotlyChart]")
TILE, TILES_PLACE = (
    "[data-testid=stMetricValue]",
    "[data-testid=stColumn]:has([data-testid=stMetric])",
)
ROOT = '<div id="root"></div>'
GROUNDS = ("dark", "light")
_FONT = re.compile(r'href="\./(static/media/SourceSans[\w.-]+\.woff2)"')


@dataclass(frozen=True)
class View:
    """A piece for the head and one for the body of Streamlit's page."""

    head: str
    body: str


@dataclass(frozen=True)
class Said:
    """What a view says beside its figure: the page, its language, the line on top."""

    page: str
    language: str
    freshness: str


def whole(index: str, language: str, view: View | None, ahead: Iterable[str]) -> str:
    """Return Streamlit's page with a view in it; in its head our style sheet and what it will need.

    Streamlit has no setting for a style sheet, and what a script sends comes after the first
    drawing: then all that was drawn jumps. Ours alone: no word of an article goes through it.
    """
    links = "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href=".{path}">'
        for path in ahead
    )
    page = index.replace("</head>", f"{links}<style>{_sheet()}</style></head>", 1)
    if view is None:
        return page
    found = _FONT.search(index)
    body = view.body.replace("FONT", f"./{found[1]}" if found else "", 1)
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    page = page.replace("<title>Streamlit</title>", view.head, 1)
    return page.replace(ROOT, ROOT + body, 1)


@cache
def _sheet() -> str:
    return STYLE.read_text(encoding="utf-8")


def of_figure(said: Said, figure: Figure, height: int, grounds: dict[str, list[Name]]) -> View:
    """Return the view of a page that begins with a figure; `grounds` holds its pictures."""
    opening = OPENINGS[said.page]
    build = figure.build_id
    sources = [each for ground in GROUNDS for each in _sources(build, grounds, ground)]
    image = (
        "<picture>"
        + "".join(f'<source media="{media}" srcset="{url}">' for media, url in sources)
        + f'<img data-ours src="{sources[-1][1]}" alt="{escape(figure.alt)}" '
        f'style="height:{height}px" fetchpriority="high">'
        "</picture>"
    )
    under = [f"{figure.sources} {captions.stamp(figure)}"]
    body = (
        _row("controls", opening.controls)
        + f"<h3>{escape(figure.title)}</h3>"
        + f'<div class="chart"><p>{escape(figure.subtitle)}</p>{image}'
        + "".join(f"<p>{escape(line)}</p>" for line in under)
        + "".join(f"<p>{escape(line)}</p>" for line in figure.caveats[:1])
        + "</div>"
    )
    ahead = "".join(
        f'<link rel="preload" as="image" media="{media}" href="{url}" fetchpriority="high">'
        for media, url in sources
    )
    drawn = _view(said, opening, body, CHART, ground="auto" if "dark" in grounds else "light")
    return View(ahead + drawn.head, drawn.body)


def of_tiles(said: Said, tiles: list[Told], ground: str) -> View:
    """Return the view of the overview: its tiles, each with its newest year, growth and source.

    `ground` is `auto` where the desk follows the visitor's own choice of light and dark.
    """
    body = (
        _welcome(said.language) + f"<h3>{escape(text('overview.tiles', said.language))}</h3>"
        f"<p>{escape(text('overview.caption', said.language))}</p>"
        '<div class="tiles">' + "".join(map(_tile, tiles)) + "</div>"
    )
    return _view(said, OPENINGS[said.page], body, Until(TILE, len(tiles), TILES_PLACE), ground)


def _welcome(language: str) -> str:
    """Return the strip of a first visit, its links as they are live."""
    # html() would escape a link: each is put in afterwards, in the place of a word of no text
    words = {page: f"@{page}@" for page in orientation.PAGES}
    parts = "".join(
        f"<p>{'<br>'.join(map(html, part.splitlines()))}</p>"
        for part in orientation.parts(language, words)
    )
    for page, word in words.items():
        parts = parts.replace(word, _link(page, language))
    title = escape(text("welcome.title", language))
    return f'<div class="strip"><div>{title}</div><section>{parts}</section></div>'


def _link(page: str, language: str) -> str:
    name = escape(text(f"nav.{page}", language))
    return f'<a href="./{path(page)}{_asking(language)}">{name}</a>'


def _tile(told: Told) -> str:
    growth = f"<div>{escape(told.growth)}</div>" if told.growth else ""
    said = "<br>".join(map(html, told.lines))
    return (
        f'<div class="tile" data-ours><div class="value">{escape(told.heading)}'
        f"<strong>{escape(told.value)}</strong>{growth}</div><p>{said}</p></div>"
    )


def _view(said: Said, opening: Opening, body: str, until: Until, ground: str) -> View:
    language = said.language
    links = "".join(_link(page, language) for page in PAGES)
    title = f"<title>{escape(text('app.title', language))}</title>"
    inner = (
        f"<nav>{links}</nav>"
        f'<p class="wait" role="status">{escape(text("first_picture.wait", language))}</p>'
        f'<main><div class="top"><p>{html(said.freshness)}</p><i></i></div>'
        f"{_row('filters', FILTERS)}"
        f"<h2>{escape(text(opening.heading, language))}</h2>{body}</main>"
    )
    named = f'id="first" lang="{language}" data-ground="{ground}"'
    end = f'data-until="{until.selector}" data-count="{until.count}" data-place="{until.place}"'
    return View(
        head=title,
        body=f"<div {named} {end}><style>{_style()}</style>{inner}"
        f"<script>{_script()}</script></div>",
    )


def _asking(language: str) -> str:
    return "" if language == "en" else f"?lang={language}"


def _row(name: str, widths: tuple[int, ...]) -> str:
    """Return grey boxes where the controls will stand."""
    boxes = "".join(f'<i style="width:{width}px"></i>' for width in widths)
    return f'<div class="row {name}" aria-hidden="true">{boxes}</div>' if widths else ""


def _sources(build: str, grounds: dict[str, list[Name]], ground: str) -> Iterator[tuple[str, str]]:
    """Yield media query and address of the pictures on one ground; no two queries hold at once."""
    other = {"dark": "light", "light": "dark"}[ground]
    scheme = f" and (prefers-color-scheme: {ground})" if other in grounds else ""
    for name in grounds.get(ground, []):
        edge = f"min-width: {NARROW}px" if name.width == "wide" else f"max-width: {NARROW - 0.02}px"
        yield f"({edge}){scheme}", _address(build, name)


def _address(build: str, name: Name) -> str:
    return f"./{PICTURES}/{build}/{name.file}"


@cache
def _script() -> str:
    return (FOLDER / "swap.js").read_text(encoding="utf-8")


@cache
def _style() -> str:
    return (FOLDER / "page.css").read_text(encoding="utf-8")
