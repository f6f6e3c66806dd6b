"""Connections to hosts that are not our own: closed before a word is said to a private network.

A name that led to a public address when it was looked up may lead elsewhere a moment later; what
counts is who is at the other end of the line. Through a proxy that is the proxy, which is trusted.
"""

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from etl import addresses


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
