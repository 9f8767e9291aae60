"""The question library: every set as a kind of organisation is asked it, whatever is wrong with other sets."""

import shutil

import pytest

from section11.domain.people import Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError
from section11.services.library import (
    EVERY_QUESTION,
    list_sets,
    search,
    usual_set_id,
    usual_type,
    view_set,
)
from section11.storage.tables import assessments, organisations
from tests.services.builders import FIRE, MINDER, POLICE, SET_ID
from tests.services.value_builders import EVERY_TYPE_SET


def break_set(town, set_id="broken"):
    """Put a copy of the small set beside it, with a fault in it."""
    folder = town.standards / set_id
    shutil.copytree(town.standards / SET_ID, folder)
    (folder / "set.yaml").write_text((folder / "set.yaml").read_text().replace(SET_ID, set_id))
    (folder / "s1.yaml").write_text("id: S1\ntitel: Leadership\n")


def ids_of(standards):
    return [question.id for standard in standards for question in standard.questions]


def view_of(town, organisation_type=EVERY_QUESTION, set_id=SET_ID):
    return view_set(town.office, town.contributor, set_id, organisation_type)


def searched(town, words, **of):
    return ids_of(search(view_of(town, **of), words))


@pytest.mark.parametrize(
    ("set_id", "organisation_type"),
    [
        ("no-such-set", "police-force"),
        (SET_ID, "no-such-type"),
        (SET_ID, ""),
        (SET_ID, "*"),
        ("", "police-force"),
        ("..", "police-force"),
        (f"../standards/{SET_ID}", "police-force"),
        (f"{SET_ID}/", EVERY_QUESTION),
        (f"{SET_ID}\0", EVERY_QUESTION),
    ],
)
def test_what_is_not_in_the_library_is_not_available(sqlite_town, set_id, organisation_type):
    with pytest.raises(NotAvailableError):
        view_of(sqlite_town, organisation_type, set_id)


def test_a_path_does_not_lead_out_of_the_library(sqlite_town):
    with pytest.raises(NotAvailableError):
        view_of(sqlite_town, set_id=str(EVERY_TYPE_SET))


def test_a_set_with_faults_is_not_shown_and_the_others_are(sqlite_town):
    break_set(sqlite_town)

    with pytest.raises(BadInputError, match="The set “broken” has faults"):
        view_of(sqlite_town, set_id="broken")
    assert view_of(sqlite_town).asked == 4


def test_the_faults_of_a_set_are_listed_for_those_who_choose_sets_and_for_nobody_else(sqlite_town):
    town = sqlite_town
    break_set(town)

    def broken_for(user):
        return next(one for one in list_sets(town.office, user) if one.id == "broken")

    assert broken_for(town.admin).standards_set is None
    assert any("titel" in problem.message for problem in broken_for(town.admin).problems)
    for user in (town.contributor, town.scrutiny, town.board):
        assert broken_for(user).standards_set is None
        assert broken_for(user).problems == ()


def test_a_fault_that_was_corrected_is_gone_at_once(sqlite_town):
    town = sqlite_town
    break_set(town)
    assert list_sets(town.office, town.admin)[1].standards_set is None

    shutil.copy(town.standards / SET_ID / "s1.yaml", town.standards / "broken")

    assert view_of(town, set_id="broken").asked == 4


def test_a_type_sees_its_own_questions_and_how_many_are_left_out(town):
    minder, everyone = view_of(town, "childminder"), view_of(town)

    assert ids_of(minder.standards) == ["S1.1", "S1.2", "S2.1"]
    assert (minder.asked, minder.left_out) == (3, 1)
    assert minder.asked_of.title == "Childminder"
    assert (everyone.asked, everyone.left_out, everyone.asked_of) == (4, 0, None)


def test_a_standard_that_has_nothing_for_a_type_is_left_out(sqlite_town):
    file = sqlite_town.standards / SET_ID / "s2.yaml"
    file.write_text(file.read_text().replace("help: ''", "asked_of: [police-force]"))

    assert [standard.id for standard in view_of(sqlite_town, "childminder").standards] == ["S1"]
    assert [standard.id for standard in view_of(sqlite_town, "police-force").standards] == ["S1", "S2"]


