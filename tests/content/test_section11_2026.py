"""The question set section11-2026: complete, of one mould, and nothing in it that was not checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from section11.domain.standards import Question
from tests.conftest import PROJECT_DIR
from tests.shipped import LIBRARY, TYPES

SET = LIBRARY.load("section11-2026")
QUESTIONS = tuple(SET.all_questions())

NUMBER_OF_QUESTIONS = {
    "S1": 5, "S2": 5, "S3": 5, "S4": 4, "S5": 4, "S6": 4, "S7": 5, "S8": 5, "S9": 5, "S10": 5, "S11": 6, "S12": 5,
    "P": 10,
}  # fmt: skip

ESSENTIAL = {
    "S1.1", "S1.2",
    "S2.1", "S2.2",
    "S3.1",
    "S4.1",
    "S5.1",
    "S6.1",
    "S7.1",
    "S8.1",
    "S9.1", "S9.2",
    "S10.1", "S10.2",
    "S11.1", "S11.2",
    "S12.2",
}  # fmt: skip

ARRANGEMENTS_BY_STANDARD = {
    "S1": {"S11-01", "S11-02"},
    "S2": {"S11-01", "S11-05"},
    "S3": {"S11-01"},
    "S4": {"S11-03"},
    "S5": {"S11-04", "S11-11"},
    "S6": {"S11-05"},
    "S7": {"S11-06"},
    "S8": {"S11-07"},
    "S9": {"S11-08"},
    "S10": {"S11-14"},
    "S11": {"S11-09", "S11-11", "S11-12", "S11-13"},
    "S12": {"S11-10", "S11-13"},
}
"""What each standard is there to test; it may touch others as well."""

LONGEST = {"title": 60, "summary": 160, "text": 150, "help": 240, "descriptor": 180, "evidence": 110, "impact": 140}
"""Characters that still read well on a card, and in a cell of the Excel return."""

VERIFIED_PARAGRAPH = "Working Together to Safeguard Children 2023, chapter 4, paragraph 223"

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
every_rated_question = pytest.mark.parametrize("question", SET.rated_questions, ids=lambda question: question.id)


def texts_of(question: Question) -> Iterator[tuple[str, str]]:
    """Give every text of a question with its kind, a key of ``LONGEST``."""
    yield "text", question.text
    yield "help", question.help
    if question.impact_prompt:
        yield "impact", question.impact_prompt
    for descriptor in question.descriptors.values():
        yield "descriptor", descriptor
    for prompt in question.evidence_prompts:
        yield "evidence", prompt


def all_texts() -> list[str]:
    of_questions = [text for question in QUESTIONS for _, text in texts_of(question)]
    of_standards = [text for standard in SET.standards for text in (standard.title, standard.summary)]
    of_set = [SET.title, SET.summary, *SET.arrangements.values()]
    return [*of_set, *of_standards, *of_questions]


def test_there_are_12_rated_standards_with_58_questions_in_order_and_a_block_of_facts():
    assert {standard.id: len(standard.questions) for standard in SET.standards} == NUMBER_OF_QUESTIONS
    assert [standard.id for standard in SET.standards] == list(NUMBER_OF_QUESTIONS)
    assert len(SET.rated_standards) == 12
    assert len(SET.rated_questions) == 58


def test_ids_count_up_within_their_standard():
    expected = [f"{standard}.{n}" for standard, count in NUMBER_OF_QUESTIONS.items() for n in range(1, count + 1)]

    assert [question.id for question in QUESTIONS] == expected


def test_every_standard_file_in_the_folder_is_part_of_the_set():
    folder = PROJECT_DIR / "standards" / SET.id
    listed = re.findall(r"^  - (\S+\.yaml)$", (folder / "set.yaml").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(path.name for path in folder.iterdir()) == sorted([*listed, "set.yaml"])


def test_17_questions_are_essential():
    assert {question.id for question in QUESTIONS if question.essential} == ESSENTIAL
    assert len(ESSENTIAL) == 17


def test_every_arrangement_is_listed_and_tested():
    wanted = {f"S11-{number:02}" for number in range(1, 15)}

    assert set(SET.arrangements) == wanted
    assert {key for question in QUESTIONS for key in question.arrangements} == wanted


@pytest.mark.parametrize("standard_id", ARRANGEMENTS_BY_STANDARD)
def test_a_standard_tests_what_it_is_there_for(standard_id):
    standard = SET.standard(standard_id)

    assert standard is not None
    tested = {key for question in standard.questions for key in question.arrangements}
    assert tested >= ARRANGEMENTS_BY_STANDARD[standard_id]


@every_rated_question
def test_a_question_is_complete(question):
    assert list(question.descriptors) == ["fully_met", "mostly_met", "partly_met", "not_met"]
    assert all(question.descriptors.values())
    assert question.arrangements
    assert question.references
    assert len(question.evidence_prompts) >= 2
    assert question.help
    assert question.impact_prompt.endswith("?")
    assert question.text.endswith("?")


@every_question
def test_nothing_is_listed_twice_in_a_question(question):
    for listed in (question.arrangements, question.references, question.evidence_prompts):
        assert len(set(listed)) == len(listed)


@every_question
def test_no_text_is_longer_than_a_card_can_bear(question):
    too_long = [(kind, len(text), text) for kind, text in texts_of(question) if len(text) > LONGEST[kind]]

    assert too_long == []


@every_question
def test_a_question_asks_for_no_names_and_no_numbers_of_persons(question):
    """Ratings and evidence go to a board: posts, percentages and dates are asked for, never persons or certificates."""
    asks = re.compile(
        r"\b(give|list|enter|state|record|upload|attach|provide) (the |their |staff )?names?\b"
        r"|\bnames? (and|or) (posts?|dates?|numbers?)\b"
        r"|\bnames? of (the |each |all |every )?(staff|children|child|person|people|worker|lead)\b"
        r"|\b(dates? of birth|national insurance|unique pupil number|nhs numbers?)\b"
        r"|\bcertificate (number|reference)s?\b",
        re.IGNORECASE,
    )
    forbids = re.compile(r"\b(never|no|without|not)\b[^.;]*$", re.IGNORECASE)
    for _, text in texts_of(question):
        for found in asks.finditer(text):
            assert forbids.search(text[: found.start()]), text


def test_no_evidence_prompt_or_question_speaks_of_certificates_at_all():
    asking = [text for question in QUESTIONS for text in (question.text, *question.evidence_prompts)]

    assert [text for text in asking if "certificate" in text.lower()] == []


def test_no_sentence_is_used_twice():
    sentences = [part.strip().lower() for text in all_texts() for part in re.split(r"(?<=[.?!;])\s+", text)]

    assert [sentence for sentence, count in Counter(sentences).items() if count > 1] == []


def test_no_title_or_summary_is_longer_than_a_heading_can_bear():
    assert [one.title for one in SET.standards if len(one.title) > LONGEST["title"]] == []
    assert [one.summary for one in SET.standards if not 0 < len(one.summary) <= LONGEST["summary"]] == []


def test_the_only_paragraph_number_printed_is_the_one_somebody_has_read():
    printed = [reference.title for reference in SET.references.values()] + all_texts()
    numbered = re.compile(r"\bpara(graph)?s?\b|¶|\bpages?\s+\d|\bpp?\.\s*\d|\b\d+\.\d+\.\d+\b", re.IGNORECASE)

    assert [text for text in printed if numbered.search(text)] == [VERIFIED_PARAGRAPH]


def test_the_paragraph_on_the_designated_officer_is_cited_only_where_that_officer_is_meant():
    cited = {question.id for question in QUESTIONS if "wt2023-ch4-p223" in question.references}

    assert cited == {"S10.1", "S10.2"}


def test_every_reference_is_cited_and_leads_to_a_government_page():
    cited = {key for question in QUESTIONS for key in question.references}

    assert set(SET.references) == cited
    official = re.compile(r"https://www\.(legislation\.gov\.uk|gov\.uk)/\S+")
    assert [one.url for one in SET.references.values() if not official.fullmatch(one.url)] == []


@pytest.mark.parametrize(
    ("theme", "question_id", "words"),
    [
        ("anti-discriminatory culture", "S12.1", "discrimination"),
        ("challenge of racism", "S6.4", "racism"),
        ("disproportionality", "S4.4", "missing from your figures, or appear too often"),
        ("impact", "S12.4", "better outcome for children"),
        ("one working day", "S10.2", "one working day"),
        ("harm", "S10.2", "may have harmed a child"),
        ("crime", "S10.2", "may have committed an offence against or related to a child"),
        ("risk", "S10.2", "may pose a risk of harm to children"),
        ("suitability", "S10.2", "may not be suitable to work with them"),
        ("both limbs of listening: decisions", "S4.1", "decide something about a child"),
        ("both limbs of listening: services", "S4.2", "changed a service"),
        ("both limbs of escalation", "S6.2", "inside your organisation and to another"),
        ("both limbs of sharing", "S7.1", "other services and the safeguarding partners"),
        ("whistleblowing: the procedure", "S5.1", "Freedom to Speak Up"),
        ("whistleblowing: how it is made known", "S5.2", "taught at induction, repeated in training"),
        ("whistleblowing: the culture", "S5.3", "would be supported"),
    ],
)
def test_a_theme_of_the_guidance_is_asked_about(theme, question_id, words):
    question = SET.questions_by_id[question_id]

    assert words in f"{question.text} {question.help}", theme


def test_the_set_names_only_bases_of_duty_that_exist():
    assert set(SET.duties) <= {duty.value for duty in TYPES.duty_titles}


def test_the_set_uses_the_four_ratings_from_fully_met_to_not_met():
    assert SET.scale.id == "met"
    assert [rating.label for rating in SET.scale.ratings] == ["Fully met", "Mostly met", "Partly met", "Not met"]
    assert [rating.tone for rating in SET.scale.ratings] == ["full", "most", "part", "none"]
    assert (SET.thresholds.strong_from_percent, SET.thresholds.weak_below_percent) == (80.0, 50.0)


def test_no_word_for_another_country_or_a_replaced_body_slipped_in():
    old = re.compile(
        r"\bLSCBs?\b|\bCCGs?\b|\bWales\b|\bScotland\b|\bCRCs?\b|\bdefinately\b|\bTODO\b|\bXX+\b|lorem", re.I
    )

    assert [text for text in all_texts() if old.search(text)] == []


def test_texts_are_tidy():
    untidy = re.compile(r"\s{2,}|\s[,.;?]|[‘’“”]|\.\.|,,|\n")

    assert [text for text in all_texts() if untidy.search(text) or text != text.strip()] == []
