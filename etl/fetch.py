"""The only network code: one polite request at a time, with retries, a deadline and a size cap.

A body goes straight to a file, is measured unpacked, and is handed on only when it is whole.
"""

import contextlib
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import requests
import urllib3

from etl import addresses, answers, bodies, peers
from etl.bodies import Again, Body, within
from etl.errors import (
    AmurError,
    CutShort,
    NotTheData,
    RateLimited,
    Refused,
    SourceFailed,
    TimedOut,
    Unreachable,
    UnsafeRedirect,
)
from etl.exchange import Answer, Payload, Request
from etl.settings import Settings

REDIRECTS = 5
LONGEST_WAIT_S = 120.0
HEAD = 4096


def agent() -> str:
    """Return how we introduce ourselves; AMUR_CONTACT is the operator's address."""
    contact = os.environ.get("AMUR_CONTACT", "").strip()
    return "Amur/0.1 (trade and energy indicator desk" + (f"; +{contact})" if contact else ")")


class _Line(requests.Session):
    """A session that never follows by itself: requests would read a redirect's body whole."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Say that there is none."""
        return None


def _line() -> _Line:
    line = _Line()
    line.headers.update({"User-Agent": agent(), "Accept-Encoding": "gzip, deflate"})
    # no password of a .netrc travels to a source
    line.auth = lambda request: request
    return line


