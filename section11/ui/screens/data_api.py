"""Page: tokens with which Excel, Power BI and other programs read the partnership's data."""

from __future__ import annotations

import streamlit as st

from section11.config import settings
from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date
from section11.permissions import Right
from section11.services.api_tokens import ApiTokenLine, create_api_token, list_api_tokens, revoke_api_token
from section11.services.directory import managed_partnerships
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state, require_user
from section11.ui.words import plain, saved_at

EXAMPLE = "/api/v1/cycles/{cycle}/answers.csv"
STEPS = (
    "In Excel, choose **Data**, then **From Web**. In Power BI, choose **Get data**, then **Web**.",
    "Paste an address from below, with the id of your cycle in it.",
    "Choose **Basic**. Write any user name, and the token as the password. Choose **Connect**.",
)


def main(user: User) -> None:
    state = page_state("data_api")
    st.title("Data API")
    st.markdown(
        "A token lets a program read the partnership's submitted returns, their results and finished moderation, as "
        "a scrutiny lead may. It changes nothing. Make one for each use, so that you can revoke it alone."
    )
    _make(user, state)
    _steps()
    st.header("Tokens")
    lines = list_api_tokens(office(), user)
    if not lines:
        st.write("No token yet. Make the first one above.")
    for line in lines:
        _line(user, line)


def _make(user: User, state: dict[str, str]) -> None:
    partnerships = managed_partnerships(office(), user, Right.MANAGE_API_TOKENS)
    with st.form("page.make", enter_to_submit=False):
        st.subheader("Make a token")
        name = st.text_input("What it is for, for example Power BI of the council")
        partnership = partnerships[0]
        if len(partnerships) > 1:
            partnership = st.selectbox("Partnership", partnerships, format_func=lambda one: one.name)
        if st.form_submit_button("Make a token", type="primary"):
            with shown_as_message():
                state["secret"] = create_api_token(office(), user, partnership.id, name or "").secret
    if state.get("secret"):
        st.success("Made. Copy the token now: it is shown this once and kept nowhere. It works for a year.")
        st.code(state["secret"], language=None, wrap_lines=True)


def _steps() -> None:
    with st.expander("How to use it in Excel and Power BI"):
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, start=1)))
        st.code(settings().base_url + EXAMPLE, language=None, wrap_lines=True)
        st.markdown(
            "Instead of **answers** write **organisations**, **returns**, **questions**, **results**, **actions**, "
            "**moderation** or **data_dictionary**. Every address is described here:"
        )
        st.code(f"{settings().base_url}/api/v1/openapi.json", language=None, wrap_lines=True)


def _line(user: User, line: ApiTokenLine) -> None:
    token, now = line.token, office().clock()
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        used = f"last used {saved_at(token.last_used_at, now)}" if token.last_used_at else "never used"
        made = f"Made by {plain(line.made_by)} on {long_date(uk_date(token.created_at))}, {used}."
        if token.revoked_at is not None:
            ends = f"**Revoked** on {long_date(uk_date(token.revoked_at))}."
        else:
            ends = (
                f"{'Works' if line.is_open else '**Ended**: it worked'} until {long_date(uk_date(token.expires_at))}."
            )
        words.markdown(f"**{plain(token.name)}**  \n{made} {ends}")
        if token.revoked_at is None and button.button("Revoke", key=f"page.revoke.{token.id}"):
            with shown_as_message():
                revoke_api_token(office(), user, token.id)
                remember_success(f"{token.name} is revoked. Programs that use it are refused from now on.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
