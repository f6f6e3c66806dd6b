"""Foreign text in our Markdown is shown, never interpreted; links lead to web pages alone."""

import re

import pytest

from desk import markup


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/status",
        "mailto:a@example.org",
        "",
        None,
    ],
)
def test_only_web_pages_are_linked(address: str | None) -> None:
    assert markup.link("Title", address) == "Title"


@pytest.mark.parametrize("address", ["https://tass.com/economy/1", "http://customs.gov.cn/a?b=c&d"])
def test_a_web_page_is_linked_by_its_title(address: str) -> None:
    assert markup.link("Trade record", address) == f"[Trade record]({address})"


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("A ](https://evil.example) B", "https://example.org/"),
        ("[x](https://evil.example)", "https://example.org/"),
        ("Title", "https://example.org/a) [b](https://evil.example"),
        ("Title", 'https://example.org/ "onclick'),
        ("Title", "https://example.org/a\nb"),
    ],
)
def test_neither_title_nor_address_breaks_out_of_the_link(title: str, address: str) -> None:
    shown = markup.link(title, address)
    found = re.fullmatch(r"\[((?:\\.|[^\\\[\]])*)\]\(([^\s()<>]*)\)", shown)
    assert found, "one link and nothing beside it"
    assert found[2].startswith("https://example.org/")


@pytest.mark.parametrize(
    "text",
    [
        "*stars* and _lines_",
        "<script>alert(1)</script>",
        "# Heading",
        "- item",
        "1. item",
        "`code`",
        "a | b",
        "~~gone~~",
        "$x^2$",
        ":red[text]",
        ":material/home:",
        "![image](https://example.org/x.png)",
        "&lt;b&gt;",
        "https://example.org",
        "www.example.org",
        "back\\slash",
    ],
)
def test_what_markdown_would_interpret_is_escaped(text: str) -> None:
    shown = markup.plain(text)
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == text
    special = r"\\`*_{}\[\]<>#|~$:&!."
    assert not re.search(rf"(?<!\\)(?:\\\\)*[{special.replace(chr(92) * 2, '')}]", shown)


def test_line_breaks_are_folded() -> None:
    assert markup.plain("one\n\n# two\r\n\tthree") == r"one \# two three"


@pytest.mark.parametrize("text", ["中国海关总署", "Газпром", "plain words 240"])
def test_plain_words_of_any_script_stay_as_they_are(text: str) -> None:
    assert markup.plain(text) == text


@pytest.mark.parametrize(
    "text",
    ["see https://example.org", "HTTP://example.org", "www.example.org", "a@example.org",
     ":material/home:", ":smile:", ":streamlit:", "a:b:c"],
)  # fmt: skip
def test_what_streamlit_looks_for_once_more_in_escaped_text_is_not_found(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", markup.plain(text))
    again = r"(?i)https?://|www\.|\w@\w|:[\w+/-]+:"
    assert re.search(again, text)
    assert not re.search(again, shown)
    assert markup.seen(shown) == text


@pytest.mark.parametrize(
    "unseen", ["\u202e", "\u2066", "\u200f", "\x07", "\x1b", "\ud800", "\ufeff"]
)
def test_what_only_steers_how_text_is_shown_is_left_out(unseen: str) -> None:
    assert markup.plain(f"a{unseen}b") == "ab"


def test_joiners_of_letters_and_spaces_at_the_ends_of_a_piece_stay() -> None:
    assert markup.plain("\u0645\u200c\u0646") == "\u0645\u200c\u0646"
    assert markup.piece(" a \n b ") == " a b "
