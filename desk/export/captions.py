"""The words that travel with a figure on paper, where nobody can point at a mark."""

from desk import wording
from desk.figures import Figure
from desk.lines import Line, Point
from desk.texts import text

# what speaker notes can hold and be read
MOST_REVISIONS, MOST_EVENTS, MOST_CLAIMS, MOST_PAGES = 12, 20, 12, 20


def notes(figure: Figure, drawn: str = "print") -> list[str]:
    """Return the figure's own caveat, then what the marks that occur mean.

    `drawn` is `print` for our own pictures, `native` for the charts of office programs.
    """
    language = figure.options.language
    told = [text(f"{drawn}_caveat.{mark}", language) for mark in figure.marks]
    return [figure.caveat, *told] if figure.caveat else told


def stamp(figure: Figure) -> str:
    """Return the as-of day and the build, which together reproduce the figure."""
    language = figure.options.language
    as_of = wording.day(figure.options.as_of, language)
    return text("chart.stamp", language, as_of=as_of, build=figure.build_id)


def _newest(figure: Figure) -> list[tuple[Line, Point]]:
    pairs = [(line, point) for line in figure.lines for point in line.points]
    return sorted(pairs, key=lambda pair: pair[1].end, reverse=True)


def revisions(figure: Figure) -> list[str]:
    """Return what took the place of what and when, for the newest periods."""
    language = figure.options.language
    return [
        f"{line.label}, {point.label}: "
        + text(
            "chart.hover_revised",
            language,
            old=wording.exact(point.old_value, point.old_precision, language),
            new=wording.exact(point.value, point.precision, language),
            date=wording.day(point.revised, language),
        )
        for line, point in _newest(figure)
        if point.old_value is not None and point.revised
    ][:MOST_REVISIONS]


def disputes(figure: Figure) -> list[str]:
    """Return the points on which sources of one rank disagree, with the range."""
    language = figure.options.language
    return [
        f"{line.label}, {point.label}: "
        + text(
            "chart.hover_disputed",
            language,
            low=wording.number(point.low, language),
            high=wording.number(point.high, language),
        )
        for line, point in _newest(figure)
        if point.disputed and point.low is not None and point.high is not None
    ][:MOST_REVISIONS]


def statements(figure: Figure) -> list[str]:
    """Return who stated the newest figures of a chart whose marks are statements."""
    language = figure.options.language
    return [
        f"{line.label}, {point.label}: {bounded(point, language)}, "
        f"{point.counter or point.publisher}"
        for line, point in _newest(figure)
        if line.style == "scatter"
    ][:MOST_EVENTS]


def bounded(point: Point, language: str) -> str:
    """Return a one-sided, approximate or range figure in words: > 240 · 45–50."""
    if point.bound == "range" and point.low is not None and point.high is not None:
        return f"{wording.number(point.low, language)}–{wording.number(point.high, language)}"
    return f"{wording.BOUND_MARKS[point.bound]}{wording.number(point.value, language)}"


def events(figure: Figure) -> list[str]:
    """Return the newest events, one line each."""
    rows = figure.events[::-1][:MOST_EVENTS]
    return [f"{row['date_text']}: {row['title']} ({row['publisher']})" for row in rows]


def claims(figure: Figure) -> list[str]:
    """Return the newest claims that lie on the figure, with their verdict where there is one."""
    language = figure.options.language
    return [
        f"«{row['title']}» {row['publisher']}, {row['published_text']}: "
        f"{wording.claim(row, language)} ({wording.claim_period(row, language)})"
        + verdict(row, language)
        for row in figure.claims[:MOST_CLAIMS]
    ]


def verdict(row: dict[str, object], language: str) -> str:
    """Return what the warehouse says of a claim, or nothing where it was not judged."""
    judged = row.get("verdict")
    if not judged:
        return ""
    said = text(f"verdict.{judged}", language)
    explained = explanation(row, language)
    return f" — {said}{f': {explained}' if explained else ''}"


def explanation(row: dict[str, object], language: str) -> str:
    """Return the sentence that explains a verdict."""
    return str(row.get(f"explanation_{language}") or row.get("explanation") or "")


def pages(figure: Figure) -> list[str]:
    """Return the pages that the newest points were taken from."""
    language = figure.options.language
    found = [
        f"{line.label}, {point.label}: {point.publisher}, "
        f"{wording.day(point.published, language)}" + (f", {point.url}" if point.url else "")
        for line, point in _newest(figure)
    ]
    return found[:MOST_PAGES]


def licences(figure: Figure) -> str:
    """Return the licences of the sources, in one line."""
    said = [f"{row['name']}: {row['licence']}" for row in figure.licences if row["licence"]]
    return "; ".join([*said, text("cite.facts", figure.options.language)])
