"""A part of a page that is drawn anew alone, and never of a build that is no longer the desk's."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk.texts import text
from desk.widgets import frozen
from etl import warehouse
from etl.errors import AmurError, NotBuilt

P = ParamSpec("P")


def part(draw: Callable[P, None]) -> Callable[P, None]:
    """Make a fragment of what draws a part of a page.

    Where it is drawn alone it has the page drawn anew once another build is published or its own
    is gone, and says what is wrong as the whole page would.
    """

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        if not _alone():
            draw(*args, **kwargs)
            return
        # the shared filters have parts of their own, so that filters.view cannot be asked here
        shown = st.session_state["view"]
        try:
            if not frozen.asked() and warehouse.current().id != shown.build:
                st.rerun()
            draw(*args, **kwargs)
        except NotBuilt:
            st.rerun()
        except AmurError as error:
            st.error(text("app.broken", shown.language, reason=error))

    return st.fragment(drawn)


def _alone() -> bool:
    """Return whether some parts alone are drawn, not the page."""
    run = get_script_run_ctx()
    return bool(run and run.fragment_ids_this_run)
