"""Page: the return as an Excel file: download it, fill it in, import it with a preview."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.answers import STATE_TITLES, AnswerState, Marker
from section11.domain.merging import FieldValue, ProposedChange
from section11.domain.people import User
from section11.domain.question_types import value_words
from section11.domain.uk_time import long_date
from section11.services.answering import AssessmentView, view_assessment
from section11.services.excel_returns import ImportPreview, import_return, preview_import
from section11.ui.cache import office
from section11.ui.components.choosing import from_address
from section11.ui.components.links import (
    blank_download_path,
    blank_pdf_download_path,
    download_link,
    return_download_path,
)
from section11.ui.components.marked_file import offer_marked_copy
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

FIELD_TITLES = {
    "rating": "Rating",
    "value": "Answer",
    "reason": "Why not applicable",
    "evidence": "Evidence",
    "impact": "Impact on children",
    "confirmed": "Confirmed",
    "action": "Action",
    "owner": "Action owner",
    "due": "Action due",
}
SHOWN_AT_MOST = 100


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    state = page_state(f"excel {assessment_id}")
    view = view_assessment(office(), user, assessment_id)
    st.title("Fill in with Excel")
    st.markdown(
        f"**{plain(view.organisation.name)}**, {plain(view.cycle.name)}. Download the return, fill it in, and "
        "bring it back here. You can go on answering on screen meanwhile: nothing is overwritten without asking."
    )
    st.header("1. Download")
    with st.container(horizontal=True, vertical_alignment="center"):
        download_link("With the answers so far", return_download_path(assessment_id), key="page.filled", primary=True)
        download_link("Blank form", blank_download_path(assessment_id), key="page.blank")
        download_link("Blank form to print (PDF)", blank_pdf_download_path(assessment_id), key="page.print")
    st.header("2. Bring it back")
    if view.can_edit:
        _import(user, view, state)
    else:
        st.info("This return is not open for changes, so a file cannot be imported now.")
    st.page_link(
        page_path("whole_return.py"), label="Check the whole return", query_params={"assessment": assessment_id}
    )


def _import(user: User, view: AssessmentView, state: dict[str, Any]) -> None:
    round_number = state.setdefault("round", 0)
    file = st.file_uploader("Your filled-in Excel return", type="xlsx", key=f"page.file.{round_number}")
    if file is None:
        return
    content = file.getvalue()
    with shown_as_message():
        with st.spinner("Reading the file…"):
            preview = preview_import(office(), user, view.assessment.id, content)
        if preview.problems:
            _problems(preview)
            offer_marked_copy(content, preview.problems, file.name, key="page.marked")
            return
        if not preview.changes:
            st.info("The file says nothing new. Everything in it is here already.")
            return
        kept = _changes(view, preview)
        taken = {(one.question_id, one.field) for one in preview.conflicts} - kept
        if st.button(f"Import {count_of(len(preview.changes) - len(kept), 'change')}", type="primary", key="page.go"):
            with st.spinner("Importing…"):
                count = import_return(
                    office(), user, view.assessment.id, content, filename=file.name, keep_stored=kept, take_file=taken
                )
            state["round"] = round_number + 1
            remember_success(f"Imported {count_of(count, 'change')} from {file.name}.")
            st.rerun()


def _problems(preview: ImportPreview) -> None:
    count = count_of(len(preview.problems), "thing")
    st.error(f"The file has {count} to put right. Nothing was imported. Correct these cells and bring it back.")
    st.markdown("\n".join(f"- **{plain(one.place)}** {plain(one.message)}" for one in preview.problems[:SHOWN_AT_MOST]))


def _changes(view: AssessmentView, preview: ImportPreview) -> set[tuple[str, str]]:
    """Draw what would change, ask about conflicts, and return those where what is stored is kept."""
    kept: set[tuple[str, str]] = set()
    if preview.conflicts:
        st.subheader("Changed in both places")
        st.write("These were changed on screen after the file was made. Choose which one to keep.")
        for change in preview.conflicts:
            if _conflict(view, change) == "stored":
                kept.add((change.question_id, change.field))
    plain_changes = [change for change in preview.changes if not change.conflict]
    if plain_changes:
        st.subheader("What will change")
        for change in plain_changes[:SHOWN_AT_MOST]:
            now, new = _words(view, change, change.stored), _words(view, change, change.incoming)
            st.markdown(f"**{plain(change.question_id)}, {FIELD_TITLES[change.field]}**")
            left, right = st.columns(2)
            left.caption("Now")
            left.text(now)
            right.caption("In the file")
            right.text(new)
        if len(plain_changes) > SHOWN_AT_MOST:
            st.write(f"… and {len(plain_changes) - SHOWN_AT_MOST} more.")
    return kept


def _conflict(view: AssessmentView, change: ProposedChange) -> str:
    name = f"{change.question_id}, {FIELD_TITLES[change.field]}"
    captions = [plain(_words(view, change, value)) for value in (change.stored, change.incoming)]
    labels = {"stored": "Keep what is on screen", "file": "Take what is in the file"}
    return st.radio(
        name,
        ["stored", "file"],
        format_func=lambda key: labels[key],
        captions=captions,
        key=f"page.conflict.{change.question_id}.{change.field}",
    )


def _words(view: AssessmentView, change: ProposedChange, value: FieldValue) -> str:
    if value is None or value == "":
        return "(empty)"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Marker):
        return STATE_TITLES[AnswerState(value.value)]
    if not isinstance(value, str):
        return long_date(value)
    if change.field == "rating":
        return view.standards_set.scale.rating(value).label
    if change.field == "value":
        return value_words(view.standards_set.questions_by_id[change.question_id], value)
    return value


if __name__ == "__main__":
    main(require_user())
