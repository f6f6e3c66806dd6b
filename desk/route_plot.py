"""The map, drawn on plain axes: no tile and no outline is fetched from anywhere."""

import plotly.graph_objects as go

from desk import geography, hover, wording
from desk.geography import Part, Point
from desk.overlays import EVENT, STATUS_COLOURS
from desk.projection import dense, project
from desk.sites import Known
from desk.sketch import Sketch
from desk.texts import text

COLOURS = {
    "operating": STATUS_COLOURS["started"],
    "construction": STATUS_COLOURS["under_construction"],
    "contract": STATUS_COLOURS["contract_signed"],
    "agreed": STATUS_COLOURS["memorandum"],
    "proposed": STATUS_COLOURS["studied"],
    "unknown": EVENT,
}
DASHES = {
    "operating": "solid",
    "construction": "dash",
    "contract": "longdashdot",
    "agreed": "dashdot",
    "proposed": "dot",
    "unknown": "dot",
}
WIDTHS = {"gas": 4.0, "oil": 2.2}
SYMBOLS = {"export": "square", "import": "triangle-down"}
LAND, BORDER = "rgba(138,143,152,0.16)", "rgba(138,143,152,0.55)"
STEP_KM, MARGIN_KM = 90, 420
# names of what lies in the east are written beyond it
EAST_KM = 350
# where the name of a route stands, and at which side of it; others only say it in a hover
LABELS: dict[str, tuple[Point, str]] = {
    "pos1": ((121.0, 61.3), "top center"),
    "pos2": ((84.0, 60.5), "bottom left"),
    "far_east": ((133.0, 42.4), "bottom center"),
    "espo": ((114.5, 54.6), "bottom center"),
    "kazakhstan": ((77.5, 49.6), "middle right"),
}
COUNTRIES: dict[str, Point] = {
    "russia": (98.0, 66.0),
    "china": (103.0, 34.5),
    "mongolia": (102.0, 46.0),
}
HEIGHT = 620


def draw(found: list[Known], language: str) -> go.Figure:
    """Return the map of what is known; its words take the colour of the reader's theme."""
    plot = Sketch()
    _land(plot)
    _countries(plot, language)
    shown: set[str] = set()
    for each in found:
        if each.site.kind == "route":
            _route(plot, each, each.stage not in shown, language)
            shown.add(each.stage)
    _schematic_legend(plot, found, language)
    for side in SYMBOLS:
        _terminals(plot, [each for each in found if each.site.kind == side], side, language)
    _names(plot, [each for each in found if each.site.id in LABELS], language)
    _frame(plot)
    return go.Figure(data=plot.data, layout=plot.layout)


