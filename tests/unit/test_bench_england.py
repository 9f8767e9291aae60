"""What England would take is reckoned from measured figures, and from nothing where they are missing."""

from bench.england import section

FACTS = {
    "server seconds of a change": 0.006,
    "database seconds of a change": 0.001,
    "megabytes of a session": 0.9,
    "seconds of a letter": 0.036,
}


def test_without_figures_nothing_is_reckoned():
    assert "Not reckoned" in section({})
    assert "Not reckoned" in section(FACTS | {"server seconds of a change": 0.0})


def test_a_change_that_takes_longer_takes_more_cores():
    quick, slow = section(FACTS), section(FACTS | {"server seconds of a change": 0.012})

    assert cores(quick) * 2 - 1 <= cores(slow) <= cores(quick) * 2


def test_letters_are_reckoned_where_they_were_measured():
    assert "0.3 h of a core" in section(FACTS)
    assert "letters to all" not in section({key: FACTS[key] for key in list(FACTS)[:3]})


def cores(words):
    line = next(line for line in words.splitlines() if line.startswith("| cores of the product"))
    return int(line.split("|")[2])
