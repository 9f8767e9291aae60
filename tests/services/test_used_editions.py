"""The editions that cycles have used, as they are found in a database, and where there is none."""

from datetime import date

import pytest

from section11.config import Settings
from section11.errors import SettingMissingError
from section11.services.used_editions import used_editions
from tests.services.builders import SET_ID, open_a_cycle, prepare_a_cycle


def test_each_cycle_that_was_opened_gives_the_edition_it_uses_the_latest_first(town, database_url):
    file = town.standards / SET_ID / "set.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("version: '1'", "version: '2'"), encoding="utf-8")
    open_a_cycle(town, name="2027", due=date(2027, 3, 31))
    prepare_a_cycle(town, name="2028", due=date(2028, 3, 31))

    found = used_editions(Settings(database_url=database_url))

    assert [(one.cycle_name, one.standards_set.version) for one in found] == [("2027", "2"), ("2026", "1")]
    assert found[0].standards_set == town.office.library.load(SET_ID)


def test_a_database_without_a_cycle_has_none(database_url):
    assert used_editions(Settings(database_url=database_url)) == []


def test_where_there_is_no_database_none_is_made_and_no_folder_for_one(tmp_path):
    nowhere = tmp_path / "data"

    assert used_editions(Settings(data_dir=nowhere)) == []
    assert used_editions(Settings(database_url=f"sqlite:///{nowhere / 'other.db'}")) == []

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_and_a_server_that_does_not_answer_have_none(tmp_path):
    file = tmp_path / "letters.db"
    file.write_text("Dear all, " * 100)

    assert used_editions(Settings(database_url=f"sqlite:///{file}")) == []
    assert used_editions(Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")) == []
    assert file.read_text().startswith("Dear all")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(SettingMissingError):
        used_editions(Settings(database_url="sqlite//letters.db"))
