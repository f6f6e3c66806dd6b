"""A figure as rows, and those rows as CSV that no spreadsheet takes for a formula."""

import csv
import io

from desk.figures import Figure

COLUMNS = (
    "line",
    "period",
    "period_kind",
    "period_start",
    "period_end",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "precision",
    "status",
    "basis",
    "disputed",
    "vintages",
    "publisher",
    "published",
    "url",
    "inputs",
    "note",
)


EVENT_COLUMNS = (
    "date_text",
    "project",
    "title",
    "status",
    "said_by",
    "confirmed_by",
    "price_settled",
    "contract_signed",
    "capacity_value",
    "capacity_unit",
    "publisher",
    "published_text",
    "url",
    "note",
)
# RFC 4180; the writer quotes whatever would end a row
END = "\r\n"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows(figure: Figure) -> list[dict[str, object]]:
    """Return one row a point, newest first, with everything that must travel with it."""
    found: list[dict[str, object]] = []
    for line in figure.lines:
        for point in line.points:
            shown = vars(point) | {"line": line.label, "unit": line.unit, "basis": line.basis}
            shown |= {"period": point.label, "period_kind": point.kind}
            shown |= {"period_start": point.start, "period_end": point.end}
            found.append({key: shown[key] for key in COLUMNS})
    return sorted(found, key=lambda row: (str(row["period_end"]), str(row["line"])), reverse=True)


def event_rows(figure: Figure) -> list[dict[str, object]]:
    """Return one row an event, newest first: what a timeline has instead of points."""
    return [{key: row[key] for key in EVENT_COLUMNS} for row in reversed(figure.events)]


def as_csv(figure: Figure) -> bytes:
    """Return the rows as UTF-8 CSV under a header block of `#` lines that names the figure."""
    out = io.StringIO()
    for line in (figure.title, figure.subtitle, figure.sources, *figure.caveats):
        if line:
            out.write(f"# {' '.join(line.split())}{END}")
    out.write(f"# as of {figure.options.as_of}, build {figure.build_id}{END}")
    points = rows(figure)
    columns = COLUMNS if points else EVENT_COLUMNS
    writer = csv.DictWriter(out, columns, lineterminator=END)
    writer.writeheader()
    for row in points or event_rows(figure):
        writer.writerow({key: safe(value) for key, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def safe(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
