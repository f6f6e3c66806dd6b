"""The same inputs give the same bytes: in another process, on another day, from another folder."""

import hashlib
import io
import os
import signal
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk.export import formats, paint, picture, steady
from desk.export.renderer import Renderer
from desk.export.sheet import sheet
from desk.export.theme import THEMES
from etl.warehouse import Build
from tests.export.conftest import Export, Make
from tests.support import TODAY, run_amur


@pytest.mark.parametrize("form", formats.FORMATS)
@pytest.mark.parametrize("name", ["trade_totals", "pos1_deliveries", "pos2_timeline"])
def test_a_second_export_is_the_first(name: str, form: str, export: Export, make: Make) -> None:
    first = export(name, form)
    again = formats.make(make(name, language="en"), form, sheet("slide"), THEMES["light"])
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(first).hexdigest()


@pytest.mark.parametrize("form", ["svg", "pdf", "pptx", "xlsx"])
def test_another_process_writes_the_same_file(
    form: str, export: Export, build: Build, tmp_path: Path
) -> None:
    # office files would carry the second in which they were made
    time.sleep(1.1)
    out = tmp_path / f"figure.{form}"
    span = ("--from", "2015-01-01", "--to", "2026-12-31")
    known = ("--as-of", str(TODAY), "--build", build.id)
    ran = run_amur("export", "crude_effects", "--format", form, "--out", str(out), *span, *known)
    assert ran.code == 0, ran.err
    assert out.read_bytes() == export("crude_effects", form)
    assert hashlib.sha256(out.read_bytes()).hexdigest() in ran.err


def test_an_office_file_tells_no_time_but_the_day(export: Export) -> None:
    for form in ("pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(export("trade_totals", form))) as packed:
            assert {entry.date_time for entry in packed.infolist()} == {steady.EARLIEST}
            core = packed.read("docProps/core.xml").decode()
        assert f"{TODAY}T00:00:00Z" in core


def test_a_renderer_that_was_killed_starts_again_and_draws_the_same(make: Make) -> None:
    renderer = Renderer()
    spec = paint.dress(make("trade_totals", language="en"), sheet("slide"), THEMES["light"])
    try:
        first = renderer.svg(spec, 1280, 720)
        assert renderer.pid
        os.killpg(renderer.pid, signal.SIGKILL)
        again = renderer.svg(spec, 1280, 720)
    finally:
        renderer.close()
    assert len(first) == len(again)
    assert renderer.pid is None


def test_a_root_whose_attributes_come_in_another_order_gives_the_same_bytes(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = ('viewBox="0 0 2 1" style=""', 'style="" viewBox="0 0 2 1"')
    drawn = iter(f'<svg class="main-svg" {root}><defs id="defs-0a1b2c"/></svg>' for root in roots)
    monkeypatch.setattr(picture.shared, "svg", lambda *asked: next(drawn))
    figure = make("trade_balance", language="en")
    first, second = (picture.svg(figure, sheet("slide"), THEMES["light"]) for _ in roots)
    assert first == second
    assert b'viewBox="0 0 2 1"' in first


def test_eight_at_once_draw_without_an_error(make: Make, export: Export) -> None:
    figure = make("trade_balance", language="en")

    def drawn(_: int) -> bytes:
        return formats.make(figure, "svg", sheet("slide"), THEMES["light"])

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(drawn, range(16))) == {export("trade_balance", "svg")}
