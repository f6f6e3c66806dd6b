"""Who may be asked of hosts that are not our own: nothing is said to a private network.

A name that led to a public address when it was looked up may lead elsewhere a moment later; what
counts is who is at the other end of the line. Through a proxy that is the proxy, which is trusted.
"""

import socket
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from etl import addresses, answers
from etl.errors import Unreachable


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _demanded_public(super()._new_conn(), self.host)


class _Secured(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _demanded_public(super()._new_conn(), self.host)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecuredPool(HTTPSConnectionPool):
    ConnectionCls = _Secured


class PublicOnly(HTTPAdapter):
    """Connects to public addresses alone; raises UnsafeRedirect at any other."""

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **more: Any
    ) -> None:
        """Make the pools, of connections that look at their peer."""
        super().init_poolmanager(connections, maxsize, block, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecuredPool}


def _demanded_public(line: socket.socket, host: str) -> socket.socket:
    """Return the line; close it and raise UnsafeRedirect when its other end is private."""
    try:
        addresses.demand_public(f"http://{host}", [str(line.getpeername()[0])])
    except BaseException:
        line.close()
        raise
    return line


def demand_public(url: str) -> None:
    """Raise UnsafeRedirect before anything is asked of a private network."""
    addresses.demand_web(url)
    addresses.demand_public(url, _resolve(url))


def _resolve(url: str) -> list[str]:
    """Return every address of the host; raise Unreachable when it has none."""
    host = urlsplit(url).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} is no host that is known", answers.LATER) from error
    return [str(entry[4][0]) for entry in found]