def _land(plot: Sketch) -> None:
    """Fill the land, a gap between its rings."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in geography.land():
        for x, y in (project(*point) for point in dense(list(ring), 4 * STEP_KM)):
            xs.append(x)
            ys.append(y)
        xs.append(None)
        ys.append(None)
    plot.add_scatter(
        x=_rounded(xs),
        y=_rounded(ys),
        mode="lines",
        fill="toself",
        fillcolor=LAND,
        line={"color": BORDER, "width": 0.7},
        hoverinfo="skip",
        showlegend=False,
    )


def _rounded(values: list[float | None]) -> list[float | None]:
    """Whole kilometres: finer than a pixel."""
    return [None if value is None else round(value) for value in values]


def _countries(plot: Sketch, language: str) -> None:
    places = [project(*place) for place in COUNTRIES.values()]
    plot.add_scatter(
        x=[round(x) for x, _ in places],
        y=[round(y) for _, y in places],
        mode="text",
        text=[text(f"map.country.{name}", language).upper() for name in COUNTRIES],
        textfont={"size": 12, "color": EVENT},
        hoverinfo="skip",
        showlegend=False,
    )


def _route(plot: Sketch, each: Known, in_legend: bool, language: str) -> None:
    """Draw a route, its schematic pieces paler and with the places that they run between."""
    surveyed = [part for part in each.site.parts if not part.schematic]
    for parts, schematic in ((surveyed, False), (_schematic(each), True)):
        if not parts:
            continue
        lines = [[project(*point) for point in dense(list(part.path), STEP_KM)] for part in parts]
        plot.add_scatter(
            **_joined(lines),
            mode="lines",
            name=text(f"map.stage.{each.stage}", language),
            legendgroup=each.stage,
            showlegend=in_legend and not schematic,
            opacity=0.6 if schematic else 1.0,
            line={
                "color": COLOURS[each.stage],
                "width": WIDTHS[each.site.product],
                "dash": DASHES[each.stage],
            },
            text=said(each, schematic, language),
            hoverinfo="text",
        )
    _towns(plot, [point for part in _schematic(each) for point in part.path], each)


def _schematic(each: Known) -> list[Part]:
    return [part for part in each.site.parts if part.schematic]


def _joined(lines: list[list[Point]]) -> dict[str, list[float | None]]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for line in lines:
        xs += [*(x for x, _ in line), None]
        ys += [*(y for _, y in line), None]
    return {"x": _rounded(xs), "y": _rounded(ys)}


def _towns(plot: Sketch, points: list[Point], each: Known) -> None:
    if points:
        places = [project(*point) for point in points]
        plot.add_scatter(
            x=[round(x) for x, _ in places],
            y=[round(y) for _, y in places],
            mode="markers",
            marker={"symbol": "circle-open", "size": 5, "color": COLOURS[each.stage]},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=each.stage,
        )


def _schematic_legend(plot: Sketch, found: list[Known], language: str) -> None:
    if any(_schematic(each) for each in found):
        plot.add_scatter(
            x=[None],
            y=[None],
            mode="lines+markers",
            name=text("map.legend_schematic", language),
            opacity=0.6,
            line={"color": EVENT, "width": 3},
            marker={"symbol": "circle-open", "size": 5},
        )


def _terminals(plot: Sketch, found: list[Known], side: str, language: str) -> None:
    if not found:
        return
    places = [project(*each.site.parts[0].path[0]) for each in found]
    plot.add_scatter(
        x=[round(x) for x, _ in places],
        y=[round(y) for _, y in places],
        mode="markers+text",
        name=text(f"map.legend_{side}", language),
        marker={
            "symbol": SYMBOLS[side],
            "size": 11,
            "color": [COLOURS[each.stage] for each in found],
            "line": {"width": 1, "color": "#ffffff"},
        },
        text=[_label(each, language) for each in found],
        textposition=[_side(number, side) for number in range(len(found))],
        textfont={"size": 11},
        hovertext=[said(each, False, language) for each in found],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _side(number: int, side: str) -> str:
    """Neighbours write to different sides."""
    return "bottom center" if side == "import" else ("top center", "middle right")[number % 2]


def _names(plot: Sketch, found: list[Known], language: str) -> None:
    for each in found:
        place, side = LABELS[each.site.id]
        x, y = project(*place)
        plot.add_scatter(
            x=[round(x)],
            y=[round(y)],
            mode="text",
            text=[_label(each, language)],
            textposition=side,
            textfont={"size": 12},
            hoverinfo="skip",
            showlegend=False,
        )


def _label(each: Known, language: str) -> str:
    """Return the short name, and under it the newest flow."""
    flow = f"<br>{each.flow.value} {each.flow.unit} ({each.flow.period})" if each.flow else ""
    return hover.escape(text(f"map.label.{each.site.id}", language)) + flow


def said(each: Known, schematic: bool, language: str) -> str:
    """Say name, product, status and why, flow with period, unit and publisher, named capacity."""
    stage = text(f"map.stage.{each.stage}", language)
    if each.why:
        stage = text("map.hover_stage", language, stage=stage, why=each.why)
    product = text(f"map.{each.site.product}", language)
    parts = [f"<b>{hover.escape(each.name)}</b> · {product}", hover.wrap(hover.escape(stage))]
    if each.reached:
        title = f"{each.reached['title']} · {each.reached['publisher']}"
        parts.append(hover.wrap(hover.escape(title)))
    parts += _flow(each, language)
    if each.capacity:
        parts.append(hover.wrap(hover.escape(capacity(each, language))))
    if schematic:
        parts.append(text("map.hover_schematic", language))
    if each.site.accuracy == "approximate":
        parts.append(text("map.hover_approximate", language))
    return "<br>".join(parts)


def _flow(each: Known, language: str) -> list[str]:
    if each.flow is None:
        return [text("map.hover_no_flow", language)]
    told = vars(each.flow) | {
        "status": text(f"status.{each.flow.status}", language),
        "date": each.flow.told,
    }
    counted = text("map.hover_counted", language, counted=each.flow.counted)
    flow = text("map.hover_flow", language, **told)
    return [hover.wrap(hover.escape(flow)), hover.wrap(hover.escape(counted))]


def capacity(each: Known, language: str) -> str:
    """Say which capacity was named last, and by whom."""
    row = each.capacity
    if row is None:
        return ""
    return text(
        "map.hover_capacity",
        language,
        value=wording.number(row["capacity_value"], language),
        unit=row["capacity_unit"],
        publisher=row["publisher"],
        date=wording.published(row, language),
    )


def _frame(plot: Sketch) -> None:
    """Frame every route and terminal there is, so that the map stays where it is by day."""
    places = [
        project(*point) for site in geography.sites() for part in site.parts for point in part.path
    ]
    axis = {"visible": False, "zeroline": False, "showgrid": False}
    plot.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        hovermode="closest",
        hoverlabel={"align": "left"},
        dragmode="pan",
        modebar={"orientation": "v"},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0},
        xaxis=axis | {"range": _range([x for x, _ in places], EAST_KM), "constrain": "domain"},
        yaxis=axis
        | {
            "range": _range([y for _, y in places]),
            "scaleanchor": "x",
            "scaleratio": 1,
            "constrain": "domain",
            "constraintoward": "top",
        },
    )


def _range(values: list[float], more: int = 0) -> list[float]:
    return [round(min(values) - MARGIN_KM), round(max(values) + MARGIN_KM + more)]
