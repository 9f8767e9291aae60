"""Page: what was released, for the board: each organisation's own ratings and the moderated ones."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.services.releasing import list_released, read_released
from section11.ui.cache import office, released_figures
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.released_figures import show_released_figures
from section11.ui.components.released_moderation import show_moderation
from section11.ui.components.return_reading import show_answers
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain


def main(user: User) -> None:
    state = page_state("released")
    st.title("Released results")
    cycle = chosen_cycle(user, Right.READ_RELEASED)
    names = list_released(office(), user, cycle.id) if cycle is not None else {}
    if cycle is None or not names:
        st.write("Nothing has been released yet. When scrutiny releases a moderated return, it appears here.")
        return
    with st.expander("All released returns in numbers"):
        show_released_figures(released_figures(user, cycle.id))
    st.write(f"{count_of(len(names), 'return')} released. Choose an organisation to read what scrutiny found.")
    chosen = chosen_from("Organisation", list(names), list(names.values()), name="assessment")
    released = read_released(office(), user, chosen, first_look=state.get("read") != chosen)
    state["read"] = chosen
    st.subheader(plain(released.view.organisation.name))
    st.markdown(f"{plain(released.view.organisation_type.title)}. {plain(released.view.cycle.name)}.")
    show_moderation(released.view, released.moderation)
    st.header("Answers")
    show_answers(released.view)


if __name__ == "__main__":
    main(require_user())
