"""The command that writes all feedback letters of a cycle."""

import zipfile


def test_where_nothing_is_released_the_command_says_so_and_leaves_no_file(open_cycle):
    said = open_cycle("letters", "--cycle", "2026", "--out", open_cycle.folder / "letters.zip", code=1)

    assert "No return of this cycle has been released" in said.output
    assert not list(open_cycle.folder.glob("letters*"))


def test_a_cycle_there_is_not_and_a_place_there_is_not_are_refused(section11):
    section11("demo", "--agencies", 3, "--schools", 0)

    assert 'There is no cycle "1999".' in section11("letters", "--cycle", "1999", code=1).output
    said = section11("letters", "--cycle", "2024", "--out", section11.folder / "no-folder" / "a.zip", code=1)
    assert "Choose another place with --out." in said.output


def test_the_letters_of_a_cycle_are_written_into_one_file(section11):
    section11("demo", "--agencies", 3, "--schools", 0)
    ids = {"riverdale-police", "riverdale-council-childrens-services", "nhs-riverdale-integrated-care-board"}

    for letter_format in ("pdf", "docx"):
        out = section11.folder / f"{letter_format}.zip"
        said = section11("letters", "--cycle", "2024", "--format", letter_format, "--out", out)

        assert said.output.endswith("with 3 letters.\n")
        with zipfile.ZipFile(out) as archive:
            assert set(archive.namelist()) == {f"2024-{one}-letter.{letter_format}" for one in ids}
    assert not list(section11.folder.glob("*.part"))
