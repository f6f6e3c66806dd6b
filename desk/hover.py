"""What a mark says when a reader points at it: period, value, status, publisher, date."""

from desk import markup, units, verdicts, wording
from desk.lines import Line, Point
from desk.rows import Row
from desk.texts import text

SHOWN_CLAIMS = 3


def point(mark: Point, line: Line, language: str) -> str:
    """Say period, value, status, publisher and date; the evidence says the rest."""
    bound = wording.BOUND_MARKS.get(mark.bound, "")
    value = wording.exact(mark.value, mark.precision, language)
    if mark.bound == "range" and mark.low is not None and mark.high is not None:
        value = f"{mark.low:g}–{mark.high:g}"
    unit = units.symbol(line.unit, language)
    parts = [f"<b>{line.label}</b>", f"{mark.label}: <b>{bound}{value} {unit}</b>"]
    parts.append(
        text(
            "chart.hover",
            language,
            status=text(f"status.{mark.status}", language),
            publisher=escape(mark.publisher),
            date=wording.day(mark.published, language),
        )
    )
    if mark.counter:
        parts.append(text("chart.hover_counter", language, counter=escape(mark.counter)))
    if mark.inputs:
        parts.append(escape(mark.inputs))
    if mark.old_value is not None and mark.revised:
        old = wording.exact(mark.old_value, mark.old_precision, language)
        day = wording.day(mark.revised, language)
        parts.append(text("chart.hover_revised", language, old=old, new=value, date=day))
    elif mark.vintages > 1:
        parts.append(text("chart.hover_vintages", language, count=mark.vintages))
    if mark.disputed and mark.low is not None and mark.high is not None:
        parts.append(
            text("chart.hover_disputed", language, low=f"{mark.low:.5g}", high=f"{mark.high:.5g}")
        )
    return "<br>".join(wrap(part) for part in parts)


def wrap(words: str, width: int = 64) -> str:
    """Break a long line for a hover label."""
    lines, current = [], ""
    for word in words.split(" "):
        if current and len(current) + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return "<br>".join([*lines, current])


def escape(words: str) -> str:
    """Foreign text never becomes markup."""
    return markup.seen(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def event(row: Row, language: str) -> str:
    """Return the hover of a dated event."""
    said = row["said_by"] or text("unknown", language)
    confirmed = row["confirmed_by"] or text("unknown", language)
    return "<br>".join(
        [
            f"<b>{row['date_text']} · {escape(row['project'])}</b>",
            wrap(escape(row["title"])),
            wrap(escape(text("chart.hover_event", language, said=said, confirmed=confirmed))),
            escape(row["publisher"]),
        ]
    )


def claims(rows: list[Row], language: str) -> str:
    """Return the hover of a mark: who claims what, the verdict, and why; the first few."""
    lines = [_claim(row, language) for row in rows[:SHOWN_CLAIMS]]
    left = len(rows) - SHOWN_CLAIMS
    if left > 0:
        lines.append(text("chart.more_claims", language, count=left))
    return "<br>".join(lines)


def _claim(row: Row, language: str) -> str:
    said = f"«{row['title']}» {row['publisher']}, {row['published_text']}: "
    told = f"{verdicts.word(row, language)}. {row['explanation']}"
    if row["judged_on"]:
        day = wording.day(row["judged_on"], language)
        told += f" {text('verdict.judged_on', language, day=day)}"
    stated = wrap(escape(said + wording.claim(row, language)))
    return f"{stated}<br><b>{wrap(escape(told))}</b>"
