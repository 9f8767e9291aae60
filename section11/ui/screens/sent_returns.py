"""Page: bringing in the Excel returns that organisations sent, many at once, with a look before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from section11.domain.people import User
from section11.services.many_returns import FileResult, ManyReturns, SentFile, bring_in_returns
from section11.ui.cache import office
from section11.ui.components.marked_file import offer_marked_copy
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

FAULTS_SHOWN = 20


def main(user: User) -> None:
    state = page_state("sent returns")
    st.title("Bring in Excel returns")
    st.markdown(
        "Choose the files that organisations sent you, as many as you like. Each file says itself whose it is. "
        "You see what would change before anything is saved, and each organisation still signs its own return."
    )
    round_number = state.setdefault("round", 0)
    files = st.file_uploader(
        "Filled-in Excel returns", type="xlsx", accept_multiple_files=True, key=f"page.files.{round_number}"
    )
    if not files:
        if "done" in state:
            _counts(state["done"], is_done=True)
            _details(state["done"], [])
        return
    with shown_as_message():
        results = _looked_at(user, files, state)
        _counts(results, is_done=False)
        count = sum(one.changes > 0 for one in results.used)
        if count and st.button(f"Import {count_of(count, 'return')}", type="primary", key="page.go"):
            state["done"] = _bring_in(user, files, dry_run=False)
            state["round"] = round_number + 1
            remember_success(f"Imported {count_of(count, 'return')}.")
            st.rerun()
        _details(results, files)


def _looked_at(user: User, files: Sequence[UploadedFile], state: dict[str, Any]) -> ManyReturns:
    """Return what the files would change; looked at once, as hundreds of files take a while."""
    chosen = tuple(file.file_id for file in files)
    if state.get("looked at") != chosen:
        state["results"] = _bring_in(user, files, dry_run=True)
        state["looked at"] = chosen
    results: ManyReturns = state["results"]
    return results


def _bring_in(user: User, files: Sequence[UploadedFile], *, dry_run: bool) -> ManyReturns:
    doing = "Reading" if dry_run else "Importing"
    bar = st.progress(0.0, text=f"{doing} {count_of(len(files), 'file')}…")
    try:
        return bring_in_returns(
            office(),
            user,
            [SentFile(file.name, file.getvalue) for file in files],
            dry_run=dry_run,
            progress=lambda name, done: _show(bar, done, len(files), f"{doing} {plain(name)}"),
        )
    finally:
        bar.empty()


def _show(bar: Any, done: int, count: int, words: str) -> None:
    bar.progress(done / count, text=f"{words} ({done + 1} of {count})")


def _counts(results: ManyReturns, *, is_done: bool) -> None:
    new = [one for one in results.used if one.changes]
    st.header("What was imported" if is_done else "What would be imported")
    columns = st.columns(4)
    columns[0].metric("Files", f"{len(results.files):,}")
    columns[1].metric("Imported" if is_done else "Ready to import", f"{len(new):,}")
    columns[2].metric("Nothing new", f"{len(results.used) - len(new):,}")
    columns[3].metric("Cannot be used", f"{len(results.not_used):,}")
    if results.conflicts:
        count = count_of(results.conflicts, "answer was", "answers were")
        st.info(
            f"{count} changed on screen after the file was made. What is on screen stays. The organisation can "
            "import its own file to choose otherwise."
        )


def _details(results: ManyReturns, files: Sequence[UploadedFile]) -> None:
    """Draw what cannot be used and why, and then what each other file changes."""
    if results.not_used:
        st.subheader("Files that cannot be used")
        st.write("Nothing of these files is imported.")
    _refusals([one for one in results.not_used if one.refusal])
    _faults([one for one in results.not_used if one.problems], files)
    if results.used:
        st.subheader("Every other file")
        rows = [
            {
                "Organisation": one.organisation,
                "File": one.filename,
                "Changes": one.changes,
                "Kept as on screen": one.conflicts,
            }
            for one in results.used
        ]
        st.dataframe(pd.DataFrame(rows).set_index("Organisation"), alt="What each file changes")


def _refusals(refused: Sequence[FileResult]) -> None:
    """Draw each reason once, with the files it is about."""
    names_by_reason: dict[str, list[str]] = {}
    for one in refused:
        names_by_reason.setdefault(one.refusal, []).append(one.filename)
    for reason, names in names_by_reason.items():
        more = f" and {count_of(len(names) - FAULTS_SHOWN, 'more file')}" if len(names) > FAULTS_SHOWN else ""
        st.markdown(f"**{plain(reason)}**  \n{plain(', '.join(names[:FAULTS_SHOWN]))}{more}")


def _faults(faulty: Sequence[FileResult], files: Sequence[UploadedFile]) -> None:
    """Draw the cells to put right in each file, with a copy of the file in which they are marked."""
    sent_by_name = {file.name: file for file in files}
    for one in faulty[:FAULTS_SHOWN]:
        lines = "".join(f"\n- {plain(str(problem))}" for problem in one.problems[:FAULTS_SHOWN])
        st.markdown(f"**{plain(one.organisation)}, {plain(one.filename)}**\n{lines}")
        if len(one.problems) > FAULTS_SHOWN:
            st.markdown(f"… and {len(one.problems) - FAULTS_SHOWN} more in this file.")
        sent = sent_by_name.get(one.filename)
        if sent is not None:
            offer_marked_copy(sent.getvalue(), one.problems, one.filename, key=f"page.marked.{sent.file_id}")
    if len(faulty) > FAULTS_SHOWN:
        st.markdown(f"… and {count_of(len(faulty) - FAULTS_SHOWN, 'more file')} with cells to put right.")


if __name__ == "__main__":
    main(require_user())
