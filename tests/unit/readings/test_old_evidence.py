"""Evidence whose newest date lies before the period."""

import pytest

from section11.domain.readings.old_evidence import CHECK
from tests.unit.readings.builders import a_return, noticed, rated, said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The policy is in place.",
        "Policy of 2021, reviewed in May 2026",
        "Agreed in 2024",  # could be December
        "Written for Working Together 2018 and the Children Act 2004",
        "A lead has been in post since 2015",
        "Audit of 01/10/2024",
    ],
)
def test_text_without_an_old_date_or_with_a_newer_one_is_left_alone(text):
    assert noticed(CHECK, a_return(rated("S1.1", evidence=text))) == []


@pytest.mark.parametrize("text", ["Audit of 30/09/2024", "Policy of March 2023", "Agreed 2022", "Plan 2019-2021"])
def test_evidence_that_ends_before_the_period_is_noticed(text):
    assert noticed(CHECK, a_return(rated("S1.1", evidence=text))) == [("S1.1",)]


def test_a_date_under_impact_counts_too():
    fresh = rated("S1.1", evidence="Policy of March 2023", impact="In June 2026 more children came to us.")

    assert noticed(CHECK, a_return(fresh)) == []


def test_under_a_low_rating_an_old_date_is_honest():
    assert noticed(CHECK, a_return(rated("S1.1", "partly", evidence="Policy of March 2023"))) == []


def test_it_names_the_date_and_the_beginning_of_the_period():
    assert said(CHECK, a_return(rated("S1.1", evidence="Policy 2020, reviewed March 2023"))) == (
        "The newest date in the evidence is March 2023, before this period began (1 October 2024). "
        "Add what has been checked or done since."
    )
