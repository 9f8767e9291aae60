"""The return as a PDF: accessible, true to the answers, and never taking a text for markup."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from section11.domain.answers import Action, Answer, Marker
from section11.reports.return_pdf import NOT_SIGNED, PrintedReturn, return_pdf
from tests.services.value_builders import EVERY_TYPE_SET
from tests.shipped import LIBRARY

SECTION_11 = LIBRARY.load("section11-2026")
EVERY_TYPE = LIBRARY.load(str(EVERY_TYPE_SET))
SIGNED = "Signed 3 March 2026 by Chief Constable; SHA-256 " + "0123456789abcdef" * 4


def a_return(standards_set=EVERY_TYPE, answers=(), actions=(), **changes):
    printed = PrintedReturn(
        title="Section 11 audit",
        organisation="Riverdale Police",
        organisation_type_key="police-force",
        organisation_type="Police force",
        partnership_name="Riverdale",
        cycle="2026",
        due=date(2026, 3, 31),
        status="Submitted",
        standards_set=standards_set,
        standards=standards_set.standards_for("police-force"),
        answers={one.question_id: one for one in answers},
        actions={one.question_id: one for one in actions},
        evidence={},
        made_at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC),
    )
    return replace(printed, **changes)


def read(printed):
    return PdfReader(BytesIO(return_pdf(printed)))


def words_in(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("standards_set", [EVERY_TYPE, SECTION_11], ids=["every type", "section 11"])
def test_the_file_is_accessible_english_and_says_what_it_is(standards_set):
    reader = read(a_return(standards_set, signed=SIGNED, declaration="I have read it."))

    root = reader.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Riverdale Police: Section 11 audit, signed return"


def test_every_question_and_whatever_was_said_are_printed():
    rated = next(one for one in EVERY_TYPE.all_questions() if one.is_rated)
    rating = EVERY_TYPE.scale.ratings[1]
    answers = [Answer(rated.id, rating=rating.key, evidence="Minutes of May", impact="Fewer missed visits")]
    actions = [Action(rated.id, "Train every manager", "Head of training", date(2026, 9, 30))]

    evidence = {rated.id: ["Policy 2026", "Minutes"]}
    words = words_in(read(a_return(answers=answers, actions=actions, evidence=evidence)))

    for question in EVERY_TYPE.all_questions():
        assert question.id in words
    texts = "Evidence: Minutes of May Evidence files and links: Policy 2026; Minutes"
    assert f"Rating: {rating.label} {texts} Impact on children: Fewer missed visits" in words
    assert "Action: Train every manager (Head of training, by 30 September 2026)" in words
    assert "Not answered" in words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"marker": Marker.NOT_APPLICABLE, "reason": "No premises"},
            "Not applicable Why it does not apply: No premises",
        ),
        ({"marker": Marker.DONT_KNOW_YET}, "Don't know yet"),
        ({"rating": "fully_met", "carried_from": "2024"}, "Fully met (carried forward, not yet confirmed)"),
    ],
)
def test_states_of_an_answer_are_kept_apart(answer, words):
    rated = next(one for one in SECTION_11.all_questions() if one.is_rated)

    assert words in words_in(read(a_return(SECTION_11, answers=[Answer(rated.id, **answer)]))).replace("’", "'")


def test_a_reason_left_from_before_is_not_printed_under_a_rating():
    rated = next(one for one in SECTION_11.all_questions() if one.is_rated)

    words = words_in(read(a_return(SECTION_11, answers=[Answer(rated.id, rating="fully_met", reason="No premises")])))

    assert "Why it does not apply" not in words
    assert "No premises" not in words


def test_standards_follow_each_other_without_a_page_begun_for_each():
    answers = [Answer(one.id, rating="fully_met", evidence="Minutes") for one in SECTION_11.rated_questions]

    reader = read(a_return(SECTION_11, answers=answers))

    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) < len(SECTION_11.standards)
    assert min(len(page) for page in pages[:-1]) > 700, "no page is left nearly empty"


def test_no_heading_stands_apart_from_its_answer():
    for lines in range(0, 12):
        first = Answer(SECTION_11.rated_questions[0].id, rating="fully_met", evidence="\n".join(["Minutes"] * lines))
        for page in read(a_return(SECTION_11, answers=[first])).pages[1:]:
            *_, last, _, _ = page.extract_text().splitlines()
            assert not re.match(r"S?\d+\.|S\d+\.\d+ ", last), last


def test_a_text_longer_than_a_page_is_printed_whole():
    rated = next(one for one in SECTION_11.all_questions() if one.is_rated)

    words = words_in(read(a_return(SECTION_11, answers=[Answer(rated.id, evidence="word " * 3000 + "end")])))

    assert words.count("word ") == 3000


def test_what_was_signed_says_so_and_a_draft_says_that_it_is_not():
    signed, draft = words_in(read(a_return(signed=SIGNED, declaration="I have read it."))), words_in(read(a_return()))

    assert "Signed 3 March 2026 by Chief Constable; SHA-256" in signed
    assert "0123456789abcdef" * 4 in signed.replace(" ", "").replace("-", "")
    assert "Declaration I have read it." in signed
    assert NOT_SIGNED in draft
    assert "Declaration" not in draft


@pytest.mark.parametrize("text", ["#panic()", "*bold* _it_ $x$ @ref <a> `c` \\ // /* x */", "[x] = heading", "- a"])
def test_a_text_is_printed_as_it_was_written(text):
    rated = next(one for one in EVERY_TYPE.all_questions() if one.is_rated)

    printed = a_return(
        answers=[Answer(rated.id, rating="fully_met", evidence=f"first\n{text}")], organisation=text, signed=text
    )

    assert text in words_in(read(printed))
    assert f"Evidence: first {text}" in words_in(read(printed))


def test_characters_no_font_has_and_halves_of_characters_still_make_a_file():
    rated = next(one for one in EVERY_TYPE.all_questions() if one.is_rated)

    assert return_pdf(a_return(answers=[Answer(rated.id, evidence="😀 \ud83d \U0001f9ff")])).startswith(b"%PDF")
