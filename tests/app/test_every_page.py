"""Every page, for every role: it opens, it has words for when there is nothing, and it refuses alike."""

import pytest

from section11.errors import NotAvailableError
from section11.services.starting import start_partnership
from section11.ui.navigation import PAGES
from tests.app.browsing import go_to, words_on
from tests.app.worlds import add_cycle, fresh_partnership
from tests.services.builders import FIRE_RETURN, POLICE_RETURN, a_quiet_town, answer, submitted, user_by_email

OWN_RETURN = {"assessment.py", "whole_return.py", "excel_return.py", "history.py"}
FIGURES = {
    "returns.py",
    "heat_map.py",
    "standard.py",
    "trend.py",
    "calibration.py",
    "profile.py",
    "checks.py",
    "action_register.py",
}
MODERATION = {"moderation.py", "moderate.py"}
LETTERS = {"letters.py", "letter_wording.py"}
OFFERED = {
    "contributor": {"home.py", "library.py", "evidence.py", "actions.py", "own_results.py", *OWN_RETURN},
    "approver": {"home.py", "library.py", "people.py", "evidence.py", "actions.py", "own_results.py", *OWN_RETURN},
    "scrutiny": {
        "home.py",
        "library.py",
        "history.py",
        "organisation.py",
        "queries.py",
        "released.py",
        "action_register.py",
        "board_figures.py",
        "board_pack.py",
        *FIGURES,
        *MODERATION,
        *LETTERS,
    },
    "board": {"home.py", "library.py", "released.py", "board_figures.py", "board_pack.py"},
    "admin": {
        "home.py",
        "library.py",
        "returns.py",
        "organisations.py",
        "people.py",
        "sent_returns.py",
        "cycles.py",
        "letter_wording.py",
        "data_api.py",
        "mail.py",
        "imports.py",
        "retention.py",
    },
}
"""The pages of each role, as section 2 of the design gives them."""

DEMO_EMAILS = {role: f"{role}@riverdale.example" for role in OFFERED} | {"admin": "administrator@riverdale.example"}
EVERY_FILE = [entry.file for entry in PAGES]
EVERY_OFFER = [(role, file) for role, files in OFFERED.items() for file in sorted(files)]
NOT_AVAILABLE = NotAvailableError().user_message


def address_for(role, file, *, own, returned):
    if file in OWN_RETURN and role in {"contributor", "approver"}:
        return {"assessment": own}
    with_address = {"organisation.py", "moderate.py", "history.py", "profile.py"}
    return {"assessment": returned} if file in with_address else {}


def test_the_table_of_pages_offers_what_the_design_says():
    assert set().union(*OFFERED.values()) == set(EVERY_FILE)


@pytest.mark.parametrize(("role", "file"), EVERY_OFFER)
def test_a_page_that_is_offered_opens_without_a_fault(demo, open_app, role, file):
    user = user_by_email(demo, DEMO_EMAILS[role])
    with demo.store.reading() as work:
        rows = work.assessments.in_cycle("2026")
    returned = next(row.assessment.id for row in rows if row.assessment.status == "submitted")
    address = address_for(role, file, own="2026.riverdale-police", returned=returned)

    at = go_to(open_app(demo, user), file, **address)

    assert not at.exception
    assert not at.error
    assert len(at.title) == 1


@pytest.mark.parametrize(("role", "file"), [(role, "home.py") for role in OFFERED] + [("scrutiny", "heat_map.py")])
def test_every_page_says_that_this_is_a_demo_who_is_signed_in_and_how_to_sign_out(demo, open_app, role, file):
    user = user_by_email(demo, DEMO_EMAILS[role])

    at = go_to(open_app(demo, user), file)

    said = words_on(at)
    assert "**Demo.** Everything here is made up" in said
    assert "Riverdale Safeguarding Children Partnership" in said
    assert user.person.name in said
    assert "Sign out" in said


def test_a_real_partnership_is_not_called_a_demo(town, open_app):
    assert "Demo" not in words_on(open_app(town.office, town.admin))


def is_offered(at, file):
    """Return whether the person can get to a page at all; the services refuse what is on it in any case."""
    try:
        go_to(at, file, assessment=POLICE_RETURN)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("role", OFFERED)
def test_a_page_of_a_role_the_person_does_not_have_is_not_offered(town, open_app, role):
    at = open_app(town.office, getattr(town, role))

    assert {file for file in EVERY_FILE if is_offered(at, file)} == OFFERED[role]


@pytest.mark.parametrize("role", ["admin", "scrutiny", "board"])
def test_a_fresh_partnership_has_something_to_say_on_every_page(sqlite_office, open_app, role):
    place = fresh_partnership(sqlite_office)
    at = open_app(sqlite_office, getattr(place, role))
    says = {
        "home.py": {
            "admin": "No cycle has been created yet.",
            "scrutiny": "No cycle has been created yet.",
            "board": "No cycle has been opened yet. What scrutiny releases appears here.",
        }[role],
        "returns.py": "No cycle has been opened yet. When one is, this page shows who has returned.",
        "heat_map.py": "No cycle has been opened yet. When returns come in, this page compares them.",
        "standard.py": "No cycle has been opened yet. When returns come in, this page shows how each standard stands.",
        "trend.py": "No cycle has been opened yet. When returns come in, this page compares cycles.",
        "calibration.py": "No cycle has been opened yet. When returns are moderated, this page compares the ratings.",
        "checks.py": "No cycle has been opened yet. When returns come in, this page shows what a careful reader",
        "queries.py": "No cycle has been opened yet. When returns come in, you can ask about their answers.",
        "moderation.py": "No cycle has been opened yet. When returns come in, this page shares them out.",
        "released.py": "Nothing has been released yet.",
        "board_figures.py": "No cycle has been opened yet. When returns are released, their figures are here.",
        "letters.py": "No cycle has been opened yet. When returns are released, their letters are here.",
        "letter_wording.py": "Every feedback letter made from now on has this wording.",
        "action_register.py": "No action has been promised in a submitted return yet.",
        "library.py": "Section 11 self-assessment 2026",
        "organisations.py": "No organisation yet. Import a file above to begin.",
        "people.py": "3 people with a role.",
        "sent_returns.py": "Choose the files that organisations sent you",
        "cycles.py": "No cycle yet. Create the first one below.",
        "mail.py": "No e-mail is sent yet",
        "retention.py": "No rule is switched on, so nothing is due.",
        "data_api.py": "No token yet. Make the first one above.",
        "imports.py": "No cycle has been opened yet. Results and surveys belong to a cycle that was opened.",
    }
    for file in sorted(OFFERED[role] & says.keys()):
        go_to(at, file)
        assert not at.exception, file
        assert says[file] in words_on(at), file


