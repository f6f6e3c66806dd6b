"""How each chart of customs flows is drawn. Pure."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from desk import wording
from desk.flow_sheet import About, Sheet
from desk.palette import NEUTRAL, PALETTE, ink_on
from desk.rows import Row
from desk.texts import text

MILLION = 1e6
SHOWN = 12
# characters of a name beside a column: on a phone the columns need their half
LABEL = 22


def treemap(about: About, title: str, rows: Sequence[Row]) -> Sheet:
    """Draw products as areas by value."""
    kept = [row for row in rows if row["value"]]
    grounds = [_colour(row["hs"]) for row in kept]
    plot = go.Figure(
        go.Treemap(
            ids=[row["hs"] for row in kept],
            labels=[f"{row['hs']} {shorten(row['name'], 48)}" for row in kept],
            parents=[""] * len(kept),
            values=[row["value"] / MILLION for row in kept],
            customdata=[_change(row, about.language) for row in kept],
            text=[shorten(row["name"], 90) for row in kept],
            hovertemplate="<b>%{id}</b> %{text}<br>%{value:,.1f} "
            + about.say("usd_million")
            + "<br>%{customdata}<extra></extra>",
            texttemplate="%{label}<br>%{value:,.0f}",
            marker={"colorscale": None, "colors": grounds},
            textfont={"color": [ink_on(ground) for ground in grounds]},
            tiling={"pad": 1},
        )
    )
    plot.update_layout(height=430)
    return about.sheet("goods_treemap", title, plot, list(rows))


def changes(about: About, title: str, rows: Sequence[Row]) -> Sheet:
    """Draw the products that rose and fell most against the same months a year before."""
    moved = [
        row | {"change": (row["value"] or 0) - (row["before"] or 0)}
        for row in rows
        if row["value"] is not None or row["before"] is not None
    ]
    ranked = sorted(moved, key=lambda row: row["change"])
    falls = [row for row in ranked[: SHOWN // 2] if row["change"] < 0]
    rises = [row for row in ranked[-(SHOWN // 2) :] if row["change"] > 0]
    shown = falls + rises
    plot = go.Figure(
        go.Bar(
            x=[row["change"] / MILLION for row in shown],
            y=[f"{row['hs']} {shorten(row['name'], LABEL)}" for row in shown],
            orientation="h",
            marker={"color": [PALETTE[1] if row["change"] < 0 else PALETTE[2] for row in shown]},
            customdata=[_change(row, about.language) for row in shown],
            hovertemplate="%{y}<br>%{x:+,.1f} "
            + about.say("usd_million")
            + "<br>%{customdata}<extra></extra>",
        )
    )
    plot.update_layout(height=120 + 26 * len(shown))
    plot.update_xaxes(title=about.say("usd_million"), zeroline=True)
    plot.update_yaxes(automargin=True)
    return about.sheet("goods_changes", title, plot, shown)


def history(about: About, title: str, rows: list[Row]) -> Sheet:
    """Draw a product's value as columns and its unit value as a line."""
    days = [row["period_start"] for row in rows]
    plot = go.Figure()
    plot.add_bar(
        x=days,
        y=[(row["value"] or 0) / MILLION for row in rows],
        name=about.say("value"),
        marker={"color": PALETTE[0]},
    )
    plot.add_scatter(
        x=days,
        y=[row["unit_value"] for row in rows],
        name=about.say("unit_value"),
        mode="lines+markers",
        line={"color": PALETTE[4], "width": 2},
        marker={
            "symbol": ["circle-open" if row["estimated"] else "circle" for row in rows],
            "size": 5,
        },
        yaxis="y2",
        connectgaps=False,
    )
    plot.update_layout(
        height=380,
        yaxis={"title": {"text": about.say("usd_million")}, "rangemode": "tozero"},
        yaxis2={
            "title": {"text": about.say("usd_kg")},
            "overlaying": "y",
            "side": "right",
            "rangemode": "tozero",
            "showgrid": False,
        },
    )
    estimated = about.say("estimated") if any(row["estimated"] for row in rows) else ""
    return about.sheet("product_history", title, plot, rows, *filter(None, [estimated]))


def dependence(about: About, title: str, rows: list[Row]) -> Sheet:
    """Draw the index of concentration over the years, and whose share is the largest."""
    by_year = {row["year"]: row for row in reversed(rows)}
    years = sorted(by_year)
    first = [by_year[year] for year in years]
    plot = go.Figure(
        go.Scatter(
            x=years,
            y=[row["hhi"] for row in first],
            mode="lines+markers",
            text=[f"{about.area(row['partner'])} {row['share']:.0%}" for row in first],
            line={"color": PALETTE[3], "width": 2},
            hovertemplate="%{x}: %{y:,.0f}<br>%{text}<extra></extra>",
        )
    )
    plot.update_layout(height=360)
    if first:
        label = plot.data[0].text[-1]
        plot.add_annotation(
            x=years[-1], y=first[-1]["hhi"], text=label, showarrow=False, yshift=14, xanchor="right"
        )
    plot.update_yaxes(title="HHI", range=[0, 10800])
    _whole_years(plot, years)
    return about.sheet("product_dependence", title, plot, rows, about.say("hhi_note"))


