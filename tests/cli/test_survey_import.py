"""The command that takes in a staff survey."""

FILE = """organisation,question,arrangement,agree,responses
riverdale-police,S1.2,,14,37
riverdale-police,S1.3,,2,4
,,S11-03,200,260
"""


def test_a_survey_comes_in_and_is_counted(open_cycle):
    file = open_cycle.file("survey.csv", FILE)

    said = open_cycle("survey", "import", file, "--cycle", "2026").stdout

    assert said == ("Results imported: 2, of which replaced: 0. Left out for fewer than 5 responses: 1.\n")
    assert open_cycle.data("survey", "import", file, "--cycle", "2026") == {
        "results": 2,
        "replaced": 2,
        "too_few": 1,
        "dry_run": False,
    }


def test_a_dry_run_says_what_would_come_in_and_changes_nothing(open_cycle):
    file = open_cycle.file("survey.csv", FILE)

    said = open_cycle("survey", "import", file, "--cycle", "2026", "--dry-run").stdout

    assert said.startswith("Results would be imported: 2")
    assert open_cycle.data("survey", "import", file, "--cycle", "2026")["replaced"] == 0


def test_every_row_with_a_fault_is_named_and_nothing_comes_in(open_cycle):
    faulty = open_cycle.file("survey.csv", FILE.replace("14,37", "38,37").replace("S11-03", "S11-99"))

    refused = open_cycle("survey", "import", faulty, "--cycle", "2026", code=2)

    assert "row 2: 38 agree, but only 37 answered." in refused.stderr
    assert 'row 4: "S11-99" is not an arrangement' in refused.stderr
    assert "2 problems" in refused.stderr


def test_a_cycle_that_does_not_exist_is_not_available(open_cycle):
    refused = open_cycle("survey", "import", open_cycle.file("survey.csv", FILE), "--cycle", "1999", code=1)

    assert "There is no cycle" in refused.stderr
