"""The state of play of a project, as the newest events with an answer tell it."""

from collections.abc import Sequence

from desk import wording
from desk.rows import Row
from desk.texts import text


def state_of_play(rows: Sequence[Row], language: str) -> str:
    """Say whether a contract was signed and a price settled, and when that was told."""
    parts = {
        "contract": _newest_answer(rows, "contract_signed", "contract", language),
        "price": _newest_answer(rows, "price_settled", "price", language),
    }
    return text("ledger.verdict", language, **parts)


def _newest_answer(rows: Sequence[Row], column: str, word: str, language: str) -> str:
    """Say what the newest event with an answer answered, and when; unknown is unknown."""
    told = [row for row in rows if row[column]]
    if not told:
        return text(f"ledger.{word}_unknown", language)
    newest = told[-1]
    return text(
        f"ledger.{word}_{newest[column]}", language, date=wording.day(newest["date"], language)
    )
