"""A judgement in words: the moderated rating, the quality of the evidence and the reason."""

from __future__ import annotations

import streamlit as st

from section11.domain.moderation import QUALITY_TITLES, Moderation
from section11.domain.scales import RatingScale
from section11.ui.components.rating_words import state_badge
from section11.ui.words import plain

NO_RATING_TITLE = "No rating"


def verdict_badge(scale: RatingScale, moderation: Moderation) -> str:
    """Return Markdown for the moderated rating as a coloured word."""
    if moderation.rating is not None:
        rating = scale.rating(moderation.rating)
        return state_badge(rating.label, rating.tone)
    return state_badge(NO_RATING_TITLE if moderation.no_rating else "Not judged", None)


def show_judgement(scale: RatingScale, moderation: Moderation) -> None:
    """Draw a judgement as it is read."""
    quality = moderation.evidence_quality
    words = f" Evidence: {QUALITY_TITLES[quality].lower()}." if quality else ""
    reason = f"\n\n**Reason:** {plain(moderation.reason)}" if moderation.reason else ""
    st.markdown(f"{verdict_badge(scale, moderation)}{words}{reason}")
