"""Every fault of a server × every connector: a named error, and the published build untouched."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import refresh
from etl.connectors import CONNECTORS
from tests.faults import FAULTS, Wrong, gzip_bomb, status
from tests.server import Asked, Reply, local
from tests.support import Ran, Small, small

Amur = Callable[..., Ran]
KEY = "s3cret-k3y"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """Return a small set with a build that no fault may touch."""
    made = small(tmp_path_factory.mktemp("matrix"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMUR_SHIPPED", str(made.shipped))
        patch.setenv("AMUR_DATA", str(made.data))
        refresh.run(lambda stage: None)
        yield made


@pytest.fixture
def all_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Point every source at one address, with a key and little patience."""

    def point(address: str) -> None:
        for source in CONNECTORS:
            # with a path of its own the address is the one feed
            own = f"{address}/feed.xml" if source == "rss" else address
            monkeypatch.setenv(f"AMUR_{source.upper()}_URL", own)
            monkeypatch.setenv(f"AMUR_{source.upper()}_KEY", KEY)
        for name, value in (("PACE_S", "0"), ("RETRIES", "0"), ("TIMEOUT_S", "1.2")):
            monkeypatch.setenv(f"AMUR_{name}", value)

    return point


def forget(made: Small) -> None:
    """Let every run start as if nothing had been asked before."""
    for state in made.data.glob("raw/*/state.json"):
        state.unlink()


@pytest.mark.parametrize("wrong", FAULTS, ids=lambda wrong: wrong.name)
def test_a_fault_is_told_for_every_source_and_the_build_stays(
    published: Small, all_at: Callable[[str], None], amur: Amur, wrong: Wrong
) -> None:
    forget(published)
    before = published.published()
    with local(wrong.reply) as server:
        all_at(server.url)
        done = amur("refresh", "--json")
    assert done.code == 1
    assert "Traceback" not in done.err
    sources = {
        each["source"]: each for each in done.json["sources"] if each["source"] in CONNECTORS
    }
    assert set(sources) == set(CONNECTORS)
    for source in CONNECTORS:
        told = sources[source]
        assert told["status"] == "failed", source
        name = told["error"].split(":")[0]
        assert name in wrong.error.split("|"), f"{source}: {told['error']}"
        assert server.url in told["error"], source
        assert "; " in told["error"], f"{source} does not say what to do"
    assert KEY not in done.out + done.err
    assert published.published() == before
    assert not list(published.data.glob("observations/*/*"))
    assert KEY not in "".join(path.read_text("utf-8") for path in published.data.glob("runs/*.log"))


