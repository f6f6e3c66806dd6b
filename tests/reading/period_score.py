"""How many period phrases of a public set of dates are read: months, quarters, years and spans.

`python -m tests.reading.period_score PATH` takes a file in the form of DatePeriodParser.json; rows
whose period is no run of whole months (weeks, days, hours) are left out, and counted.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etl.reading.grammar.periods import mentions
from etl.reading.grammar.tokens import sentences

Period = tuple[date, date]


def score(path: Path) -> dict[str, int | float]:
    """Return how many of the periods of whole months are read, in the past or the future."""
    rows = json.loads(path.read_text(encoding="utf-8-sig"))
    wanted = right = left_out = 0
    for row in rows:
        if "Context" not in row:
            continue
        said = _read(row)
        for result in row.get("Results", []):
            periods = _gold(result.get("Value") or {})
            if not periods:
                left_out += 1
                continue
            wanted += 1
            right += bool(periods & said)
    share = round(100 * right / wanted, 1) if wanted else 0.0
    return {"rows": len(rows), "periods": wanted, "right": right, "%": share, "left_out": left_out}


def _read(row: dict[str, Any]) -> set[Period]:
    as_of = date.fromisoformat(row["Context"]["ReferenceDateTime"][:10])
    found: set[Period] = set()
    for sentence in sentences(row["Input"]):
        for mention in mentions(sentence.tokens, as_of, set()):
            if mention.span:
                found.add((mention.span.start, mention.span.end))
    return found


def _gold(value: dict[str, Any]) -> set[Period]:
    """Return the readings of a period that begin and end with a month; the end is exclusive."""
    found: set[Period] = set()
    for key in ("PastResolution", "FutureResolution"):
        told = value.get(key) or {}
        try:
            start = date.fromisoformat(told["startDate"])
            end = date.fromisoformat(told["endDate"])
        except (KeyError, ValueError):
            continue
        if start.day == 1 and end.day == 1 and end > start:
            found.add((start, end - timedelta(days=1)))
    return found


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps({"set": Path(name).name} | score(Path(name))) + "\n")
