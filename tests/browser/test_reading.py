"""A text pasted in a real browser: read, underlined, inert, added by a real process, seen again."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from desk import verdicts
from etl import warehouse
from etl.warehouse import Build
from tests.browser.serving import PATIENCE_MS, SHOTS, go, scroll_width, served, settle
from tests.support import Small, article, observation, small

pytestmark = pytest.mark.browser

TEXT = """Trade in May

Trade between China and Russia was worth $19.8 billion in May 2024, customs said. It had been
$30 billion in May 2024 by another count of the same trade. China and Russia want $300 billion.
<script>document.title = "broken"</script> <img src=x onerror="document.title='broken'">
[link](https://evil.example/) **bold** :red[red] :material/home: www.evil.example a@evil.example
\u202eturned\u202c
"""


@pytest.fixture
def desk(tmp_path: Path, chromium: str) -> Iterator[tuple[str, Small]]:
    """Serve a small desk: May 2024, told by one agency, and an article of another."""
    made = small(tmp_path)
    made.observations(observation(publisher="RIA Novosti", url="https://ria.ru/1"))
    claim = {"period_start": "2024-05-01", "period_end": "2024-05-31"}
    made.articles(article(claim | {"value": 19.8, "low": 19.8, "high": 19.8, "bound": "="}))
    environment = {"AMUR_SHIPPED": str(made.shipped), "AMUR_DATA": str(made.data)}
    with served(environment) as address:
        yield address, made


def paste(page: Page, address: str, text: str) -> None:
    go(page, f"{address}/articles?show=read&lang=en")
    # typing 200 kB takes the browser longer than pasting does
    page.get_by_role("textbox", name="Text of the article").evaluate(
        "(box, text) => { Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')"
        ".set.call(box, text); box.dispatchEvent(new Event('input', {bubbles: true})); }",
        text,
    )
    page.get_by_role("textbox", name="Publisher, if known").fill("Example")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector(".st-key-draft_text", timeout=PATIENCE_MS)
    settle(page)


def colour(page: Page, figure: str) -> str:
    """Return the computed colour of a figure's underline; it must be underlined."""
    span = page.locator(".st-key-draft_text span.stMarkdownColoredText", has_text=figure).first
    expect(span).to_be_visible()
    line, shade = span.evaluate(
        "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).textDecorationColor]"
    )
    assert line == "underline"
    return str(shade)


def test_a_pasted_text_is_read_underlined_inert_and_added(
    desk: tuple[str, Small], page: Page
) -> None:
    address, made = desk
    pointer = made.data / "warehouse" / "CURRENT"
    before = pointer.read_text()
    paste(page, address, TEXT)
    assert "draft=" in page.url
    right, wrong = colour(page, "$19.8 billion"), colour(page, "$30 billion")
    assert right != wrong
    words = page.locator(".st-key-draft_text")
    expect(words).to_contain_text("✓1")
    expect(words).to_contain_text("✗2")
    expect(words).to_contain_text('<script>document.title = "broken"</script>')
    expect(words).to_contain_text("[link](https:")
    expect(words).to_contain_text("**bold** :red[red]")
    assert words.locator("a, img, script, strong, [data-testid=stIconMaterial]").count() == 0
    assert "\u202e" not in words.inner_text()
    assert page.title() != "broken"
    table = page.locator("[data-testid=stTable]")
    expect(table).to_contain_text("✓ agrees")
    expect(table.get_by_role("link", name="RIA Novosti").first).to_be_visible()
    expect(page.locator(".js-plotly-plot .legendtext", has_text="claim agrees")).to_be_visible(
        timeout=PATIENCE_MS
    )
    page.screenshot(path=SHOTS / "reading.png")
    assert pointer.read_text() == before
    page.get_by_role("button", name="Add to the desk").click()
    link = page.get_by_role("link", name="open the article")
    expect(link).to_be_visible(timeout=3 * PATIENCE_MS)
    assert pointer.read_text() != before
    build = made.data / "warehouse" / pointer.read_text().strip()
    with duckdb.connect(str(build), read_only=True) as con:
        told = con.execute(
            "SELECT verdict FROM verdict v JOIN article a ON a.id = v.article "
            "WHERE a.publisher = 'Example' AND v.as_of = 'build' ORDER BY number"
        ).fetchall()
    assert [row[0] for row in told[:2]] == ["agrees", "differs"]
    go(page, f"{address}{link.get_attribute('href')}")
    expect(page.get_by_role("heading", name="Trade in May")).to_be_visible()
    expect(page.locator("[data-testid=stTable]")).to_contain_text("✗ differs")


def test_a_text_of_200_kb_is_shown_and_the_page_lives(desk: tuple[str, Small], page: Page) -> None:
    paste(page, desk[0], TEXT * 400)
    expect(page.get_by_text("all of it was read")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("textbox", name="Text of the article")).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert "draft=" not in page.url


def test_an_uploaded_file_is_read(desk: tuple[str, Small], page: Page, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    go(page, f"{desk[0]}/articles?show=read&from_what=file&lang=en")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("note.txt").first).to_be_visible()
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector(".st-key-draft_text", timeout=PATIENCE_MS)
    expect(page.locator(".st-key-draft_text")).to_contain_text("✓1")


def test_marks_have_the_colour_and_shape_of_the_verdict_and_the_evidence_says_why(
    page: Page, address: str, build: Build
) -> None:
    go(page, f"{address}/trade?lang=en")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    plot = page.locator(".js-plotly-plot").first
    drawn = plot.evaluate(
        "e => e.data.filter(t => (t.name || '').startsWith('claim '))"
        ".map(t => [t.name, t.marker.color, t.marker.symbol])"
    )
    looks = {f"claim {key.replace('_', ' ')}": look for key, look in verdicts.LOOKS.items()}
    assert len(drawn) >= 2
    for name, shade, symbol in drawn:
        assert (shade, symbol) == (looks[name].colour, looks[name].symbol)
        expect(plot.locator(".legendtext", has_text=name)).to_be_visible()
    with warehouse.connect(build) as con:
        why = con.execute(
            "SELECT explanation_en FROM verdict v JOIN claim c "
            "ON c.article = v.article AND c.number = v.number JOIN article a ON a.id = c.article "
            "WHERE c.indicator = 'trade_total' AND v.as_of = 'build' AND v.verdict = 'agrees' "
            "AND c.change IS NULL ORDER BY a.published DESC, a.id LIMIT 1"
        ).fetchall()[0][0]
    expect(page.get_by_text(why).first).to_be_visible()


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("section", ["read", "claims", "publishers"])
def test_no_section_is_wider_than_its_window(
    section: str, width: int, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": width, "height": 1400})
    go(page, f"{address}/articles?show={section}")
    page.wait_for_timeout(800)
    wide = scroll_width(page)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"articles_{section}_{width}.png")
    assert wide <= width
