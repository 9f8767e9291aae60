"""PDF files from templates: only a character that no font has may cost the promise of accessibility."""

from datetime import UTC, datetime

import pytest
import typst

from section11.reports import pdf
from section11.reports.pdf import pdf_of

MADE_AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
HEAD = '#set document(title: [A file])\n#set text(lang: "en")\n#let data = json(bytes(sys.inputs.data))\n'


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Return a function that writes a template of the test's own."""
    monkeypatch.setattr(pdf, "TEMPLATES_DIR", tmp_path)

    def write(body):
        (tmp_path / "a.typ").write_text(HEAD + body, encoding="utf-8")
        return "a.typ"

    return write


@pytest.mark.parametrize(
    ("body", "says"),
    [("= One\n=== Three", "skipped from heading level"), ("#panic()", "panicked"), ("#nothing", "unknown variable")],
)
def test_a_fault_of_the_template_is_not_covered_up_by_a_file_that_is_not_accessible(template, body, says):
    with pytest.raises(typst.TypstError, match=says):
        pdf_of(template(body), {}, made_at=MADE_AT)


def test_a_character_that_no_font_has_makes_a_file_without_the_claim(template):
    name = template("= One\n#data.text")

    assert b"pdfuaid" in pdf_of(name, {"text": "plain"}, made_at=MADE_AT)
    assert b"pdfuaid" not in pdf_of(name, {"text": "😀"}, made_at=MADE_AT)


def test_a_text_cannot_pretend_to_be_the_reason(template):
    with pytest.raises(typst.TypstError):
        pdf_of(template("#panic(data.text)"), {"text": "PDF/UA-1 error: the text"}, made_at=MADE_AT)
