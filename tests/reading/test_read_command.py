"""`amur read`: articles in, claims with links and verdicts out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.warehouse import Build
from tests.support import Ran

Amur = Callable[..., Ran]
TEXT = (
    "China-Russia trade: the figures\n\nTrade between China and Russia reached $244.8 billion in "
    "2024, up 1.9% on the year. China's exports to Russia were $115.5 billion.\n\n"
    "Trade was $240 billion in 2024, a blogger wrote. China bought 8.3 million tonnes of Russian "
    "LNG in 2024. The sides aim for $300 billion by 2030."
)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Return what puts bytes on standard input."""

    def put(content: bytes) -> None:
        given = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", given)

    return put


def claims(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["claims"]
    return found


def test_a_file_is_read_and_judged(amur: Amur, build: Build, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    found = claims(amur("read", str(path), "--as-of", "2025-01-20", "--json"))
    assert [each["verdict"] for each in found] == [
        "agrees",
        "agrees",
        "agrees",
        "differs",
        "agrees",
        "not_checkable",
    ]
    flat = found[3]
    assert (flat["indicator"], flat["reason"]) == ("trade_total", "wrong_period")
    assert "2023" in flat["explanation"]
    assert all(each["evidence"] for each in found[:5])
    assert found[5]["reason"] == "target_or_forecast"


def test_every_claim_has_the_fields_of_the_contract(
    amur: Amur, build: Build, stdin: Callable[[bytes], None]
) -> None:
    stdin(TEXT.encode())
    ran = amur("read", "-", "--as-of", "2025-01-20", "--json")
    wanted = (
        "span_text start end value low high bound unit period_start period_end change direction"
        " indicator kind verdict reason evidence explanation"
    )
    for each in claims(ran):
        assert set(wanted.split()) <= set(each)
        assert TEXT[each["start"] : each["end"]] == each["span_text"]


def test_an_html_page_is_read_without_its_frame(amur: Amur, build: Build, tmp_path: Path) -> None:
    body = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    page = f"<html><body><nav>$999 billion</nav><article>{body}</article></body></html>"
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    found = claims(amur("read", str(path), "--as-of", "2025-01-20", "--json"))
    assert 244.8e9 in [each["value"] for each in found]
    assert 999e9 not in [each["value"] for each in found]


def test_lines_come_out_in_their_order(
    amur: Amur, build: Build, stdin: Callable[[bytes], None]
) -> None:
    rows = [
        {
            "id": "b",
            "text": "Trade with Russia was $244.8 billion last year.",
            "as_of": "2025-01-20",
        },
        {"id": 2, "text": "Nothing is counted here.", "as_of": "2025-01-20"},
        {"id": "a", "text": "China bought 8.3 Mt of Russian LNG in 2024.", "as_of": "2025-01-20"},
    ]
    stdin("\n".join(json.dumps(row) for row in rows).encode())
    ran = amur("read", "--jsonl", "--no-verdict")
    out = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in out] == ["b", 2, "a"]
    assert [len(line["claims"]) for line in out] == [1, 0, 1]
    assert "verdict" not in out[0]["claims"][0]


@pytest.mark.parametrize(
    "line",
    ["{", '{"id": 1}', '{"id": 1, "text": 5}', '{"id": 1, "text": "", "as_of": "soon"}', "[]"],
)
def test_one_bad_line_refuses_all_and_is_named(
    amur: Amur, build: Build, stdin: Callable[[bytes], None], line: str
) -> None:
    stdin(('{"id": 0, "text": "Trade was $5bn."}\n' + line).encode())
    ran = amur("read", "--jsonl")
    assert ran.code == 2
    assert ran.out == ""
    assert "stdin:2" in ran.err


@pytest.mark.parametrize("name", ["missing.txt", "ftp://example.org/a", "empty.txt", "book.zip"])
def test_what_is_no_article_is_refused_with_a_sentence(
    amur: Amur, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_text(" \n", encoding="utf-8")
    Path("book.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 500)
    ran = amur("read", name)
    assert ran.code == 2
    assert ran.out == ""
    assert name in ran.err
    assert "Traceback" not in ran.err


def test_another_suppliers_figure_is_linked_to_its_own_line(
    amur: Amur, build: Build, stdin: Callable[[bytes], None]
) -> None:
    stdin(b"Saudi Arabia sold China 78.6 million tonnes of crude in 2024.")
    (found,) = claims(amur("read", "-", "--as-of", "2025-02-01", "--json"))
    assert (found["indicator"], found["indicator_own"]) == ("other", "crude_sa_cn_volume")
    assert found["verdict"] == "agrees"
