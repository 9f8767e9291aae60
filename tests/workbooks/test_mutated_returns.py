"""Three hundred returns that something happened to on the way: each is read, or refused in a sentence; none crashes."""

from __future__ import annotations

import random
import zipfile
from datetime import date
from io import BytesIO

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.errors import NotOurFileError
from section11.workbooks.return_checks import CheckedReturn, checked
from section11.workbooks.return_reader import read_return
from section11.workbooks.return_writer import write_return
from tests.workbooks.builders import a_form, opened, saved
from tests.workbooks.test_return_values import SET_WITH_VALUES

FORM = a_form(
    (
        Answer("S1.1", rating="partly_met", evidence="Minutes of May", impact="Faster", version=2),
        Answer("S1.2", marker=Marker.NOT_APPLICABLE, reason="No such service", carried_from="2024"),
        Answer("P.2", value="40"),
    ),
    (Action("S1.1", "Train", "Head of learning", date(2026, 12, 1)),),
    standards_set=SET_WITH_VALUES,
)
CONTENT = write_return(FORM)
SHEETS = ["Answers", "Action plan", "About you", "Start here", "_return", "_base", "_lists"]
THINGS = [
    "Fully met", "", None, 0, -1, 1e308, 46295, True, "=1+1", "#REF!", "S1.1", "30/02/2026", "x" * 32_767, "\u202e",
    date(2026, 1, 1),
]  # fmt: skip
BITS = [
    b"<", b">", b"&", b"\0", b"\xff", b"</c>", b"<row>", b'r=""', b'r="A0"', b't="s"', b"<v>999999999</v>",
    b"<v>NaN</v>", b's="-7"', b"]]>", b"<!--",
]  # fmt: skip


def flip_bytes(dice: random.Random) -> bytes:
    content = bytearray(CONTENT)
    for _ in range(dice.randint(1, 20)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def cut_off(dice: random.Random) -> bytes:
    return CONTENT[: dice.randrange(len(CONTENT))]


def damage_a_part(dice: random.Random) -> bytes:
    """Change, cut or drop one part of the archive and leave the archive itself sound."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(CONTENT)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = dice.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            data = old.read(name)
            if name == chosen:
                at, length = dice.randrange(len(data)), dice.choice([0, 1, 5, 50])
                data = dice.choice([data[:at] + dice.choice(BITS) + data[at + length :], data[:at], b""])
            if name != chosen or data:
                new.writestr(name, data)
    return result.getvalue()


def edit_like_a_person(dice: random.Random) -> bytes:
    """Insert, delete, merge, hide, rename, copy and overwrite, several times over."""
    workbook = opened(CONTENT)
    for _ in range(dice.randint(1, 8)):
        sheet = workbook[dice.choice([name for name in workbook.sheetnames if name in SHEETS])]
        row, column = dice.randint(1, 14), dice.randint(1, 12)
        match dice.randrange(9):
            case 0:
                sheet.insert_rows(row, dice.choice([1, 3, 40]))
            case 1:
                sheet.delete_rows(row, dice.randint(1, 4))
            case 2:
                sheet.insert_cols(column)
            case 3:
                sheet.delete_cols(column)
            case 4:
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + 2, end_column=column + 1)
            case 5:
                sheet.row_dimensions[row].hidden = True
            case 6 if sheet.title != "_lists":
                sheet.title = dice.choice(["Ours", "answers", "Sheet1", "_x"])
            case 7:
                workbook.copy_worksheet(sheet)
            case _:
                for merged in list(sheet.merged_cells.ranges):
                    sheet.unmerge_cells(str(merged))
                sheet.cell(row, column).value = dice.choice(THINGS)
    return saved(workbook)


MUTATIONS = (flip_bytes, cut_off, damage_a_part, edit_like_a_person)


def outcome_of(content: bytes) -> CheckedReturn | str:
    try:
        return checked(read_return(content), SET_WITH_VALUES, "police")
    except NotOurFileError as refusal:
        return refusal.user_message


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_seventy_five_mutated_returns_are_read_or_refused_in_a_sentence(mutate):
    dice = [random.Random(f"{mutate.__name__} {number}") for number in range(75)]  # noqa: S311 - the same each time
    outcomes = [outcome_of(mutate(one)) for one in dice]

    for outcome in outcomes:
        if isinstance(outcome, str):
            assert outcome.endswith(".")
        else:
            assert all(problem.place and problem.message.endswith(".") for problem in outcome.problems)
            assert outcome.answers.keys() <= SET_WITH_VALUES.questions_by_id.keys()
    assert len(outcomes) == 75
