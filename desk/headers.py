"""Headers that tell a browser what this desk never does.

No `script-src`: Streamlit's page has a script of its own in it, and charts are compiled in the
browser. Encryption and its header (HSTS) are the proxy's.
"""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # the address of a view is nobody else's business: a source learns who sent the reader, no more
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = "object-src 'none'; base-uri 'self'; form-action 'self'"


class SecurityHeaders:
    """Puts the headers on every answer; only the view of one figure may stand in foreign frames."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers put to the start of what is sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (ALWAYS | {"Content-Security-Policy": policy(scope)}).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


def policy(scope: Scope) -> str:
    """Return the policy of a page: a figure that is made for frames may stand in any."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    framed = asked.get("embed") == ["true"] and "figure" in asked
    return POLICY if framed else f"{POLICY}; frame-ancestors 'self'"
