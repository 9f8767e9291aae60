"""What a letter tells, against figures worked out by hand, and the files it is written as."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from section11.domain.answers import Action
from section11.reports.letter import PLACEHOLDERS, OpenAction, OpenQuestion, values_of
from section11.reports.letter_blocks import Bullets, Entry, Heading, Paragraph, Table
from section11.reports.letter_docx import DEMO_NOTICE, letter_docx
from section11.reports.letter_pdf import PREVIEW_NOTICE, letter_pdf
from section11.reports.letter_sample import sample_letter
from section11.reports.letter_wording import compiled, filled
from section11.services.letter_templates import usual_wording
from tests.unit.letter_builders import a_letter, judged
from tests.unit.test_letter_wording import HOSTILE


def blocks_of(facts, words=""):
    return filled(compiled(words or usual_wording(), PLACEHOLDERS), values_of(facts))


def pdf_words(facts, words=""):
    reader = PdfReader(BytesIO(letter_pdf(facts, blocks_of(facts, words))))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def word_document(facts, words=""):
    return Document(BytesIO(letter_docx(facts, blocks_of(facts, words), values_of(facts))))


def rows_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_placeholder_has_a_value_and_every_value_a_placeholder():
    assert values_of(a_letter()).keys() == PLACEHOLDERS.keys()
    assert all(values_of(sample_letter()).values())


def test_results_by_standard_show_the_own_and_the_moderated_one_in_words():
    assert values_of(a_letter())["results"].blocks == (
        Table(
            ("Standard", "Your own result", "Result after moderation"),
            (
                ("1. Leadership", "Strong: 2 of 2 “Fully met”", "Mixed: 1 of 2 “Fully met”"),
                ("2. Listening", "Strong: 1 of 1 “Fully met”", "Weak: 0 of 1 “Fully met”"),
            ),
        ),
    )


def test_before_moderation_there_are_only_the_organisations_own_results():
    values = values_of(a_letter(outcomes={}, is_preview=True))

    assert values["results"].blocks[0].head == ("Standard", "Your own result")
    assert values["differences"].shown == (Paragraph("This return has not been moderated yet."),)
    assert values["evidence"].shown == (Paragraph("This return has not been moderated yet."),)
    assert values["strengths"].blocks == (
        Bullets(("1. Leadership: 2 of 2 “Fully met”", "2. Listening: 1 of 1 “Fully met”")),
    )


def test_where_the_rating_differs_both_are_named_with_the_reason():
    assert values_of(a_letter())["differences"].blocks == (
        Entry(
            "S1.1 What do you do about S1.1?",
            (
                ("Your rating", "Fully met"),
                ("Moderated rating", "Partly met"),
                ("Quality of the evidence", "Asserted. The answer says so, and nothing shows it."),
                ("Why", "Nothing shows it."),
            ),
        ),
        Entry(
            "S2.1 What do you do about S2.1?",
            (
                ("Your rating", "Fully met"),
                ("Moderated rating", "Not met"),
                ("Quality of the evidence", "Asserted. The answer says so, and nothing shows it."),
                ("Why", "Not seen at the visit."),
            ),
        ),
    )


def test_a_rating_that_moderation_took_away_or_gave_is_told_as_such():
    outcomes = {
        "S1.1": judged("S1.1", None, None, "It does not apply to a force."),
        "S2.2": judged("S2.2", "mostly_met", None, "It does apply."),
    }
    first, second = values_of(a_letter(outcomes=outcomes))["differences"].blocks

    assert first.told == (
        ("Your rating", "Fully met"),
        ("Moderated rating", "No rating"),
        ("Why", "It does not apply to a force."),
    )
    assert second.told[:2] == (("Your rating", "Not applicable"), ("Moderated rating", "Mostly met"))
    # S1.1 is out of the moderated count: 1 of 1 in the first standard; 1 of 2 in the second.
    results = values_of(a_letter(outcomes=outcomes))["results"].blocks[0].rows
    assert [row[2] for row in results] == ["Strong: 1 of 1 “Fully met”", "Mixed: 1 of 2 “Fully met”"]


def test_the_quality_of_the_evidence_is_counted_in_words():
    [table] = values_of(a_letter())["evidence"].blocks

    assert table.head == ("Evidence", "What it means", "Answers, of 3")
    assert [(row[0], row[2]) for row in table.rows] == [
        ("Shows impact", "0"),
        ("Tested", "1"),
        ("Documented", "0"),
        ("Asserted", "2"),
        ("None", "0"),
    ]


def test_what_to_work_on_begins_with_the_lowest_essential_answer():
    found = values_of(a_letter())["to_work_on"].blocks

    assert [(one.title[:4], one.facts[0]) for one in found] == [
        ("S2.1", ("Rating", "Not met")),
        ("S1.1", ("Rating", "Partly met")),
    ]
    assert found[0].facts[1] == ("What “Fully met” means here", "All of S2.1.")


def test_actions_stand_by_date_the_overdue_ones_by_themselves():
    values = values_of(a_letter())
    head = ("Action", "Owner", "Due", "Promised under")

    assert values["overdue_actions"].blocks == (
        Table(head, (("Write the policy", "Chief", "30 April 2026", "S1.2, Audit 2024"),)),
    )
    assert values["open_actions"].blocks == (
        Table(head, (("Train managers", "no owner", "30 September 2026", "S1.1"),)),
    )
    nothing = values_of(a_letter(actions=()))
    assert [nothing[one].shown for one in ("overdue_actions", "open_actions")] == [
        (Paragraph("No action is overdue."),),
        (Paragraph("No action is open."),),
    ]


def test_questions_that_wait_are_told_with_their_day():
    assert values_of(a_letter())["open_questions"].blocks == (
        Entry("S1.2 What do you do about S1.2?", (("Asked on 2 April 2026", "Which policy is it?"),)),
    )
    assert not values_of(a_letter(open_questions=()))["open_questions"]


def test_the_pdf_is_accessible_and_says_what_the_letter_tells():
    reader, words = pdf_words(a_letter())

    root = reader.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Riverdale Police: Audit 2026, feedback letter"
    for said in (
        "12 May 2026",
        "Feedback on your return: Audit 2026",
        "which was signed on 27 March 2026",
        "1. Leadership Strong: 2 of 2 “Fully met” Mixed: 1 of 2 “Fully met”",
        "Why: Nothing shows it.",
        "Write the policy Chief",
        "This is how they stood on 14 May 2026.",
        "Asked on 2 April 2026: Which policy is it?",
        "Head of Scrutiny For Riverdale",
    ):
        assert said in words
    assert PREVIEW_NOTICE not in words


def test_the_word_document_has_headings_tables_with_a_head_and_a_language():
    document = word_document(a_letter())

    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["Feedback on your return: Audit 2026", "Results by standard"]
    assert rows_of(document.tables[0])[1] == [
        "1. Leadership",
        "Strong: 2 of 2 “Fully met”",
        "Mixed: 1 of 2 “Fully met”",
    ]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert document.core_properties.title == "Riverdale Police: Audit 2026, feedback letter"
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Riverdale Police: Audit 2026.")


def test_the_properties_of_a_table_stand_in_the_order_word_wants():
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"]

    for table in word_document(a_letter()).tables:
        found = [one.tag.rpartition("}")[2] for one in table._tbl.tblPr]
        assert found == sorted(found, key=order.index)
        assert "tblBorders" in found


def test_a_preview_and_a_demo_say_so_in_both_files():
    facts = a_letter(is_preview=True, is_demo=True)

    reader, words = pdf_words(facts)
    document = word_document(facts)

    assert PREVIEW_NOTICE in words
    assert "Demonstration, fictional data" in words
    assert reader.metadata.title.endswith("preview, not released")
    assert document.paragraphs[0].text == f"{DEMO_NOTICE} {PREVIEW_NOTICE}"


@pytest.mark.parametrize("text", [*HOSTILE, "=HYPERLINK(1)", '[x] `raw` ~ -- ... #import "a": *', "\x00\x07\ud800end"])
def test_what_people_wrote_is_never_markup_of_any_kind(text):
    facts = a_letter(
        organisation=f"A {text} Z",
        outcomes={"S1.1": judged("S1.1", "not_met", None, f"A {text} Z")},
        actions=(OpenAction(Action("S1.1", f"A {text} Z", f"A {text} Z", date(2026, 9, 30)), "S1.1", False),),
        open_questions=(OpenQuestion("S1.1", date(2026, 4, 2), f"A {text} Z"),),
    )
    gone = dict.fromkeys([0, 7, 0xD800])
    expected = f"A {text} Z".translate(gone)

    reader, _ = pdf_words(facts)
    document = word_document(facts)

    # How a PDF cuts its lines is its own; what must be there is every visible letter, in order.
    drawn = "".join("".join(page.extract_text() for page in reader.pages).split())
    for piece in expected.split():
        if piece.isascii():
            assert piece in drawn
    assert rows_of(document.tables[1])[1][:2] == [expected, expected]
    assert any(f"Why: {expected}" == one.text for one in document.paragraphs)
    assert any(one.text == f"Asked on 2 April 2026: {expected}" for one in document.paragraphs)


def test_a_reason_as_long_as_can_be_written_is_there_to_its_last_word():
    reason = "Long reason. " * 2_400 + "The end of it."
    facts = a_letter(outcomes={"S1.1": judged("S1.1", "not_met", None, reason)})

    _, words = pdf_words(facts)

    assert "The end of it." in words


def test_a_wording_of_ones_own_is_what_the_letter_says():
    words = "## Dear {{ organisation }}\n\n{{ strengths }}"

    assert blocks_of(a_letter(), words) == (
        Heading("Dear Riverdale Police", 1),
        Paragraph("No standard has a strong result yet."),
    )
