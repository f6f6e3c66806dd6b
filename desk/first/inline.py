"""The little Markdown of our own captions as HTML: bold, code, colour. Nothing else becomes markup.

What `desk.markup.plain` escaped stays text, and every character is escaped for HTML.
"""

import re
from html import escape

_TOKENS = re.compile(r"(\\.|\*\*|`|:[a-z]+\[|\])")
_PAIRED = {"**": ("<b>", "</b>"), "`": ("<code>", "</code>")}


def html(markdown: str) -> str:
    """Return a line of Markdown as HTML that holds no markup but ours, always closed."""
    out: list[str] = []
    opened: list[str] = []
    for piece in _TOKENS.split(markdown):
        if piece in _PAIRED:
            first, last = _PAIRED[piece]
            if last in opened:
                opened.remove(last)
                out.append(last)
            else:
                opened.append(last)
                out.append(first)
        elif piece.startswith(":") and piece.endswith("["):
            opened.append("</span>")
            out.append(f'<span class="{piece[1:-1]}">')
        elif piece == "]" and "</span>" in opened:
            opened.remove("</span>")
            out.append("</span>")
        else:
            out.append(escape(piece[1:] if re.fullmatch(r"\\.", piece) else piece))
    return "".join([*out, *reversed(opened)])
