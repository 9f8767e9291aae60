"""The wording and the Word document of a partnership's letters: changed, refused, and used from then on."""

from io import BytesIO

import pytest
from docx import Document

from section11.errors import BadInputError, NotAvailableError, NotOurFileError, NotPermittedError
from section11.reports.letter_docx import letter_starter
from section11.reports.word_safety import NOT_WORD
from section11.services.letter_templates import (
    change_letter_document,
    change_letter_wording,
    download_letter_document,
    list_letter_templates,
    preview_wording,
    remove_letter_document,
    usual_wording,
)
from section11.services.letters import download_letter
from tests.services.builders import PARTNERSHIP, POLICE_RETURN, events
from tests.services.moderation_builders import released

WORDS = "# Letter to {{ organisation }}\n\n{% if signed_on %}\nSigned on {{ signed_on }}.\n{% endif %}\n\n{{ results }}"


def own_letter(panel):
    return list_letter_templates(panel.office, panel.ann)[PARTNERSHIP]


def event_names(panel):
    return [one.name for one in events(panel.town, f"partnership:{PARTNERSHIP}")]


def letterhead():
    document = Document(BytesIO(letter_starter("Our letterhead")))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def letter_lines(panel):
    made = download_letter(panel.office, panel.town.contributor, POLICE_RETURN, "docx")
    return [one.text for one in Document(BytesIO(made.content)).paragraphs]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Dear\n{{ organisaton }}", "Line 2: {{ organisaton }} is not a placeholder."),
        ("{{ letter }}", "Line 1: {{ letter }} is not a placeholder."),
        ("{{ organisation.__init__ }}", "Line 1: “{{ organisation.__init__ }}” is more than a placeholder."),
        ("x" * 20_001, "The wording has 20,001 characters"),
    ],
)
def test_a_wording_with_a_mistake_is_refused_and_nothing_is_saved(panel, words, said):
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, WORDS)
    before = own_letter(panel), event_names(panel)

    with pytest.raises(BadInputError) as error:
        change_letter_wording(panel.office, panel.ann, PARTNERSHIP, words)

    assert error.value.user_message.startswith(said)
    assert (own_letter(panel), event_names(panel)) == before


def test_a_wording_of_its_own_is_in_every_letter_made_from_then_on(panel):
    released(panel)

    saved = change_letter_wording(panel.office, panel.ann, PARTNERSHIP, f"\r\n{WORDS}\r\n")

    assert (saved.words, saved.is_usual) == (WORDS, False)
    assert letter_lines(panel)[:3] == ["Riverdale", "Letter to Riverdale Police", "Signed on 2 March 2026."]
    last = events(panel.town, f"partnership:{PARTNERSHIP}")[-1]
    assert (last.name, last.actor, last.details) == ("letter_wording_changed", panel.ann.id, {"words": WORDS})


@pytest.mark.parametrize("words", ["", "  \n", "the usual"])
def test_an_empty_wording_or_the_usual_one_brings_the_usual_back(panel, words):
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, WORDS)

    saved = change_letter_wording(
        panel.office, panel.town.admin, PARTNERSHIP, usual_wording() if words == "the usual" else words
    )

    assert (saved.words, saved.is_usual) == (usual_wording(), True)
    with panel.office.store.reading() as work:
        assert work.letters.templates_of([PARTNERSHIP]) == {}


def test_saving_what_is_saved_already_is_no_event(panel):
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, WORDS)
    before = event_names(panel)

    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, WORDS)

    assert event_names(panel) == before


def test_a_file_that_is_no_word_document_is_refused_and_the_one_in_use_stays(panel):
    change_letter_document(panel.office, panel.ann, PARTNERSHIP, letterhead(), "Letterhead.docx")
    before = own_letter(panel), event_names(panel)

    with pytest.raises(NotOurFileError) as error:
        change_letter_document(panel.office, panel.ann, PARTNERSHIP, b"Dear all", "Letter.docx")

    assert error.value.user_message == NOT_WORD
    assert (own_letter(panel), event_names(panel)) == before


def test_letters_in_word_stand_in_the_partnerships_document_until_it_is_taken_away(panel):
    released(panel)
    content = letterhead()

    change_letter_document(panel.office, panel.ann, PARTNERSHIP, content, "Letterhead.docx")
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, WORDS)

    assert own_letter(panel).document_name == "Letterhead.docx"
    assert letter_lines(panel)[:2] == ["Our letterhead", "Letter to Riverdale Police"]
    assert download_letter_document(panel.office, panel.ann, PARTNERSHIP).content == content
    remove_letter_document(panel.office, panel.ann, PARTNERSHIP)
    assert own_letter(panel).document_name == ""
    assert own_letter(panel).words == WORDS
    assert letter_lines(panel)[:2] == ["Riverdale", "Letter to Riverdale Police"]


def test_without_a_document_there_is_one_to_begin_with(panel):
    made = download_letter_document(panel.office, panel.town.admin, PARTNERSHIP)

    assert made.filename == "riverdale-letter-template.docx"
    assert [one.text for one in Document(BytesIO(made.content)).paragraphs] == ["Riverdale", "{{ letter }}"]
    assert event_names(panel)[-1] == "letter_document_downloaded"


def test_the_example_is_made_up_and_has_something_in_every_part(panel):
    blocks = preview_wording("")

    said = str(blocks)
    assert "Example Primary School" in said
    assert "Riverdale" not in said
    for part in ("No action is overdue", "no question of scrutiny", "No essential question", "not been moderated"):
        assert part not in said


def test_only_scrutiny_and_the_administrator_of_the_partnership_change_its_letters(panel):
    for user in (panel.town.board, panel.town.contributor):
        with pytest.raises((NotPermittedError, NotAvailableError)):
            change_letter_wording(panel.office, user, PARTNERSHIP, WORDS)
    assert list_letter_templates(panel.office, panel.town.board) == {}
    assert own_letter(panel).is_usual


def test_of_two_who_change_the_wording_the_second_is_told_and_the_first_is_kept(panel):
    read = own_letter(panel).words
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, "Dear all", instead_of=read)
    before = own_letter(panel), event_names(panel)

    with pytest.raises(BadInputError, match="A colleague changed the wording after you opened this page"):
        change_letter_wording(panel.office, panel.ben, PARTNERSHIP, "Dear colleagues", instead_of=read)

    assert (own_letter(panel), event_names(panel)) == before
    change_letter_wording(panel.office, panel.ben, PARTNERSHIP, "Dear colleagues", instead_of="Dear all")
    assert own_letter(panel).words == "Dear colleagues"