@pytest.mark.parametrize("role", ["admin", "scrutiny", "board"])
def test_a_cycle_without_organisations_has_something_to_say_on_every_page(sqlite_office, open_app, role):
    place = fresh_partnership(sqlite_office)
    add_cycle(place)
    at = open_app(sqlite_office, getattr(place, role))
    says = {
        "home.py": "0 of 0 returns released." if role == "board" else "0 of 0 returns submitted.",
        "returns.py": "No organisation has a form in this cycle.",
        "heat_map.py": "Nothing has been submitted in this cycle yet.",
        "standard.py": "Nothing has been submitted in this cycle yet.",
        "trend.py": "Nothing has been submitted in these cycles yet.",
        "calibration.py": "The moderation of no return is finished yet.",
        "checks.py": "Nothing has been submitted in this cycle yet.",
        "queries.py": "Nothing has been asked in this cycle yet.",
        "moderation.py": "Nothing has been submitted in this cycle yet.",
        "released.py": "Nothing has been released yet.",
        "board_figures.py": "Fewer than five returns are expected, so nothing is said about them here.",
        "letters.py": "Nothing has been submitted in this cycle yet.",
        "action_register.py": "No action has been promised in a submitted return yet.",
        "cycles.py": "**Open. Organisations can answer.**",
        "imports.py": "Nothing has been imported yet.",
    }
    for file in sorted(OFFERED[role] & says.keys()):
        go_to(at, file)
        assert not at.exception, file
        assert says[file] in words_on(at), file


@pytest.mark.parametrize("role", ["contributor", "approver"])
def test_before_the_first_cycle_an_organisation_is_told_that_nothing_is_due(sqlite_office, tmp_path, open_app, role):
    town = a_quiet_town(sqlite_office, tmp_path)

    at = open_app(town.office, getattr(town, role))

    assert "There is nothing for you here yet. When a cycle opens" in words_on(at)
    assert "Nothing has been promised yet." in words_on(go_to(at, "actions.py"))
    assert "When your return has been submitted, this page shows how you compare." in words_on(
        go_to(at, "own_results.py")
    )


@pytest.mark.parametrize("file", sorted(OWN_RETURN))
@pytest.mark.parametrize("assessment_id", [FIRE_RETURN, "2026.no-such-organisation", "nonsense\0", "../2026"])
def test_another_organisations_return_and_one_that_does_not_exist_are_refused_alike(
    town, open_app, file, assessment_id
):
    answer(town, town.fire_contributor, FIRE_RETURN, "S1.1", evidence="Only for the fire service")

    at = go_to(open_app(town.office, town.contributor), file, assessment=assessment_id)

    assert not at.exception
    assert [error.value.replace("\\", "") for error in at.error] == [NOT_AVAILABLE]
    assert "Only for the fire service" not in words_on(at)
    assert "Riverdale Fire" not in words_on(at)


@pytest.mark.parametrize("file", sorted(OWN_RETURN))
def test_an_address_without_a_return_is_refused_alike(town, open_app, file):
    at = go_to(open_app(town.office, town.contributor), file)

    assert [error.value.replace("\\", "") for error in at.error] == [NOT_AVAILABLE]


def test_scrutiny_of_another_partnership_is_refused_like_for_a_return_that_does_not_exist(town, open_app):
    submitted(town)
    elmtree = fresh_partnership(town.office, "Elmtree")
    at = open_app(town.office, elmtree.scrutiny)

    for assessment_id in (POLICE_RETURN, "2026.no-such-organisation"):
        go_to(at, "organisation.py", assessment=assessment_id)
        assert [error.value.replace("\\", "") for error in at.error] == [NOT_AVAILABLE]
        assert "Riverdale" not in words_on(at)


@pytest.mark.parametrize("file", sorted(OWN_RETURN))
def test_a_page_opened_by_its_address_after_a_restart_stands_inside_the_app(town, open_app, file):
    """Streamlit takes a folder called “pages” beside the app for its old kind of many-page app, and skips the app."""
    at = open_app(town.office, town.contributor)

    go_to(at, file, assessment=POLICE_RETURN)

    assert "sign_out" in [button.key for button in at.button]


def test_names_with_markdown_in_them_are_drawn_as_they_are_written(sqlite_office, open_app):
    start_partnership(
        sqlite_office, name="R&D *North* <b>", admin_email="a@north.example", admin_name="_Ann_ # $x$ :red[Lee]"
    )
    admin = user_by_email(sqlite_office, "a@north.example")

    said = words_on(open_app(sqlite_office, admin))

    assert "R&D *North* <b>" in said
    assert "_Ann_ # $x$ :red[Lee]" in said
