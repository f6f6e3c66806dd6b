"""What a refresh leaves for people once it is over: the digest, and the call of the webhook."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from etl import alerts, catalog, digest, log, paths, store, webhook
from etl.errors import AmurError
from etl.warehouse import Build


def tell(
    name: str,
    published: Build,
    previous: Build | None,
    failed: Mapping[str, str],
    failed_before: set[str],
) -> None:
    """Write runs/<name>.digest.json and .md, and let the webhook go; nothing is raised.

    A figure that is published must not be held up by the telling of it. A source that stays broken
    is told of when it breaks and when it is well again.
    """
    try:
        folder = paths.shipped() / "catalog"
        rules = alerts.load(folder, catalog.load(folder))
        told = digest.of(published, previous, failed, rules)
        file = paths.runs() / f"{name}.digest.json"
        store.write_whole(file, told.as_json().encode())
        store.write_whole(Path(paths.runs() / f"{name}.md"), told.as_markdown().encode())
        if told.news_besides_failures or set(failed) != failed_before:
            webhook.send(file)
    except (AmurError, duckdb.Error, OSError) as error:
        log.event("digest", "failed", error=str(error))
