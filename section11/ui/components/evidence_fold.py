"""Evidence under one question: what is attached, what there was last time, and more of it added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from section11.domain.evidence import EvidenceItem
from section11.domain.people import User
from section11.services.answering import AssessmentView
from section11.services.attaching import (
    EvidenceByQuestion,
    QuestionPlace,
    attach_evidence,
    detach_evidence,
    evidence_of_return,
)
from section11.services.earlier_evidence import EarlierByQuestion, EarlierEvidence, earlier_evidence
from section11.services.form_reading import Form
from section11.ui.cache import office
from section11.ui.components.evidence_adding import Adding, just_done, outcome, show_adding
from section11.ui.components.evidence_lines import show_line
from section11.ui.words import plain

_REMEMBERED = "page.evidence"


@dataclass
class _Remembered:
    """The evidence of the return on this page, read once for all its questions."""

    assessment_id: str
    organisation_id: str
    by_question: EvidenceByQuestion
    earlier: EarlierByQuestion
    """What stood under the answers of last time and is not attached now; empty where nothing can be attached."""


def remember_evidence(user: User, view: AssessmentView) -> None:
    """Read the evidence of a return for the page that is about to draw its questions."""
    assessment_id = view.assessment.id
    attached = evidence_of_return(office(), user, assessment_id)
    earlier = earlier_evidence(office(), user, assessment_id) if view.can_edit else {}
    st.session_state[_REMEMBERED] = _Remembered(assessment_id, view.organisation.id, attached, earlier)


def remember_evidence_of(form: Form) -> None:
    """Remember the evidence of a form that was read for the page that is about to draw its questions."""
    view = form.view
    st.session_state[_REMEMBERED] = _Remembered(
        view.assessment.id, view.organisation.id, form.evidence, form.earlier_evidence
    )


def read_evidence_anew(user: User) -> None:
    """Read the evidence of the return on this page again, after something was attached or taken off."""
    remembered: _Remembered = st.session_state[_REMEMBERED]
    remembered.by_question = evidence_of_return(office(), user, remembered.assessment_id)
    remembered.earlier = earlier_evidence(office(), user, remembered.assessment_id)


def earlier_left(question_id: str) -> Sequence[EarlierEvidence]:
    """Return the evidence of last time that is not attached to this question; ``remember_evidence`` comes first."""
    remembered: _Remembered = st.session_state[_REMEMBERED]
    return remembered.earlier.get(question_id, ())


def evidence_fold(user: User, question_id: str, *, can_edit: bool) -> None:
    """Draw the evidence of one question inside its card; ``remember_evidence`` comes first."""
    remembered: _Remembered = st.session_state[_REMEMBERED]
    key = f"page.evidence.{remembered.assessment_id}.{question_id}"
    if just_done(key):
        read_evidence_anew(user)
    attached = remembered.by_question.get(question_id, ())
    earlier = earlier_left(question_id) if can_edit else ()
    if not attached and not can_edit:
        return
    place = QuestionPlace(remembered.assessment_id, question_id)
    with st.expander(_fold_label(attached, earlier), key=f"{key}.fold"):
        for item in attached:
            _attached(user, item, place, key=f"{key}.{item.id}", can_edit=can_edit)
        for one in earlier:
            _of_last_time(user, one, place, key=f"{key}.earlier.{one.item.id}")
        if can_edit:
            show_adding(Adding(user, remembered.organisation_id, key, question_id, place, attached))


def show_attached(question_id: str) -> None:
    """Draw the evidence of one question for reading."""
    remembered: _Remembered | None = st.session_state.get(_REMEMBERED)
    attached = remembered.by_question.get(question_id, ()) if remembered else ()
    if attached:
        st.markdown("**Evidence files and links:**")
    for item in attached:
        show_line(item, key=f"page.attached.{question_id}.{item.id}")


def _attached(user: User, item: EvidenceItem, place: QuestionPlace, *, key: str, can_edit: bool) -> None:
    with st.container(border=True):
        show_line(item, key=key)
        if can_edit:
            st.button(
                f"Take off “{plain(item.title)}” ({plain(place.question_id)})",
                key=f"{key}.off",
                on_click=_take_off,
                args=(user, item, place),
            )


def _fold_label(attached: Sequence[EvidenceItem], earlier: Sequence[EarlierEvidence]) -> str:
    counts = [str(len(attached))] if attached else []
    if earlier:
        counts.append(f"{len(earlier)} from {plain(earlier[0].cycle.name)}, not attached")
    return f"Evidence files and links ({'; '.join(counts)})" if counts else "Evidence files and links"


def _of_last_time(user: User, earlier: EarlierEvidence, place: QuestionPlace, *, key: str) -> None:
    item, then = earlier.item, plain(earlier.cycle.name)
    with st.container(border=True):
        newer = ", a newer revision than was signed then" if item.latest.number > earlier.revision else ""
        st.markdown(f":gray-badge[From {then}, not attached]{newer}")
        show_line(item, key=key)
        st.button(
            f"Attach “{plain(item.title)}” again ({plain(place.question_id)})",
            key=f"{key}.attach",
            on_click=_attach_again,
            args=(user, item, place),
        )


def _attach_again(user: User, item: EvidenceItem, place: QuestionPlace) -> None:
    def act() -> str:
        attach_evidence(office(), user, place, item.id)
        return f"“{item.title}” is attached."

    outcome(f"page.evidence.{place.assessment_id}.{place.question_id}", act)
    st.rerun()  # The whole page: the line about confirming says how much is left.


def _take_off(user: User, item: EvidenceItem, place: QuestionPlace) -> None:
    def act() -> str:
        detach_evidence(office(), user, place, item.id)
        return f"“{item.title}” is taken off this question. Your organisation still keeps it on the Evidence page."

    outcome(f"page.evidence.{place.assessment_id}.{place.question_id}", act)
    st.rerun()
