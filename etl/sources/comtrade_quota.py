"""The calls that UN Comtrade allows in a month, counted over every run of it."""

import os
from datetime import date

from etl.errors import QuotaExhausted
from etl.exchange import Scope

# the documents disagree (500 a day, 500 a month): the strictest
CALLS_A_MONTH = 500


class Quota:
    """The calls of this month, failed ones and repeats included."""

    def __init__(self, scope: Scope) -> None:
        """Read the limit; raise on a bad one."""
        self._spent = scope.calls
        self._month = f"{scope.today:%Y-%m}"
        self._renewal = date(
            scope.today.year + scope.today.month // 12, scope.today.month % 12 + 1, 1
        )
        self.limit = _limit()

    def demand(self, waiting: int) -> None:
        """Raise QuotaExhausted, with the number of periods that wait, when no call is left."""
        if self._spent() < self.limit:
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
