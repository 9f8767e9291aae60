"""A return as Excel saves it: texts in a shared list, with runs and phonetic guides; transitional and strict."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from section11.workbooks.return_checks import checked
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.full_form import FORM, SET_WITH_VALUES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
INLINE = re.compile(
    r'<c r="(\w+)"( s="\d+")? t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is></c>', re.DOTALL
)
RELATION = (
    '<Relationship Id="rId99" Target="sharedStrings.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)


def as_excel_saves_it(content: bytes, *, prefix: str = "", strict: bool = False) -> bytes:
    """Move the texts into the shared list, each in two runs with a guide to its sound, and add what Excel adds."""
    texts: list[str] = []

    def share(cell: re.Match[str]) -> str:
        texts.append(cell[3])
        return f'<c r="{cell[1]}"{cell[2] or ""} t="s"><v>{len(texts) - 1}</v></c>'

    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                words = INLINE.sub(share, data.decode())
                words = re.sub(r'<row r="(\d+)"', r'<row r="\1" spans="1:14" dyDescent="0.25"', words)
                data = _named(words, prefix, strict).encode()
            elif name == "xl/_rels/workbook.xml.rels":
                data = data.replace(b"</Relationships>", RELATION.encode())
            new.writestr(name, data)
        items = "".join(f'<si>{_runs(text)}<rPh sb="0" eb="1"><t>SOUND</t></rPh></si>' for text in texts)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" count="{len(texts)}">{items}</sst>')
    return result.getvalue()


def _runs(text: str) -> str:
    """Cut a text in two, but not inside an entity such as ``&amp;``."""
    middle = len(text) // 2
    if "&" in text:
        return f'<t xml:space="preserve">{text}</t>'
    run = '<r><rPr><b/></rPr><t xml:space="preserve">{}</t></r>'
    return run.format(text[:middle]) + run.format(text[middle:])


def _named(words: str, prefix: str, strict: bool) -> str:
    if strict:
        words = words.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    if prefix:
        words = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}:", words).replace("xmlns=", f"xmlns:{prefix}=", 1)
    return words


@pytest.mark.parametrize("how", [{}, {"strict": True}, {"prefix": "x"}], ids=["as usual", "strict", "with prefixes"])
def test_a_return_that_excel_saved_imports_equal(how):
    content = write_return(FORM)
    saved = as_excel_saves_it(content, **how)
    assert b"inlineStr" not in zipfile.ZipFile(BytesIO(saved)).read("xl/worksheets/sheet2.xml")

    before, after = (checked(read_return(one), SET_WITH_VALUES, "police") for one in (content, saved))

    assert after.problems == ()
    assert (after.answers, after.actions, after.base) == (before.answers, before.actions, before.base)
