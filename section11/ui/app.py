"""The Streamlit side: who you are, the demo mark, navigation, and the chosen page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from section11.domain.people import ROLE_TITLES, User
from section11.services.accounts import SESSION_LASTS
from section11.services.surroundings import surroundings_of
from section11.ui.cache import office, remember_who_and_where
from section11.ui.components.messages import show_success, shown_as_message
from section11.ui.freshness import one_run
from section11.ui.navigation import page_path, pages_for
from section11.ui.session import current_user, end_session
from section11.ui.words import plain

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = "".join(f'<script src="/assets/{name}.js"></script>' for name in ("save_first", "keep_typed", "menu"))


def main() -> None:
    st.set_page_config(page_title="Section 11 audit", page_icon=str(ASSETS / "section11.svg"), layout="wide")
    st.html(ASSETS / "pages.css")
    user = current_user()
    if user is None:
        _signed_out()
        return
    page = st.navigation(pages_for(user), position="top")
    remember_who_and_where(user.id, page.url_path)
    _scripts(user)
    _keep_address()
    _header(user)
    show_success()
    with shown_as_message(), one_run():
        page.run()


@st.fragment(run_every=SESSION_LASTS)
def _scripts(user: User) -> None:
    """Load the scripts of ours. The interval is longer than any session; a page that has one is drawn anew when its
    connection comes back, while any other goes on showing what a server that was started again knows nothing of."""
    st.html(f'<span data-person="{escape(user.id)}"></span>{SCRIPTS}', unsafe_allow_javascript=True)


def _header(user: User) -> None:
    around = surroundings_of(office(), user)
    if around.is_demo:
        st.info(
            "**Demo.** Everything here is made up: Riverdale, its organisations and every answer.",
            icon=":material/science:",
        )
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="who"):
        names = " and ".join(around.partnership_names) or "Section 11 audit"
        st.page_link(page_path("home.py"), label=plain(names), icon=":material/home:", width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            roles = sorted({ROLE_TITLES[grant.role] for grant in user.grants})
            st.markdown(f"{plain(user.person.name)}, {plain(', '.join(roles).lower())}", width="content")
            st.html('<a href="/account" target="_self">Your account</a>', width="content")
            st.button("Sign out", key="sign_out", on_click=end_session)


def _keep_address() -> None:
    """Tell the browser the address of what is drawn: after a link within the same page it has the old one."""
    # Every value of a name, such as two organisation types: as a dictionary only the last would stay.
    st.query_params.from_dict({name: st.query_params.get_all(name) for name in st.query_params})


def _signed_out() -> None:
    st.title("You are signed out")
    st.write("Everything you saved is kept.")
    here = urlsplit(st.context.url or "").path or "/"
    wanted = f"{here}?{urlencode(st.query_params.to_dict())}" if st.query_params else here
    address = "/sign-in" if wanted == "/" else f"/sign-in?{urlencode({'next': wanted})}"
    st.html(f'<p data-signed-out><a href="{escape(address)}" target="_self">Sign in</a></p>')


main()
