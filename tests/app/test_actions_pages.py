"""The pages of actions: an organisation says what became of them, scrutiny follows and verifies them."""

from datetime import date

import pytest

from section11.domain.actions import ActionStatus, Report
from section11.domain.answers import Action
from section11.services.actions import finish_action, update_action
from section11.services.answering import save_action
from section11.services.cycles import close_cycle
from tests.app.browsing import downloads_on, field, go_to, links_on, words_on
from tests.services.builders import (
    CYCLE,
    POLICE,
    POLICE_RETURN,
    open_a_cycle,
    promise,
    stored_actions,
    submitted_with_an_action,
    tracked_action,
)


def key_of(action_id, name):
    return f"page.action.{action_id}.{name}"


def save(at, action_id):
    return at.button(key=key_of(action_id, "save")).click().run()


@pytest.fixture
def action_id(town):
    """The action of the police for S1.1, due on 30 September 2026, in a return that is submitted."""
    return submitted_with_an_action(town)


@pytest.fixture
def own(town, action_id, open_app):
    """The Actions page as the contributor of the police sees it."""
    return go_to(open_app(town.office, town.contributor), "actions.py")


def test_without_an_action_the_page_says_where_one_begins(town, open_app):
    at = go_to(open_app(town.office, town.contributor), "actions.py")

    assert "Nothing has been promised yet. An action begins on the card of a question" in words_on(at)


def test_an_action_shows_what_was_promised_by_whom_and_by_when(own):
    said = words_on(own)

    assert "**Train every manager**" in said
    assert ":gray-badge[Open] Due 30 September 2026, in 212 days." in said
    assert "Owner: Head of training. From 2026, question S1.1: What do you do about S1.1?" in said
    assert "**1 open action, 0 of them overdue.**" in said


def test_an_overdue_action_says_so_in_words(town, action_id, open_app):
    town.office.clock.move(days=213)

    at = go_to(open_app(town.office, town.contributor), "actions.py")

    assert ":red-badge[Overdue] Was due 30 September 2026, 1 day ago." in words_on(at)


def test_an_update_is_saved_listed_and_leaves_the_box_empty_also_after_the_cycle_closed(town, action_id, own):
    close_cycle(town.office, town.admin, CYCLE)
    own.text_area(key=key_of(action_id, "words")).set_value("Course *booked* for May")

    save(own, action_id)

    assert not own.exception
    assert "Saved: the action for S1.1, Riverdale Police." in words_on(own)
    assert "**2 March 2026**, contributor of riverdale-police, open: Course *booked* for May" in words_on(own)
    assert own.text_area(key=key_of(action_id, "words")).value == ""
    assert tracked_action(town, POLICE_RETURN).updates == 1


def test_done_without_evidence_is_refused_and_everything_typed_stays(town, action_id, own):
    own.radio(key=f"{key_of(action_id, 'move')}.open").set_value("action_done")
    own.text_area(key=key_of(action_id, "words")).set_value("All courses held")
    own.text_area(key=key_of(action_id, "change")).set_value("Children are heard")

    save(own, action_id)

    assert [one.value for one in own.error] == [
        "Say what shows that it is done, then save again. What you wrote is still there."
    ]
    assert own.text_area(key=key_of(action_id, "words")).value == "All courses held"
    assert own.text_area(key=key_of(action_id, "change")).value == "Children are heard"
    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.OPEN


def test_done_with_evidence_moves_the_action_to_the_closed_ones(town, action_id, own):
    own.radio(key=f"{key_of(action_id, 'move')}.open").set_value("action_done")
    own.text_area(key=key_of(action_id, "completion")).set_value("Register of May")

    save(own, action_id)

    assert [one.value for one in own.header] == ["Closed"]
    assert "Done, not yet verified] Done on 2 March 2026. Was due 30 September 2026." in words_on(own)
    stored = tracked_action(town, POLICE_RETURN)
    assert (stored.status, stored.completion) == (ActionStatus.DONE, "Register of May")


def test_when_a_colleague_saved_meanwhile_both_texts_are_kept(town, action_id, own):
    own.text_area(key=key_of(action_id, "words")).set_value("Mine")
    update_action(town.office, town.approver, action_id, Report("From the approver"))

    save(own, action_id)

    assert "Somebody else reported on this action after you opened the page." in words_on(own)
    assert "From the approver" in words_on(own)
    assert own.text_area(key=key_of(action_id, "words")).value == "Mine"
    save(own, action_id)
    assert not own.error
    assert tracked_action(town, POLICE_RETURN).updates == 2


def test_another_organisations_actions_are_not_on_the_page(town, action_id, open_app):
    at = go_to(open_app(town.office, town.fire_contributor), "actions.py", action=str(action_id))

    assert "Train every manager" not in words_on(at)
    assert "Nothing has been promised yet." in words_on(at)


def test_the_action_that_the_address_names_stands_first_and_open(town, open_app):
    for question_id in ("S1.1", "S1.2", "S2.1"):
        promise(town, town.contributor, POLICE_RETURN, question_id)
    wanted = tracked_action(town, POLICE_RETURN, "S2.1").id

    at = go_to(open_app(town.office, town.contributor), "actions.py", action=str(wanted))

    assert at.expander[0].proto.expanded
    assert at.text_area[0].key == key_of(wanted, "words")


@pytest.mark.parametrize("named", ["nonsense", "999999", "1; drop table actions"])
def test_an_address_that_names_no_action_shows_the_page_all_the_same(town, action_id, open_app, named):
    at = go_to(open_app(town.office, town.contributor), "actions.py", action=named)

    assert not at.exception
    assert "Train every manager" in words_on(at)


