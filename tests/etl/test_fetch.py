"""The network layer: whole bodies or named errors, bounded in time and size, keys never told."""

import resource
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl import addresses, errors, peers, settings
from etl.errors import RateLimited, SourceFailed, TooLarge, UnsafeRedirect
from etl.exchange import Access, Answer, Request
from etl.fetch import Session
from tests.faults import FAULTS, OK, Wrong, endless, gzip_bomb, redirecting, status
from tests.server import Asked, Local, Reply, local, packed

KEY = "s3cret/key+1"
ACCESS = Access(url="https://example.org", key_header="X-Key", cap_mb=4)
BODY = b'{"data": [1, 2, 3]}'
# the rest is for the readers: see the matrix of test_fault_matrix.py
PARSED_LATER = ("half a JSON", "JSON a mile deep", "another JSON", "XML bomb")
ON_THE_LINE = [wrong for wrong in FAULTS if wrong.name not in PARSED_LATER]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    with local(lambda asked: Reply(BODY)) as running:
        monkeypatch.setenv("AMUR_TEST_URL", running.url)
        monkeypatch.setenv("AMUR_TEST_KEY", KEY)
        for name, value in (("PACE_S", "0"), ("RETRIES", "1"), ("TIMEOUT_S", "0.5")):
            monkeypatch.setenv(f"AMUR_{name}", value)
        yield running


@pytest.fixture
def session(server: Local, tmp_path: Path) -> Iterator[Session]:
    opened = Session(settings.of("test", ACCESS), tmp_path / "raw")
    yield opened
    opened.close()


def ask(path: str = "/data", expects: str = "json", period: str = "2024") -> Request:
    return Request("all", path, expects=expects, period=period)


def test_a_body_is_written_whole_with_its_hash_and_headers(session: Session, server: Local) -> None:
    server.answers = lambda asked: Reply(BODY, headers={"ETag": '"7"'})
    payload = session.get(ask())
    assert (payload.content(), payload.etag, payload.status) == (BODY, '"7"', 200)
    assert len(payload.sha256) == 64
    assert server.asked[0].headers["user-agent"].startswith("Amur/")


def test_a_packed_body_is_unpacked(session: Session, server: Local) -> None:
    server.answers = lambda asked: packed(Reply(BODY))
    assert session.get(ask()).content() == BODY


def test_what_is_known_is_not_sent_again(session: Session, server: Local) -> None:
    def answers(asked: Asked) -> Reply:
        fresh = asked.headers.get("if-none-match") == '"7"'
        return Reply(b"" if fresh else BODY, 304 if fresh else 200, headers={"ETag": '"7"'})

    server.answers = answers
    first = session.get(ask())
    known = Answer(first.sha256, "", etag=first.etag)
    assert session.get(ask(), known).unchanged
    assert not session.get(ask(), replace(known, etag="")).unchanged


@pytest.mark.parametrize("wrong", ON_THE_LINE, ids=lambda wrong: wrong.name)
def test_a_fault_becomes_a_named_error(session: Session, server: Local, wrong: Wrong) -> None:
    server.answers = wrong.reply
    with pytest.raises(SourceFailed) as caught:
        session.get(ask())
    told = str(caught.value)
    assert type(caught.value).__name__ in wrong.error.split("|")
    assert wrong.says in told
    assert "/data" in told
    assert "period 2024" in told
    assert KEY not in told
    assert not list(session.folder.glob("*")), "half a body was left behind"


def test_every_error_of_a_source_says_what_to_do() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    kinds = [kind for kind in kinds if issubclass(kind, SourceFailed) and kind is not SourceFailed]
    assert len(kinds) == 14
    for kind in kinds:
        assert str(kind("it broke", "mend it", url="u", period="p")) == (
            f"{kind.__name__}: it broke (u, period p); mend it"
        )


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_tried_again(session: Session, server: Local, code: int) -> None:
    server.answers = lambda asked: Reply(BODY) if len(server.asked) > 1 else status(code)
    assert session.get(ask()).content() == BODY
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [400, 401, 403, 404])
def test_a_refusal_is_not_tried_again(session: Session, server: Local, code: int) -> None:
    server.answers = lambda asked: status(code)
    with pytest.raises(SourceFailed):
        session.get(ask())
    assert len(server.asked) == 1


