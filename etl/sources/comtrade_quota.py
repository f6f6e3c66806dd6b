"""The calls that UN Comtrade allows in a month, counted over every run of it."""

import os
from datetime import date

from etl.errors import QuotaExhausted
from etl.exchange import Scope

# the documents disagree (500 a day, 500 a month): the strictest
CALLS_A_MONTH = 500


class Quota:
    """The calls of this month; they are kept in the memory of the source."""

    def __init__(self, scope: Scope) -> None:
        """Read what was spent this month, and forget other months; raise on a bad limit."""
        self._memory = scope.memory
        self._month = f"{scope.today:%Y-%m}"
        self._renewal = date(
            scope.today.year + scope.today.month // 12, scope.today.month % 12 + 1, 1
        )
        self.limit = _limit()
        calls = self._memory.get("calls")
        spent = calls.get(self._month) if isinstance(calls, dict) else None
        self._memory["calls"] = {self._month: spent if isinstance(spent, int) else 0}

    def spend(self, calls: int = 1) -> None:
        """Count calls."""
        self._memory["calls"][self._month] += calls

    def demand(self, waiting: int) -> None:
        """Raise QuotaExhausted, with the number of periods that wait, when no call is left."""
        if self._memory["calls"][self._month] < self.limit:
            return
        wait = "1 period waits" if waiting == 1 else f"{waiting} periods wait"
        raise QuotaExhausted(
            f"the {self.limit} calls of {self._month} are used up; {wait}",
            f"they are asked for from {self._renewal} on; AMUR_COMTRADE_QUOTA allows more",
        )


def _limit() -> int:
    text = os.environ.get("AMUR_COMTRADE_QUOTA", "").strip()
    if not text:
        return CALLS_A_MONTH
    if text.isascii() and text.isdigit():
        return int(text)
    raise QuotaExhausted(
        f"AMUR_COMTRADE_QUOTA «{text}» is no number of calls", "write digits, or leave it unset"
    )
