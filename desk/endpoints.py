"""What the server answers beside pages: which version runs here, and on which build."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from desk import freshness
from etl import warehouse
from etl.errors import AmurError
from etl.paths import ROOT


def routes(below: str) -> list[BaseRoute]:
    """Return our own routes, below a base path such as «/desk» or nothing."""
    return [Route(f"{below}/version", _version)]


def version() -> Mapping[str, object]:
    """Return `{version, build_id, built, stale: [source]}`; the middle two are None unbuilt."""
    found: dict[str, object] = {"version": _number()}
    try:
        with warehouse.connect(warehouse.current()) as con:
            meta = freshness.meta(con)
            rows = freshness.sources(con, datetime.now(UTC).date())
    except AmurError:
        return found | {"build_id": None, "built": None, "stale": []}
    stale = sorted(row["source"] for row in rows if row["stale"])
    return found | {"build_id": meta["build_id"], "built": meta["built"], "stale": stale}


def _number() -> str:
    """Return the version of this checkout: what an installer noted may be older."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _version(request: Request) -> JSONResponse:
    """Answer in a thread: a query to the build must not hold up the event loop."""
    return JSONResponse(version(), headers={"Cache-Control": "no-store"})
