"""What tests of a live refresh share: a Bank of Russia that grows when told to, and questions."""

from datetime import UTC, datetime

from etl import refresh, warehouse
from etl.runs import Report, SourceReport
from tests.crash import Bank
from tests.server import Asked, Reply

NOW = datetime.now(UTC)
EVERY_DAY = (
    "SELECT period_start, unit, value_text FROM observation "
    "WHERE source = 'cbr' AND period_kind = 'day' ORDER BY ALL"
)


def quiet(stage: str) -> None:
    """Say nothing."""


class Steady(Bank):
    """A Bank of Russia whose days grow only when told to."""

    def __call__(self, asked: Asked) -> Reply:
        reply = super().__call__(asked)
        self.days -= 1
        return reply


def ask(now: datetime = NOW) -> Report:
    return refresh.run(quiet, now, ask=["cbr"])


def entry(report: Report, source: str = "cbr") -> SourceReport:
    return next(each for each in report.sources if each.source == source)


def held(query: str = EVERY_DAY) -> list[tuple[object, ...]]:
    with warehouse.connect(warehouse.current()) as con:
        return con.execute(query).fetchall()
