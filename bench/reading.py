"""How fast articles are read: against a bare split into words, and as the text grows."""

import json
import re
import statistics
from datetime import date
from functools import partial
from pathlib import Path

from bench.measure import ROOT, seconds, tell

GOLD = ROOT / "tests" / "reading" / "gold"
DAY = date(2025, 1, 20)
BARE = re.compile(r"\d+(?:[.,]\d+)*|\w+|\S")
HOSTILE = "from 2 to 3 million tonnes in May, (one hundred and 12% a year earlier) "


def bench_reading() -> None:
    """Sentences a second, an article with verdicts, and twice the text against once."""
    from etl.reading.reader import read

    texts = _texts("sentences")
    read(texts[0], DAY)
    floor = statistics.median(seconds(lambda: [BARE.findall(text) for text in texts], 5))
    taken = statistics.median(seconds(lambda: [read(text, DAY) for text in texts], 5))
    rate = len(texts) / taken
    tell("read sentences", taken, floor, f"{rate:.0f} sentences a second; floor: a bare split")
    short, long = HOSTILE * 500, HOSTILE * 1000
    once = statistics.median(seconds(partial(read, short, DAY), 3))
    twice = statistics.median(seconds(partial(read, long, DAY), 3))
    tell("read hostile text", twice, once, f"{len(long)} signs; floor: half of it")


def bench_article() -> None:
    """One article with verdicts in a loaded process, against reading it without."""
    from etl import catalog, paths, warehouse
    from etl.reading import facts, rulebook, told
    from etl.reading.article import Article
    from etl.reading.grammar import finer

    folder = paths.shipped() / "catalog"
    with warehouse.connect(warehouse.current()) as con:
        known = facts.load(con, catalog.load(folder), rulebook.load(folder))
    own = finer.catalogued(known.entries)
    articles = [Article(text) for text in _texts("articles")]
    told.read(articles[0], DAY, known, own)
    bare = [seconds(partial(told.read, each, DAY, None, own), 1)[0] for each in articles]
    taken = [seconds(partial(told.read, each, DAY, known, own), 1)[0] for each in articles]
    most = max(taken) * 1000
    tell(
        "read an article with verdicts",
        statistics.median(taken),
        statistics.median(bare),
        f"{len(articles)} articles, the slowest {most:.0f} ms; floor: the same without verdicts",
    )


def _texts(name: str) -> list[str]:
    path = Path(GOLD / f"{name}.jsonl")
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
