"""UN Comtrade: what China and Hong Kong report of their trade with Russia and the suppliers.

Without a key it answers through the preview: one period a call and 500 rows at most. With a key it
takes up to 12 periods a call. Which periods were released anew since we asked, it says itself;
where it does not, the calendar guides. The calls of a month are counted: AMUR_COMTRADE_QUOTA, 500
if unset.
"""

from collections.abc import Generator, Iterator
from datetime import date
from itertools import groupby

from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import comtrade_calendar as calendar
from etl.sources import comtrade_flow
from etl.sources.comtrade_calendar import FREQUENCIES, Known, Wanted
from etl.sources.comtrade_quota import Quota
from etl.sources.comtrade_scope import REPORTERS, TOTALS, Reporter

ACCESS = Access(
    url="https://comtradeapi.un.org",
    pace=3.5,
    key_header="Ocp-Apim-Subscription-Key",
    cap_mb=1024,
)
PERIODS_A_CALL = 12
ROWS_A_CALL = 250_000


def plan(scope: Scope) -> Plan:
    """Ask for what was released since we asked, newest first, until the quota is used up."""
    known = calendar.known(scope.answers)
    quota = Quota(scope)
    wanted = yield from _look_up(scope, quota, known)
    waiting = len(wanted)
    for batch in _batches(wanted, PERIODS_A_CALL if scope.keyed else 1):
        quota.demand(waiting)
        request = _request(batch, scope.keyed)
        yield request
        waiting -= len(batch)


def parse(payload: Payload) -> Parsed:
    """Read the rows of one answer and run every definition on them that its codes allow."""
    return Parsed(comtrade_flow.read(payload))


def _look_up(
    scope: Scope, quota: Quota, known: Known
) -> Generator[Request, Payload | None, list[Wanted]]:
    """Return the periods to ask for: by their releases, or by the calendar where those are unknown.

    One failed look-up speaks for the others: a dead server is not asked four times.
    """
    wanted: list[Wanted] = []
    dead = False
    path = "/data/v1/getDa/C/{}/HS" if scope.keyed else "/public/v1/getDA/C/{}/HS"
    for reporter in REPORTERS:
        for frequency in FREQUENCIES:
            released: dict[str, date] = {}
            if not dead:
                quota.demand(len(calendar.by_calendar(scope.today, known)))
                answer = yield Request(
                    name=f"released/{reporter}/{frequency}",
                    path=path.format(frequency),
                    params={"reporterCode": reporter},
                    lookup=True,
                    optional=True,
                )
                dead = answer is None
                released = calendar.releases(answer, reporter, scope.today) if answer else {}
            wanted += (
                calendar.released_since(reporter, frequency, released, scope.today, known)
                if released
                else calendar.unanswered(reporter, frequency, scope.today, known)
            )
    return sorted(wanted, key=Wanted.order, reverse=True)


def _batches(wanted: list[Wanted], size: int) -> Iterator[list[Wanted]]:
    """Put periods of one release together: an answer has one day of publication."""
    together = sorted(wanted, key=lambda each: (each.batch, -int(each.period)))
    groups = [list(group) for _, group in groupby(together, key=lambda each: each.batch)]
    pieces = [group[at : at + size] for group in groups for at in range(0, len(group), size)]
    yield from sorted(pieces, key=lambda piece: piece[0].order(), reverse=True)


def _request(batch: list[Wanted], keyed: bool) -> Request:
    first = batch[0]
    reporter = REPORTERS[first.reporter]
    periods = ",".join(each.period for each in batch)
    params = {
        "reporterCode": first.reporter,
        "period": periods,
        "partnerCode": ",".join(reporter.partners),
        "cmdCode": ",".join(code for half in reporter.halves for code in half),
        "flowCode": ",".join(reporter.flows),
        **TOTALS,
    }
    if keyed:
        params |= {"maxRecords": str(ROWS_A_CALL), "format": "JSON"}
    where = "/data/v1/get" if keyed else "/public/v1/preview"
    whole = Request(
        name=calendar.name_of(first.reporter, first.frequency, periods),
        path=f"{where}/C/{first.frequency}/HS",
        params=params,
        period=periods,
        released=first.released,
    )
    return _narrowed(whole, parts=_by_flow(whole, reporter))


def _by_flow(whole: Request, reporter: Reporter) -> tuple[Request, ...]:
    """Return what is asked where an answer was cut off: each flow, then halves of the codes."""
    if len(reporter.halves) < 2:
        return ()
    made = []
    for flow in reporter.flows:
        halves = tuple(
            _narrowed(whole, f"{flow}/{number}", flowCode=flow, cmdCode=",".join(codes))
            for number, codes in enumerate(reporter.halves, start=1)
        )
        made.append(_narrowed(whole, flow, halves, flowCode=flow))
    return tuple(made)


def _narrowed(
    whole: Request, suffix: str = "", parts: tuple[Request, ...] = (), **params: str
) -> Request:
    return Request(
        name=f"{whole.name}/{suffix}" if suffix else whole.name,
        path=whole.path,
        params=dict(whole.params) | params,
        period=whole.period,
        released=whole.released,
        parts=parts,
    )
