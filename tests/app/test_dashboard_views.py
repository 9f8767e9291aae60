"""A view of a dashboard: what is chosen on it stands in its address, and a colleague who opens that sees the same."""

from __future__ import annotations

import pytest

from tests.app.browsing import downloads_on, go_to, words_on
from tests.services.builders import user_by_email

TYPES = ("multiselect", "page.types", ["fire-and-rescue", "police-force", "school-academy"])
DUTY = ("multiselect", "page.duties", None)
MODERATED = ("radio", "page.ratings", None)
SET = ("selectbox", "page.set", None)
VIEWS = [
    ("scrutiny", "returns.py", [("selectbox", "page.cycle", "2024"), TYPES, DUTY]),
    (
        "scrutiny",
        "heat_map.py",
        [("selectbox", "page.cycle", "2024"), TYPES, MODERATED, ("selectbox", "page.by", "standard"), SET],
    ),
    (
        "scrutiny",
        "standard.py",
        [
            ("selectbox", "page.cycle", "2024"),
            TYPES,
            DUTY,
            MODERATED,
            ("selectbox", "page.standard", "section11-2026/S2"),
            ("selectbox", "page.question.S2", "S2.1"),
        ],
    ),
    (
        "scrutiny",
        "trend.py",
        [
            TYPES,
            SET,
            ("selectbox", "page.line.section11-2026", "standard-S3"),
            ("selectbox", "page.lines", "arrangement"),
        ],
    ),
    ("scrutiny", "calibration.py", [("selectbox", "page.cycle", "2024"), TYPES, SET]),
    ("scrutiny", "action_register.py", [("selectbox", "page.cycle", "2024"), TYPES]),
    (
        "board",
        "board_figures.py",
        [
            ("selectbox", "page.cycle", "2024"),
            ("radio", "page.view", "standards"),
            ("radio", "page.ratings", "moderated"),
            ("selectbox", "page.by", "arrangement"),
            ("selectbox", "page.group", None),
        ],
    ),
    ("board", "board_figures.py", [("radio", "page.view", "trend"), ("selectbox", "page.lines", "question")]),
]
"""Who opens which page, and what they choose on it; None is the last there is to choose."""


def choose(at, kind, key, value):
    found = [one for one in at.get(kind) if one.key == key]
    for widget in found:
        last = widget.options[-1]
        chosen = value if value is not None else [last] if kind == "multiselect" else last
        widget.set_value(chosen).run()
    assert not at.exception, (key, value)


def seen_on(at):
    frames = [one.value.to_numpy().tolist() for one in at.dataframe]
    return words_on(at), repr(frames), sorted(downloads_on(at).values())


@pytest.mark.parametrize(("role", "file", "choices"), VIEWS, ids=[f"{file}-{len(rest)}" for _, file, rest in VIEWS])
def test_a_colleague_who_opens_the_address_sees_the_same(demo, open_app, role, file, choices):
    user = user_by_email(demo, f"{role}@riverdale.example")
    at = go_to(open_app(demo, user), file)
    for kind, key, value in choices:
        choose(at, kind, key, value)
    address = {name: value if len(value) > 1 else value[0] for name, value in at.query_params.items()}
    first = go_to(open_app(demo, user), file)

    sent = go_to(open_app(demo, user), file, **address)

    assert seen_on(sent) == seen_on(at)
    assert seen_on(sent) != seen_on(first)
