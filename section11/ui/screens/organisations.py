"""Page: the partnership's organisations, and importing them from a file."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.services.directory import MemberLine, list_members, managed_partnerships
from section11.services.taking_in.organisations import (
    OrganisationChange,
    OrganisationPreview,
    import_organisations,
    preview_organisations,
)
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.lists import paged, searched
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

LAYOUT = (
    "A CSV or Excel file with the columns **name** and **type**, and if you like **id**, **duty**, **urn**, "
    "**ods_code**, **parent** and **status**. Or the establishment file from Get Information About Schools, "
    "exactly as you downloaded it."
)


def main(user: User) -> None:
    state = page_state("organisations")
    st.title("Organisations")
    members = list_members(office(), user)
    st.markdown(f"{count_of(len(members), 'organisation')} in the partnership. Add more from a file.")
    _import(user, state)
    st.header("Everyone in the partnership")
    if not members:
        st.write("No organisation yet. Import a file above to begin.")
        return
    for line in paged(searched(members, _text_of, key="page.search"), "organisation", key="page.number"):
        with st.container(border=True):
            closed = "" if line.organisation.is_open else " (closed)"
            st.markdown(
                f"**{plain(line.organisation.name)}**{closed}  \n{plain(line.organisation_type.title)}, "
                f"{office().types.duty_titles[line.duty].lower()}. Id: {plain(line.organisation.id)}"
            )


def _text_of(line: MemberLine) -> str:
    return f"{line.organisation.name} {line.organisation.id} {line.organisation_type.title}"


def _import(user: User, state: dict[str, int]) -> None:
    partnerships = managed_partnerships(office(), user, Right.MANAGE_ORGANISATIONS)
    with st.expander("Import organisations", expanded=True):
        partnership = partnerships[0]
        if len(partnerships) > 1:
            chosen = chosen_from(
                "Partnership", [one.id for one in partnerships], [one.name for one in partnerships], name="partnership"
            )
            partnership = next(one for one in partnerships if one.id == chosen)
        st.markdown(LAYOUT)
        round_number = state.setdefault("round", 0)
        file = st.file_uploader("File", type=["csv", "xlsx"], key=f"page.file.{round_number}")
        la_code = st.text_input(
            "Local authority, for a Get Information About Schools file (its code or its name)", key="page.la"
        )
        if file is None:
            return
        with shown_as_message():
            content = file.getvalue()
            with st.spinner("Reading the file…"):
                preview = preview_organisations(
                    office(), user, partnership.id, content, file.name, la_code=la_code or None
                )
            if preview.problems:
                st.error(f"The file has {count_of(len(preview.problems), 'fault')}. Nothing was imported.")
                st.markdown("\n".join(f"- {plain(str(problem))}" for problem in preview.problems[:100]))
                return
            _show(preview)
            if st.button("Import", type="primary", key="page.import"):
                with st.spinner("Importing…"):
                    import_organisations(office(), user, partnership.id, content, file.name, la_code=la_code or None)
                state["round"] = round_number + 1
                remember_success(f"Imported. {count_of(len(preview.new), 'organisation')} added.")
                st.rerun()


def _show(preview: OrganisationPreview) -> None:
    st.markdown(
        f"{count_of(len(preview.new), 'new organisation')}, {len(preview.joining)} joining from another partnership, "
        f"{len(preview.changed)} changed, {preview.unchanged} as they were."
    )
    if preview.changed:
        with st.expander("What would change"):
            rows = [_change(one) for one in preview.changed]
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Organisations before and after")
    for reason, count in preview.skipped.items():
        st.markdown(f"- {count} left out: {plain(reason)}")


def _change(change: OrganisationChange) -> dict[str, str]:
    """Return what differs, each as “now → after the import”."""
    before, after = asdict(change.before), asdict(change.after)
    words = [f"{name}: {_said(before[name])} → {_said(after[name])}" for name in after if before[name] != after[name]]
    return {"Organisation": change.after.name, "What changes": "; ".join(words)}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "none")


if __name__ == "__main__":
    main(require_user())
