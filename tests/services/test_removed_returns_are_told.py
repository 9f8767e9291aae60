"""Whoever reads the totals of an old cycle is told how many of its returns are gone."""

import io
import json

import openpyxl
import pytest

from section11.reports.removed_returns import removed_words
from section11.services.board_packs import pack_figures, view_draft
from section11.services.exports import download_workbook, export_figures
from section11.services.open_data import download_data
from tests.services.builders import CYCLE
from tests.services.keeping_builders import applied, closed_long_ago, released, switch_on, with_kept_files

WORDS = "1 return of this cycle was deleted under the rules on how long data are kept."


@pytest.fixture
def town(town, tmp_path):
    town = with_kept_files(town, tmp_path)
    released(town)
    closed_long_ago(town)
    return town


@pytest.fixture
def thinned(town):
    switch_on(town, returns=7)
    applied(town)
    return town


def contents_of(town):
    book = openpyxl.load_workbook(io.BytesIO(download_workbook(town.office, town.scrutiny, CYCLE).content))
    return "\n".join(str(cell.value) for row in book["Contents"].iter_rows() for cell in row)


def open_data_of(town):
    return json.loads(download_data(town.office, town.scrutiny, CYCLE, "json").content)


def test_nothing_is_said_while_every_return_is_there(town):
    assert removed_words(0) == ""
    assert export_figures(town.office, town.scrutiny, CYCLE)["from"]["returns_deleted"] == 0
    assert "deleted" not in contents_of(town)


def test_figures_the_workbook_open_data_and_the_board_pack_say_how_many_were_deleted(thinned):
    town = thinned
    counted = pack_figures(town.office, town.scrutiny, CYCLE)

    assert export_figures(town.office, town.scrutiny, CYCLE)["from"]["returns_deleted"] == 1
    assert WORDS in contents_of(town)
    assert WORDS in json.dumps(open_data_of(town))
    assert WORDS in view_draft(town.office, town.scrutiny, CYCLE, counted).pack.source


def test_several_are_counted():
    assert removed_words(1_200).startswith("1,200 returns of this cycle were deleted")
