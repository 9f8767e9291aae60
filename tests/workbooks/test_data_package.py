"""The CSV package: Frictionless finds it valid, nothing is cut, and no text becomes a formula."""

import csv
import io
import json
import random
import zipfile

import pytest
from frictionless import validate

from section11.reports.figures import figures_of
from section11.reports.open_data import open_data_of
from section11.workbooks.data_package import write_data_package
from tests.unit.figure_builders import POLICE, a_cycle, a_return, four_organisations, published_matrix, rated
from tests.workbooks.test_partnership_recount import thirty_mixed_organisations

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x.example","Open")']
HOSTILE = ["a,b;c", 'say "no"', "two\nlines", "tab\there", "’Ünïcode’ 👩🏽‍🏫", "\x00\x0bgone", "x" * 40_000, "'quoted"]


def package_of(collated):
    return write_data_package(open_data_of(collated, figures_of(collated)))


def table_in(package, name):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def evidence_written(text):
    package = package_of(a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully", evidence=text)])))
    return next(row["evidence"] for row in table_in(package, "answers") if row["question_id"] == "S1.1")


def faults_in(package, folder):
    path = folder / "package.zip"
    path.write_bytes(package)
    report = validate(str(path), type="package")
    return report.flatten(["type", "note"])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(text):
    assert evidence_written(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+12.5", "plain", "'already"])
def test_numbers_and_other_texts_are_left_as_they_are(text):
    assert evidence_written(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back_whole_but_for_control_characters(text):
    assert evidence_written(text) == text.replace("\x00", "").replace("\x0b", "")


@pytest.mark.parametrize("build", [four_organisations, thirty_mixed_organisations, published_matrix, a_cycle])
def test_frictionless_finds_the_package_valid(build, tmp_path):
    assert faults_in(package_of(build()), tmp_path) == []


def test_the_package_of_hostile_answers_is_valid_too(tmp_path):
    chance = random.Random(3)  # noqa: S311 - a fixed choice, not a secret
    returns = [
        a_return(
            name, POLICE, [rated(one, "fully", evidence=chance.choice([*FORMULAS, *HOSTILE])) for one in ("S1.1",)]
        )
        for name in ("=Police", "Ünïcode, “&” <co>", "two\nlines")
    ]

    package = package_of(a_cycle(*returns))

    assert faults_in(package, tmp_path) == []
    assert len(table_in(package, "organisations")) == 3


def test_frictionless_would_see_a_wrong_word_so_the_check_is_one(tmp_path):
    package = package_of(four_organisations())
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(spoilt, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b",rated,", b",excellent,"))

    assert any(kind == "constraint-error" for kind, _note in faults_in(spoilt.getvalue(), tmp_path))


def test_the_description_says_from_what_it_was_taken_and_how_formulas_are_guarded():
    with zipfile.ZipFile(io.BytesIO(package_of(four_organisations()))) as archive:
        description = json.loads(archive.read("datapackage.json"))

    assert "returned of 4 expected" in description["description"]
    assert "apostrophe" in description["description"]
    assert description["created"] == "2026-10-14T14:02:00Z"


def test_every_row_of_answers_is_in_the_file():
    collated = thirty_mixed_organisations()
    data = open_data_of(collated, figures_of(collated))

    assert len(table_in(write_data_package(data), "answers")) == len(data.table("answers").rows)
