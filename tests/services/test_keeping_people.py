"""People who left, sign-ins and readings: what goes when their time is over, and what others keep longer."""

from section11.domain.people import OPERATOR, Role
from section11.domain.retention import Rule
from section11.services.accounts import sign_in
from section11.services.invitations import accept_invitation, create_invitation
from section11.services.inviting import invite_person
from section11.services.keeping.applying import preview_retention
from section11.services.keeping.rules import set_rules
from section11.services.leaving import end_access
from section11.services.scrutiny import read_return
from section11.services.trail import verify_trail
from tests.services.builders import PARTNERSHIP, POLICE_RETURN, events, people_on_every_side, submitted
from tests.services.keeping_builders import applied, due, switch_on
from tests.services.test_keeping_returns import everything_written

PASSWORD = "correct horse battery staple"


def years(town, number):
    town.office.clock.move(days=366 * number)


def test_somebody_who_left_long_ago_loses_their_name_and_the_trail_verifies(town):
    submitted(town)
    end_access(town.office, town.admin, town.contributor.id)
    switch_on(town, leavers=2)
    years(town, 1)
    assert due(town, Rule.LEAVERS) == ()
    years(town, 1)
    assert due(town, Rule.LEAVERS) == ("contributor of riverdale-police, who left on 2 March 2026",)

    assert applied(town).removed == {Rule.LEAVERS: 1}

    assert town.contributor.person.email not in everything_written(town)
    assert verify_trail(town.office, OPERATOR).faults == ()
    assert applied(town).removed == {Rule.LEAVERS: 0}


def test_somebody_who_came_back_stays(sqlite_town):
    town = sqlite_town
    switch_on(town, leavers=1)
    years(town, 5)

    assert applied(town).removed == {Rule.LEAVERS: 0}
    assert town.contributor.person.email in everything_written(town)


def test_what_two_partnerships_share_is_kept_as_long_as_either_keeps_it(sqlite_town):
    town = sqlite_town
    elmtree = people_on_every_side(town)["em"]
    both = {"email": town.board.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    invite_person(town.office, OPERATOR, **both, partnership_id="elmtree")
    end_access(town.office, OPERATOR, town.board.id)
    switch_on(town, leavers=1)
    years(town, 2)

    [line] = [one for one in preview_retention(town.office, town.admin, PARTNERSHIP) if one.rule is Rule.LEAVERS]
    assert line.due.things == ()
    assert "another partnership they belonged to keeps this longer" in line.due.stays[0]
    assert applied(town).removed == {Rule.LEAVERS: 0}

    set_rules(town.office, elmtree, "elmtree", {Rule.LEAVERS: 1})
    assert applied(town).removed == {Rule.LEAVERS: 1}


def test_sessions_links_and_how_somebody_signed_in_go_and_the_trail_verifies(town):
    path = create_invitation(town.office, town.admin, town.contributor.id)
    accept_invitation(town.office, path.rpartition("/")[2], PASSWORD)
    sign_in(town.office, town.contributor.person.email, PASSWORD)
    switch_on(town, sign_ins=1)
    years(town, 2)

    assert "Sessions: 1" in due(town, Rule.SIGN_INS)
    applied(town)

    with town.office.store.reading() as work:
        assert work.personal_data.kept_of(town.contributor.id) == {}
    told = [one for one in events(town, f"person:{town.contributor.id}") if one.name == "signed_in"]
    assert [set(one.details) for one in told] == [{"erased_on", "erased_under"}]
    assert verify_trail(town.office, OPERATOR).faults == ()
    assert due(town, Rule.SIGN_INS) == ()


def test_that_a_return_was_read_stays_and_who_read_it_goes(town):
    submitted(town)
    read_return(town.office, town.scrutiny, POLICE_RETURN)
    switch_on(town, readings=2)
    years(town, 3)
    read_return(town.office, town.scrutiny, POLICE_RETURN)
    assert due(town, Rule.READINGS) == ("1 reading or download",)

    applied(town)

    read = [one for one in events(town, f"assessment:{POLICE_RETURN}") if one.name == "return_read"]
    assert [one.actor for one in read] == ["erased", town.scrutiny.id]
    assert verify_trail(town.office, OPERATOR).faults == ()
    assert due(town, Rule.READINGS) == ()
