"""Signing in where `secrets.toml` asks for it: nothing of the desk is drawn before."""

import streamlit as st
from streamlit.errors import StreamlitAuthError

from desk import login, markup
from desk.texts import text
from etl.errors import UnknownRequest


def passed(language: str) -> bool:
    """Return whether the reader may see the desk; draw the page of the login where not."""
    try:
        asked = login.settings(st.get_option("secrets.files")) is not None
    except UnknownRequest as error:
        st.error(text("login.broken", language, reason=markup.plain(str(error))))
        return False
    if not asked:
        return True
    if st.user.is_logged_in:
        _who(language)
        return True
    st.title(text("app.title"))
    st.markdown(text("login.ask", language))
    if st.button(text("login.enter", language)):
        try:
            st.login()
        except StreamlitAuthError as error:
            st.error(text("login.broken", language, reason=markup.plain(str(error))))
    return False


def _who(language: str) -> None:
    """Say who is signed in, and let them out."""
    name = str(st.user.get("name") or st.user.get("email") or st.user.get("sub") or "")
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.caption(text("login.who", language, name=markup.plain(name)), width="content")
        if st.button(text("login.leave", language), type="tertiary"):
            st.logout()
