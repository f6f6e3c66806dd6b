"""Scores of the reader on a gold set: value and unit, linked, full claim; in percent."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from etl.reading.reader import read

Claim = dict[str, Any]
FIELDS = ("bound", "period_start", "period_end", "change", "direction", "indicator", "kind")
# what one of a unit is in the base unit of its kind
BASES = {
    "Mt": ("t", 1e6),
    "kt": ("t", 1e3),
    "Mt/yr": ("t/yr", 1e6),
    "Mt/mo": ("t/mo", 1e6),
    "kb/d": ("b/d", 1e3),
    "mb/d": ("b/d", 1e6),
    "Mbbl": ("bbl", 1e6),
    "mcm": ("m3", 1e6),
    "bcm": ("m3", 1e9),
    "mcm/d": ("m3/d", 1e6),
    "bcm/yr": ("m3/yr", 1e9),
    "bp": ("pp", 0.01),
}


def score(path: Path) -> dict[str, float]:
    """Return F1 of value and unit, of the indicator where there is one, and of whole claims."""
    right = {"value_unit": 0, "linked": 0, "full": 0}
    gold_count = said_count = gold_linked = said_linked = 0
    for row in _rows(path):
        gold = [_base(claim) for claim in row["claims"]]
        ignored = [_base(claim) for claim in row["ignore"]]
        said = [_base(claim) for claim in _read(row)]
        pairs = list(_pairs(gold, said))
        loose = [s for s in said if not any(s is p for _, p in pairs)]
        dropped = sum(any(_same_value(i, s) for i in ignored) for s in loose)
        gold_count, said_count = gold_count + len(gold), said_count + len(said) - dropped
        gold_linked += sum(claim["indicator"] != "other" for claim in gold)
        said_linked += sum(claim["indicator"] != "other" for claim in said)
        right["value_unit"] += len(pairs)
        for wanted, found in pairs:
            named = wanted["indicator"] == found["indicator"]
            right["linked"] += named and wanted["indicator"] != "other"
            right["full"] += all(wanted[field] == found[field] for field in FIELDS)
    return {
        "value_unit": _f1(right["value_unit"], gold_count, said_count),
        "linked": _f1(right["linked"], gold_linked, said_linked),
        "full": _f1(right["full"], gold_count, said_count),
        "claims": gold_count,
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield {"ignore": []} | row


def _read(row: dict[str, Any]) -> Iterable[Claim]:
    for claim in read(row["text"], date.fromisoformat(row["as_of"])):
        found = asdict(claim)
        for key in ("period_start", "period_end"):
            found[key] = found[key].isoformat() if found[key] else None
        yield found


def _base(claim: Claim) -> Claim:
    unit, factor = BASES.get(claim["unit"], (claim["unit"], 1.0))
    scaled = {
        key: None if claim.get(key) is None else abs(claim[key]) * factor
        for key in ("value", "low", "high")
    }
    return claim | scaled | {"unit": unit}


def _same_value(wanted: Claim, found: Claim) -> bool:
    if (wanted["value"] is None) != (found["value"] is None):
        return False
    keys = ("value",) if wanted["value"] is not None else ("low", "high")
    return all(abs(wanted[k] - found[k]) <= 1e-5 * abs(wanted[k]) + 1e-8 for k in keys)


def _pairs(gold: list[Claim], said: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pair equal figures in one unit; of several the one that agrees in most fields."""
    left = list(said)
    for wanted in gold:
        fit = [s for s in left if wanted["unit"] == s["unit"] and _same_value(wanted, s)]
        if fit:
            best = max(fit, key=lambda s: sum(wanted[f] == s[f] for f in FIELDS))
            left = [s for s in left if s is not best]
            yield wanted, best


def _f1(right: int, gold: int, said: int) -> float:
    return round(200 * right / (gold + said), 1) if gold + said else 0.0


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(map(str, (Path(__file__).parent / "gold").glob("*.jsonl"))):
        sys.stdout.write(json.dumps({"gold": Path(name).name} | score(Path(name))) + "\n")
