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
    "indicator",
    "precision",
    "status",
    "basis",
    "disputed",
    "vintages",
    "source",
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
# full-width signs run as formulas too where Chinese or Japanese is typed
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(figure: Figure) -> list[dict[str, object]]:
    """Return one row a point, newest first, with everything that must travel with it."""
    found: list[dict[str, object]] = []
    for line in figure.lines:
        for point in line.points:
            shown = vars(point) | {"line": line.label, "unit": line.unit, "basis": line.basis}
            shown |= {"indicator": line.indicator}
            shown |= {"period": point.label, "period_kind": point.kind}
            shown |= {"period_start": point.start, "period_end": point.end}
            found.append({key: _rounded(shown[key]) for key in COLUMNS})
    return sorted(found, key=lambda row: (str(row["period_end"]), str(row["line"])), reverse=True)


def _rounded(value: object) -> object:
    """Cut off the noise of binary fractions, as `amur series` does."""
    return float(f"{value:.12g}") if isinstance(value, float) else value


def event_rows(figure: Figure) -> list[dict[str, object]]:
    """Return one row an event, newest first: what a timeline has instead of points."""
    return [{key: row[key] for key in EVENT_COLUMNS} for row in reversed(figure.events)]


def head(figure: Figure) -> list[str]:
    """Return what must travel with the rows: captions, day, build, citation, licences."""
    lines = [figure.title, figure.subtitle, figure.sources, *figure.caveats]
    lines.append(f"as of {figure.options.as_of}, build {figure.build_id}")
    lines += [
        f"licence: {row['name']}: {row['licence']}" for row in figure.licences if row["licence"]
    ]
    return [" ".join(line.split()) for line in lines if line]


def as_csv(figure: Figure, cited: str = "") -> bytes:
    """Return the rows as UTF-8 CSV under a header block of `#` lines that names the figure."""
    out = io.StringIO()
    for line in [*head(figure), *([f"cite: {cited}"] if cited else [])]:
        out.write(f"# {line}{END}")
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
