"""Invented flows: seeded, of about the size asked for, sums that are sums, marked as invented."""

from pathlib import Path

import duckdb
import pytest

from etl.errors import UnknownRequest
from etl.flows import add, demo, generate, lake, manifest
from tests.flows import tables
from tests.flows.conftest import Ask, Take


def quiet(done: int, total: int, name: str) -> None:
    """Say nothing."""


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tmp_path: Path) -> None:
    made = [
        generate.generate(50_000, tmp_path / str(n), seed, quiet)
        for n, seed in enumerate((1, 1, 2))
    ]
    texts = [sorted(each.whole.read_text().splitlines()) for each in made]
    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_generated_flows_are_heavy_tailed_sparse_revised_and_add_up(home: Path, take: Take) -> None:
    made = generate.generate(60_000, home / "out", 7, quiet)
    assert 0.7 < made.rows / 60_000 < 1.4
    assert take(made.whole).rows == made.rows
    told = take(made.revised, released="2024-06-01")
    assert told.rows == made.revised_rows > 0
    assert "CHN" in told.superseding
    assert "RUS" not in told.superseding
    first, *_ = manifest.read().segments
    files = [str(manifest.data() / file.path) for file in first.files if file.role == "rows"]
    with duckdb.connect() as con:
        con.read_parquet(files).create_view("rows")
        sums = con.execute(
            "SELECT max(abs(1 - total / parts)) FROM (SELECT "
            "sum(value) FILTER (level = 0) AS total, sum(value) FILTER (level = 6) AS parts "
            "FROM rows WHERE partner <> 'W00' "
            "GROUP BY reporter, flow, period_start, partner)"
        ).fetchone()
        tail = con.execute(
            "SELECT sum(value) FILTER (place < 0.1) / sum(value) FROM "
            "(SELECT value, percent_rank() OVER (ORDER BY value DESC) AS place FROM rows "
            "WHERE level = 6 AND partner <> 'W00')"
        ).fetchone()
    assert sums is not None
    assert sums[0] < 1e-3
    assert tail is not None
    assert tail[0] > 0.5


def test_a_demonstration_is_marked_and_never_mixed_with_figures(
    home: Path, take: Take, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "ROWS", 50_000)
    demo.fill(quiet)
    held = lake.held()
    assert held.invented
    assert len(held.segments) == 1
    with pytest.raises(UnknownRequest, match="invented figures already"):
        demo.fill(quiet)
    with pytest.raises(UnknownRequest, match="never mixed"):
        take(tables.write(home, "a.csv", tables.new()))


def test_a_lake_of_figures_takes_no_invented_ones(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    with pytest.raises(UnknownRequest, match="real figures"):
        demo.fill(quiet)
    files = add.handed([tables.write(home, "b.csv", tables.new({"hs": "8541"}))])
    with pytest.raises(UnknownRequest, match="never mixed"):
        add.add(files, quiet, invented=True)
    assert not lake.held().invented
