"""A view that is frozen: its build stands in the address and stays there over pages and reloads."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from desk import frozen, markup
from desk.frozen import Since
from desk.texts import text
from desk.widgets import loading
from etl import warehouse
from etl.errors import NotBuilt
from etl.warehouse import Build

KEY = "build"


def build() -> Build:
    """Return the build that the address asks for, or the newest; raise NotBuilt without any."""
    asked = st.query_params.get(KEY) or st.session_state.get(f"frozen_{KEY}", "")
    if not asked:
        return warehouse.current()
    st.session_state[f"frozen_{KEY}"] = asked
    st.query_params[KEY] = asked
    try:
        return warehouse.find(asked)
    except NotBuilt:
        # `tell` says so on the page: gone, ambiguous or no id at all
        return warehouse.current()


def asked() -> str:
    """Return the build that this session is frozen to, or an empty text."""
    return str(st.session_state.get(f"frozen_{KEY}", ""))


def tell(shown: Build, language: str) -> None:
    """Say that the view is frozen, and where its build is gone what differs from it now."""
    wanted = asked()
    if not wanted:
        return
    newest = warehouse.current().id
    names = {"wanted": markup.plain(wanted), "build": shown.id, "newest": newest}
    if shown.id.startswith(wanted):
        if shown.id != newest:
            st.info(text("frozen.older", language, **names))
    else:
        st.warning(text("frozen.gone", language, **names))
        _differs(loading.since_build(newest, wanted), language)


def _differs(since: Since | None, language: str) -> None:
    if since is None:
        st.caption(text("frozen.untold", language))
        return
    counts = {"new": len(since.new), "revised": len(since.revised), "refreshes": since.refreshes}
    st.caption(text("frozen.since", language, **counts))
    if not since.revised:
        return
    heads = {key: text(f"changed.{key}", language) for key in ("what", "period", "old", "new")}
    rows = [
        {
            heads["what"]: row["title"],
            heads["period"]: frozen.period(row, language),
            heads["old"]: frozen.amount(row, "old_value", language),
            heads["new"]: frozen.amount(row, "value", language),
        }
        for row in since.revised
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(260, 60 + 36 * len(rows)))


def control(shown: Build, as_of: str, language: str) -> None:
    """Draw the link to this view, the same frozen, and a switch between the two."""
    with st.popover(text("frozen.link", language), icon=":material/link:"):
        here = _address({})
        pinned = _address({"as_of": as_of, KEY: shown.id})
        st.caption(text("frozen.here", language))
        st.code(here, language=None, wrap_lines=True)
        st.caption(text("frozen.pinned", language))
        st.code(pinned, language=None, wrap_lines=True)
        if asked():
            st.button(text("frozen.thaw", language), on_click=_put, args=("", ""), key="thaw")
        else:
            st.button(
                text("frozen.freeze", language), on_click=_put, args=(shown.id, as_of), key="freeze"
            )


def _address(more: dict[str, str]) -> str:
    """Return the address of this page as it is looked at now."""
    parameters = {name: str(st.query_params[name]) for name in st.query_params} | more
    bare = (st.context.url or "").split("?")[0]
    return f"{bare}?{urlencode(parameters)}" if parameters else bare


def _put(build_id: str, as_of: str) -> None:
    st.session_state[f"frozen_{KEY}"] = build_id
    if build_id:
        st.query_params[KEY] = build_id
        st.query_params["as_of"] = as_of
    else:
        st.query_params.pop(KEY, None)