def test_every_word_must_occur_somewhere_in_the_question_in_any_case(sqlite_town):
    file = sqlite_town.standards / SET_ID / "s2.yaml"
    words = "help: Ask the *night* shift.\n    evidence: [Rota with dates]\n    impact: Who sleeps better?"
    file.write_text(file.read_text().replace("help: ''", words))

    assert searched(sqlite_town, "") == ["S1.1", "S1.2", "S2.1", "S2.2"]
    assert searched(sqlite_town, "  NIGHT rota sleeps ") == ["S2.1"]
    assert searched(sqlite_town, "night leadership") == []
    assert searched(sqlite_town, "sleep *night") == ["S2.1"]
    assert searched(sqlite_town, "leeps") == []
    assert searched(sqlite_town, "s1.2") == ["S1.2"]
    assert searched(sqlite_town, "accountability S11-01") == ["S1.1", "S1.2", "S2.1", "S2.2"]
    assert searched(sqlite_town, "Some of it") == ["S1.1", "S1.2", "S2.1", "S2.2"]
    assert searched(sqlite_town, "s2.2", organisation_type="childminder") == []


def test_choices_units_and_sources_are_searched_too(sqlite_town):
    shutil.copytree(EVERY_TYPE_SET, sqlite_town.standards / "every-type")
    set_file = sqlite_town.standards / "every-type" / "set.yaml"
    set_file.write_text(set_file.read_text() + "references: {ca: {title: Children Act 2004}}\n")
    file = sqlite_town.standards / "every-type" / "mixed.yaml"
    file.write_text(file.read_text().replace("essential: true", "references: [ca]"))

    assert searched(sqlite_town, "holiday club", set_id="every-type") == ["M1.6"]
    assert searched(sqlite_town, "how many people", set_id="every-type") == ["M1.3"]
    assert searched(sqlite_town, "act 2004", set_id="every-type") == ["M1.1"]


def test_a_person_begins_with_the_set_and_type_of_their_own_organisation(town):
    shutil.copytree(town.standards / SET_ID, town.standards / "childminders-2026")
    set_file = town.standards / "childminders-2026" / "set.yaml"
    set_file.write_text(set_file.read_text().replace(SET_ID, "childminders-2026"))

    assert usual_set_id(town.office, town.minder) == SET_ID  # as her return asks
    with town.office.store.engine.begin() as connection:
        connection.execute(assessments.delete().where(assessments.c.organisation_id == MINDER))
    assert usual_set_id(town.office, town.minder) == "childminders-2026"  # as her kind of organisation usually answers
    assert usual_type(town.office, town.minder, "childminders-2026") == "childminder"
    assert usual_type(town.office, town.minder, SET_ID) == "childminder"
    assert usual_type(town.office, town.contributor, "childminders-2026") == "police-force"


def test_somebody_of_two_organisations_sees_a_set_as_the_one_that_answers_it(sqlite_town):
    grants = frozenset({Grant(Role.APPROVER, organisation_id=MINDER), Grant(Role.CONTRIBUTOR, organisation_id=POLICE)})
    user = User(Person("both", "both@riverdale.example", "Both"), grants)

    assert usual_type(sqlite_town.office, user, "childminders-2026") == "childminder"
    assert usual_type(sqlite_town.office, user, "section11-2026") == "police-force"


def test_a_person_without_an_organisation_begins_with_the_first_type_that_answers_the_set(sqlite_town):
    town = sqlite_town

    assert usual_type(town.office, town.scrutiny, "education-2026") == "school-maintained"
    assert usual_type(town.office, town.scrutiny, "section11-2026") == "la-childrens-services"
    assert usual_type(town.office, town.scrutiny, "nobody-answers-this") == EVERY_QUESTION


def test_a_set_that_cannot_be_read_is_nobodys_first(sqlite_town):
    town = sqlite_town
    break_set(town, "section11-2026")

    assert usual_set_id(town.office, town.contributor) == SET_ID


def test_an_empty_library_has_no_first_set(sqlite_town):
    shutil.rmtree(sqlite_town.standards)

    assert list_sets(sqlite_town.office, sqlite_town.admin) == []
    assert usual_set_id(sqlite_town.office, sqlite_town.admin) is None


def test_an_organisation_of_a_type_that_is_no_longer_known_sees_the_set_like_everybody(sqlite_town):
    town = sqlite_town
    with town.office.store.engine.begin() as connection:
        connection.execute(organisations.update().where(organisations.c.id == FIRE).values(type="old-type"))

    assert usual_type(town.office, town.fire_contributor, SET_ID) == EVERY_QUESTION
