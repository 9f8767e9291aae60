"""Page: what stands out in the submitted returns of a cycle, for scrutiny."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from section11.domain.people import User
from section11.domain.readings import CHECKS
from section11.permissions import Right
from section11.services.readings import ReturnNotice
from section11.ui.cache import cycle_notices
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.lists import paged, searched
from section11.ui.components.notices import words_of
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

EVERY = "*"


def main(user: User) -> None:
    page_state("checks")
    st.title("Checks")
    cycle = chosen_cycle(user, Right.READ_RETURNED)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page shows what a careful reader would ask.")
        return
    found = cycle_notices(user, cycle.id)
    if found.returns_read == 0:
        st.write("Nothing has been submitted in this cycle yet. Follow who is working on it under Returns.")
        st.page_link(page_path("returns.py"), label="Go to Returns", query_params={"cycle": cycle.id})
        return
    read = count_of(found.returns_read, "submitted return")
    st.markdown(f"{plain(cycle.name)}. What a careful reader would ask about {read}, the weightiest first.")
    st.markdown("A check can be wrong: read the answer before you ask.")
    if not found.notices:
        st.write("Nothing stands out in any of them.")
        return
    _how_often(found.notices)
    _list(found.notices)


def _how_often(notices: Sequence[ReturnNotice]) -> None:
    times = Counter(one.notice.check for one in notices)
    returns = {key: len({one.assessment_id for one in notices if one.notice.check == key}) for key in times}
    rows = [
        {"Check": check.title, "Times": times[key], "Returns": returns[key]}
        for key, check in CHECKS.items()
        if key in times
    ]
    with st.expander("How often each is found"):
        st.table(pd.DataFrame(rows).set_index("Check"))


def _list(notices: Sequence[ReturnNotice]) -> None:
    left, right = st.columns(2)
    with left:
        keys = [EVERY, *(key for key in CHECKS if any(one.notice.check == key for one in notices))]
        titles = ["Every check", *(CHECKS[key].title for key in keys[1:])]
        check = chosen_from("Check", keys, titles, name="check", usual=EVERY)
    with right:
        names = {one.organisation.id: one.organisation.name for one in notices}
        ids = sorted(names, key=lambda one: names[one].casefold())
        chosen = chosen_from(
            "Organisation", [EVERY, *ids], ["Every organisation", *(names[one] for one in ids)], name="organisation"
        )
    shown = [one for one in notices if check in (EVERY, one.notice.check) and chosen in (EVERY, one.organisation.id)]
    shown = searched(shown, _text_of, key="page.search")
    for one in paged(shown, "thing to ask", "things to ask", key="page.number"):
        _line(one)


def _text_of(one: ReturnNotice) -> str:
    ids = " ".join(one.notice.question_ids)
    return f"{one.organisation.name} {CHECKS[one.notice.check].title} {ids} {one.notice.message}"


def _line(one: ReturnNotice) -> None:
    with st.container(border=True):
        who, what = st.columns([3, 7])
        with who:
            address = {"assessment": one.assessment_id}
            st.page_link(page_path("organisation.py"), label=plain(one.organisation.name), query_params=address)
            st.caption(plain(CHECKS[one.notice.check].title))
        what.markdown(words_of(one.notice))


if __name__ == "__main__":
    main(require_user())
