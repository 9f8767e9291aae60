"""Taking in people and their roles: who would be added, then their invitations, each shown once."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from section11.config import settings
from section11.domain.people import ROLE_TITLES, User
from section11.errors import ProblemsFoundError
from section11.services.taking_in.people import PersonInFile, import_people, preview_people
from section11.ui.cache import office
from section11.ui.words import count_of, plain

COLUMNS = (
    "A CSV or Excel file with the columns **email**, **name** and **role**, and if you like **post** and "
    "**organisation**. A person with two roles has two rows."
)


def take_in_people(
    user: User, partnership_id: str, content: bytes, filename: str, done: Callable[[str, dict[str, str]], None]
) -> None:
    """Draw the preview and the button; ``done`` is told what was imported, and the link for each new person."""
    with st.spinner("Reading the file…"):
        found = preview_people(office(), user, partnership_id, content, filename)
    if found.problems:
        raise ProblemsFoundError(found.problems, what=filename)
    st.markdown(
        f"{count_of(len(found.new), 'new person', 'new people')}, {len(found.changed)} with more roles, "
        f"{found.unchanged} as they were."
    )
    listed = [*found.new, *found.changed]
    if not listed:
        st.write("There is nothing to import.")
        return
    with st.expander("What would change"):
        st.dataframe(pd.DataFrame(map(_row, listed)), hide_index=True, alt="People and the roles they would get")
    if st.button("Import", type="primary", key="page.import"):
        with st.spinner("Importing…"):
            imported = import_people(office(), user, partnership_id, content, filename)
        links = {one.person.email: settings().base_url + one.path for one in imported.invitations}
        done(f"Imported. {count_of(len(found.new), 'person', 'people')} added.", links)


def show_links(links: dict[str, str]) -> None:
    """Draw the invitations that were just made, or say that they are on their way."""
    if office().mail:
        st.success(
            f"{count_of(len(links), 'invitation')} will be sent by e-mail. Each link works once, for seven days."
        )
        return
    st.success("Send each person their link; it works once, for seven days. The links are not shown again.")
    for email, link in links.items():
        st.markdown(plain(email))
        st.code(link, language=None, wrap_lines=True)


def _row(one: PersonInFile) -> dict[str, str]:
    roles = [
        f"{ROLE_TITLES[grant.role]}, {grant.organisation_id or grant.partnership_id}"
        for grant in sorted(one.new_grants, key=str)
    ]
    new = "New" if not one.is_known else "Known"
    return {"Who": f"{one.person.name}, {one.person.email}", "Now": new, "Gets": "; ".join(roles)}
