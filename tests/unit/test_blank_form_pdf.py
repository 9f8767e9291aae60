"""The printed form: tagged, in English, true to the set, and never taking a text for markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from section11.domain.standards import Reference
from section11.reports.blank_form import BlankForm, blank_form_pdf
from tests.services.value_builders import EVERY_TYPE_SET
from tests.shipped import LIBRARY

SECTION_11 = LIBRARY.load("section11-2026")
EVERY_TYPE = LIBRARY.load(str(EVERY_TYPE_SET))
RATED = EVERY_TYPE.questions_by_id["M1.1"]
MADE_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_form(standards_set=EVERY_TYPE, **changes):
    form = BlankForm(standards_set=standards_set, standards=standards_set.standards, asked_of="", made_at=MADE_AT)
    return replace(form, **changes)


def with_question(**changes):
    """Return the form of the set of every type, with its first question changed."""
    [standard] = EVERY_TYPE.standards
    questions = (replace(RATED, **changes), *standard.questions[1:])
    return a_form(replace(EVERY_TYPE, standards=(replace(standard, questions=questions),)))


def read(form):
    return PdfReader(BytesIO(blank_form_pdf(form)))


def words_in(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags_in(reader):
    """Return the kind of every tagged piece of the document, in reading order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ArrayObject):
            waiting += [one.get_object() for one in reversed(node)]
        elif isinstance(node, dict):
            found += [str(node["/S"])] if "/S" in node else []
            waiting += [node["/K"].get_object()] if "/K" in node else []
    return found


def claims_to_be_accessible(reader):
    return "<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data().decode()


def fonts_in(reader):
    return {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


@pytest.fixture(scope="module")
def section_11():
    return read(a_form(SECTION_11, asked_of="Police force", partnership_name="Riverdale"))


def test_the_file_says_it_is_accessible_english_and_what_it_is(section_11):
    root = section_11.trailer["/Root"]

    assert claims_to_be_accessible(section_11)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert section_11.metadata.title == "Section 11 self-assessment 2026, blank form"
    assert section_11.metadata.author == "Riverdale"


def test_headings_tables_lists_and_links_are_tagged_as_what_they_are(section_11):
    tags = tags_in(section_11)

    rated = len(SECTION_11.rated_questions)
    assert tags.count("/H2") == len(SECTION_11.questions_by_id)
    assert tags.count("/H1") >= len(SECTION_11.standards) + 2  # how to rate, and what the questions rest on
    assert tags.count("/Table") == rated + 3
    assert tags.count("/TH") >= 3 * rated
    assert {"/L", "/LI", "/Link", "/TOC", "/TOCI"} <= set(tags)


def test_the_bookmarks_lead_to_every_standard_and_its_questions(section_11):
    titles = [one.title for one in section_11.outline if not isinstance(one, list)]
    first = next(one for one in section_11.outline if isinstance(one, list))

    assert titles[1] == "1. Leadership and accountability"
    assert len(titles) == len(SECTION_11.standards) + 2
    assert first[0].title.startswith("S1.1")


def test_pages_are_a4_and_numbered_under_the_name_of_the_set(section_11):
    last = section_11.pages[-1]

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in section_11.pages} == {(595, 842)}
    assert f"Page {len(section_11.pages)} of {len(section_11.pages)}" in last.extract_text()
    assert "Section 11 self-assessment 2026" in last.extract_text()


def test_only_fonts_that_come_with_the_compiler_are_used(section_11):
    assert {name.partition("-")[0] for name in fonts_in(section_11)} == {"LibertinusSerif", "DejaVuSansMono"}


def test_everything_a_question_says_is_printed(section_11):
    words = words_in(section_11)

    for question in SECTION_11.all_questions():
        assert question.id in words
    question = SECTION_11.questions_by_id["S1.1"]
    printed = words_in(read(with_question(help=question.help, impact_prompt=question.impact_prompt, essential=True)))
    assert question.help in printed
    assert question.impact_prompt in printed
    assert "(essential)" in printed
    assert "Tests: A senior lead (S11-02)." in printed
    assert "needed if you tick Partly met or Not met" in printed
    assert "There is one, with small gaps." in printed


