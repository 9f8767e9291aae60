"""A set is read once and remembered until one of its files says something else."""

import os

import pytest

from section11.definitions.library import StandardsLibrary
from section11.definitions.remembered_sets import read_remembered
from section11.domain.standards import StandardsSet
from tests.services.builders import SET_ID, write_small_set


@pytest.fixture
def library(tmp_path):
    return StandardsLibrary(write_small_set(tmp_path / "standards"), frozenset({"childminder", "police-force"}))


def set_in(library) -> StandardsSet:
    read = read_remembered(library, library.folder / SET_ID)
    assert read.standards_set is not None
    return read.standards_set


def rewrite(path, before, after):
    """Change words of a file and keep its size and its dates, as a careless copy would."""
    kept = path.stat()
    text = path.read_text()
    assert before in text
    assert len(before) == len(after)
    path.write_text(text.replace(before, after))
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def test_the_same_words_are_not_read_again(library):
    assert set_in(library) is set_in(library)


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (f"{SET_ID}/set.yaml", "A small set", "A great set", lambda one: one.title == "A great set"),
        (f"{SET_ID}/s2.yaml", "Listening", "Attending", lambda one: one.standards[1].title == "Attending"),
        ("scales.yaml", "Fully met", "Truly met", lambda one: one.scale.best.label == "Truly met"),
    ],
)
def test_a_change_in_any_of_its_files_counts_at_once_even_with_the_old_size_and_date(
    library, file, before, after, says
):
    assert not says(set_in(library))

    rewrite(library.folder / file, before, after)

    assert says(set_in(library))


def test_a_file_outside_the_folder_is_watched_too(library):
    folder = library.folder / SET_ID
    (folder / "s2.yaml").rename(library.folder / "shared.yaml")
    set_file = folder / "set.yaml"
    set_file.write_text(set_file.read_text().replace("s2.yaml", "../shared.yaml"))
    assert set_in(library).standards[1].title == "Listening"

    rewrite(library.folder / "shared.yaml", "Listening", "Attending")

    assert set_in(library).standards[1].title == "Attending"


def test_faults_are_remembered_until_they_are_corrected(library):
    folder = library.folder / SET_ID
    rewrite(folder / "s1.yaml", "title: Leadership", "titel: Leadership")
    assert read_remembered(library, folder).standards_set is None

    rewrite(folder / "s1.yaml", "titel: Leadership", "title: Leadership")

    assert set_in(library).title == "A small set"


def test_a_standard_file_that_was_missing_is_found_when_it_is_there(library):
    folder = library.folder / SET_ID
    (folder / "s2.yaml").rename(folder / "s2.txt")
    assert read_remembered(library, folder).standards_set is None

    (folder / "s2.txt").rename(folder / "s2.yaml")

    assert len(set_in(library).standards) == 2


def test_other_organisation_types_are_another_reading(library):
    assert set_in(library).title == "A small set"

    without = StandardsLibrary(library.folder, frozenset())

    assert read_remembered(without, library.folder / SET_ID).standards_set is None