def test_sources_without_a_key_that_need_one_are_skipped_and_say_which(
    published: Small,
    all_at: Callable[[str], None],
    amur: Amur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    all_at("http://127.0.0.1:9")
    monkeypatch.delenv("AMUR_GUARDIAN_KEY")
    done = amur("refresh", "--source", "guardian", "--json")
    assert done.code == 0
    [told] = [each for each in done.json["sources"] if each["source"] == "guardian"]
    assert (told["status"], told["error"]) == ("skipped", "AMUR_GUARDIAN_KEY is not set")


def test_a_gzip_bomb_stops_at_the_cap_of_each_source(
    published: Small, all_at: Callable[[str], None], amur: Amur
) -> None:
    forget(published)
    before = published.published()
    bomb = gzip_bomb(1100)
    with local(lambda asked: bomb) as server:
        all_at(server.url)
        done = amur("refresh", "--source", "ecb", "--source", "rss", "--json")
    told = [each["error"] for each in done.json["sources"] if each["status"] == "failed"]
    assert len(told) == 2
    assert all("TooLarge" in error and "MB" in error for error in told)
    assert published.published() == before
    assert sum(path.stat().st_size for path in published.data.rglob("raw/*/*")) < 1 << 20


def test_a_quota_stops_comtrade_at_once(
    published: Small, all_at: Callable[[str], None], amur: Amur
) -> None:
    forget(published)
    text = {"statusCode": 403, "message": "Out of call volume quota."}
    with local(lambda asked: status(403, json.dumps(text).encode())) as server:
        all_at(server.url)
        amur("refresh", "--source", "comtrade", "--json")
        assert len(server.asked) < 4, "a used-up quota was asked again and again"


def test_a_stranger_on_the_line_is_refused_whole(
    published: Small, all_at: Callable[[str], None], amur: Amur, tmp_path: Path
) -> None:
    """A server that answers everything with one sound JSON of another API gives nothing."""
    forget(published)

    def stranger(asked: Asked) -> Reply:
        return Reply(json.dumps([{"id": 1, "value": "7"}]).encode())

    with local(stranger) as server:
        all_at(server.url)
        done = amur("refresh", "--json")
    failed = {each["source"] for each in done.json["sources"] if each["status"] == "failed"}
    assert failed == set(CONNECTORS)
    assert not list(published.data.glob("observations/*/*"))


def test_a_server_that_repeats_the_key_gets_it_written_nowhere(
    published: Small, all_at: Callable[[str], None], amur: Amur
) -> None:
    forget(published)

    def echo(asked: Asked) -> Reply:
        said = {"asked": asked.headers.get("ocp-apim-subscription-key"), "query": asked.query}
        return Reply(json.dumps(said).encode())

    with local(echo) as server:
        all_at(server.url)
        done = amur("refresh", "--json")
        sent = [asked.headers.get("ocp-apim-subscription-key") for asked in server.asked]
    assert KEY in sent
    written = b"".join(path.read_bytes() for path in published.data.rglob("*") if path.is_file())
    assert KEY.encode() not in written + (done.out + done.err).encode()
    assert b'"asked": "***"' in written


LOOK_UPS = ("getDA", "getDa", "/structure/", "/commodity-markets")


@pytest.mark.parametrize("source", ["comtrade", "pinksheet", "imf"])
def test_a_fault_after_a_sound_look_up_is_told_too(
    published: Small, all_at: Callable[[str], None], amur: Amur, source: str
) -> None:
    forget(published)
    found = {"period": "2024", "reporterCode": 156, "lastReleased": "2026-06-01T00:00:00"}
    releases = json.dumps({"count": 1, "data": [found], "error": ""}).encode()
    page = b'<html><a href="/en/doc/abc/related/CMO-Historical-Data-Monthly.xlsx">x</a></html>'

    def answers(asked: Asked) -> Reply:
        if "commodity-markets" in asked.path:
            return Reply(page, kind="text/html")
        if any(word in asked.path for word in LOOK_UPS):
            return Reply(releases)
        return status(503, b'{"message":"maintenance"}')

    with local(answers) as server:
        all_at(server.url)
        done = amur("refresh", "--source", source, "--json")
        paths = [asked.path for asked in server.asked]
    [told] = [each for each in done.json["sources"] if each["source"] == source]
    assert done.code == 1
    assert "ServerFailed: the server answered 503: maintenance" in told["error"]
    assert any(word in path for path in paths for word in LOOK_UPS)
    assert any(not any(word in path for word in LOOK_UPS) for path in paths)


def test_a_fault_of_our_own_in_one_source_does_not_stop_the_others(
    published: Small,
    all_at: Callable[[str], None],
    amur: Amur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget(published)

    def plan(scope: object) -> None:
        raise NameError("a slip")

    monkeypatch.setattr("etl.sources.ecb.plan", plan)
    with local(lambda asked: status(404)) as server:
        all_at(server.url)
        done = amur("refresh", "--source", "ecb", "--source", "cbr", "--json")
    told = {each["source"]: each["error"] for each in done.json["sources"] if each["error"]}
    assert done.code == 1
    assert told["ecb"].startswith("NameError in Amur itself")
    assert told["cbr"].startswith("Refused")


def test_nonsense_as_the_address_of_one_source_does_not_stop_the_others(
    published: Small,
    all_at: Callable[[str], None],
    amur: Amur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget(published)
    with local(lambda asked: status(404)) as server:
        all_at(server.url)
        monkeypatch.setenv("AMUR_ECB_URL", "nonsense")
        done = amur("refresh", "--source", "ecb", "--source", "cbr", "--json")
    told = {each["source"]: each["error"] for each in done.json["sources"] if each["error"]}
    assert "AMUR_ECB_URL is no web address" in told["ecb"]
    assert told["cbr"].startswith("Refused")
