"""Which addresses may be asked: the configured one, and public ones that an answer points at."""

import ipaddress
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from etl.errors import UnsafeRedirect
from etl.exchange import Request
from etl.settings import Settings

# addresses of version 6 that stand for one of version 4, whatever that may be
TRANSLATED = [ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]
LOCAL_NAMES = ("localhost", "localhost.localdomain", "metadata.google.internal")


def of_request(request: Request, settings: Settings) -> str:
    """Return the address of a request, without key.

    Below an overridden base everything is asked of that base, also what was found elsewhere: a
    local server stands in for every host of the source.
    """
    path = request.path
    if path.startswith(("http://", "https://")):
        if settings.overridden:
            found, base = urlsplit(path), urlsplit(settings.base)
            path = urlunsplit((base.scheme, base.netloc, found.path, found.query, ""))
    else:
        path = settings.base + (_beyond(settings.base, path) if settings.overridden else path)
    if not request.params:
        return path
    joint = "&" if "?" in path else "?"
    return path + joint + urlencode(dict(request.params), safe=",+()*[]:/")


def _beyond(base: str, path: str) -> str:
    """Return what of a path the base does not end with: an operator may name a whole endpoint."""
    own = urlsplit(base).path
    for end in range(len(path), 0, -1):
        if own.endswith(path[:end]) and path[end : end + 1] in ("", "/"):
            return path[end:]
    return path


def without_key(url: str, settings: Settings) -> str:
    """Return an address as it may be kept and shown."""
    parts = urlsplit(url)
    name = settings.access.key_param
    if name and settings.key:
        kept = [pair for pair in parse_qsl(parts.query, True) if pair[0] != name]
        parts = parts._replace(query=urlencode(kept, safe=",+()*[]:/"))
    return settings.mask(urlunsplit(parts))


def joined(url: str, location: str) -> str:
    """Return the address that a redirect points at; raise UnsafeRedirect when it is none."""
    try:
        found = urljoin(url, location)
        urlsplit(found)
    except ValueError as error:
        raise UnsafeRedirect(
            f"the server points at «{location[:120]}», which is no web address",
            "check the address of the source",
        ) from error
    return found


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), _port(parts)


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return 0


def demand_web(url: str) -> None:
    """Raise UnsafeRedirect unless the address is http(s) with a host."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnsafeRedirect(
            f"the server points at «{url[:120]}», which is no web address",
            "check the address of the source",
        )


def demand_public(url: str, resolved: list[str]) -> None:
    """Raise UnsafeRedirect unless every resolved address of the host is public."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    if host in LOCAL_NAMES or any(_is_private(address) for address in resolved):
        raise UnsafeRedirect(
            f"the address leads to {host}, an address of a private network",
            "nothing was asked there; check the address of the source",
        )


def _is_private(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv6Address) and any(found in net for net in TRANSLATED):
        return True
    mapped = getattr(found, "ipv4_mapped", None)
    return not (mapped or found).is_global or found.is_multicast