class Session:
    """Ask one source; bodies are written under `folder`."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Open nothing yet."""
        self.settings = settings
        self.folder = folder
        self.calls = 0
        self.on_call: Callable[[int], None] = lambda calls: None
        self._last = 0.0
        self._own, self._outside = _line(), _line()
        for scheme in ("http://", "https://"):
            self._outside.mount(scheme, peers.PublicOnly())

    def close(self) -> None:
        """Close the connections."""
        self._own.close()
        self._outside.close()

    def get(self, request: Request, known: Answer | None = None) -> Payload:
        """Return the whole answer; raise SourceFailed with address and period, never with the key.

        `known` is the last accepted answer: its ETag is sent, and a 304 comes back as `unchanged`.
        """
        url = addresses.of_request(request, self.settings)
        for attempt in range(self.settings.retries + 1):
            try:
                return self._once(request, url, known)
            except Again as again:
                last = attempt == self.settings.retries
                too_long = again.wait is not None and again.wait > LONGEST_WAIT_S
                if last or too_long:
                    self._refuse(again.error, request, url)
                _wait(self._pause(attempt) if again.wait is None else again.wait)
            except SourceFailed as error:
                self._refuse(error, request, url)
        raise AssertionError

    def _refuse(self, error: SourceFailed, request: Request, url: str) -> NoReturn:
        """Raise the error with address and period, without the key."""
        error.url = self.settings.mask(error.url or url)
        error.period = error.period or request.period
        error.what = self.settings.mask(error.what)
        raise error from None

    def _pause(self, attempt: int) -> float:
        # a little chance keeps many machines from asking in step
        return float(self.settings.backoff * 2**attempt * (1 + random.random() / 4))

    def _once(self, request: Request, url: str, known: Answer | None) -> Payload:
        since = time.monotonic()
        if self._last:
            _wait(self._last + self.settings.pace - since)
        self._last = time.monotonic()
        self.calls += 1
        self.on_call(self.calls)
        with _as_source_errors(self.settings):
            response = self._follow(request, url, known)
            with contextlib.closing(response):
                if response.status_code == 304 and known:
                    path = self.folder / known.sha256
                    return self._payload(request, response, path, known.sha256, unchanged=True)
                if not 200 <= response.status_code < 300 or response.status_code in (202, 205, 206):
                    self._raise_status(response)
                path, digest = self._keep(response)
        return self._checked(self._payload(request, response, path, digest))

    def _payload(
        self,
        request: Request,
        response: requests.Response,
        path: Path,
        digest: str,
        unchanged: bool = False,
    ) -> Payload:
        return Payload(
            source=self.settings.source,
            request=request,
            url=addresses.without_key(response.url, self.settings),
            path=path,
            sha256=digest,
            retrieved=datetime.now(UTC),
            status=response.status_code,
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            unchanged=unchanged,
        )

    def _checked(self, payload: Payload) -> Payload:
        """Return the payload if its first bytes are of the kind asked for."""
        if payload.status == 204:
            return payload
        with payload.path.open("rb") as handle:
            head = handle.read(HEAD)
        try:
            answers.demand_patience(head)
            answers.demand_kind(payload.request.expects, head, payload.content_type)
        except (NotTheData, RateLimited) as error:
            payload.path.unlink(missing_ok=True)
            if isinstance(error, RateLimited):
                raise Again(error) from error
            raise
        return payload

    def _follow(self, request: Request, url: str, known: Answer | None) -> requests.Response:
        """Send the request and follow redirects by hand; only the source itself sees the key."""
        home = addresses.origin(self.settings.base)
        if addresses.origin(url) != home:
            peers.demand_public(url)
        first = url
        for _ in range(REDIRECTS + 1):
            trusted = addresses.origin(url) == home
            response = self._send(request, url, known, trusted)
            location = response.headers.get("Location")
            if response.status_code not in (301, 302, 303, 307, 308) or not location:
                return response
            response.close()
            url = addresses.joined(url, location)
            if addresses.origin(url) != addresses.origin(first):
                peers.demand_public(url)
        raise UnsafeRedirect(
            f"the server redirected more than {REDIRECTS} times", "check the address of the source"
        )

    def _send(
        self, request: Request, url: str, known: Answer | None, trusted: bool
    ) -> requests.Response:
        headers = dict(request.headers)
        params: dict[str, str] = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        if self.settings.key and trusted:
            access = self.settings.access
            headers |= {access.key_header: self.settings.key} if access.key_header else {}
            params |= {access.key_param: self.settings.key} if access.key_param else {}
        if self.settings.password and trusted:
            headers["Authorization"] = self.settings.password
        timeout = self.settings.timeout
        # requests' own timeout starts anew with every byte of a header that drips
        call = partial(
            (self._own if trusted else self._outside).get,
            url,
            params=params,
            headers=headers,
            stream=True,
            allow_redirects=False,
            timeout=(timeout, timeout),
        )
        return within(2 * timeout, call, requests.Response.close)

    def _raise_status(self, response: requests.Response) -> NoReturn:
        head = b""
        with contextlib.suppress(requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            head = next(response.iter_content(HEAD), b"")
        status, access = response.status_code, self.settings.access
        if status < 400:
            raise Refused(f"the server answered {status}, which is no data", answers.LATER)
        error = answers.failure(status, response.headers, head, self.settings.key_advice)
        if status in answers.TRANSIENT or status in access.retry_on:
            raise Again(error, answers.retry_after(response.headers))
        raise error

    def _keep(self, response: requests.Response) -> tuple[Path, str]:
        """Write the body, unpacked, to a file of its own; return it with its sha256."""
        body = Body(
            # read1 gives what has come; a plain read would wait for a whole chunk of a drip
            read=lambda size: bytes(response.raw.read1(size, decode_content=False)),
            announced=response.headers.get("Content-Length", ""),
            encoding=response.headers.get("Content-Encoding", ""),
        )
        return bodies.keep(body, self.folder, self.settings)


def post(url: str, body: bytes, timeout: float) -> int:
    """Send JSON to an operator's own address and return the status; raise SourceFailed.

    The address may hold a secret: no error repeats it, and no redirect is followed.
    """
    headers = {"Content-Type": "application/json"}
    sent = partial(_line().post, url, data=body, headers=headers)
    try:
        call = partial(sent, timeout=timeout, allow_redirects=False, stream=True)
        with within(2 * timeout, call, requests.Response.close) as response:
            return response.status_code
    except Again as again:
        raise again.error from None
    except requests.Timeout:
        raise TimedOut(f"no answer within {timeout:g} s", answers.LATER) from None
    except requests.RequestException as error:
        raise Unreachable(type(error).__name__, answers.LATER) from None


def _wait(seconds: float) -> None:
    # under a clock that somebody moves, even a sleep of no time may fail
    if seconds > 0:
        time.sleep(seconds)


@contextlib.contextmanager
def _as_source_errors(settings: Settings) -> Iterator[None]:
    """Turn what requests raises into named errors; those that may pass are tried again."""
    try:
        yield
    except AmurError:
        raise
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise Again(TimedOut(f"no answer within {settings.timeout:g} s", answers.LATER)) from error
    except urllib3.exceptions.ProtocolError as error:
        raise Again(CutShort("the connection broke midway", answers.LATER)) from error
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.InvalidHeader,
        urllib3.exceptions.LocationValueError,
    ) as error:
        raise UnsafeRedirect(
            "the address is none", "check AMUR_<SOURCE>_URL, or the server's redirect"
        ) from error
    except requests.exceptions.ConnectionError as error:
        raise Again(Unreachable(answers.unreachable(str(error)), answers.LATER)) from error
    except requests.exceptions.RequestException as error:
        raise Again(Unreachable(type(error).__name__, answers.LATER)) from error
    except urllib3.exceptions.HTTPError as error:
        told = f"the connection broke while the body came ({type(error).__name__})"
        raise Again(CutShort(told, answers.LATER)) from error