def test_an_accidental_status_of_one_server_is_tried_again(server: Local, tmp_path: Path) -> None:
    access = replace(ACCESS, retry_on=(401,))
    server.answers = lambda asked: Reply(BODY) if len(server.asked) > 1 else status(401)
    assert Session(settings.of("test", access), tmp_path).get(ask()).content() == BODY


def test_retry_after_is_obeyed(session: Session, server: Local) -> None:
    server.answers = lambda asked: (
        Reply(BODY) if len(server.asked) > 1 else status(429, Retry_After="1")
    )
    begun = time.monotonic()
    session.get(ask())
    assert time.monotonic() - begun > 0.9


def test_a_retry_after_of_an_hour_is_told_and_not_slept(session: Session, server: Local) -> None:
    server.answers = lambda asked: status(429, Retry_After="3600")
    begun = time.monotonic()
    with pytest.raises(RateLimited, match="429"):
        session.get(ask())
    assert time.monotonic() - begun < 5
    assert len(server.asked) == 1


def test_calls_keep_their_pace(
    server: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_PACE_S", "0.2")
    paced = Session(settings.of("test", ACCESS), tmp_path)
    begun = time.monotonic()
    for _ in range(3):
        paced.get(ask())
    assert time.monotonic() - begun > 0.4


def test_a_bomb_is_stopped_at_the_cap(session: Session, server: Local) -> None:
    # packed before the clock starts
    bomb = gzip_bomb(64)
    server.answers = lambda asked: bomb
    with pytest.raises(TooLarge, match="4 MB"):
        session.get(ask())
    assert not list(session.folder.glob("*"))


def test_an_endless_body_is_stopped_at_the_cap(session: Session, server: Local) -> None:
    server.answers = lambda asked: endless(OK + b"\r\n", b"[" * (1 << 20), 2048)
    with pytest.raises(TooLarge, match="4 MB"):
        session.get(ask())


def test_the_key_travels_in_its_header_and_nowhere_else(session: Session, server: Local) -> None:
    payload = session.get(ask())
    assert server.asked[0].headers["x-key"] == KEY
    assert KEY not in payload.url


def test_a_key_in_the_query_is_not_in_the_stored_address(server: Local, tmp_path: Path) -> None:
    access = Access(url="https://example.org", key_param="api-key")
    payload = Session(settings.of("test", access), tmp_path).get(ask("/data?q=gas"))
    assert server.asked[0].query == {"q": "gas", "api-key": KEY}
    assert payload.url == f"{server.url}/data?q=gas"


@pytest.mark.parametrize(
    "said",
    [
        KEY,
        KEY.upper(),
        "s3cret%2Fkey%2B1",
        "s3cret%2fkey%2b1",
        "s3cret\\/key+1",
        b64encode(KEY.encode()).decode(),
    ],
)
def test_a_server_that_repeats_the_key_is_masked(
    session: Session, server: Local, said: str
) -> None:
    server.answers = lambda asked: status(400, f"bad key {said}".encode())
    with pytest.raises(SourceFailed) as caught:
        session.get(ask())
    assert "bad key ***" in str(caught.value)


def test_what_to_do_about_a_refusal_names_the_variable_of_the_source(
    server: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.of("test", ACCESS).key_advice == "check AMUR_TEST_KEY"
    monkeypatch.delenv("AMUR_TEST_KEY")
    assert settings.of("test", ACCESS).key_advice == "set AMUR_TEST_KEY, or try later"
    server.answers = lambda asked: status(403, b"<title>DDoS-Guard</title>", "text/html")
    keyless = Session(settings.of("test", Access(url="https://example.org")), tmp_path)
    with pytest.raises(errors.KeyRefused, match="it takes no key: it may block this network"):
        keyless.get(ask())


@pytest.mark.parametrize("given", ["", "/", "/v0", "/v0/counter", "/v0/counter/"])
def test_the_address_of_an_endpoint_stands_for_its_base(
    server: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("AMUR_TEST_URL", server.url + given)
    Session(settings.of("test", ACCESS), tmp_path).get(ask("/v0/counter"))
    assert [asked.path for asked in server.asked] == ["/v0/counter"]


def test_a_base_with_a_path_of_its_own_keeps_it(
    server: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_TEST_URL", f"{server.url}/mirror")
    Session(settings.of("test", ACCESS), tmp_path).get(ask("/v0/counter"))
    assert [asked.path for asked in server.asked] == ["/mirror/v0/counter"]


def test_a_password_in_an_address_is_sent_and_never_written(
    server: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = server.url.removeprefix("http://")
    monkeypatch.setenv("AMUR_TEST_URL", f"http://op:p4ss@{host}")
    payload = Session(settings.of("test", ACCESS), tmp_path).get(ask())
    assert server.asked[0].headers["authorization"] == "Basic b3A6cDRzcw=="
    assert payload.url == f"{server.url}/data"


def test_a_redirect_with_a_bomb_is_not_unpacked(session: Session, server: Local) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = gzip_bomb(400)
    server.answers = lambda asked: redirecting(bomb)
    with pytest.raises(UnsafeRedirect):
        session.get(ask())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000, f"{grown} KB"


def test_a_name_that_leads_elsewhere_once_it_was_checked_is_told_nothing(
    session: Session, server: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what the check is told; the connection asks anew and is told where the name leads by then
    monkeypatch.setattr(peers, "_resolve", lambda url: ["93.184.215.14"])
    monkeypatch.setattr(addresses, "LOCAL_NAMES", ())
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.answers = lambda asked: Reply(b"", 302, headers={"Location": f"{elsewhere}/secret"})
    with pytest.raises(UnsafeRedirect, match="private network"):
        session.get(ask())
    assert [asked.path for asked in server.asked] == ["/data"]


@pytest.mark.parametrize("said", ["Too many requests.", "Rate limit exceeded", "limit requests"])
def test_words_that_ask_for_patience_are_waited_for(
    session: Session, server: Local, said: str
) -> None:
    told = iter([said.encode()])
    server.answers = lambda asked: Reply(next(told, BODY))
    assert session.get(ask(expects="any")).content() == BODY
    assert len(server.asked) == 2


def test_a_text_that_speaks_of_limits_is_no_refusal(session: Session, server: Local) -> None:
    text = b"The bank keeps its interest rate limits in place and expects requests to rise."
    server.answers = lambda asked: Reply(text, kind="text/plain")
    assert session.get(ask(expects="any")).content() == text


def test_a_redirect_on_the_same_server_is_followed(session: Session, server: Local) -> None:
    server.answers = lambda asked: (
        status(302, Location="/moved") if asked.path == "/data" else Reply(BODY)
    )
    assert session.get(ask()).content() == BODY


def test_another_port_of_this_machine_is_never_asked(session: Session, server: Local) -> None:
    with local(lambda asked: Reply(BODY)) as other:
        server.answers = lambda asked: status(302, Location=f"{other.url}/secret")
        with pytest.raises(UnsafeRedirect):
            session.get(ask())
        assert other.asked == []


def test_below_an_overridden_base_no_other_host_is_asked(session: Session, server: Local) -> None:
    session.get(ask("https://thedocs.worldbank.org/en/doc/x.xlsx"))
    assert [asked.path for asked in server.asked] == ["/en/doc/x.xlsx"]
