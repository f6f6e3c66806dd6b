"""What a visitor sees before the live page: true, of the current build, else left out."""

import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Route

from desk import static_files
from desk.export.renderer import Renderer
from desk.first.answer import FirstAnswers
from desk.first.drawing import FirstViews
from desk.first.inline import html
from desk.first.pages import OPENINGS
from desk.first.view import PICTURES, STYLE
from etl import refresh, warehouse
from etl.errors import CannotExport
from etl.warehouse import Build
from tests.asgi import Client
from tests.desk.framed import charts, opened, sound
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.support import Small, observation

AHEAD = ("/static/js/PlotlyChart.12345678.js",)


def drawn(language: str | None = None) -> FirstViews:
    """Return views with every page drawn in English, and in another language when asked."""
    views = FirstViews(("light",))
    views.refresh()
    while views.draw_next(0.01):
        pass
    if language:
        for page in OPENINGS:
            assert views.ready(page, language) is None
        while views.draw_next(0.01):
            pass
    return views


def served(views: FirstViews | None) -> Client:
    """Return a client of an application that answers every page with Streamlit's own file."""

    async def page(request: object) -> FileResponse:
        return FileResponse(static_files.folder() / "index.html")

    async def other(request: object) -> PlainTextResponse:
        return PlainTextResponse("as it was")

    app = Starlette(routes=[Route("/_stcore/health", other), Route("/{any:path}", page)])
    return Client(FirstAnswers(app, views, AHEAD))


@pytest.fixture(scope="module")
def client(build: Build) -> Client:
    return served(drawn("ru"))


def words(page: str) -> str:
    """Return the text of a page."""
    return unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.S))


@pytest.mark.parametrize("page", [page for page in OPENINGS if page != "overview"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_begins_with_the_picture_of_its_first_chart(
    client: Client, page: str, language: str, build: Build
) -> None:
    answer = client.get(f"/{page}?lang={language}" if language == "ru" else f"/{page}")
    app = sound(opened(page, lang=language))
    first = app.get("plotly_chart")[0]
    assert next(iter(charts(app))) == OPENINGS[page].figure
    assert re.search(r'<img data-ours [^>]*alt="([^"]+)"', answer.text)
    assert unescape(re.findall(r'alt="([^"]+)"', answer.text)[0]) == first.proto.alt
    told = " ".join(words(answer.text).split())
    for said in (app.header[0].value, app.subheader[0].value):
        assert said in told
    assert build.id in told
    assert f'<html lang="{language}">' in answer.text
    height = int(re.findall(r"height:(\d+)px\" fetch", answer.text)[0])
    assert f'"height":{height}' in first.proto.spec
    address = re.findall(rf"\./({PICTURES}/[^\"]+)", answer.text)[0]
    picture = client.get(f"/{address}")
    assert picture.content.startswith(b"\x89PNG")
    assert "immutable" in picture.headers["cache-control"]


def test_the_overview_begins_with_the_numbers_of_its_tiles(client: Client) -> None:
    told = " ".join(words(client.get("/").text).split())
    app = sound(opened("overview"))
    assert len(app.metric) == 5
    for metric in app.metric:
        assert metric.label in told
        assert metric.value in told


def test_any_other_address_begins_as_streamlit_does(client: Client) -> None:
    bare = (static_files.folder() / "index.html").read_text(encoding="utf-8")
    for address in ("/trade?as_of=2024-01-01", "/trade?lang=xx", "/?figure=ranks", "/products"):
        page = client.get(address).text
        assert 'id="first"' not in page
        [link] = re.findall(r'<link rel="modulepreload"[^>]*fetchpriority="low"[^>]*>', page)
        assert "PlotlyChart" in link
        assert page.replace(f"{link}<style>{STYLE.read_text()}</style>", "") == bare
    assert client.get("/_stcore/health").text == "as it was"
    assert client.get("/trade", headers={"if-none-match": '"x"'}).status_code == 200


def test_only_pictures_are_handed_out(client: Client, build: Build) -> None:
    name = "trade.en.2026-01-01.wide.light.png"
    for address in (f"{build.id}/{name}", f"ffffffffffffffff/{name}"):
        assert client.get(f"/{PICTURES}/{address}").status_code == 404
    answer = client.get(f"/{PICTURES}/..%2f..%2fCURRENT")
    assert "duckdb" not in answer.text


def test_a_publish_takes_the_view_away_until_it_is_drawn_anew(small_shipped: Small) -> None:
    year = {"period_kind": "year", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    small_shipped.observations(observation(value="240", **year))
    refresh.run(lambda stage: None)
    views = drawn()
    client = served(views)
    first = warehouse.current()
    assert first.id in client.get("/trade").text
    assert list(first.path.with_suffix(".first").glob("trade.*"))
    small_shipped.observations(observation(value="241", **year))
    refresh.run(lambda stage: None)
    second = warehouse.current()
    assert second.id != first.id
    assert 'id="first"' not in client.get("/trade").text
    views.refresh()
    while views.draw_next(0.01):
        pass
    assert second.id in client.get("/trade").text


def test_what_cannot_be_drawn_is_left_out_and_asked_once(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Renderer, spec: object, width: int, height: int) -> str:
        raise CannotExport("no renderer here")

    monkeypatch.setattr(Renderer, "svg", broken)
    for picture in build.path.with_suffix(".first").glob("*.png"):
        picture.unlink()
    views = drawn()
    page = served(views).get("/trade")
    assert page.status_code == 200
    assert 'id="first"' not in page.text
    assert not views.draw_next(0.01)


def test_nothing_foreign_becomes_markup() -> None:
    assert (
        html("a\\_b **c** `d` :orange[e]")
        == 'a_b <b>c</b> <code>d</code> <span class="orange">e</span>'
    )
    assert html("<img src=x onerror=y> \\<b\\>") == "&lt;img src=x onerror=y&gt; &lt;b&gt;"
    assert html("**never closed") == "<b>never closed</b>"
