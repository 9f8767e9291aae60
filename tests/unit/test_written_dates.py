"""Dates written inside texts: which are found, what they can mean at the latest, and which years are no dates."""

from datetime import date

import pytest

from section11.domain.written_dates import dates_in, exact_days_in, newest_in, newest_may_be_before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No date here",
        "Working Together to Safeguard Children 2018",
        "Working Together 2026 and KCSIE 2025",
        "Children Act 2004, section 11",
        "the Equality Act (2010)",
        "in line with Keeping Children Safe in Education 2024",
        "We have had a lead since 2015",
        "in place since March 2019",
        "2020 staff were asked",
        "2024 children and families",
        "It costs £2023 a year",
        "Room 2.2023/4 and version 1.2022",
        "40/2020 is not a month and 45/13/2022 is not a day",
        "31/02/2022",
        "NHS number 943 476 5919",
        "S11-2018 and WT2023",
        "12,2023 of them",
    ],
)
def test_what_is_not_a_date_is_not_found(text):
    assert dates_in(text) == []


@pytest.mark.parametrize(
    ("text", "words", "last_day"),
    [
        ("Audit of 12/03/2023 shows it", "12/03/2023", date(2023, 3, 12)),
        ("Audit of 12.3.23.", "12.3.23", date(2023, 3, 12)),
        ("On 2023-03-12 the board met", "2023-03-12", date(2023, 3, 12)),
        ("On 3rd of March 2023, we met", "3rd of March 2023", date(2023, 3, 3)),
        ("Board, 3 Sept. 2023", "3 Sept. 2023", date(2023, 9, 3)),
        ("March 3, 2023", "March 3, 2023", date(2023, 3, 3)),
        ("Reviewed in March 2023.", "March 2023", date(2023, 3, 31)),
        ("Reviewed in February 2024", "February 2024", date(2024, 2, 29)),
        ("Reviewed Mar '23", "Mar '23", date(2023, 3, 31)),
        ("Reviewed (03/2023)", "03/2023", date(2023, 3, 31)),
        ("In 2023/24 all staff", "2023/24", date(2024, 12, 31)),
        ("Strategy 2023–2027", "2023–2027", date(2027, 12, 31)),
        ("Policy 2022", "2022", date(2022, 12, 31)),
        ("Safeguarding policy (2022), agreed", "2022", date(2022, 12, 31)),
        ("Autumn term 2022", "2022", date(2022, 12, 31)),
    ],
)
def test_a_date_is_found_with_the_last_day_it_can_mean(text, words, last_day):
    [found] = dates_in(text)

    assert (found.words, found.last_day) == (words, last_day)
    assert text[found.start : found.end] == words


def test_every_date_is_found_once_and_in_order():
    found = dates_in("Policy 2022, reviewed 3 March 2024 and again in May 2025; audit 01/02/2023.")

    assert [one.words for one in found] == ["2022", "3 March 2024", "May 2025", "01/02/2023"]


def test_the_newest_date_decides_wherever_it_stands():
    newest = newest_in("Audit of May 2025, policy of 2021")

    assert newest is not None
    assert newest.words == "May 2025"
    assert newest_in("nothing") is None


def test_only_dates_that_name_a_day_are_exact():
    assert [one.words for one in exact_days_in("2022, March 2023, 3/4/2023")] == ["3/4/2023"]


def test_a_very_long_text_is_read_at_once():
    assert len(dates_in("In March 2023 we met. " * 1_400)) == 1_400


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("No date here", False),
        ("Reviewed in May 2024", False),
        ("Begun in March 2021, reviewed in May 2024.", False),
        ("Reviewed in May 2021", True),
        ("Begun in March 2021, reviewed in December 2022.", False),
        ("Begun in March 2021, reviewed in November 2022.", True),
        ("Reviewed on 3/5/21", True),
        ("Begun in March 2021, and 2024 children were seen", True),
        ("Begun in March 2021, as Working Together in the words of May 2024 staff says", True),
        ("Begun in March 2021, and open since May 2024.", True),
    ],
)
def test_a_quick_look_tells_where_the_newest_date_is_surely_not_old(text, may_be):
    assert newest_may_be_before(text, date(2022, 12, 1)) is may_be


def test_a_quick_look_never_passes_over_a_text_whose_newest_date_is_old():
    day = date(2024, 1, 5)
    for text in ("2022/23", "since in May 2021", "Mar '23, act 2024", "2019-03-01 and 2024 staff", "(May 2023)"):
        newest = newest_in(text)
        assert newest is not None
        assert newest.last_day < day
        assert newest_may_be_before(text, day)