def test_home_counts_open_and_overdue_actions_and_leads_to_them(town, open_app):
    save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.1", "Train", "Head", date(2026, 3, 2)))
    promise(town, town.contributor, POLICE_RETURN, "S1.2")
    town.office.clock.move(days=1)

    at = open_app(town.office, town.contributor)

    assert ":red-badge[Overdue] Riverdale Police: **2 open actions, 1 of them overdue**." in words_on(at)
    assert "Say what became of them" in links_on(at)


def test_home_says_nothing_about_actions_where_none_is_open(town, open_app):
    assert "Your actions" not in words_on(open_app(town.office, town.contributor))


def test_a_date_before_the_action_began_is_refused_in_the_form_and_stays_in_its_box(town, open_app):
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)
    at.text_input(key=field(POLICE_RETURN, "S1.1", "what")).set_value("Train every manager").run()

    at.date_input(key=field(POLICE_RETURN, "S1.1", "due")).set_value(date(2026, 3, 1)).run()

    assert "would be due on 1 March 2026, before it began on 2 March 2026." in words_on(at)
    assert at.date_input(key=field(POLICE_RETURN, "S1.1", "due")).value == date(2026, 3, 1)
    assert stored_actions(town, POLICE_RETURN) == {"S1.1": Action("S1.1", "Train every manager")}


def test_the_form_shows_what_is_still_open_from_an_earlier_cycle(town, open_app):
    open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    promise(town, town.contributor, f"2024.{POLICE}")
    earlier = tracked_action(town, f"2024.{POLICE}")

    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)

    assert (
        "**From 2024:** Train every manager (Head of training), due 30 September 2026, in 212 days. **Open.**"
        in words_on(at)
    )
    assert links_on(at)["Say what became of it (S1.1, 2024)"] == f"action={earlier.id}"


@pytest.fixture
def register(town, action_id, open_app):
    """The register with a finished action of the police, as the scrutiny lead sees it."""
    finish_action(town.office, town.contributor, action_id, Report("Held", "Register of May", "Safer hiring"))
    return go_to(open_app(town.office, town.scrutiny), "action_register.py")


def test_the_register_counts_by_standard_and_by_organisation(register):
    assert {one.label: one.value for one in register.metric} == {
        "n": "1",
        "Open": "0",
        "Overdue": "0",
        "Done, not yet verified": "1",
        "Verified": "0",
    }
    standards, organisations = (one.value for one in register.dataframe)
    assert list(standards.columns) == [
        "Standard",
        "n",
        "Open",
        "Overdue",
        "Done, not yet verified",
        "Verified",
        "Dropped",
    ]
    assert standards.to_numpy().tolist() == [["1. Leadership", 1, 0, 0, 1, 0, 0]]
    assert organisations.to_numpy().tolist() == [["Riverdale Police", 1, 0, 0, 1, 0, 0]]


def test_the_tables_of_a_partnership_with_one_cycle_are_narrowed_and_downloaded(register):
    assert [one.key for one in register.multiselect] == ["page.types", "page.duties"]
    assert sorted(downloads_on(register).values()) == ["/downloads/cycles/2026/actions-by-organisation.csv"]


def test_a_sampled_action_is_verified_from_the_page(town, action_id, register):
    assert "0 of 1 action in the sample verified, of 1 completed." in words_on(register)
    register.text_area(key=f"page.sample.{action_id}.words").set_value("Read the register")

    register.button(key=f"page.sample.{action_id}.action_verified").click().run()

    assert not register.exception
    assert "Verified: the action for S1.1, Riverdale Police." in words_on(register)
    assert "1 of 1 action in the sample verified, of 1 completed." in words_on(register)
    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.VERIFIED


def test_not_yet_done_without_a_reason_is_refused_and_said_beside_the_box(town, action_id, register):
    register.button(key=f"page.list.{action_id}.action_not_yet_done").click().run()

    assert "Say what is still missing, so that the organisation knows what to do." in words_on(register)
    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.DONE


def test_what_was_changed_after_it_was_read_is_not_verified(town, action_id, register):
    update_action(town.office, town.contributor, action_id, Report("", "Another register"))

    register.button(key=f"page.sample.{action_id}.action_verified").click().run()

    assert "Somebody else reported on this action after you opened the page." in words_on(register)
    assert "Another register" in words_on(register)
    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.DONE


def test_the_list_is_filtered_by_what_became_of_actions(town, register):
    register.selectbox(key="page.filter").set_value("Overdue").run()

    assert "Nothing matches." in words_on(register)
    assert not register.exception


def test_a_long_list_is_searched_and_paged(town, open_app):
    for number in range(2001, 2022):
        open_a_cycle(town, name=str(number), due=date(number, 3, 31))
        promise(town, town.contributor, f"{number}.{POLICE}")
    at = go_to(open_app(town.office, town.contributor), "actions.py")
    assert "21 actions, 20 on a page" in words_on(at)

    at.text_input(key="page.search-open").set_value("train 2007").run()

    assert words_on(at).count("**Train every manager**") == 1


def test_texts_with_markdown_are_drawn_as_they_were_written(town, open_app):
    action = Action("S1.1", "*Bold* :red[x] <b>", "_Head_ $x$", date(2026, 9, 30))
    save_action(town.office, town.contributor, POLICE_RETURN, action)

    said = words_on(go_to(open_app(town.office, town.contributor), "actions.py"))

    assert "*Bold* :red[x] <b>" in said
    assert "_Head_ $x$" in said
