"""Why a reported figure was chosen or lost, in words."""

from datetime import date
from typing import Any

from desk import derivations
from desk.texts import text


def say(row: dict[str, Any], as_of: date, language: str = "en") -> str:
    """Return the reason of a row of `series.provenance` in a language."""
    return text(
        f"why.{row['why']}",
        language,
        as_of=as_of.isoformat(),
        class_=_class(row.get("class"), language),
        chosen=_class(row.get("chosen_class"), language),
        correction=row.get("correction") or "",
        kind=text(f"claim_kind.{row['kind']}", language) if row["why"] == "other_kind" else "",
        method=derivations.method(row["method"], language) if row.get("method") else "",
        inputs=derivations.inputs(row.get("inputs") or "", row.get("method") or "", language),
    )


def _class(name: str | None, language: str) -> str:
    return text(f"class.{name}", language) if name else ""
