"""Foreign text made harmless inside our own Markdown: it is shown, never interpreted."""

import re
from urllib.parse import quote, urlsplit

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Escape whatever Markdown would interpret, and fold line breaks."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def link(title: str, url: str | None) -> str:
    """Return a link to a web page, or the bare title when the address is no http(s) one."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return plain(title)
    return f"[{plain(title)}]({quote(url, safe=':/?#[]@!$&*+,;=%~-._')})"
