"""One structured line a source and stage: JSON under runs/, for people to grep and ship."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_LOG = logging.getLogger("amur")
_LOG.setLevel(logging.INFO)
_LOG.propagate = False


def event(source: str, stage: str, **details: object) -> None:
    """Write one line: time, source, stage and what else is to be said; never a key."""
    _LOG.info(stage, extra={"amur": {"source": source, "stage": stage, **details}})


class _Json(logging.Formatter):
    """Format a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = getattr(record, "amur", {"stage": record.getMessage()})
        return json.dumps({"time": moment, **said}, ensure_ascii=False, default=str)


@contextmanager
def to(path: Path) -> Iterator[None]:
    """Write the events of a run to a file."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(_Json())
    _LOG.addHandler(handler)
    try:
        yield
    finally:
        _LOG.removeHandler(handler)
        handler.close()
