"""Two sentences about a figure, made from its points; they never say more than these.

A change in percent is told only between two positive levels of comparable periods, and only as far
as the printed digits reach. What is derived, estimated or provisional is called so.
"""

from collections.abc import Iterable

from desk import wording
from desk.export import amounts
from desk.figures import Figure
from desk.lines import Line, Point
from desk.texts import text

# of these a change in percent says nothing, or the wrong thing
NO_PERCENT = ("%", "pp", "x", "rank")


def sentences(figure: Figure) -> list[str]:
    """Return two sentences, one where there is not more to say, none for an empty figure."""
    if figure.empty:
        return []
    by_chart = {
        "timeline": _timeline,
        "statements": _statements,
        "compare_years": _years,
        "effects": _each,
    }
    told = by_chart.get(figure.chart, _line)(figure)[:2]
    # an abbreviated unit ends with a full stop of its own
    return [sentence.replace("..", ".") for sentence in told]


def _line(figure: Figure) -> list[str]:
    """The first line against a comparable period, then what must be known of it, then the next."""
    own = [line for line in figure.lines if line.style == "line" and line.points]
    first = own[0]
    newest = _newest(figure, first)
    before = _comparable(newest, first.points)
    told = [_compared(figure, first.label, first, newest, before)]
    told += _warnings(figure, first, [newest, *([before] if before else [])])
    if len(own) > 1:
        second = own[1]
        point = _newest(figure, second)
        told.append(_level(figure, second.label, second, point))
    else:
        told += _span(figure, first)
    return told


def _newest(figure: Figure, line: Line) -> Point:
    own = [point for point in line.points if point.kind == figure.kind]
    return max(own or line.points, key=lambda point: point.end)


def _comparable(point: Point, points: Iterable[Point]) -> Point | None:
    """Return the same months of the year before."""
    return next(
        (
            other
            for other in points
            if other.kind == point.kind
            and other.end.year == point.end.year - 1
            and (other.start.month, other.end.month) == (point.start.month, point.end.month)
        ),
        None,
    )


def _compared(figure: Figure, label: str, line: Line, point: Point, before: Point | None) -> str:
    if before is None:
        return _level(figure, label, line, point)
    language = figure.options.language
    values = {
        "head": _head(figure, label, point),
        "value": _amount(figure, line, point),
        "old": _amount(figure, line, before),
        "before": before.label,
    }
    if line.unit in NO_PERCENT or point.value <= 0 or before.value <= 0:
        return text("say.after", language, **values)
    change = 100 * (point.value / before.value - 1)
    doubt = 100 * (
        point.precision / before.value + before.precision * point.value / before.value**2
    )
    if abs(change) <= doubt:
        return text("say.same", language, **values)
    percent = wording.exact(abs(change), 0.1 if doubt < 0.5 else 1.0, language)
    key = "say.more" if change > 0 else "say.less"
    return text(key, language, percent=percent, **values)


def _level(figure: Figure, label: str, line: Line, point: Point) -> str:
    value = _amount(figure, line, point)
    head = _head(figure, label, point)
    return text("say.level", figure.options.language, head=head, value=value)


def _head(figure: Figure, label: str, point: Point) -> str:
    if not label:
        return point.label
    return text("say.head", figure.options.language, label=label, period=point.label)


def _amount(figure: Figure, line: Line, point: Point) -> str:
    """Return a value with its unit, and in brackets what it is when it was not reported."""
    language = figure.options.language
    symbol = figure.symbols.get(line.unit, line.unit)
    told = amounts.of_point(point, line.unit, symbol, language)
    if point.status == "reported":
        return told
    status = text(f"status.{point.status}", language)
    return text("say.not_reported", language, value=told, status=status)


def _warnings(figure: Figure, line: Line, points: list[Point]) -> list[str]:
    """Say what was revised or is disputed of the points just told."""
    language, told = figure.options.language, []
    for point in points:
        symbol = figure.symbols.get(line.unit, line.unit)
        if point.old_value is not None and point.revised:
            old = amounts.amount(point.old_value, point.old_precision, line.unit, symbol, language)
            new = amounts.amount(point.value, point.precision, line.unit, symbol, language)
            day = wording.day(point.revised, language)
            told.append(
                text("say.revised", language, period=point.label, old=old, new=new, date=day)
            )
        elif point.disputed and point.low is not None and point.high is not None:
            low = amounts.amount(point.low, point.precision, line.unit, "", language)
            high = amounts.amount(point.high, point.precision, line.unit, symbol, language)
            told.append(text("say.disputed", language, period=point.label, low=low, high=high))
    return told


def _span(figure: Figure, line: Line) -> list[str]:
    """Say between which figures all that are shown lie."""
    points = [point for point in line.points if point.kind == figure.kind]
    if len(points) < 3:
        return []
    low = min(points, key=lambda point: point.value)
    high = max(points, key=lambda point: point.value)
    return [
        text(
            "say.span",
            figure.options.language,
            count=len(points),
            low=f"{_amount(figure, line, low)} ({low.label})",
            high=f"{_amount(figure, line, high)} ({high.label})",
        )
    ]


def _years(figure: Figure) -> list[str]:
    """The running year against the same months of the year before."""
    running = [line for line in figure.lines if line.points]
    newest = running[-1]
    point = max(newest.points, key=lambda each: each.end)
    others = [other for line in running[:-1] for other in line.points]
    before = _comparable(point, others)
    told = [_compared(figure, "", newest, point, before)]
    told += _warnings(figure, newest, [point])
    whole = [other for other in others if other.kind == "year"]
    if whole:
        last = max(whole, key=lambda each: each.end)
        told.append(_level(figure, "", newest, last))
    return told


def _each(figure: Figure) -> list[str]:
    """The newest figure of every line."""
    own = [line for line in figure.lines if line.style == "line" and line.points]
    return [_level(figure, line.label, line, _newest(figure, line)) for line in own]


def _statements(figure: Figure) -> list[str]:
    """Who said the newest figure, and how many are shown; a computed line by its newest."""
    language = figure.options.language
    pairs = [
        (line, point) for line in figure.lines if line.style == "scatter" for point in line.points
    ]
    told = []
    if pairs:
        line, point = max(pairs, key=lambda pair: (pair[1].published, pair[1].end))
        told.append(
            text(
                "say.stated",
                language,
                head=_head(figure, line.label, point),
                value=_amount(figure, line, point),
                who=_who(point),
                date=wording.day(point.published, language),
            )
        )
    computed = [line for line in figure.lines if line.style == "line" and line.points]
    if computed:
        told.append(_level(figure, computed[0].label, computed[0], _newest(figure, computed[0])))
    elif len(pairs) > 1:
        days = sorted(point.published for _, point in pairs)
        first, last = wording.day(days[0], language), wording.day(days[-1], language)
        told.append(text("say.count", language, count=len(pairs), first=first, last=last))
    return told


def _who(point: Point) -> str:
    """Return who counted or said it; an id of the catalogue is an abbreviation."""
    if point.counter.islower() and point.counter.isidentifier():
        return point.counter.upper()
    return point.counter or point.publisher


def _timeline(figure: Figure) -> list[str]:
    """The newest event, and how many there are."""
    language = figure.options.language
    row = figure.events[-1]
    told = [
        text(
            "say.event",
            language,
            date=row["date_text"],
            title=row["title"],
            who=row["publisher"],
        )
    ]
    first = figure.events[0]["date_text"]
    if len(figure.events) > 1:
        told.append(
            text(
                "say.events",
                language,
                count=len(figure.events),
                first=first,
                last=row["date_text"],
            )
        )
    return told
