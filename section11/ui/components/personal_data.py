"""What is kept about one person: handing it over, and erasing it."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import Person, User
from section11.services.erasing_people import ErasurePreview, erase_person, preview_erasure
from section11.ui.cache import office
from section11.ui.components.links import download_link, personal_data_path
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import plain


def show_personal_data(user: User, person: Person) -> None:
    """Draw a download of what is kept about a person, and erasing it after a look at what goes and what stays."""
    name, key = plain(person.name), f"page.erase.{person.id}"
    st.markdown(
        "**Has the person asked what is kept about them, or to be erased?** The file has what they did here and when; "
        "their own account page gives them the texts as well."
    )
    download_link(f"Download the data about {name}", personal_data_path(person.id), key=f"{key}.download")
    if st.button(f"Look at what erasing {name} would change", key=f"{key}.look"):
        st.session_state[f"{key}.looked"] = True
    if st.session_state.get(f"{key}.looked"):
        with shown_as_message():
            _erase(user, preview_erasure(office(), user, person.id), key)


def _erase(user: User, preview: ErasurePreview, key: str) -> None:
    st.markdown("**Goes:**\n" + "\n".join(f"- {plain(_sentence(one))}" for one in preview.goes))
    st.markdown("**Stays:**\n" + "\n".join(f"- {plain(one)}" for one in preview.stays))
    with st.form(f"{key}.form", enter_to_submit=False):
        st.write("This cannot be undone.")
        typed = st.text_input(f"To be sure, type the e-mail address: {plain(preview.person.email)}", autocomplete="off")
        if st.form_submit_button(f"Erase {plain(preview.person.name)}"):
            with shown_as_message():
                erased = erase_person(office(), user, preview.person.id, typed or "")
                remember_success(f"Erased. In place of the name stands “{erased.name}” from now on.")
                st.rerun()


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}."
