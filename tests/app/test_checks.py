"""What a careful reader would ask: on the whole return before sign-off, on scrutiny's page, and in one list."""

import pytest

from section11.domain.readings import CHECKS
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.taking_in.survey import import_survey
from section11.ui.components.notices import TITLE
from tests.app.browsing import cells_of, field, go_to, links_on, words_on
from tests.services.builders import CYCLE, FIRE_RETURN, POLICE_RETURN, answer, in_progress, submitted

BARE = "Rated “Fully met”, but no evidence is given. Say what shows it, or rate it lower."
NAMED = "The text may identify somebody (a name). Name a post instead, and leave children unnamed."


def with_things_to_ask(town, *, sign=True):
    """Bring the police return to a state in which S1.2 has no evidence and S2.1 names somebody."""
    in_progress(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", evidence="")
    answer(town, town.contributor, POLICE_RETURN, "S2.1", evidence="Ask Mr Smith")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    if sign:
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)


def test_before_sign_off_each_thing_is_a_link_to_its_question_and_keeps_nobody_from_signing(town, open_app):
    with_things_to_ask(town, sign=False)

    at = go_to(open_app(town.office, town.approver), "whole_return.py", assessment=POLICE_RETURN)

    assert f"{TITLE} (2)" in words_on(at)
    links = links_on(at)
    assert links[f"S2.1: {NAMED}"] == f"assessment={POLICE_RETURN}&standard=S2&question=S2.1"
    assert links[f"S1.2: {BARE}"] == f"assessment={POLICE_RETURN}&standard=S1&question=S1.2"
    assert not at.button(key="page.sign").disabled


def test_what_nobody_can_sign_without_is_named_once(town, open_app):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="not_met")

    said = words_on(go_to(open_app(town.office, town.contributor), "whole_return.py", assessment=POLICE_RETURN))

    assert "Essential and rated low. Add an action with an owner and a date." in said
    assert "there is no action" not in said
    assert TITLE not in said


def test_a_signed_return_is_read_without_them(town, open_app):
    with_things_to_ask(town)

    at = go_to(open_app(town.office, town.contributor), "whole_return.py", assessment=POLICE_RETURN)

    assert TITLE not in words_on(at)


def test_scrutiny_sees_them_above_the_answers(town, open_app):
    with_things_to_ask(town)

    said = words_on(go_to(open_app(town.office, town.scrutiny), "organisation.py", assessment=POLICE_RETURN))

    assert said.index(TITLE) < said.index(f"**S2.1** {NAMED}") < said.index(f"**S1.2** {BARE}") < said.index("Answers")


def test_a_return_without_any_is_said_to_have_none(town, open_app):
    submitted(town)
    at = open_app(town.office, town.scrutiny)

    assert "Nothing stands out in this return." in words_on(go_to(at, "organisation.py", assessment=POLICE_RETURN))
    assert "Nothing stands out in any of them." in words_on(go_to(at, "checks.py"))


def test_the_list_of_a_cycle_names_organisation_check_and_question_and_leads_to_the_return(town, open_app):
    with_things_to_ask(town)
    answer(town, town.fire_contributor, FIRE_RETURN, "S1.1", rating="fully_met")

    at = go_to(open_app(town.office, town.scrutiny), "checks.py")

    said = words_on(at)
    assert "What a careful reader would ask about 1 submitted return" in said
    assert said.index(NAMED) < said.index(BARE)
    assert links_on(at)["Riverdale Police"] == f"assessment={POLICE_RETURN}"
    assert "Riverdale Fire" not in said
    assert cells_of(at.table[0]) == [
        [CHECKS["identifying"].title, "1", "1"],
        [CHECKS["fully-met-without-evidence"].title, "1", "1"],
    ]


def test_the_list_is_narrowed_by_check_and_by_organisation_in_the_address(town, open_app):
    with_things_to_ask(town)
    submitted_with_a_gap(town)
    at = open_app(town.office, town.scrutiny)

    by_check = words_on(go_to(at, "checks.py", check="identifying"))
    assert NAMED in by_check
    assert BARE not in by_check

    go_to(at, "home.py")
    of_fire = links_on(go_to(at, "checks.py", organisation="riverdale-fire"))
    assert of_fire.keys() & {"Riverdale Police", "Riverdale Fire and Rescue"} == {"Riverdale Fire and Rescue"}

    at.selectbox(key="page.organisation").set_value("riverdale-police").run()
    assert "Riverdale Police" in links_on(at)
    assert at.query_params["organisation"] == "riverdale-police"


def submitted_with_a_gap(town):
    for question_id in ("S1.1", "S1.2", "S2.1", "S2.2"):
        answer(town, town.fire_contributor, FIRE_RETURN, question_id, rating="fully_met")
    send_for_sign_off(town.office, town.fire_contributor, FIRE_RETURN)
    sign_off(town.office, town.fire_approver, FIRE_RETURN, agreed=True)


def test_a_survey_that_comes_in_later_shows_at_once(town, open_app):
    submitted(town)
    at = go_to(open_app(town.office, town.scrutiny), "checks.py")
    assert "Nothing stands out" in words_on(at)
    file = b"organisation,question,agree,responses\nriverdale-police,S1.2,3,10\n"
    import_survey(town.office, town.admin, CYCLE, file, "survey.csv")

    at.run()

    assert "only 3 of 10 staff asked agree (30%)" in words_on(at)


@pytest.mark.parametrize("role", ["contributor", "approver", "board", "admin"])
def test_only_scrutiny_is_offered_the_list(town, open_app, role):
    with pytest.raises(ValueError, match=r"checks\.py"):
        go_to(open_app(town.office, getattr(town, role)), "checks.py")


def test_what_may_identify_somebody_is_pointed_out_under_its_box_and_saved_all_the_same(town, open_app):
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)
    assert words_on(at).count("No child or member of staff may be identifiable.") >= 2
    assert not at.warning

    at.text_area(key=field(POLICE_RETURN, "S1.1", "evidence")).input("Ask *Mr Smith*, NHS 943 476 5919").run()

    [warning] = at.warning
    assert "“Mr Smith” (a name), “943 476 5919” (an NHS number)" in warning.value
    assert "**Evidence:** Ask *Mr Smith*" in words_on(go_to(at, "whole_return.py", assessment=POLICE_RETURN))


def test_the_warning_goes_when_the_name_goes(town, open_app):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Ask Mr Smith")
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)
    assert len(at.warning) == 1

    at.text_area(key=field(POLICE_RETURN, "S1.1", "evidence")).input("Ask the head of training").run()

    assert not at.warning
