"""Foreign text made harmless inside our own Markdown: it is shown, never interpreted."""

import html
import re
from urllib.parse import quote, urlencode, urlsplit

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
# what is not seen but turns, hides or breaks what is: controls, overrides of direction, halves of
# a surrogate pair; joiners of letters stay
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)

# Streamlit looks for addresses, mail boxes and :icons: once more in what was escaped: an invisible
# joiner keeps it from finding any
_JOINER = "\u2060"
_FOUND_AGAIN = re.compile(r"((?i:https?):)(?=//)|((?i:www))(?=\.)|(@)(?=\w)|(:)(?=[\w+/-]+:)")


def seen(text: str) -> str:
    """Return a text without the characters that only steer how it is shown."""
    return _UNSEEN.sub("", text)


def piece(text: str) -> str:
    """Escape whatever Markdown would interpret; runs of white space, also at the ends, are one."""
    words = _FOUND_AGAIN.sub(lambda found: found[0] + _JOINER, re.sub(r"\s+", " ", seen(text)))
    return _SPECIAL.sub(r"\\\1", words)


def plain(text: str) -> str:
    """Escape whatever Markdown would interpret, and fold line breaks."""
    return piece(text).strip()


def link(title: str, url: str | None) -> str:
    """Return a link to a web page, or the bare title when the address is no http(s) one."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return plain(title)
    return f"[{plain(title)}]({quote(url, safe=':/?#[]@!$&*+,;=%~-._')})"


def inner_address(page: str, parameters: dict[str, str]) -> str:
    """Return the address of a page of this desk."""
    return f"/{page}?{urlencode(parameters, quote_via=quote)}"


def in_html(text: str) -> str:
    """Return a text as HTML that shows it and does nothing else; line breaks are folded."""
    return html.escape(re.sub(r"\s+", " ", seen(text)).strip(), quote=True)


def html_link(title: str, address: str) -> str:
    """Return a link that opens in the same tab, as HTML: to this desk, or to an http(s) page.

    A link in Markdown would open another tab. The bare title where the address is neither.
    """
    inner = address.startswith("/") and not address.startswith("//")
    if not inner and urlsplit(address).scheme not in ("http", "https"):
        return in_html(title)
    return f'<a href="{html.escape(address, quote=True)}">{in_html(title)}</a>'
