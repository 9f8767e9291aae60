"""What each person finds in every list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from section11.domain.people import OPERATOR, User
from section11.errors import (
    NotAvailableError,
    NotPermittedError,
)
from section11.permissions import Right
from section11.services import (
    action_register,
    actions,
    api_tokens,
    cycles,
    declarations,
    directory,
    evidence,
    leaving,
    letter_templates,
    library,
    open_data,
    queries,
    released,
    scrutiny,
    slide_templates,
    surroundings,
    waiting_roles,
)
from section11.services.action_lines import ActionLine
from section11.services.keeping import rules
from section11.services.office import Office
from section11.services.taking_in import undoing
from tests.services.builders import (
    PARTNERSHIP,
    POLICE,
    SET_ID,
)
from tests.services.walk.things import PEOPLE

RIVERDALE_MEMBERS = {"blue-light", "lily-lane", "riverdale-fire", POLICE}
POLICE_PEOPLE, PARENT_PEOPLE, FIRE_PEOPLE, ELMTREE_PEOPLE = {"c", "a"}, {"pc", "pa"}, {"oc", "oa"}, {"ec", "ea"}
RIVERDALE_PEOPLE = POLICE_PEOPLE | PARENT_PEOPLE | FIRE_PEOPLE | {"s", "b", "m", "minder"}
ALL_PEOPLE = RIVERDALE_PEOPLE | ELMTREE_PEOPLE | {"es", "eb", "em"}


def _returns_of(*organisations: str) -> set[str]:
    return {f"{cycle}.{one}" for cycle in ("2020", "2022", "2024", "2026") for one in organisations}


def _each(people: str, seen: set[Any]) -> dict[str, set[Any]]:
    return {who: seen for who in people.split()}


LISTINGS: list[tuple[Any, Callable[[Office, User, dict[str, str]], set[Any]], dict[str, set[Any]]]] = [
    (
        scrutiny.list_own_returns,
        lambda o, u, n: {line.assessment.id for _, line in scrutiny.list_own_returns(o, u)},
        _each("c a", _returns_of(POLICE))
        | _each("pc pa", _returns_of("blue-light", POLICE))
        | _each("oc oa", _returns_of("riverdale-fire")),
    ),
    (
        queries.list_unread,
        lambda o, u, n: {(one.assessment_id, one.question_ids, one.count) for one in queries.list_unread(o, u)},
        # Of the question and the note on S1.2, the police see the question, and who wrote both has read both.
        _each("c a", {(f"2022.{POLICE}", ("S1.2",), 1)}),
    ),
    (
        declarations.list_declarations,
        lambda o, u, n: set(declarations.list_declarations(o, u)),
        {"m": {PARTNERSHIP}, "em": {"elmtree"}, "op": {PARTNERSHIP, "elmtree"}},
    ),
    (
        cycles.list_cycles,
        lambda o, u, n: {one.id for one in cycles.list_cycles(o, u, Right.FOLLOW_PROGRESS)},
        _each("s m op", {"2020", "2022", "2024", "2026", "2028"}),
    ),
    (
        released.released_of_cycles,
        lambda o, u, n: {one.cycle.id for one in released.released_of_cycles(o, u)},
        _each("s b op", {"2020", "2022", "2024", "2026"}),
    ),
    (
        scrutiny.progress_of_cycles,
        lambda o, u, n: {one.cycle.id for one in scrutiny.progress_of_cycles(o, u)},
        _each("s m op", {"2020", "2022", "2024", "2026"}),
    ),
    (
        open_data.cycles_with_data,
        lambda o, u, n: {one.id for one in open_data.cycles_with_data(o, u)},
        _each("s op", {"2020", "2022", "2024", "2026"}),
    ),
    (
        undoing.list_imports,
        lambda o, u, n: {one.kind.value for one in undoing.list_imports(o, u)},
        _each("m op", {"organisations", "survey"}) | _each("em", {"organisations"}),
    ),
    (
        api_tokens.list_api_tokens,
        lambda o, u, n: {one.token.name for one in api_tokens.list_api_tokens(o, u)},
        _each("m op", {"Power BI"}),
    ),
    (
        directory.managed_partnerships,
        lambda o, u, n: {one.id for one in directory.managed_partnerships(o, u, Right.MANAGE_PEOPLE)},
        {"m": {PARTNERSHIP}, "em": {"elmtree"}, "op": {PARTNERSHIP, "elmtree"}},
    ),
    (
        directory.list_members,
        lambda o, u, n: {one.organisation.id for one in directory.list_members(o, u)},
        {"m": RIVERDALE_MEMBERS, "em": {"elmtree-police"}, "op": RIVERDALE_MEMBERS | {"elmtree-police"}},
    ),
    (
        directory.list_people,
        lambda o, u, n: {n[one.id] for one in directory.list_people(o, u)},
        {"a": POLICE_PEOPLE, "pa": PARENT_PEOPLE, "oa": FIRE_PEOPLE, "ea": ELMTREE_PEOPLE}
        | {"m": RIVERDALE_PEOPLE, "em": ELMTREE_PEOPLE | {"es", "eb", "em"}, "op": ALL_PEOPLE},
    ),
    (
        rules.list_rules,
        lambda o, u, n: set(rules.list_rules(o, u)),
        {"m": {PARTNERSHIP}, "em": {"elmtree"}, "op": {PARTNERSHIP, "elmtree"}},
    ),
    (
        waiting_roles.list_waiting_roles,
        lambda o, u, n: {one.email for one in waiting_roles.list_waiting_roles(o, u)},
        _each("a m op", {f"scrutiny_lead@{PARTNERSHIP}.example"}),
    ),
    (
        leaving.list_leavers,
        lambda o, u, n: {one.email for one in leaving.list_leavers(o, u)},
        _each("m op", {"gone@police.example"}),
    ),
    (
        directory.invitable_organisations,
        lambda o, u, n: {one.id for one in directory.invitable_organisations(o, u)},
        {"a": {POLICE}, "pa": {"blue-light"}, "oa": {"riverdale-fire"}, "ea": {"elmtree-police"}}
        | {"m": RIVERDALE_MEMBERS, "em": {"elmtree-police"}, "op": RIVERDALE_MEMBERS | {"elmtree-police"}},
    ),
    (
        directory.count_members,
        lambda o, u, n: {directory.count_members(o, u)} - {(0, 0)},
        {"m": {(4, len(RIVERDALE_PEOPLE))}, "em": {(1, 5)}, "op": {(5, len(ALL_PEOPLE))}},
    ),
    (
        evidence.evidence_organisations,
        lambda o, u, n: {one.id for one in evidence.evidence_organisations(o, u)},
        _each("c a", {POLICE})
        | _each("pc pa", {"blue-light", POLICE})
        | _each("oc oa", {"riverdale-fire"})
        | _each("ec ea", {"elmtree-police"}),
    ),
    (
        actions.list_own_actions,
        lambda o, u, n: {(one.cycle.id, one.action.question_id) for one in actions.list_own_actions(o, u)},
        _each("c a pc pa", {("2022", "S1.1"), ("2022", "S1.2")}),
    ),
    (
        actions.count_own_actions,
        lambda o, u, n: {(one.id, totals.n) for one, totals in actions.count_own_actions(o, u)},
        _each("c a pc pa", {(POLICE, 2)}),
    ),
    (
        action_register.action_register,
        lambda o, u, n: {one.action.question_id for one in action_register.action_register(o, u).lines},
        _each("s op", {"S1.1", "S1.2"}),
    ),
    (
        action_register.updates_about,
        lambda o, u, n: {one.action.question_id for one in _told(o, u)},
        _each("s op", {"S1.1", "S1.2"}),
    ),
    (
        letter_templates.list_letter_templates,
        lambda o, u, n: set(letter_templates.list_letter_templates(o, u)),
        _each("s m", {PARTNERSHIP}) | _each("es em", {"elmtree"}) | _each("op", {PARTNERSHIP, "elmtree"}),
    ),
    (
        slide_templates.list_templates,
        lambda o, u, n: set(slide_templates.list_templates(o, u)),
        {"s": {PARTNERSHIP}, "es": {"elmtree"}, "op": {PARTNERSHIP, "elmtree"}},
    ),
    (
        library.list_sets,
        lambda o, u, n: {one.id for one in library.list_sets(o, u)},
        _each(" ".join(PEOPLE), {SET_ID}),
    ),
    (
        library.usual_set_id,
        lambda o, u, n: {library.usual_set_id(o, u)},
        _each(" ".join(PEOPLE), {SET_ID}),
    ),
    (
        library.usual_type,
        lambda o, u, n: {library.usual_type(o, u, SET_ID)},
        _each("c a ec ea", {"police-force"})
        | _each("pc pa", {"other"})
        | _each("oc oa", {"fire-and-rescue"})
        | _each("s b m es eb em n op", {library.EVERY_QUESTION}),
    ),
    (
        surroundings.surroundings_of,
        lambda o, u, n: set(surroundings.surroundings_of(o, u).partnership_names),
        _each("c a pc pa oc oa s b m", {"Riverdale"}) | _each("ec ea es eb em", {"Elmtree"}),
    ),
]


def _told(office: Office, user: User) -> list[ActionLine]:
    """Return what a person is told about every action of Riverdale; nothing where they are refused."""
    lines = action_register.action_register(office, OPERATOR).lines
    try:
        return action_register.updates_about(office, user, lines)
    except (NotAvailableError, NotPermittedError):
        return []
