"""`amur export` and `amur brief` as a user meets them: files, and a sentence for every mistake."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.export import formats
from tests.support import Ran

Amur = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("build")
EXPORT = ("export", "trade_totals", "--format", "csv", "--out", "{out}")
BRIEF = ("brief", "--out", "{out}.pptx")
WRONG = {
    "figure": (("export", "nothing", "--format", "csv", "--out", "{out}"), "amur figures"),
    "format": (("export", "trade_totals", "--format", "gif", "--out", "{out}"), "png"),
    "size": ((*EXPORT, "--size", "huge"), "a4"),
    "free size": ((*EXPORT, "--size", "10x10"), "320"),
    "language": ((*EXPORT, "--lang", "fr"), "en, ru, zh"),
    "theme": ((*EXPORT, "--theme", "pink"), "dark"),
    "kind": ((*EXPORT, "--kind", "decade"), "year"),
    "unit": ((*EXPORT, "--unit", "Mt"), "USD bn"),
    "span": ((*EXPORT, "--from", "2020-01-01", "--to", "2019-01-01"), "2020-01-01"),
    "empty span": ((*EXPORT, "--from", "1990-01-01", "--to", "1990-12-31"), "--from"),
    "as-of": ((*EXPORT, "--as-of", "1990-01-01"), "--as-of"),
    "no date": ((*EXPORT, "--as-of", "yesterday"), "YYYY-MM-DD"),
    "build": ((*EXPORT, "--build", "0000000000000000"), "refresh"),
    "folder": (("export", "trade_totals", "--format", "csv", "--out", "{out}/no/f.csv"), "folder"),
    "ending": (("brief", "--out", "{out}.docx"), ".pptx"),
    "figures": ((*BRIEF, "--figures", "trade_totals,nothing"), "amur figures"),
    "no figures": ((*BRIEF, "--figures", ","), "amur figures"),
    "brief as-of": ((*BRIEF, "--as-of", "1990-01-01"), "--as-of"),
    "brief language": ((*BRIEF, "--lang", "xx"), "en, ru, zh"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_one_sentence_exit_2_and_no_file(
    what: str, amur: Amur, tmp_path: Path
) -> None:
    words, named = WRONG[what]
    ran = amur(*(word.format(out=tmp_path / "figure") for word in words))
    assert ran.code == 2
    assert not ran.out
    assert ran.err.startswith("amur: ")
    assert named in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_format_is_written_with_its_hash_told(form: str, amur: Amur, tmp_path: Path) -> None:
    out = tmp_path / f"figure.{form}"
    ran = amur("export", "lng_volume", "--format", form, "--out", str(out))
    assert ran.code == 0, ran.err
    assert out.stat().st_size > 500
    assert "sha256" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_file_that_is_there_is_replaced_whole(amur: Amur, tmp_path: Path) -> None:
    out = tmp_path / "figure.csv"
    out.write_text("old")
    assert amur("export", "lng_volume", "--format", "csv", "--out", str(out)).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf#")


def test_a_disk_that_refuses_leaves_the_old_file_and_nothing_else(
    amur: Amur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "figure.csv"
    out.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = amur("export", "lng_volume", "--format", "csv", "--out", str(out))
    assert ran.code == 2
    assert "No space left" in ran.err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"figure.csv": "old"}


def test_a_folder_is_no_file(amur: Amur, tmp_path: Path) -> None:
    ran = amur("export", "lng_volume", "--format", "csv", "--out", str(tmp_path))
    assert ran.code == 2
    assert "folder" in ran.err


def test_a_picture_too_small_for_its_words_is_refused_not_cut(amur: Amur, tmp_path: Path) -> None:
    out = tmp_path / "figure.svg"
    ran = amur("export", "trade_totals", "--format", "svg", "--out", str(out), "--size", "320x320")
    assert ran.code == 2
    assert "larger size" in ran.err
    assert not out.exists()


def test_without_the_renderer_the_other_formats_still_work(
    amur: Amur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk.export import renderer

    monkeypatch.setattr(renderer, "shared", renderer.Renderer())
    monkeypatch.setattr("desk.export.picture.shared", renderer.Renderer())
    monkeypatch.setattr(renderer, "_program", lambda home: tmp_path / "gone")
    out = tmp_path / "figure.svg"
    ran = amur("export", "lng_volume", "--format", "svg", "--out", str(out))
    assert ran.code == 2
    assert "CSV" in ran.err
    out = tmp_path / "figure.xlsx"
    assert amur("export", "lng_volume", "--format", "xlsx", "--out", str(out)).code == 0