def shares(about: About, name: str, title: str, rows: list[Row], key: str) -> Sheet:
    """Draw columns that add up to all of a year: the largest by name, the rest together."""
    totals: dict[str, float] = {}
    for row in rows:
        totals[row[key]] = totals.get(row[key], 0.0) + (row["value"] or 0)
    largest = sorted(totals, key=lambda one: -totals[one])[:8]
    years = sorted({row["year"] for row in rows})
    plot = go.Figure()
    for place, one in enumerate([*largest, ""]):
        kept = [row for row in rows if (row[key] == one if one else row[key] not in largest)]
        by_year = {year: sum(r["share"] or 0 for r in kept if r["year"] == year) for year in years}
        if kept:
            plot.add_bar(
                x=years,
                y=[100 * by_year[year] for year in years],
                name=about.area(one) if one else about.say("others"),
                marker={"color": PALETTE[place] if one else NEUTRAL},
                hovertemplate="%{x}: %{y:.1f} %",
            )
    plot.update_layout(height=400, barmode="stack")
    plot.update_yaxes(title="%", range=[0, 100])
    _whole_years(plot, years)
    return about.sheet(name, title, plot, rows, about.say("sellers_note"))


def claimed(about: About, title: str, rows: list[Row], said: list[Row]) -> Sheet:
    """Draw China's computed share by year, and the shares that officials and agencies stated."""
    ours = [row for row in rows if row["seller"] == "CHN"]
    plot = go.Figure(
        go.Scatter(
            x=[date(row["year"], 7, 1) for row in ours],
            y=[100 * row["share"] for row in ours],
            mode="lines+markers",
            name=about.say("computed"),
            line={"color": PALETTE[0], "width": 2},
            marker={"symbol": "circle-open", "size": 9},
            hovertemplate="%{x|%Y}: %{y:.1f} %",
        )
    )
    stated = [row for row in said if row["value"] is not None]
    if stated:
        plot.add_scatter(
            x=[
                row["period_start"] + (row["period_end"] - row["period_start"]) / 2
                for row in stated
            ],
            y=[row["value"] for row in stated],
            mode="markers",
            name=about.say("stated"),
            marker={"symbol": "x", "size": 9, "color": PALETTE[1]},
            text=[
                f"{wording.number(row['value'], about.language)} %, {row['publisher']}"
                for row in stated
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    plot.update_layout(height=380)
    plot.update_yaxes(title="%", range=[0, 102])
    return about.sheet("claimed_share", title, plot, ours, about.say("sellers_note"))


def lines(
    about: About, name: str, title: str, named: dict[str, list[tuple[int, float]]], *caveats: str
) -> Sheet:
    """Draw one line a name over the years, in millions of USD."""
    plot = go.Figure()
    for place, (label, points) in enumerate(named.items()):
        plot.add_scatter(
            x=[year for year, _ in points],
            y=[value / MILLION for _, value in points],
            mode="lines+markers",
            name=label,
            line={"color": PALETTE[place % len(PALETTE)], "width": 2},
            hovertemplate="%{x}: %{y:,.1f}",
        )
    years = sorted({year for points in named.values() for year, _ in points})
    plot.update_layout(height=390)
    plot.update_yaxes(title=about.say("usd_million"), rangemode="tozero")
    _whole_years(plot, years)
    rows: list[Row] = [
        {"name": label, "year": year, "value": value}
        for label, points in named.items()
        for year, value in points
    ]
    return about.sheet(name, title, plot, rows, *caveats)


def shorten(name: str, length: int) -> str:
    """Return a name of goods that fits a chart."""
    return name if len(name) <= length else f"{name[: length - 1].rstrip(' ,;')}…"


def _change(row: Row, language: str) -> str:
    if not row["before"] or row["value"] is None:
        return ""
    change = 100 * (row["value"] / row["before"] - 1)
    return text("flows.on_year", language, change=f"{change:+,.0f} %")


def _colour(hs: str) -> str:
    """Return one colour a section of the HS, so that related goods look alike."""
    return PALETTE[int(hs[:2]) // 10 % len(PALETTE)] if hs[:2].isdigit() else NEUTRAL


def _whole_years(plot: go.Figure, years: Sequence[int]) -> None:
    step = max(1, len(years) // 8)
    plot.update_xaxes(tickmode="array", tickvals=list(years)[::step], tickformat="d")
