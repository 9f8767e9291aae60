"""The set of the README, written out as it stands there, through a whole cycle: form, Excel return, figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.definitions.library import StandardsLibrary
from section11.domain.people import OPERATOR
from section11.services.cycles import create_cycle, open_cycle
from section11.services.excel_returns import download_return, import_return
from section11.services.exports import download_workbook, export_figures
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.taking_in.organisations import import_organisations
from tests.content.test_standards_readme import EXAMPLE_FILES
from tests.services.builders import PARTNERSHIP, Role, invite, start

RETURN = "2027.oak-lane-youth-club"


@pytest.fixture
def readme_office(office, tmp_path):
    for path, text in EXAMPLE_FILES:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return replace(office, library=StandardsLibrary(tmp_path / "standards", office.types.keys))


def test_the_set_of_the_readme_is_answered_in_excel_signed_and_counted(readme_office):
    admin = start(readme_office, "Riverdale")
    import_organisations(readme_office, admin, PARTNERSHIP, b"name,type\nOak Lane Youth Club,vcse\n", "o.csv")
    approver = invite(readme_office, Role.APPROVER, organisation_id="oak-lane-youth-club")
    create_cycle(
        readme_office,
        admin,
        name="2027",
        due=date(2027, 3, 31),
        set_ids_by_type={"*": "riverdale-small-2027"},
        partnership_ids=frozenset({PARTNERSHIP}),
    )
    open_cycle(readme_office, admin, "2027")

    book = load_workbook(BytesIO(download_return(readme_office, approver, RETURN).content))
    sheet = book["Answers"]
    typed = {"S1.1": "In place", "S1.2": "Under way"}
    for row in range(4, sheet.max_row + 1):
        if sheet[f"A{row}"].value in typed:
            sheet[f"E{row}"] = typed[sheet[f"A{row}"].value]
    stream = BytesIO()
    book.save(stream)
    import_return(readme_office, approver, RETURN, stream.getvalue())
    send_for_sign_off(readme_office, approver, RETURN)
    sign_off(readme_office, approver, RETURN, agreed=True)

    [figures] = export_figures(readme_office, OPERATOR, "2027")["sets"]
    workbook = load_workbook(BytesIO(download_workbook(readme_office, OPERATOR, "2027").content))
    assert {key: one["count"] for key, one in figures["total"]["ratings"].items()} == {
        "in_place": 1, "under_way": 1, "not_yet": 0,
    }  # fmt: skip
    assert figures["standards"][0]["levels"]["mixed"] == 1  # one of two in place is 50 %; strong needs all
    assert [[cell.value for cell in row][:2] for row in workbook["By standard"].iter_rows(min_row=5)] == [
        ["S1", "People who lead"],
        ["All", "All standards"],
    ]
