"""What this machine fetched: raw bytes, the rows read from them, and the last answers.

```
raw/<source>/<sha256>                   bytes as received, unpacked
raw/<source>/state.json                 last accepted answer by request name, last attempt, memory
raw/<source>/rejected/<sha256>          answers that were no data, the newest few
observations/<source>/<sha256>.parquet  rows read from them, immutable
observations/<source>/<sha256>.jsonl    articles read from them, immutable
```
raw/ and observations/ are all there is to keep. Every file appears whole or not at all, and
state.json last, so that a killed refresh only asks again.
"""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from etl import paths
from etl.errors import NotWritable
from etl.exchange import Answer, Parsed, Payload
from etl.observations import COLUMNS
from etl.sql import statement

if TYPE_CHECKING:
    import pandas as pd

LANDED = (*COLUMNS, "retrieved")
REJECTED = 10
LOOKED_THROUGH = 16 << 20

Mask = Callable[[str], str]


@dataclass
class State:
    """What is remembered of a source between runs; times are ISO texts in UTC.

    `calls` counts the requests of a month (YYYY-MM), `failures` the failed runs in a row.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    failures: int = 0
    attempted: str = ""
    succeeded: str = ""
    error: str = ""


class Shelf:
    """The folders of one source."""

    def __init__(self, source: str) -> None:
        """Name the folders; nothing is made before something is kept."""
        self.source = source
        self.raw = paths.folder() / "raw" / source
        self.landed = paths.landed() / source

    def state(self) -> State:
        """Return what is remembered; an unreadable file is as good as none: all is asked again."""
        try:
            stored = json.loads((self.raw / "state.json").read_text(encoding="utf-8"))
            names = {item.name for item in fields(Answer)}
            answers = {
                name: Answer(**{key: str(answer[key]) for key in names & set(answer)})
                for name, answer in stored["answers"].items()
            }
            known = {key: str(stored.get(key, "")) for key in ("attempted", "succeeded", "error")}
            calls = {str(month): int(spent) for month, spent in stored.get("calls", {}).items()}
            failures = int(stored.get("failures", 0))
            memory = dict(stored["memory"])
            return State(answers, memory, calls, failures, **known)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return State()

    def remember(self, state: State) -> None:
        """Keep the state, whole or not at all."""
        write_whole(self.raw / "state.json", json.dumps(asdict(state), indent=1).encode())

    def keep(self, payload: Payload) -> Payload:
        """Give received bytes their lasting name and return the payload that points there."""
        target = self.raw / payload.sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        if payload.path != target:
            sync(payload.path)
            payload.path.replace(target)
        return replace(payload, path=target)

    def reject(self, payload: Payload, mask: Mask) -> None:
        """Put bytes that could not be read aside for a look, and drop the oldest of them.

        They are no data, so that they may be masked: a server may repeat the key in its answer.
        """
        folder = self.raw / "rejected"
        folder.mkdir(parents=True, exist_ok=True)
        if payload.path.exists() and not payload.unchanged:
            masked(payload.path, mask)
            payload.path.replace(folder / payload.sha256)
        _keep_newest(folder)

    def has(self, sha256: str) -> bool:
        """Return whether these bytes lie here."""
        return bool(sha256) and (self.raw / sha256).is_file()

    def land(self, payload: Payload, parsed: Parsed, again: bool = False) -> list[Path]:
        """Write the rows read from a payload, unless they lie here; return what is new.

        `again` says that the source went back to bytes that it gave before something else: that is
        news, and lands beside the old file.
        """
        made = []
        if parsed.observations and (target := self._target(payload, "parquet", again)):
            self._land_rows(payload, parsed.observations, target)
            made.append(target)
        if parsed.articles and (target := self._target(payload, "jsonl", again)):
            lines = [json.dumps(article, ensure_ascii=False) for article in parsed.articles]
            write_whole(target, "".join(f"{line}\n" for line in lines).encode())
            made.append(target)
        return made

    def news(self, parsed: Parsed) -> Parsed:
        """Return what differs from what this source landed last: the rest would only fill disks."""
        articles = parsed.articles
        if articles:
            held = self._articles()
            articles = [article for article in articles if article["id"] not in held]
        rows = parsed.observations
        landed = [str(path) for path in self.landed.glob("*.parquet")]
        if rows and landed:
            with duckdb.connect() as con:
                con.register("incoming", frame(rows).assign(place=range(len(rows))))
                places = con.execute(statement("news"), {"files": landed}).fetchall()
            rows = [rows[place] for (place,) in places]
        return Parsed(rows, articles)

    def _articles(self) -> set[str]:
        """Return the ids of the articles that this source has landed."""
        found: set[str] = set()
        for path in self.landed.glob("*.jsonl"):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                with suppress(ValueError, KeyError, TypeError):
                    found.add(str(json.loads(line)["id"]))
        return found

    def let_go(self, sha256: str, state: State) -> None:
        """Drop the bytes of an older answer if nothing that landed rests on them."""
        rests = any(self.landed.glob(f"{sha256}*"))
        if sha256 and not rests and sha256 not in {a.sha256 for a in state.answers.values()}:
            (self.raw / sha256).unlink(missing_ok=True)

    def _target(self, payload: Payload, suffix: str, again: bool) -> Path | None:
        """Return the name to land under; None when these rows lie here already."""
        target = self.landed / f"{payload.sha256}.{suffix}"
        number = 2
        while target.exists():
            if not again:
                return None
            target = self.landed / f"{payload.sha256}-{number}.{suffix}"
            number += 1
        return target

    def _land_rows(self, payload: Payload, rows: list[dict[str, str]], target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(f".{os.getpid()}.part")
        stamp = payload.retrieved.strftime("%Y-%m-%d %H:%M:%S.%f")
        with duckdb.connect() as con:
            con.from_df(frame(rows).assign(retrieved=stamp)).write_parquet(str(aside))
        sync(aside)
        aside.replace(target)

    def set_aside(self, landed: list[Path]) -> None:
        """Put landed files where no build looks; drop the oldest that lie there."""
        folder = self.landed / "rejected"
        folder.mkdir(parents=True, exist_ok=True)
        for path in landed:
            path.replace(folder / path.name)
        _keep_newest(folder)

    def put_back(self, landed: list[Path]) -> None:
        """Undo `set_aside`."""
        for path in landed:
            (self.landed / "rejected" / path.name).replace(path)

    def forget(self, landed: list[Path], error: str) -> None:
        """Forget the answers behind files that no build can hold: they are asked for again."""
        names = {path.stem.split("-")[0] for path in landed}
        state = self.state()
        state.answers = {n: a for n, a in state.answers.items() if a.sha256 not in names}
        state.error = error
        self.remember(state)

    def tidy(self) -> None:
        """Remove what a killed refresh left half written."""
        for folder in (self.raw, self.landed):
            for left in folder.glob("*.part"):
                left.unlink(missing_ok=True)


def masked(path: Path, mask: Mask) -> bool:
    """Write a file anew where it holds the key, and return whether it did.

    What is large is not looked through.
    """
    if path.stat().st_size > LOOKED_THROUGH:
        return False
    content = path.read_bytes()
    clean = mask(content.decode("latin-1")).encode("latin-1")
    if clean != content:
        path.write_bytes(clean)
    return clean != content


def _keep_newest(folder: Path) -> None:
    by_age = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[REJECTED:]:
        old.unlink(missing_ok=True)


def asked() -> dict[str, State]:
    """Return what is remembered of every source that this machine has asked."""
    folder = paths.folder() / "raw"
    found = sorted(folder.glob("*/state.json")) if folder.is_dir() else []
    states = {path.parent.name: Shelf(path.parent.name).state() for path in found}
    return {source: state for source, state in states.items() if state.attempted}


def frame(rows: Iterable[dict[str, str]]) -> "pd.DataFrame":
    """Return text rows as a frame with every column of an observation, empty where not given."""
    # a third of a second, which most that look at the shelf need not wait
    import pandas as pd

    cells = [[row.get(name, "") for name in COLUMNS] for row in rows]
    return pd.DataFrame(cells, columns=list(COLUMNS), dtype=str)


def files(suffix: str) -> list[Path]:
    """Return every landed file with this suffix, in a fixed order."""
    return sorted(paths.landed().glob(f"*/*{suffix}"))


def write_whole(target: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all; raise NotWritable."""
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        sync(aside)
        aside.replace(target)
    except OSError as error:
        raise not_writable(target.parent, error) from error


def not_writable(folder: Path, error: OSError) -> NotWritable:
    """Return the error of a full or read-only disk, in words."""
    return NotWritable(
        f"{folder} cannot be written ({error.strerror or error}); free space there or set "
        "AMUR_DATA to another folder. Nothing was published."
    )


def sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
