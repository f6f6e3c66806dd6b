"""Page Status: the control and its progress, the end of a refresh in plain words, the tables."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from desk.texts import catalogue
from desk.widgets import runs as widget
from etl import refresh, runs, warehouse
from etl.errors import SourceFailed
from tests.desk.framed import framed as framed
from tests.desk.framed import opened, sound, words
from tests.desk.refreshes import alone as alone
from tests.desk.refreshes import begun, state, wait_for
from tests.desk.refreshes import slow as slow
from tests.desk.refreshes import standing_in as standing_in
from tests.server import Local
from tests.support import Small, observation


@pytest.fixture
def page() -> Iterator[AppTest]:
    """Return page Status, opened."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield sound(opened("status"))
    st.cache_data.clear()
    st.cache_resource.clear()


def table(app: AppTest, column: str) -> dict[str, dict[str, Any]]:
    """Return the rows of the table that has this column, by source."""
    found = [shown.value for shown in app.dataframe if column in shown.value.columns]
    assert len(found) == 1, column
    return {str(row["Source"]): row for row in found[0].to_dict("records")}


def test_the_control_starts_a_refresh_and_is_off_while_it_runs(
    standing_in: Local, slow: Small, page: AppTest
) -> None:
    button = page.button(key="refresh_now")
    assert not button.disabled
    app = sound(button.click().run())
    wait_for(lambda: begun(slow) == 1)
    app = sound(app.run())
    assert app.button(key="refresh_now").disabled
    assert "A refresh runs since" in words(app)
    [row] = table(app, "Answers").values()
    assert (row["Stage"], row["Answers"]) == ("asking", 3)
    (slow.data / "leave").touch()
    wait_for(lambda: state() == "killed", 10)
    app = sound(app.run())
    assert not app.button(key="refresh_now").disabled
    assert "was stopped before it ended; nothing was lost" in words(app)


def test_at_the_end_the_page_shows_the_new_build_and_what_failed(
    standing_in: Local, page: AppTest
) -> None:
    before = warehouse.current().id
    app = sound(page.button(key="refresh_now").click().run())
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    after = warehouse.current().id
    assert before != after
    assert any(f"build `{after}`" in caption.value for caption in app.caption)
    assert f"Build {after} on" in words(app)
    assert "published" in words(app)
    rows = table(app, "What happened")
    with warehouse.connect(warehouse.current()) as con:
        named = dict(con.execute("SELECT id, name FROM source").fetchall())
    assert rows[named["cbr"]]["Stage"] == "new figures"
    assert rows[named["cbr"]]["New"] > 0
    assert rows[named["ecb"]]["Stage"] == "failed"
    assert rows[named["ecb"]]["What happened"] == "has trouble of its own"
    assert "500" in rows[named["ecb"]]["Details"]
    assert rows[named["guardian"]]["What happened"] == "needs a key, and none is set"


def test_a_refused_build_is_told_and_the_old_one_stays(
    standing_in: Local, small_shipped: Small, page: AppTest
) -> None:
    before = warehouse.current().id
    small_shipped.write("observations/bad.csv", "no,header\n")
    app = sound(page.button(key="refresh_now").click().run())
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    assert "refused: 1 bad rows" in words(app).replace("\\", "")
    assert warehouse.current().id == before


def test_without_the_control_the_last_run_is_still_told(
    standing_in: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_REFRESH_NOW", "0")
    app = sound(opened("status"))
    assert not [button for button in app.button if button.key == "refresh_now"]
    assert "Build" in words(app)


def test_a_lock_held_by_another_is_told(standing_in: Local, page: AppTest) -> None:
    with refresh._lock(datetime.now(UTC)):
        app = sound(page.button(key="refresh_now").click().run())
        wait_for(lambda: state() != "running")
        app = sound(app.run())
    assert "Another refresh was running" in words(app)


def test_no_cell_of_the_tables_of_the_page_says_none(standing_in: Local, page: AppTest) -> None:
    assert len(page.dataframe) > 5
    assert {shown.proto.placeholder for shown in page.dataframe} == {""}
    for shown in page.dataframe:
        kinds = {str(kind) for kind in shown.value.dtypes}
        assert not any("datetime" in kind for kind in kinds), shown.value.columns


def _kinds(root: type[SourceFailed]) -> set[str]:
    return {root.__name__ for root in root.__subclasses__()}


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_every_failure_of_a_source_has_plain_words(language: str) -> None:
    known = catalogue(language)
    told = {name: widget._plain(f"{name}: what; fix", language) for name in _kinds(SourceFailed)}
    assert len(told) > 10
    assert told == {name: known[f"status_page.failure.{name}"] for name in told}
    assert widget._plain("something else", language) == known["status_page.failure.other"]
    assert widget._plain("", language) == ""


def test_a_report_tells_its_moment_in_words() -> None:
    assert widget._moment(datetime(2026, 11, 24, 2, 57, 1, tzinfo=UTC), "en") == (
        "24 Nov 2026, 02:57 UTC"
    )
    assert runs.last() is None


def test_the_revisions_tell_old_and_new_value_size_source_and_both_days(
    small_shipped: Small,
) -> None:
    url = "https://tass.com/economy/2"
    later = observation(value="20.79", published="2024-09-01", url=url)
    small_shipped.observations(observation(), later)
    refresh.run(lambda stage: None)
    app = sound(opened("status"))
    [shown] = [frame.value for frame in app.dataframe if "published old" in frame.value.columns]
    [row] = shown.to_dict("records")
    assert (row["old value"], row["new value"], row["size percent"]) == (19.8, 20.79, 5.0)
    assert (row["published old"], row["published new"]) == ("2024-06-10", "2024-09-01")
    assert (row["source"], row["unit"], row["url"]) == ("TASS", "USD bn", url)
