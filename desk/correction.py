"""A line for data/corrections.csv that rules a reported figure out, ready to be copied."""

import csv
import io

from desk.rows import Row
from etl.observations import CORRECTION_COLUMNS


def line(indicator: str, start: str, end: str, row: Row, reason: str) -> str:
    """Return the line for one row of `series.provenance`; `reason` is for the reader to replace."""
    fields = {
        "indicator": indicator,
        "period_kind": row["period_kind"],
        "period_start": start,
        "period_end": end,
        "value": row["value_text"],
        "unit": row["unit_text"],
        "terms": row["terms"],
        "url": row["url"] or "",
        "reason": reason,
        "guard": "",
    }
    written = io.StringIO()
    csv.DictWriter(written, CORRECTION_COLUMNS, lineterminator="").writerow(fields)
    return written.getvalue()
