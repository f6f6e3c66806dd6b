"""Visitors over Streamlit's own protocol act while a build is published, and none meets a fault."""

import asyncio

from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from bench.visitor import Run, Visitor
from etl import refresh, warehouse
from tests.browser.serving import served
from tests.support import Small, observation

VISITORS = 4
YEAR = {"period_kind": "year", "period_start": "2023-01-01", "period_end": "2023-12-31"}


def test_visitors_act_while_a_build_is_published(small_shipped: Small) -> None:
    small_shipped.observations(observation(), observation(value="240", **YEAR))
    refresh.run(lambda stage: None)
    before = warehouse.current().id
    with served({}) as address:
        runs = asyncio.run(_crowd(address, small_shipped))
    assert warehouse.current().id != before
    assert len(runs) == 6 * VISITORS
    assert [fault for run in runs for fault in run.faults] == []
    drawn = [run for run in runs if any(name.endswith("chart_trade_totals") for name in run.charts)]
    assert len(drawn) == 5 * VISITORS


def test_a_choice_draws_its_part_alone_and_the_page_once_another_build_is_there(
    small_shipped: Small,
) -> None:
    small_shipped.observations(observation(), observation(value="240", **YEAR))
    refresh.run(lambda stage: None)
    with served({}) as address:
        whole, part, after = asyncio.run(_choices(address, small_shipped))
    assert [fault for run in (whole, part, after) for fault in run.faults] == []
    assert 0 < len(part.charts) < len(whole.charts)
    assert len(after.charts) >= len(whole.charts), "a part of the old page beside the new build"


async def _choices(address: str, made: Small) -> list[Run]:
    """Open a page and choose, publish thrice so that the first build is gone, choose again."""
    async with _line(address) as line:
        one = Visitor(line)
        whole = await one.open("trade")
        part = await one.choose("trade_unit", 0)
        for value in ("20.5", "20.6", "20.7"):
            made.observations(observation(value=value), observation(value="240", **YEAR))
            await asyncio.to_thread(refresh.run, lambda stage: None)
        return [whole, part, await one.choose("trade_unit", 0)]


async def _crowd(address: str, made: Small) -> list[Run]:
    """Let visitors act, and publish once all have come."""
    runs: list[Run] = []
    come = [asyncio.Event() for _ in range(VISITORS)]
    # a group ends with the first visitor that fails; the others would be waited for in vain
    async with asyncio.TaskGroup() as visits:
        for event in come:
            visits.create_task(_visit(address, runs, event))
        for event in come:
            await event.wait()
        made.observations(observation(value="20.5"), observation(value="240", **YEAR))
        await asyncio.to_thread(refresh.run, lambda stage: None)
    return runs


async def _visit(address: str, runs: list[Run], come: asyncio.Event) -> None:
    async with _line(address) as line:
        one = Visitor(line)
        runs.append(await one.open("trade"))
        runs.append(await one.choose("trade_kind", 1))
        come.set()
        for number in (0, 1, 0):
            runs.append(await one.choose("trade_kind", number))
        runs.append(await one.open("energy"))


def _line(address: str) -> connect:
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    return connect(
        stream, subprotocols=[Subprotocol("streamlit")], origin=Origin(address), max_size=None
    )
