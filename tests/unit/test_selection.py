"""Selections: which returns are left, whose ratings are counted, and how an address says so."""

from dataclasses import replace

from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.organisations import DutyBasis
from section11.domain.workflow import AssessmentStatus
from section11.reports.figures import figures_of
from section11.reports.selection import ALL_RETURNS, RatingsBy, Selection, selected, selection_from
from tests.unit.figure_builders import CHARITY, POLICE, SCHOOL, a_cycle, a_return, four_organisations, rated


def names(selection: Selection) -> list[str]:
    return [one.organisation.name for one in selected(four_organisations(), selection).returns]


def test_what_an_address_says_in_nonsense_asks_nothing():
    said = {"duty": ["moonlight"], "ratings": ["best"], "type": []}

    assert selection_from(lambda name: said.get(name, [])) == ALL_RETURNS


def test_a_selection_comes_back_from_its_address():
    chosen = Selection("riverdale", frozenset({"b", "a"}), frozenset({DutyBasis.VOLUNTARY}), RatingsBy.MODERATION)

    address = chosen.as_address()

    assert address == {
        "partnership": ["riverdale"],
        "type": ["a", "b"],
        "duty": ["voluntary"],
        "ratings": ["moderated"],
    }
    assert selection_from(lambda name: address.get(name, [])) == chosen
    assert ALL_RETURNS.as_address() == {}


def test_types_and_bases_of_duty_leave_those_that_have_both():
    assert names(Selection(types=frozenset({"police", "charity"}))) == ["Riverdale Police", "Hope Charity"]
    assert names(Selection(types=frozenset({"police"}), duties=frozenset({DutyBasis.VOLUNTARY}))) == []
    assert names(Selection(duties=frozenset({DutyBasis.EQUIVALENT}))) == ["Oak School"]


def test_a_partnership_leaves_its_members_on_the_basis_they_have_there():
    here = replace(a_return("Oak School", SCHOOL), duty_by_partnership={"north": DutyBasis.VOLUNTARY})
    collated = a_cycle(here, a_return("Hope Charity", CHARITY))

    [kept] = selected(collated, Selection("north")).returns

    assert (kept.organisation.name, kept.duty) == ("Oak School", DutyBasis.VOLUNTARY)
    assert selected(collated, Selection("south")).returns == ()


def test_moderated_ratings_take_the_place_of_own_ones_and_leave_out_what_is_not_moderated():
    quality = EvidenceQuality.TESTED
    moderated = a_return(
        "Police",
        POLICE,
        [rated("S1.1", "fully"), rated("S1.2", "fully"), rated("S1.3", "fully")],
        status=AssessmentStatus.MODERATED,
        outcomes=[
            Moderation("S1.1", rating="partly", evidence_quality=quality),
            Moderation("S1.2", no_rating=True),
            Moderation("S1.3", rating="fully", evidence_quality=quality),
            Moderation("S2.1", rating="not", evidence_quality=quality),
            Moderation("S2.2", rating="not", evidence_quality=quality),
        ],
    )
    collated = a_cycle(moderated, a_return("School", SCHOOL, [rated("S1.1", "fully")]))

    figures = figures_of(collated, Selection(ratings_by=RatingsBy.MODERATION))

    [of_set] = figures.sets
    assert (of_set.returns_expected, of_set.returns_counted) == (1, 1)
    assert dict(of_set.total.by_rating) == {"fully": 1, "mostly": 0, "partly": 1, "not": 2}
    assert (of_set.total.not_applicable, of_set.total.denominator) == (1, 4)
    # Calibration still compares with what the organisation says itself.
    drift = of_set.calibration.total
    assert (drift.n, drift.higher, drift.same, drift.lower) == (2, 0, 1, 1)
    assert (drift.mean_steps, drift.mean_steps_moved) == (-1.0, 1.0)
