"""Page: how long data are kept, what is due to be deleted, and deleting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from section11.domain.organisations import Partnership
from section11.domain.people import User
from section11.domain.retention import LONGEST_YEARS, RULES, Rule
from section11.permissions import Right
from section11.services.directory import managed_partnerships
from section11.services.keeping.applying import Applied, RuleLine, apply_retention, preview_retention
from section11.services.keeping.rules import list_rules, set_rules
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

MOST_LINES = 20
NEVER = (
    "Never deleted: anything of a cycle that is open, a return that is not released, that has a question without a "
    "reply or an open action, and final board packs. What the audit trail says of things that go is erased with "
    "them; that they were there, when, and who did it stays and can still be verified."
)


def main(user: User) -> None:
    state = page_state("retention")
    st.title("Keeping and deleting")
    st.markdown("Nothing is deleted until you switch a rule on, look at what is due under it, and delete it yourself.")
    partnerships = managed_partnerships(office(), user, Right.SET_RETENTION)
    partnership = partnerships[0]
    if len(partnerships) > 1:
        partnership = st.selectbox(
            "Partnership", partnerships, format_func=lambda one: one.name, key="page.partnership"
        )
    rules = list_rules(office(), user)[partnership.id]
    _rules(user, partnership, rules, state)
    st.caption(NEVER)
    st.header("What is due now")
    if not rules:
        st.write("No rule is switched on, so nothing is due.")
        return
    _due(user, partnership, state)


def _rules(user: User, partnership: Partnership, rules: Mapping[Rule, int], state: dict[str, Any]) -> None:
    # What the person had before them when the form was drawn first; a save begins it anew.
    shown = state.setdefault(f"rules.{partnership.id}", dict(rules))
    wanted = {}
    with st.form(f"page.rules.{partnership.id}", enter_to_submit=False):
        st.subheader("Rules")
        for rule, text in RULES.items():
            key = f"page.{partnership.id}.{rule.value}"
            with st.container(border=True):
                words, number = st.columns([5, 2], gap="large")
                is_on = words.checkbox(f"**{text.title}**: delete when due", rule in shown, f"{key}.on")
                words.markdown(f"{text.what[0].upper()}{text.what[1:]}.")
                words.caption(f"We suggest {count_of(text.usual_years, 'year')}. {text.why}")
                years = number.number_input(
                    f"{text.title}: years after {text.counts_from}",
                    min_value=1,
                    max_value=LONGEST_YEARS,
                    value=shown.get(rule, text.usual_years),
                    key=f"{key}.years",
                )
            if is_on:
                wanted[rule] = int(years)
        if st.form_submit_button("Save the rules", type="primary"):
            with shown_as_message():
                set_rules(office(), user, partnership.id, wanted, instead_of=shown)
                state.clear()
                remember_success("The rules are saved. Nothing has been deleted: look below at what is due.")
                st.rerun()


def _due(user: User, partnership: Partnership, state: dict[str, Any]) -> None:
    if st.button("Show what would be deleted", key="page.preview"):
        with shown_as_message(), st.spinner("Looking at every cycle, return and account…"):
            state["due"] = (partnership.id, preview_retention(office(), user, partnership.id))
    partnership_id, lines = state.get("due", ("", []))
    if partnership_id != partnership.id:
        st.write("This is a dry run: it changes nothing.")
        return
    for line in lines:
        _line(line)
    if any(line.due.things for line in lines):
        _delete(user, partnership, state)


def _line(line: RuleLine) -> None:
    text = RULES[line.rule]
    with st.container(border=True):
        if line.years is None:
            st.markdown(f"**{text.title}**: kept for ever")
            return
        kept = f"kept for {count_of(line.years, 'year')}"
        st.markdown(f"**{text.title}**, {kept}: {'nothing is due' if not line.due.things else 'would be deleted'}")
        shown = [f"- {plain(one)}" for one in line.due.goes[:MOST_LINES]]
        if len(line.due.goes) > MOST_LINES:
            shown.append(f"- and {count_of(len(line.due.goes) - MOST_LINES, 'more line')}")
        if shown:
            st.markdown("\n".join(shown))
        if line.due.stays:
            st.markdown("Stays, although its time is over:\n" + "\n".join(f"- {plain(one)}" for one in line.due.stays))


def _delete(user: User, partnership: Partnership, state: dict[str, Any]) -> None:
    with st.form("page.delete", enter_to_submit=False):
        st.subheader("Delete what is due")
        st.write("This cannot be undone. Backups made before still hold it until you delete them.")
        typed = st.text_input(f"To be sure, type the partnership's name: {plain(partnership.name)}")
        if not st.form_submit_button("Delete what is due"):
            return
    with shown_as_message():
        bar = st.progress(0.0, text="Deleting…")

        def show(what: str, share: float) -> None:
            bar.progress(share, text=f"Deleting: {what}")

        done = apply_retention(office(), user, partnership.id, typed or "", show)
        state.pop("due", None)
        remember_success(_done_words(done))
        st.rerun()


def _done_words(done: Applied) -> str:
    counts = [f"{RULES[rule].title.lower()}: {number:,}" for rule, number in done.removed.items() if number]
    words = f"Deleted: {'; '.join(counts)}." if counts else "Nothing was due any more."
    return " ".join([words, *done.faults])


if __name__ == "__main__":
    main(require_user())
