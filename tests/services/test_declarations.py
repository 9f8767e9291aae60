"""The declaration that is signed: a partnership's own words, and two who change them at once."""

import pytest

from section11.errors import BadInputError
from section11.services.declarations import DECLARATION, change_declaration, list_declarations
from section11.services.signing import paper_to_sign, sign_off, signed_versions
from tests.services.builders import (
    PARTNERSHIP,
    POLICE_RETURN,
    awaiting_sign_off,
    events,
)


def test_a_partnership_has_words_of_its_own_and_what_was_signed_keeps_its_words(town):
    awaiting_sign_off(town)
    change_declaration(town.office, town.admin, PARTNERSHIP, "  We stand by this return.\x00 ")
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)
    change_declaration(town.office, town.admin, PARTNERSHIP, "")

    [snapshot] = signed_versions(town.office, town.contributor, POLICE_RETURN)

    assert snapshot.declaration == "We stand by this return."
    assert list_declarations(town.office, town.admin) == {PARTNERSHIP: DECLARATION}
    changed = [one for one in events(town, f"partnership:{PARTNERSHIP}") if one.name == "declaration_changed"]
    assert [one.details["words"] for one in changed] == ["We stand by this return.", DECLARATION]


def test_a_declaration_that_changed_after_the_page_was_opened_is_not_signed_unread(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)
    read = paper_to_sign(town.office, town.approver, POLICE_RETURN)
    change_declaration(town.office, town.admin, PARTNERSHIP, "Other words")

    with pytest.raises(BadInputError, match="Read it again, then sign"):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True, paper=read)


def test_of_two_who_change_the_declaration_the_second_is_told_and_nothing_is_lost(town):
    read = list_declarations(town.office, town.admin)[PARTNERSHIP]
    change_declaration(town.office, town.admin, PARTNERSHIP, "Theirs", instead_of=read)

    with pytest.raises(BadInputError, match="A colleague changed the declaration after you opened this page"):
        change_declaration(town.office, town.admin, PARTNERSHIP, "Mine", instead_of=read)

    assert list_declarations(town.office, town.admin) == {PARTNERSHIP: "Theirs"}
    assert change_declaration(town.office, town.admin, PARTNERSHIP, "Theirs", instead_of=read) == "Theirs"


def test_a_declaration_that_is_too_long_is_refused_and_the_same_words_again_are_no_event(sqlite_town):
    town = sqlite_town
    with pytest.raises(BadInputError, match="at most 2,000 can be kept"):
        change_declaration(town.office, town.admin, PARTNERSHIP, "x" * 2_001)
    change_declaration(town.office, town.admin, PARTNERSHIP, DECLARATION)

    assert list_declarations(town.office, town.admin) == {PARTNERSHIP: DECLARATION}
    assert "declaration_changed" not in [one.name for one in events(town, f"partnership:{PARTNERSHIP}")]
