"""The action under an answer: saved, changed and taken away, with an event each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from section11.domain.answers import Action
from section11.errors import BadInputError
from section11.services.answering import save_action
from tests.services.builders import (
    POLICE_RETURN,
    event_names,
    events,
    promise,
    stored_actions,
)


def test_an_action_is_saved_changed_and_taken_away_with_an_event_each(town):
    action = promise(town, town.contributor, POLICE_RETURN)
    assert stored_actions(town, POLICE_RETURN) == {"S1.1": action}
    assert promise(town, town.approver, POLICE_RETURN) == action  # the same again: no event

    later = replace(action, due=action.due + timedelta(days=31))
    save_action(town.office, town.approver, POLICE_RETURN, later)
    assert stored_actions(town, POLICE_RETURN) == {"S1.1": later}

    save_action(town.office, town.approver, POLICE_RETURN, Action("S1.1"))
    assert stored_actions(town, POLICE_RETURN) == {}
    assert event_names(town, POLICE_RETURN).count("action_saved") == 3
    last = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert last.details == {"question": "S1.1", "what": "", "owner": "", "due": None}


def test_an_action_of_nothing_but_spaces_is_nothing(sqlite_town):
    town = sqlite_town
    save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.1", what="  ", owner="\n"))

    assert stored_actions(town, POLICE_RETURN) == {}
    assert event_names(town, POLICE_RETURN) == []


def test_an_action_text_of_32_768_characters_is_refused(sqlite_town):
    town = sqlite_town
    with pytest.raises(BadInputError):
        save_action(
            town.office, town.contributor, POLICE_RETURN, Action("S1.1", "x" * 32_768, "Head", date(2026, 9, 1))
        )

    assert stored_actions(town, POLICE_RETURN) == {}