def test_a_question_of_each_type_is_printed_with_what_to_write_and_where():
    words = words_in(read(a_form()))

    assert "Choose yes or no. ☐ Yes ☐ No" in words
    assert "Write a number of people, in digits. people ☐ Not applicable" in words
    assert "Write a percentage between 0 and 100, for example 87. %" in words
    assert "Write the date like 30/09/2026." in words
    assert "☐ Day nursery ☐ Holiday club" in words
    assert "What else should we know? (may be left empty)" in words


def test_a_form_without_any_rating_does_not_explain_ratings():
    [standard] = EVERY_TYPE.standards
    facts = replace(standard, questions=standard.questions[1:])

    words = words_in(read(a_form(standards=(facts,))))

    assert "How to rate" not in words
    assert "Evidence: what shows it" not in words


def test_the_form_says_for_whom_it_is_and_how_many_questions_are_left_out():
    childminder = SECTION_11.standards_for("childminder")

    words = words_in(read(a_form(SECTION_11, standards=childminder, asked_of="Childminder")))

    asked = len(SECTION_11.questions_for("childminder"))
    assert f"Questions {asked} of the set's {len(SECTION_11.questions_by_id)}" in words
    assert "For: Childminder." in words
    assert "This paper is not a return." in words


def test_the_form_of_a_return_names_the_organisation_the_cycle_and_when_it_is_due():
    form = a_form(organisation="Riverdale Police", cycle="2026", due=date(2026, 9, 30), is_demo=True)

    words = words_in(read(form))

    assert "Organisation Riverdale Police Cycle 2026 Due 30 September 2026" in words
    assert "Demonstration, fictional data" in words
    assert "Organisation:" not in words  # no line to write it on


@pytest.mark.parametrize(
    "text", ['#pagebreak() *b* _i_ $x$ @y <z> \\ `c` #"', "= No heading", "/ No: term", "- a\n+ b"]
)
def test_markup_in_a_text_is_printed_as_it_was_written(text):
    reader = read(with_question(text=text, help=text))

    assert words_in(reader).count(" ".join(text.split())) >= 2
    assert tags_in(reader).count("/H2") == 8


@pytest.mark.parametrize("text", ["请说明", "Smile \N{GRINNING FACE}", "Bell \a here"])
def test_a_character_that_no_font_has_does_not_stop_the_form(text):
    reader = read(with_question(text=text))

    assert not claims_to_be_accessible(reader)
    assert tags_in(reader).count("/H2") == 8


@pytest.mark.parametrize(
    "text", ["Łódź, Ελλάδα, Київ", "عربي", "Half \ud800 a character", "x" * 5_000, "word " * 5_000]
)
def test_other_scripts_half_a_character_and_very_long_texts_stay_accessible(text):
    reader = read(with_question(descriptors={"fully_met": text}, help=text))

    assert claims_to_be_accessible(reader)


def test_sources_are_numbered_in_a_list_with_their_addresses():
    sources = {
        "a": Reference("a", "Act & more", "https://www.example.org/act"),
        "b": Reference("b", "Not cited"),
        "c": Reference("c", "Guidance"),
    }
    form = with_question(references=("c", "a"))
    form = replace(form, standards_set=replace(form.standards_set, references=sources))

    reader = read(form)

    assert "Rests on sources 1 and 2." in words_in(reader)
    assert "1 Act & more https://www.example.org/act 2 Guidance –" in words_in(reader)
    assert "Not cited" not in words_in(reader)
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    assert "https://www.example.org/act" in [one["/A"].get("/URI") for one in links if "/A" in one]


def test_not_applicable_has_room_for_its_reason_under_every_question():
    words = words_in(read(a_form()))
    questions = EVERY_TYPE.all_questions()

    assert words.count("because:") == len(list(questions))
    assert words.count("Write why") == 1, "in the general part alone"
