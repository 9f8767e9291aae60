"""One question as a moderator sees it: what the organisation says, and beside it the judgement, which saves itself."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.moderation import (
    QUALITY_TITLES,
    STANDING_TITLES,
    EvidenceQuality,
    Seat,
    Standing,
    missing_in,
    standing_of,
)
from section11.domain.people import User
from section11.domain.standards import Question
from section11.services.moderation_views import ModerationView
from section11.ui.cache import office
from section11.ui.components.changed_fields import show_field
from section11.ui.components.moderation_saving import NO_RATING, JudgingCard, judging_state, save_judgement
from section11.ui.components.moderation_words import NO_RATING_TITLE, show_judgement
from section11.ui.components.question_help import show_evidence
from section11.ui.components.return_reading import show_said
from section11.ui.components.text_difference import LEGEND
from section11.ui.words import plain, saved_at


def moderation_card(user: User, view: ModerationView, question: Question, states: dict[str, Any]) -> None:
    """Draw one question. ``states`` is the page's memory of its cards, by question id."""
    seat = view.working_seat or Seat.FIRST
    _card(JudgingCard(user, view, question, seat, judging_state(view, question, seat, states)))


@st.fragment
def _card(card: JudgingCard) -> None:
    question, view = card.question, card.view
    with st.container(border=True, key=f"card-{question.id.replace('.', '-')}"):
        essential = "  :blue-badge[Essential]" if question.essential else ""
        st.markdown(f"#### {plain(question.id)} {plain(question.text)}{essential}")
        said, judged = st.columns(2, gap="medium")
        with said:
            st.markdown("**The organisation says**")
            show_said(view.base, question, card.state.said.answer)
            _descriptor(card)
            if question.evidence_prompts:
                with st.expander("What counts as evidence"):
                    show_evidence(question)
        with judged:
            _judged(card)


def _descriptor(card: JudgingCard) -> None:
    rating = card.state.said.answer.rating
    if rating is not None:
        meaning = card.question.descriptors.get(rating) or card.view.base.standards_set.scale.rating(rating).meaning
        st.caption(f"What this rating means here: {plain(meaning)}")


def _judged(card: JudgingCard) -> None:
    view, question_id = card.view, card.question.id
    scale = view.base.standards_set.scale
    if view.is_revealed:
        for one in view.seats:
            st.markdown(f"**{plain(one.person.name if one.person else 'Moderator')}**")
            show_judgement(scale, view.judgement(question_id, one.seat))
    if view.can_judge(question_id):
        _inputs(card)
        return
    if card.state.error:
        st.error(plain(card.state.error))
        st.text(f"You wrote: {card.state.unsaved}")
    if not view.is_revealed:
        st.markdown("**Moderated**")
        show_judgement(scale, card.state.moderation)
    elif question_id in view.outcomes and view.judgement(question_id, Seat.AGREED).version:
        st.markdown("**Agreed**")
        show_judgement(scale, view.outcomes[question_id])
    else:
        st.markdown("Both moderators judged it alike.")


def _inputs(card: JudgingCard) -> None:
    question, state = card.question, card.state
    scale = card.view.base.standards_set.scale
    kind = "Agreed" if card.seat is Seat.AGREED else "Moderated"
    _notices(card)
    labels = {rating.key: rating.label for rating in scale.ratings} | {NO_RATING: NO_RATING_TITLE}
    meanings = [question.descriptors.get(rating.key) or rating.meaning for rating in scale.ratings]
    st.radio(
        f"{kind} rating for {question.id}",
        list(labels),
        index=None,
        format_func=lambda key: labels[key],
        captions=[*(plain(meaning) for meaning in meanings), "It does not apply, or need not be answered."],
        key=state.keys["verdict"],
        on_change=save_judgement,
        args=(card, "verdict"),
    )
    st.radio(
        f"Quality of the evidence for {question.id}",
        list(EvidenceQuality),
        index=None,
        format_func=lambda quality: QUALITY_TITLES[quality],
        horizontal=True,
        key=state.keys["evidence_quality"],
        on_change=save_judgement,
        args=(card, "evidence_quality"),
    )
    st.text_area(
        f"Reason, needed where the rating differs ({question.id})",
        key=state.keys["reason"],
        height=90,
        on_change=save_judgement,
        args=(card, "reason"),
    )
    _status_line(card)


def _notices(card: JudgingCard) -> None:
    state, question_id = card.state, card.question.id
    if state.error:
        st.error(plain(state.error))
    if state.is_stale:
        if state.moderation.version:
            st.markdown("**Saved at this moment**")
            show_judgement(card.view.base.standards_set.scale, state.moderation)
        label, key = f"Save my judgement of {question_id}", f"page.again.{question_id}"
    elif standing_of(state.moderation, state.said) is Standing.OUT_OF_DATE:
        _out_of_date(card)
        label, key = f"Keep the judgement of {question_id}", f"page.confirm.{question_id}"
    else:
        return
    st.button(label, key=key, on_click=save_judgement, args=(card,))


def _out_of_date(card: JudgingCard) -> None:
    changed = card.view.changed.get(card.question.id)
    st.warning(
        "Out of date: the answer or its evidence changed after it was judged. "
        "Read what changed, then keep the judgement or change it below."
    )
    if changed is None:
        st.markdown("It was written anew and reads as it did, or how it read then is not kept.")
        return
    st.markdown("**What changed since it was judged**")
    for field in changed.fields:
        show_field(field)
    st.caption(LEGEND)


def _status_line(card: JudgingCard) -> None:
    state = card.state
    standing = standing_of(state.moderation, state.said)
    if standing is Standing.INCOMPLETE:
        st.markdown(f"**Still needed:** {plain(' '.join(missing_in(state.moderation, state.said.answer)))}")
    if state.error:
        return
    if state.saved_at:
        st.markdown(f":green[:material/check_circle: Saved {saved_at(state.saved_at, office().clock())}]")
    elif state.moderation.updated_at:
        st.caption(f"{STANDING_TITLES[standing]}. Last saved {saved_at(state.moderation.updated_at, office().clock())}")
    else:
        st.caption("Not judged yet. Each change is saved by itself.")
