"""Whatever the set, the answers and the texts: what goes out in an Excel return comes in equal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from section11.domain.answers import LONGEST_TEXT, Action, Answer, Marker, length_of
from section11.domain.merging import merge_returns
from section11.domain.question_types import QUESTION_TYPES
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import RATING, Question, Standard, StandardsSet
from section11.workbooks.return_checks import checked
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import a_form

STARTS = [
    "",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "#N/A",
    "'",
    " ",
    "\n",
    "_x000D_",
    "_x0041_x0042_",
    "شارع ",
    "עברית",
    "👩‍👩‍👧 ",
]
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t\r=_x{}\"'<&>👩שׁ")
TEXTS = st.builds(str.__add__, st.sampled_from(STARTS), st.text(LETTERS, max_size=60))
WORDS = st.text(LETTERS, min_size=1, max_size=25).map(lambda text: " ".join(text.split())).filter(bool)
ENDS = [".1", ".10", "-a", ".x", "A1", ".01"]
SIMPLE = {"least": 0.0, "most": 5000.0, "unit": "people"}


@st.composite
def scales(draw):
    labels = draw(
        st.lists(WORDS, min_size=2, max_size=5, unique_by=lambda label: label.replace("\u2019", "'").casefold())
    )
    markers = {"not applicable", "don't know yet"}
    labels = [f"{label}." if label.casefold() in markers else label for label in labels]
    tones = list(Tone)
    ratings = (Rating(f"r{n}", label, draw(WORDS), tones[n % len(tones)]) for n, label in enumerate(labels))
    return RatingScale("any", "Any", tuple(ratings))


@st.composite
def questions(draw, question_id, scale):
    kind = draw(st.sampled_from(sorted(QUESTION_TYPES)))
    rated = kind == RATING
    return Question(
        question_id,
        draw(WORDS),
        {one.key: draw(WORDS) for one in scale.ratings} if rated else {},
        (),
        type=kind,
        choices={"one": "The first", "two": "The second"} if kind == "choice" else {},
        optional=draw(st.booleans()),
        help=draw(TEXTS),
        essential=rated and draw(st.booleans()),
        evidence_prompts=tuple(draw(st.lists(WORDS, max_size=2))) if rated else (),
        **(SIMPLE if kind == "number" else {}),
    )


@st.composite
def sets(draw):
    scale = draw(scales())
    standards = []
    for number in range(draw(st.integers(1, 3))):
        ids = draw(st.lists(st.sampled_from(ENDS), min_size=1, max_size=4, unique=True))
        asked = tuple(draw(questions(f"S{number}{end}", scale)) for end in ids)
        standards.append(Standard(f"S{number}", draw(WORDS), asked))
    return StandardsSet("any", draw(WORDS), "1", scale, tuple(standards))


VALUES = {
    "yes_no": st.sampled_from(["yes", "no"]),
    "number": st.integers(0, 5000).map(str),
    "percentage": st.integers(0, 100).map(str),
    "date": st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    "choice": st.sampled_from(["one", "two"]),
    "short_text": WORDS,
    "long_text": TEXTS.map(str.strip).filter(bool),
}


@st.composite
def said(draw, question, scale):
    """An answer and an action as the product may have stored them."""
    marker = draw(st.sampled_from([None, None, None, *Marker]))
    answer = Answer(question.id, marker=marker, reason=draw(TEXTS), version=draw(st.integers(0, 99)))
    answer = replace(answer, carried_from=draw(st.sampled_from([None, None, "2024"])))
    if not question.is_rated:
        value = draw(st.none() | VALUES[question.type])
        return replace(answer, value=None if marker else value), Action(question.id)
    rating = None if marker else draw(st.sampled_from([None, *(one.key for one in scale.ratings)]))
    answer = replace(answer, rating=rating, evidence=draw(TEXTS), impact=draw(TEXTS))
    due = draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    return answer, Action(question.id, draw(TEXTS), draw(TEXTS), due)


@st.composite
def returns(draw):
    standards_set = draw(sets())
    sayings = [draw(said(question, standards_set.scale)) for question in standards_set.all_questions()]
    answers, actions = zip(*sayings, strict=True)
    return a_form(answers, actions, standards_set=standards_set, organisation_type=a_form().organisation_type)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(form=returns())
def test_any_set_with_any_answers_and_texts_comes_back_equal_and_changes_nothing(form):
    result = checked(read_return(write_return(form)), form.standards_set, "police")

    assert result.problems == ()
    assert {one: _readable(answer) for one, answer in result.answers.items()} == {
        one: _readable(answer) for one, answer in form.answers.items()
    }
    rated = {question.id for question in form.standards_set.rated_questions}
    assert result.actions == {one: _readable(action) for one, action in form.actions.items() if one in rated}
    assert result.base == {one: (form.answers[one], form.actions[one]) for one in form.answers}
    not_rated = form.answers.keys() - rated
    assert merge_returns(result.base, result.base, result.incoming, not_rated=not_rated) == []


LONG = st.builds(
    lambda start, letter, end: (start + letter * LONGEST_TEXT)[: LONGEST_TEXT // 2] + end,
    st.sampled_from(STARTS),
    st.sampled_from(["x", "שׁ", "🚸", "_x0041_", "\n", "& < "]),
    st.sampled_from(["", ".", "…"]),
).filter(lambda text: length_of(text) <= LONGEST_TEXT)


@settings(max_examples=12, deadline=None, database=None, derandomize=True)
@given(evidence=LONG, what=LONG)
def test_texts_that_fill_a_cell_come_back_whole(evidence, what):
    full = ("x" * (LONGEST_TEXT - 1) + "é", evidence)
    form = a_form((Answer("S1.1", evidence=full[0], impact=full[1]),), (Action("S1.1", what=what),))
    result = checked(read_return(write_return(form)), form.standards_set, "police")

    assert result.problems == ()
    assert (result.answers["S1.1"].evidence, result.answers["S1.1"].impact) == full
    assert result.actions["S1.1"].what == what


def _readable(one):
    """A text of nothing but space is read as empty; that is no change when files are merged."""
    texts = ("reason", "evidence", "impact") if isinstance(one, Answer) else ("what", "owner")
    return replace(one, **{name: getattr(one, name) if getattr(one, name).strip() else "" for name in texts})
