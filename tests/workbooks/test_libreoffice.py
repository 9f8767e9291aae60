"""LibreOffice opens every file we write, counts what our formulas count, and saves it again to an equal import."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.reports.figures import figures_of
from section11.workbooks.partnership_workbook import write_partnership_workbook
from section11.workbooks.return_checks import checked
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return, write_set_form
from tests.unit.figure_builders import four_organisations
from tests.workbooks.builders import A_HASH
from tests.workbooks.full_form import FORM, SET_WITH_VALUES


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory):
    """Every kind of file we write, after LibreOffice opened it and saved it, by name."""
    folder = tmp_path_factory.mktemp("libreoffice")
    collated = four_organisations()
    blank = SetForm(organisation_type=None, partnership_name="R", standards_set=SET_WITH_VALUES, made_at=FORM.made_at)
    written = {
        "filled": write_return(FORM),
        "blank": write_return(replace(FORM, answers={}, actions={})),
        "set": write_set_form(blank),
        "partnership": write_partnership_workbook(collated, figures_of(collated)),
    }
    for name, content in written.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/again"),
            *(str(folder / f"{name}.xlsx") for name in written),
        ],
        check=True,
        capture_output=True,
        timeout=200,
    )
    return {name: (content, (folder / "again" / f"{name}.xlsx").read_bytes()) for name, content in written.items()}


@pytest.mark.parametrize("name", ["filled", "blank"])
def test_a_return_that_libreoffice_saved_imports_equal(saved_again, name):
    before, after = (checked(read_return(content), SET_WITH_VALUES, "police") for content in saved_again[name])

    assert (before.problems, after.problems) == ((), ())
    assert after.answers == before.answers
    assert after.actions == before.actions
    assert after.base == before.base
    assert read_return(saved_again[name][1]).set_sha256 == A_HASH


@pytest.mark.parametrize("name", ["filled", "blank", "set", "partnership"])
def test_every_file_we_write_keeps_its_sheets_in_libreoffice(saved_again, name):
    before, after = (load_workbook(BytesIO(content)) for content in saved_again[name])

    assert after.sheetnames == before.sheetnames


def test_the_cover_counts_and_the_action_plan_follows_the_answers(saved_again):
    book = load_workbook(BytesIO(saved_again["filled"][1]), data_only=True)
    cover = {row[1].value: row[2].value for row in book["Start here"].iter_rows() if row[1].value}

    assert "8 of 9 questions answered" in cover
    assert {label: cover[label] for label in ("Partly met", "Fully met", "Not applicable", "Don't know yet")} == {
        "Partly met": 1, "Fully met": 0, "Not applicable": 1, "Don't know yet": 0,
    }  # fmt: skip
    assert cover["Numbers and facts given"] == 6
    assert cover["Brought forward, not yet confirmed"] == 1
    assert cover["Actions still needed"] == 1
    plan = book["Action plan"]
    assert [plan[f"C{row}"].value for row in (5, 6, 8)] == ["Partly met", "Not applicable", "Fully met"]
    assert plan["D5"].value == "Needs an action"
