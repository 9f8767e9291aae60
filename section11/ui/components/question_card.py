"""One question as a quiet card that saves every change by itself, in parts that are drawn again one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from section11.domain.people import User
from section11.domain.question_types import Entry
from section11.domain.standards import Question
from section11.services.answering import AssessmentView
from section11.services.earlier_actions import EarlierAction
from section11.ui.cache import office
from section11.ui.components.answer_entry import is_not_applicable, show_entry, words_of_choices
from section11.ui.components.answer_saving import Card, Part, confirm, save, save_promise, settling, state_for
from section11.ui.components.conflict import show_conflict
from section11.ui.components.earlier_actions import show_earlier_actions
from section11.ui.components.earlier_answer import show_earlier
from section11.ui.components.evidence_fold import earlier_left, evidence_fold
from section11.ui.components.form_progress import FormProgress
from section11.ui.components.privacy_hint import privacy_hint
from section11.ui.components.question_help import show_help
from section11.ui.words import count_of, plain, saved_at

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def question_card(
    user: User,
    view: AssessmentView,
    question: Question,
    states: dict[str, Any],
    progress: FormProgress,
    earlier_actions: Sequence[EarlierAction] = (),
) -> None:
    """Draw one question of a form. ``states`` is the page's memory of its cards, by question id."""
    state = state_for(view, question, states)
    card = Card(user, view.assessment.id, view.standards_set, question, state, view.can_edit)
    earlier = view.earlier.get(question.id)
    with st.container(border=True, key=f"card-{question.id.replace('.', '-')}"):
        st.markdown(f"#### {plain(question.id)} {plain(question.text)}{_badge(question)}")
        show_help(question, card.standards_set)
        if earlier is not None:
            show_earlier(earlier, question)
        if state.conflict is not None:
            labels = words_of_choices(card)
            show_conflict(state.conflict, state.answer, settling(card), question=question, labels=labels)
            return
        parts = st.container()
        show_earlier_actions(earlier_actions)
        status = st.empty()
        with parts:
            if state.answer.carried_from:
                _part(card, Part.BROUGHT, _brought_forward, status)
            _part(card, Part.ENTRY, _entry, status, progress)
            if question.is_rated:
                _part(card, Part.TEXTS, _texts, status)
                _part(card, Part.ACTION, _action, status)


def _part(
    card: Card, part: Part, draw: Callable[[Card], None], status: DeltaGenerator, progress: FormProgress | None = None
) -> None:
    """Draw a part of the card as a fragment: a change draws its own part again and nothing else of the page.

    What a change means for the other parts is said where it is saved, in ``answer_saving``. Only a part that changes
    what counts as answered is given the ``progress``.
    """

    def drawn() -> None:
        draw(card)
        # On each run, changed or not: what a fragment drew and does not draw again is taken from the page.
        _show_status(card, part, status)
        if progress is not None:
            progress.follow(card.state.answer)

    st.fragment(key=card.part_key(part))(drawn)()


def _entry(card: Card) -> None:
    show_entry(card)
    if card.entry in (Entry.LINE, Entry.TEXT):
        privacy_hint(card.typed("value") or "", can_edit=card.can_edit)
    if is_not_applicable(card):
        st.session_state.setdefault(card.state.keys["reason"], card.state.answer.reason)
        _text(card, "reason", "Why it does not apply", "")


def _texts(card: Card) -> None:
    _text(card, "evidence", "Evidence: what shows it", "")
    evidence_fold(card.user, card.question.id, can_edit=card.can_edit)
    _text(card, "impact", "Impact on children", card.question.impact_prompt)


def _badge(question: Question) -> str:
    if question.essential:
        return "  :blue-badge[Essential]"
    return "  :gray-badge[May be left empty]" if question.optional else ""


def _brought_forward(card: Card) -> None:
    if not card.state.answer.carried_from:
        return
    files = len(earlier_left(card.question.id))
    also = f" Confirming also attaches its {count_of(files, 'file or link', 'files and links')}." if files else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Brought from {plain(card.state.answer.carried_from)}, not yet confirmed. Change it, or confirm it.{also}",
            width="content",
        )
        st.button(
            f"Confirm {card.question.id}",
            key=f"page.confirm.{card.question.id}",
            disabled=not card.can_edit,
            on_click=confirm,
            args=(card,),
        )


def _text(card: Card, name: str, label: str, prompt: str) -> None:
    st.markdown(f"**{label}.** {plain(prompt)}" if prompt else f"**{label}**")
    st.text_area(
        f"{label} ({card.question.id})",
        key=card.state.keys[name],
        height=110 if card.can_edit else "content",
        disabled=not card.can_edit,
        label_visibility="collapsed",
        on_change=save,
        args=(card, name),
    )
    privacy_hint(card.typed(name) or "", can_edit=card.can_edit)


def _action(card: Card) -> None:
    action, is_needed = card.state.action, card.needs_action
    label = "Action: needed before sign-off" if is_needed and not action.is_complete else "Action"
    with st.expander(label, expanded=is_needed or not action.is_empty):
        if not action.is_open:
            st.write("This action is closed. Its words change only after it is opened again on the Actions page.")
        _promise(card, "what", f"What will be done ({card.question.id})")
        left, right = st.columns(2)
        with left:
            _promise(card, "owner", f"Who will do it: a post, not a name ({card.question.id})")
        right.date_input(
            f"By when ({card.question.id})",
            value=None,
            key=card.state.keys["due"],
            format="DD/MM/YYYY",
            disabled=not card.can_edit,
            on_change=save_promise,
            args=(card,),
        )
        privacy_hint(f"{card.typed('what') or ''}\n{card.typed('owner') or ''}", can_edit=card.can_edit)


def _promise(card: Card, name: str, label: str) -> None:
    st.text_input(label, key=card.state.keys[name], disabled=not card.can_edit, on_change=save_promise, args=(card,))


def _show_status(card: Card, part: Part, place: DeltaGenerator) -> None:
    state = card.state
    # The script that puts back what was typed while the connection was lost looks which version it was typed over.
    version = f"version-{card.question.id.replace('.', '-')}-{state.answer.version}"
    here = place.container(key=f"{version}-by-{part.value}")
    if state.error:
        here.error(plain(state.error))
    elif state.saved_at:
        here.markdown(f":green[:material/check_circle: Saved {saved_at(state.saved_at, office().clock())}]")
    elif state.answer.updated_at:
        here.caption(f"Last saved {saved_at(state.answer.updated_at, office().clock())}")
    elif card.can_edit:
        here.caption("Not answered yet. Each change is saved by itself.")
