"""The wording of a letter: every mistake is told with its line, and no value is ever read as wording."""

import pytest

from section11.errors import BadInputError
from section11.reports.letter import PLACEHOLDERS
from section11.reports.letter_blocks import Bullets, Heading, Paragraph, Part, Table
from section11.reports.letter_wording import LONGEST_WORDING, check_wording, compiled, filled

NAMES = ("organisation", "partnership", "results")
RESULTS = Part((Table(("Standard", "Result"), (("1. Leadership", "Strong"),)),), "Nothing to show.")
VALUES = {"organisation": "Riverdale Police", "partnership": "Riverdale", "results": RESULTS}
HOSTILE = [
    "{{ partnership }}",
    "{% if partnership %}x{% endif %}",
    "# Heading",
    "- item",
    "one\n\n# two\n\n- three",
    "#text(red)[typst] $x$ \\ @label <label>",
    "<w:p><w:r><w:t>Word</w:t></w:r></w:p> & &amp; ]]>",
    "\ue0000\ue001 \ue0001\ue001",
    "*bold* _it_ [link](http://x.example) <script>alert(1)</script>",
]


def blocks(words, **values):
    return filled(compiled(words, NAMES), {**VALUES, **values})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Dear all,\n\n{{ organisaton }}", "Line 3: {{ organisaton }} is not a placeholder. Did you mean {{ organis"),
        ("{{ zebra }}", "Line 1: {{ zebra }} is not a placeholder. Choose one from the list"),
        ("Dear\n{{ organisation }", "Line 2: “{{ organisation }” lacks a bracket."),
        ("Dear\n\n{{ organisation", "Line 3: “{{ organisation” lacks a bracket."),
        ("{ organisation }}", "Line 1: “{ organisation }}” lacks a bracket."),
        ("To { organisation }", "Line 1: “{ organisation }” has one bracket on each side."),
        ("{{ organisation.__class__ }}", "Line 1: “{{ organisation.__class__ }}” is more than a placeholder."),
        ("\n{{ organisation|upper }}", "Line 2: “{{ organisation|upper }}” is more than a placeholder."),
        ("{{ organisation * 1000000 }}", "Line 1: “{{ organisation * 1000000 }}” is more than a placeholder."),
        ("{{ range(100) }}", "Line 1: “{{ range(100) }}” is more than a placeholder."),
        ("{{ 'x' }}", "Line 1: “{{ 'x' }}” is more than a placeholder."),
        ("{{ organisation organisation }}", "Line 1: “{{ organisation organisation }}” cannot be read."),
        ("a\n{{ }}", "Line 2: “{{ }}” cannot be read."),
        ("a\n{% for x in organisation %}\n{% endfor %}", "Line 2: “{% for x in organisation %}” is not a statement"),
        ("{% include '/etc/passwd' %}", "Line 1: “{% include '/etc/passwd' %}” is not a statement"),
        ("a\n{% if results %}\nb", "Line 2: “{% if results %}” has no {% endif %} after it."),
        ("a\nb\n{% endif %}", "Line 3: “{% endif %}” has no {% if … %} before it."),
        ("{% if %}\n{% endif %}", "Line 1: “{% if %}” cannot be read."),
        ("{% if reslts %}{% endif %}", "Line 1: {{ reslts }} is not a placeholder. Did you mean {{ results }}?"),
        ("{{ " + "not " * 4_000 + "organisation }}", "Line 1: “{{ not not"),
    ],
)
def test_a_mistake_is_told_in_one_sentence_with_its_line_and_placeholder(words, said):
    with pytest.raises(BadInputError) as error:
        check_wording(words, NAMES)

    assert error.value.user_message.startswith(said)
    assert "\n" not in error.value.user_message
    assert len(error.value.user_message) < 260


def test_a_wording_that_is_too_long_is_refused():
    with pytest.raises(BadInputError, match="20,001 characters and at most 20,000"):
        check_wording("x" * (LONGEST_WORDING + 1), NAMES)


def test_headings_lists_and_paragraphs_are_told_apart():
    words = "# Feedback\n\nDear {{ organisation }},\nwell done.\n\n## Next\n- one\n- two\nthen rest\n\n\nBye"

    assert blocks(words) == (
        Heading("Feedback", 1),
        Paragraph("Dear Riverdale Police,\nwell done."),
        Heading("Next", 2),
        Bullets(("one", "two")),
        Paragraph("then rest"),
        Paragraph("Bye"),
    )


def test_a_part_stands_by_itself_wherever_it_is_written():
    assert blocks("Before {{ results }} after") == (Paragraph("Before"), *RESULTS.blocks, Paragraph("after"))
    assert blocks("- a\n- {{ results }}\n- b") == (Bullets(("a",)), *RESULTS.blocks, Bullets(("b",)))


def test_a_part_with_nothing_to_tell_says_so_and_can_be_asked_about():
    empty = Part((), "Nothing to show.")

    assert blocks("{{ results }}", results=empty) == (Paragraph("Nothing to show."),)
    assert blocks("{% if results %}\n## R\n\n{{ results }}\n{% else %}\nNone.\n{% endif %}", results=empty) == (
        Paragraph("None."),
    )
    assert blocks("{% if results and not organisation %}\nA\n{% elif organisation %}\nB\n{% endif %}") == (
        Paragraph("B"),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_organisation_wrote_stays_text(text):
    expected = text.strip()

    assert blocks("{{ organisation }}", organisation=text) == (Paragraph(expected),)
    assert blocks("## {{ organisation }}\n\n- {{ organisation }}", organisation=text) == (
        Heading(expected, 1),
        Bullets((expected,)),
    )


def test_the_first_heading_is_one_of_the_first_level():
    assert blocks("## A\n\n## B") == (Heading("A", 1), Heading("B", 2))


def test_brackets_of_other_kinds_and_comments_are_words():
    words = "{# not a comment #} {a set} 100 % }"

    assert blocks(words) == (Paragraph(words),)


def test_private_characters_of_a_wording_are_taken_out():
    assert blocks("a\ue0000\ue001b") == (Paragraph("a0b"),)


def test_the_usual_wording_uses_placeholders_that_exist():
    from section11.services.letter_templates import usual_wording

    check_wording(usual_wording(), PLACEHOLDERS)

    assert "{{ results }}" in usual_wording()
