"""Page: people with a role, and inviting more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from section11.config import settings
from section11.domain.organisations import Organisation, Partnership
from section11.domain.people import ORGANISATION_ROLES, ROLE_TITLES, Role, User
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.directory import invitable_organisations, list_people, managed_partnerships
from section11.services.inviting import invite_person
from section11.ui.cache import office
from section11.ui.components.account_care import care_for, show_leavers
from section11.ui.components.lists import paged, searched
from section11.ui.components.messages import shown_as_message
from section11.ui.components.waiting_roles import show_waiting_roles
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain


def main(user: User) -> None:
    state = page_state("people")
    st.title("People")
    people = list_people(office(), user)
    partnerships = managed_partnerships(office(), user, Right.MANAGE_PEOPLE)
    organisations = invitable_organisations(office(), user)
    names = {one.id: one.name for one in partnerships} | {one.id: one.name for one in organisations}
    st.markdown(f"{count_of(len(people), 'person', 'people')} with a role. Invite more by e-mail address.")
    _invite(user, state, partnerships, organisations)
    show_waiting_roles(user)
    st.header("Everyone with a role")
    for person in paged(
        searched(
            people,
            lambda one: f"{one.person.name} {one.person.post} {one.person.email} {_roles(one, names)}",
            key="page.search",
        ),
        "person",
        "people",
        key="page.number",
    ):
        with st.container(border=True):
            who = person.person
            post = "" if who.post == who.name else who.post
            parts = [f"**{plain(who.name)}**", *map(plain, filter(None, (post, who.email)))]
            st.markdown(f"{', '.join(parts)}  \n{plain(_roles(person, names))}")
            care_for(user, person.person, manages_people=bool(partnerships))
    show_leavers(user)


def _roles(person: User, names: Mapping[str, str]) -> str:
    """Return what a person is and where, by the names of the places."""
    return ", ".join(
        f"{ROLE_TITLES[grant.role]}, {names.get(place, place)}"
        for grant in sorted(person.grants, key=str)
        if (place := grant.organisation_id or grant.partnership_id)
    )


def _invite(
    user: User, state: dict[str, Any], partnerships: Sequence[Partnership], organisations: Sequence[Organisation]
) -> None:
    roles = [role for role in ROLE_TITLES if role in ORGANISATION_ROLES or (partnerships and role is not Role.OPERATOR)]
    # Each invitation has a form of its own: after one is made, the next begins empty.
    with st.form(f"page.invite.{state.get('made', 0)}", clear_on_submit=False, enter_to_submit=False):
        st.subheader("Invite somebody")
        email = st.text_input("E-mail address", type="email", autocomplete="off")
        name = st.text_input("Name")
        post = st.text_input("Post, for example Head of Safeguarding")
        role = st.selectbox("Role", roles, format_func=lambda one: ROLE_TITLES[one])
        organisation = st.selectbox(
            "Organisation (for contributors and approvers)",
            organisations,
            index=None,
            format_func=lambda one: one.name,
            placeholder="Choose or type a name",
        )
        partnership = None
        if len(partnerships) > 1:
            partnership = st.selectbox("Partnership", partnerships, format_func=lambda one: one.name)
        elif partnerships:
            partnership = partnerships[0]
        if st.form_submit_button("Make an invitation", type="primary"):
            state.pop("invitation", None)
            with shown_as_message():
                is_organisation_role = role in ORGANISATION_ROLES
                if is_organisation_role and organisation is None:
                    raise BadInputError("Choose the organisation this person works for.")
                path = invite_person(
                    office(),
                    user,
                    email=email or "",
                    name=name or "",
                    post=post or "",
                    role=role,
                    organisation_id=organisation.id if is_organisation_role and organisation else None,
                    partnership_id=None if is_organisation_role or partnership is None else partnership.id,
                )
                state["invitation"] = path or ""
                state["made"] = state.get("made", 0) + 1
                st.rerun()
    if state.get("invitation") == "/sign-in":
        st.success("Done. This person has an account already and can sign in with it.")
    elif state.get("invitation") and office().mail:
        st.success("Invited. An e-mail with a link that works once, for seven days, is on its way to them.")
    elif state.get("invitation"):
        st.success(
            "Invited. Send this link to the person; it works once, for seven days. Somebody who has an account already "
            "takes the role up with it."
        )
        st.code(settings().base_url + state["invitation"], language=None, wrap_lines=True)


if __name__ == "__main__":
    main(require_user())
