"""Open data on the command line: one file each, and refusals in a sentence."""

import io
import json
import zipfile

import pytest


@pytest.mark.parametrize("file_format", ["csv", "ods", "json"])
def test_a_cycle_that_does_not_exist_is_refused_and_no_file_is_written(open_cycle, file_format):
    refused = open_cycle("export", file_format, "--cycle", "1999", "--out", open_cycle.folder / "out", code=1)

    assert 'There is no cycle "1999".' in refused.stderr
    assert not (open_cycle.folder / "out").exists()


def test_a_folder_that_does_not_exist_is_refused_in_a_sentence(open_cycle):
    refused = open_cycle("export", "ods", "--cycle", "2026", "--out", open_cycle.folder / "no" / "file.ods", code=1)

    assert "Choose another place with --out." in refused.stderr


def test_each_format_is_written_with_the_numbers_of_the_figures(open_cycle):
    results = "organisation,question,rating\nriverdale-police,S1.1,fully_met\n"
    open_cycle("results", "import", open_cycle.file("r.csv", results), "--cycle", "2026")
    for file_format in ("csv", "ods", "json"):
        open_cycle("export", file_format, "--cycle", "2026", "--out", open_cycle.folder / f"data.{file_format}")

    data = json.loads((open_cycle.folder / "data.json").read_text(encoding="utf-8"))
    figures = open_cycle.data("figures", "--cycle", "2026")
    returns = data["tables"]["returns"]["rows"]
    assert sum(row["counts"] for row in returns) == figures["from"]["returns_counted"] == 1
    assert sum(row["n"] or 0 for row in returns) == sum(one["total"]["n"] for one in figures["sets"])
    with zipfile.ZipFile(io.BytesIO((open_cycle.folder / "data.csv").read_bytes())) as package:
        assert "datapackage.json" in package.namelist()
    with zipfile.ZipFile(open_cycle.folder / "data.ods") as sheet:
        assert sheet.namelist()[0] == "mimetype"
