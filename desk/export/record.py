"""A figure as plain data: the JSON that is handed out, and the hash that names its content."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from desk.export import captions, table
from desk.figures import Figure

CLAIM_KEYS = (
    "title",
    "publisher",
    "published_text",
    "url",
    "indicator",
    "period_start",
    "period_end",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "kind",
    "verdict",
    "reason",
    "explanation",
)


def body(figure: Figure) -> dict[str, Any]:
    """Return everything that the figure says, points as `amur series` gives them, oldest first."""
    options = figure.options
    return {
        "figure": figure.id,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "unit": figure.unit,
        "kind": figure.kind,
        "as_of": options.as_of,
        "build_id": figure.build_id,
        "from": options.start,
        "to": options.end,
        "language": options.language,
        "sources": figure.sources,
        "caveats": figure.caveats,
        "alt": figure.alt,
        "licences": figure.licences,
        "points": table.rows(figure)[::-1],
        "events": [{key: row[key] for key in table.EVENT_COLUMNS} for row in figure.events],
        "claims": claims(figure),
    }


def claims(figure: Figure) -> list[dict[str, Any]]:
    """Return the claims that lie on the figure, each with its verdict where it was judged."""
    language = figure.options.language
    return [
        {key: row.get(key) for key in CLAIM_KEYS}
        | {"explanation": captions.explanation(row, language)}
        for row in figure.claims
    ]


def fingerprint(figure: Figure) -> str:
    """Return the SHA-256 of what the figure says: the same figure has the same on any machine."""
    said = json.dumps(body(figure), ensure_ascii=False, sort_keys=True, default=plain)
    return hashlib.sha256(said.encode()).hexdigest()


def plain(value: Any) -> object:
    """Return a day as ISO text."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
