"""Page: everything an organisation keeps as evidence, what expires, where it is used, and one piece in detail."""

from __future__ import annotations

import streamlit as st

from section11.domain.evidence import MOST_OF_AN_ORGANISATION_MB, Expiry, size_words
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.errors import NotAvailableError
from section11.services.evidence import EvidenceLine, EvidenceList, evidence_organisations, list_evidence
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.evidence_adding import Adding, show_adding
from section11.ui.components.evidence_changing import show_changing
from section11.ui.components.evidence_lines import badges_of, facts_of, open_latest, show_line
from section11.ui.components.lists import paged, searched
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

_ORDER = {Expiry.EXPIRED: 0, Expiry.SOON: 1, Expiry.CURRENT: 2, Expiry.NONE: 2}


def main(user: User) -> None:
    item_id = st.query_params.get("item")
    page_state(f"evidence {item_id}")
    st.title("Evidence")
    organisation_id = _organisation(user)
    kept = list_evidence(office(), user, organisation_id)
    if item_id:
        _detail(user, kept, item_id)
        return
    st.write(
        "Files and links that show what your answers say. Each can be attached to many questions and carries on from "
        "cycle to cycle. A new revision takes the place of the last; nothing is deleted."
    )
    if kept.can_change:
        with st.expander("Add evidence", expanded=not kept.lines, key="page.evidence.add"):
            show_adding(Adding(user, organisation_id, "page.evidence.new"))
    _summary(kept)
    _list(kept)


def _organisation(user: User) -> str:
    named = st.query_params.get("organisation")
    choices = evidence_organisations(office(), user)
    if named and named not in {one.id for one in choices}:
        raise NotAvailableError()
    if not choices:
        raise NotAvailableError()
    if len(choices) == 1:
        return choices[0].id
    return chosen_from("Organisation", [one.id for one in choices], [one.name for one in choices], name="organisation")


def _summary(kept: EvidenceList) -> None:
    if not kept.lines:
        st.info("There is no evidence yet. Add the first file or link above, or under a question of your return.")
        return
    expiries = [_expiry(line) for line in kept.lines]
    facts = [count_of(len(kept.lines), "piece") + " of evidence"]
    facts += [f"{count} {word}" for word in (Expiry.EXPIRED, Expiry.SOON) if (count := expiries.count(word))]
    room = f"{size_words(kept.size) if kept.size else '0 KB'} of {MOST_OF_AN_ORGANISATION_MB} MB used"
    st.markdown(f"**{plain(kept.organisation.name)}:** {', '.join(facts)}. {room}.")


def _list(kept: EvidenceList) -> None:
    if not kept.lines:
        return
    lines = sorted(kept.lines, key=lambda line: _ORDER[_expiry(line)])
    found = searched(lines, lambda line: f"{line.item.title} {line.item.latest.file_name}", key="page.search")
    for line in paged(found, "piece", key="page.number"):
        with st.container(border=True):
            show_line(line.item, key=f"page.line.{line.item.id}")
            st.markdown(_uses(kept, line))
            st.page_link(
                page_path("evidence.py"),
                label=f"{'Change or replace' if kept.can_change else 'See all of'} “{plain(line.item.title)}”",
                query_params={"organisation": kept.organisation.id, "item": line.item.id},
            )


def _detail(user: User, kept: EvidenceList, item_id: str) -> None:
    line = next((one for one in kept.lines if one.item.id == item_id), None)
    if line is None:
        raise NotAvailableError()
    st.page_link(
        page_path("evidence.py"), label="Back to all evidence", query_params={"organisation": kept.organisation.id}
    )
    st.header(plain(line.item.title))
    st.markdown(f"{facts_of(line.item)}{badges_of(line.item)}")
    open_latest(line.item, key=f"page.line.{item_id}")
    st.markdown(_uses(kept, line))
    show_changing(user, line.item, can_change=kept.can_change)


def _uses(kept: EvidenceList, line: EvidenceLine) -> str:
    """Return where a piece is used, cycle by cycle, safe to draw."""
    questions: dict[str, list[str]] = {}
    for use in line.uses:
        questions.setdefault(kept.cycle_names[use.assessment_id], []).append(use.question_id)
    if not questions:
        return "Not attached to any question yet."
    return "Used in " + "; ".join(f"{plain(cycle)}: {plain(', '.join(ids))}" for cycle, ids in questions.items()) + "."


def _expiry(line: EvidenceLine) -> Expiry:
    return line.item.expiry(uk_date(office().clock()))


if __name__ == "__main__":
    main(require_user())
