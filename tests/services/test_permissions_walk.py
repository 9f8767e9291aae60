"""Every service that acts for a person, asked by every role from every side, compared with a table written by hand.

The things asked for belong to Riverdale Police, in the partnership Riverdale. A refused call must leave the whole
database as it was; and for somebody without a role there, a thing that exists reads like one that does not.
"""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from typing import Any

import pytest

import section11.services
from section11.domain.people import Grant, Role, User
from section11.errors import (
    NotAvailableError,
    NotPermittedError,
)
from section11.services import (
    directory,
    inviting,
)
from section11.services.office import Office
from section11.services.refusals import noting_refusals
from tests.services.builders import (
    MINDER,
    POLICE,
    user_by_email,
)
from tests.services.walk.administration import ADMINISTRATION
from tests.services.walk.listings import LISTINGS
from tests.services.walk.returns import RETURNS
from tests.services.walk.scrutiny import SCRUTINY
from tests.services.walk.things import MADE_UP, PEOPLE, Call, P, Things, Y, _
from tests.services.walk.world import World, a_world, copied, events_added, everything_in, without_trail

TABLE = [*RETURNS, *SCRUTINY, *ADMINISTRATION]


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite) -> World:
    return a_world(tmp_path_factory.mktemp("walk"), _migrated_sqlite)


def _title(entry: tuple[Any, ...]) -> str:
    return f"{entry[0].__module__.rpartition('.')[2]}.{entry[0].__name__}"


def _outcomes(row: str) -> dict[str, str]:
    return dict(zip(PEOPLE, [{"Y": Y, "P": P, "_": _}[mark] for mark in row.split()], strict=True))


def outcome_of(call: Call, office: Office, user: User, things: Things) -> tuple[str, str]:
    try:
        call(office, user, things)
    except NotAvailableError as error:
        return _, error.user_message
    except NotPermittedError as error:
        return P, error.user_message
    return Y, ""


@pytest.mark.parametrize(("function", "call", "row"), TABLE, ids=[_title(entry) for entry in TABLE])
def test_each_person_may_do_what_the_table_says_and_refusals_leave_no_trace_but_an_event(
    world, tmp_path, function, call, row
):
    expected = _outcomes(row)
    found: dict[str, str] = {}
    with copied(world, tmp_path, "refused") as office:
        before = everything_in(office)
        for who in (one for one in PEOPLE if expected[one] != Y):
            watched = noting_refusals(office, world.users[who].id, where="the walk", asked=who)
            found[who], _message = outcome_of(call, watched, world.users[who], world.things)
            after = everything_in(office)
            assert without_trail(after) == without_trail(before), f"{who} was refused and left a trace"
            assert events_added(before, after) == [(f"person:{world.users[who].id}", "refused")], who
            before = after
    for who in (one for one in PEOPLE if expected[one] == Y):
        with copied(world, tmp_path, who) as office:
            found[who], _message = outcome_of(call, office, world.users[who], world.things)

    assert {who: found[who] for who in PEOPLE} == expected


@pytest.mark.parametrize(("function", "call", "row"), TABLE, ids=[_title(entry) for entry in TABLE])
def test_for_an_outsider_a_thing_that_exists_reads_like_one_that_does_not(world, tmp_path, function, call, row):
    made_up = replace(MADE_UP, file=world.things.file)
    with copied(world, tmp_path, "outsiders") as office:
        for who, outcome in _outcomes(row).items():
            if outcome == _:
                real = outcome_of(call, office, world.users[who], world.things)
                assert real == outcome_of(call, office, world.users[who], made_up), who


@pytest.mark.parametrize(("function", "listed", "expected"), LISTINGS, ids=[_title(entry) for entry in LISTINGS])
def test_lists_hold_what_a_person_may_know_of_and_nothing_else(world, tmp_path, function, listed, expected):
    with copied(world, tmp_path, "lists") as office:
        names = {user.id: who for who, user in world.users.items()}
        names[user_by_email(office, f"approver@{MINDER}.example").id] = "minder"
        before = everything_in(office)

        found = {who: listed(office, world.users[who], names) for who in PEOPLE}

        assert found == {who: expected.get(who, set()) for who in PEOPLE}
        assert everything_in(office) == before


def test_inviting_somebody_by_their_address_does_not_tell_what_they_do_elsewhere(world, tmp_path):
    """The approver of the police invites Elmtree's scrutiny lead as a contributor, and learns no more than that."""
    stranger = world.users["es"]
    with copied(world, tmp_path, "stranger") as office:
        inviting.invite_person(
            office, world.users["a"], email=stranger.person.email, name="?", post="", role=Role.CONTRIBUTOR,
            organisation_id=POLICE,
        )  # fmt: skip

        listed = [one for one in directory.list_people(office, world.users["a"]) if one.id == stranger.id]

        # Somebody with an account is listed once they have taken the role up.
        assert {grant for one in listed for grant in one.grants} <= {Grant(Role.CONTRIBUTOR, organisation_id=POLICE)}


def test_every_service_that_acts_for_a_person_is_in_the_tables():
    walked = {entry[0] for entry in TABLE} | {entry[0] for entry in LISTINGS}
    services = set()
    for module in pkgutil.walk_packages(section11.services.__path__, prefix="section11.services."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            is_service = "office" in parameters and "work" not in parameters and {"user", "actor"} & parameters.keys()
            if is_service and not name.startswith("_") and function.__module__ == loaded.__name__:
                services.add(function)

    assert {_title((one,)) for one in services - walked} == set()
