"""Who a page is, which wire it relays and whom it credits, read from its publisher line.

The shared form is "Page (Item, Item)", "Page via X", "X reprint" or "X copy". What an item means is
data: the patterns of sources.toml.
"""

import re
from dataclasses import dataclass

from etl.entries import Catalog, Source

_FORM = re.compile(r"^(?P<page>[^(]*)(?:\((?P<items>.*)\))?(?P<tail>[^)]*)$")
_ITEM = re.compile(r"[,;/]|\bvia\b|\bciting\b|\bcredited to\b|\band\b", re.IGNORECASE)
_PAGE = re.compile(r"\bvia\b|\breprint\b|\bcopy\b|\bmirror\b|/", re.IGNORECASE)


@dataclass(frozen=True)
class Publisher:
    """One publisher line taken apart; `source` is the id whose class the page is ranked by."""

    page: str
    wire: str
    counter: str
    source: str


def split(text: str, catalog: Catalog) -> Publisher:
    """Take a publisher line apart.

    A blog stays a blog whatever it copies; else the wire that the page relays decides its class,
    because its figure is the wire's figure; else the page itself; else plain press.
    """
    match = _FORM.match(text.strip())
    page = (match["page"] if match else text).strip()
    inside = [item.strip() for item in _ITEM.split((match["items"] or "") if match else "")]
    parts = [part.strip() for part in _PAGE.split(page) if part.strip()]
    own = _recognise(parts[0] if parts else page, catalog)
    if own and own.class_ == "official" and len(parts) > 1:
        # a relayed press release is what its body counted, on somebody else's page
        inside, own = [*inside, parts[0]], None
    named = [found for item in [*parts[1:], *inside] if (found := _recognise(item, catalog))]
    blog = _recognise(text, catalog, only="blog") or (own if own and own.class_ == "blog" else None)
    wire = next((item for item in [*named, own] if item and item.class_ == "agency"), None)
    counter = next((item for item in named if item.role == "counter"), None)
    ranked = blog or wire or own
    return Publisher(
        page=page or text,
        wire=wire.id if wire else "",
        counter=counter.id if counter else "",
        source=ranked.id if ranked else "press",
    )


def _recognise(item: str, catalog: Catalog, only: str = "") -> Source | None:
    """Return the first source, in the order of sources.toml, with a pattern that matches."""
    for source in catalog.sources.values():
        if only and source.class_ != only:
            continue
        if any(re.search(pattern, item, re.IGNORECASE) for pattern in source.patterns):
            return source
    return None
