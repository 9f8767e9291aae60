"""One person's data: handed over to whom, and erased so that nothing of them is left where it need not be."""

import io
import json
import zipfile

import pytest

from section11.domain.people import OPERATOR, Role
from section11.errors import BadInputError, NotAvailableError, NotPermittedError, SignInRefusedError
from section11.services.accounts import sign_in
from section11.services.erasing_people import erase_person, preview_erasure
from section11.services.histories import return_history
from section11.services.invitations import accept_invitation, create_invitation
from section11.services.inviting import invite_person
from section11.services.leaving import list_leavers, reopen_account
from section11.services.personal_data import download_own_data, download_personal_data
from section11.services.trail import verify_trail
from tests.services.builders import (
    LATEST_TEXT,
    POLICE,
    POLICE_RETURN,
    events,
    invite,
    people_on_every_side,
    promise,
    submitted,
)
from tests.services.test_keeping_returns import everything_written

PASSWORD = "correct horse battery staple"


def signed_in(town, user):
    path = create_invitation(town.office, town.admin, user.id)
    accept_invitation(town.office, path.rpartition("/")[2], PASSWORD)
    return sign_in(town.office, user.person.email, PASSWORD)


def data_in(download):
    with zipfile.ZipFile(io.BytesIO(download.content)) as archive:
        assert sorted(archive.namelist()) == ["data.html", "data.json"]
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def test_a_person_gets_everything_about_themselves_with_their_own_words(sqlite_town):
    town = sqlite_town
    signed_in(town, town.contributor)
    submitted(town)

    data, page = data_in(download_own_data(town.office, town.contributor))

    assert {"What": "E-mail address", "Value": town.contributor.person.email} in data["account"]
    assert [one["Place"] for one in data["roles"]] == ["Riverdale Police"]
    assert (len(data["sessions"]), len(data["links"])) == (1, 2)
    saved = [one for one in data["done"] if one["What"] == "Changed the answer"]
    assert all(one["Where"] == "Riverdale Police, 2026" for one in saved)
    assert LATEST_TEXT in saved[0]["Details"]
    assert LATEST_TEXT in page
    assert events(town, f"person:{town.contributor.id}")[-1].name == "personal_data_exported"


def test_an_administrator_gets_what_somebody_did_and_not_what_they_wrote(sqlite_town):
    town = sqlite_town
    submitted(town)

    data, page = data_in(download_personal_data(town.office, town.admin, town.contributor.id))

    assert "Changed the answer" in {one["What"] for one in data["done"]}
    assert LATEST_TEXT not in json.dumps(data) + page
    assert "which an administrator may not read" in page.replace("\n", " ")
    assert LATEST_TEXT in data_in(download_personal_data(town.office, OPERATOR, town.contributor.id))[1]


def test_an_administrator_gets_nothing_of_what_somebody_is_in_another_partnership(sqlite_town):
    town = sqlite_town
    people_on_every_side(town)
    both = {"email": town.contributor.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    invite_person(town.office, OPERATOR, **both, partnership_id="elmtree")

    data, page = data_in(download_personal_data(town.office, town.admin, town.contributor.id))

    assert [one["Place"] for one in data["roles"]] == ["Riverdale Police"]
    assert "Elmtree" not in page


@pytest.mark.parametrize("typed", ["", "somebody@else.example", "contributor"])
def test_without_the_right_address_nothing_is_erased(sqlite_town, typed):
    before = everything_written(sqlite_town)

    with pytest.raises(BadInputError, match="is not the e-mail address of"):
        erase_person(sqlite_town.office, sqlite_town.admin, sqlite_town.contributor.id, typed)

    assert everything_written(sqlite_town) == before


def test_nobody_erases_themselves(sqlite_town):
    with pytest.raises(BadInputError, match="your own account"):
        erase_person(sqlite_town.office, sqlite_town.admin, sqlite_town.admin.id, sqlite_town.admin.person.email)

    assert sqlite_town.admin.person.email in everything_written(sqlite_town)


def test_somebody_of_two_partnerships_is_erased_by_the_command_line_alone(sqlite_town):
    town = sqlite_town
    elmtree = people_on_every_side(town)["em"]
    both = {"email": town.contributor.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    invite_person(town.office, OPERATOR, **both, partnership_id="elmtree")
    email = town.contributor.person.email

    for admin in (town.admin, elmtree):
        with pytest.raises(NotPermittedError, match="in another partnership"):
            erase_person(town.office, admin, town.contributor.id, email)
    assert erase_person(town.office, OPERATOR, town.contributor.id, email).is_closed


def test_erasing_takes_name_address_post_and_every_way_in_and_the_trail_verifies(town):
    ann = town.approver
    signed_in(town, ann)
    submitted(town)
    email, name = ann.person.email, ann.person.name

    gone = erase_person(town.office, town.admin, ann.id, f" {email.upper()} ")

    assert (gone.name, gone.post, gone.is_closed) == ("Former member of staff, Riverdale Police", "", True)
    with town.office.store.reading() as work:
        assert work.personal_data.kept_of(ann.id) == {}
    everything = everything_written(town)
    assert email not in everything
    assert everything.count(name) == 1  # the signed copy, where no post was given
    with pytest.raises(SignInRefusedError):
        sign_in(town.office, email, PASSWORD)
    assert verify_trail(town.office, OPERATOR).faults == ()


def test_the_history_shows_who_it_was_without_the_name(sqlite_town):
    town = sqlite_town
    submitted(town)

    erase_person(town.office, town.admin, town.contributor.id, town.contributor.person.email)

    entries = return_history(town.office, town.approver, POLICE_RETURN).entries
    assert entries[0].who == "Former member of staff, Riverdale Police"


def test_erasing_twice_changes_nothing_more_and_the_account_cannot_be_opened_again(sqlite_town):
    town = sqlite_town
    once = erase_person(town.office, town.admin, town.contributor.id, town.contributor.person.email)
    before = everything_written(town)

    again = erase_person(town.office, town.admin, town.contributor.id, "whatever")

    assert again == once
    assert everything_written(town) == before
    assert preview_erasure(town.office, town.admin, town.contributor.id).is_erased
    assert list_leavers(town.office, town.admin) == []
    with pytest.raises(NotAvailableError):
        reopen_account(town.office, town.admin, town.contributor.id)


def test_the_preview_says_what_stays_and_why_and_changes_nothing(sqlite_town):
    town = sqlite_town
    promise(town, town.contributor, POLICE_RETURN)
    submitted(town)
    before = everything_written(town)

    preview = preview_erasure(town.office, town.admin, town.approver.id)

    assert preview.becomes == "Former member of staff, Riverdale Police"
    assert any(one.startswith("The post on 1 signed return") for one in preview.stays)
    assert any("Backups" in one for one in preview.stays)
    assert everything_written(town) == before


def test_the_address_of_somebody_who_was_erased_may_be_invited_as_somebody_new(sqlite_town):
    town = sqlite_town
    email = town.contributor.person.email
    erase_person(town.office, town.admin, town.contributor.id, email)

    new = invite(town.office, Role.CONTRIBUTOR, organisation_id=POLICE)

    assert new.person.email == email
    assert new.id != town.contributor.id
