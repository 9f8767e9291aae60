"""The plain way to write the form: one page, every question, no fragments, everything saved at each change.

The other side of the comparison. It asks for no sign-in, keeps no versions and no audit trail,
so it does less than the product does for each change.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(os.environ["PLAIN_FORM_FOLDER"])


@st.cache_data
def questions() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    return read


def main() -> None:
    person = int(st.query_params["person"])
    connection = sqlite3.connect(FOLDER / "plain.db", timeout=60)
    stored = {
        question_id: (rating, evidence, impact)
        for question_id, rating, evidence, impact in connection.execute(
            "SELECT question_id, rating, evidence, impact FROM answers WHERE person = ?", (person,)
        )
    }
    st.title("Section 11 self-assessment")
    filled: list[tuple[str | None, str, str, int, str]] = []
    for question in questions():
        rating, evidence, impact = stored[question["id"]]
        st.subheader(f"{question['id']} {question['text']}")
        options = question["ratings"]
        rating = st.radio(
            "Rating",
            options,
            index=options.index(rating) if rating else None,
            captions=question["captions"],
            key=f"{question['id']}.rating",
        )
        evidence = st.text_area("Evidence: what shows it", evidence, key=f"{question['id']}.evidence")
        impact = st.text_area("Impact on children", impact, key=f"{question['id']}.impact")
        filled.append((rating, evidence, impact, person, question["id"]))
    with connection:
        connection.executemany(
            "UPDATE answers SET rating = ?, evidence = ?, impact = ? WHERE person = ? AND question_id = ?", filled
        )
    connection.close()
    st.markdown(f"Saved {datetime.now():%H:%M}")  # noqa: DTZ005  the clock on the wall, as a plain form would show it


main()
