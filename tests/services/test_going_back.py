"""Going back to the tables of an earlier release and forward again, with a partnership at work in them."""

import pytest
from sqlalchemy import text

from section11.domain.mail import MailFacts, MailKind
from section11.domain.moderation import Seat, Standing
from section11.domain.people import Role
from section11.domain.retention import Rule
from section11.services.api_tokens import create_api_token
from section11.services.board_packs import make_final, save_words
from section11.services.erasing_people import erase_person
from section11.services.evidence import replace_link
from section11.services.keeping.rules import set_rules
from section11.services.letter_templates import change_letter_wording
from section11.services.moderation_views import view_moderation
from section11.services.outbox import put_in_outbox
from section11.services.reminder_schedules import change_reminders
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.slide_templates import keep_template
from section11.services.trail import verify_trail
from section11.storage.mail_texts import MailText
from section11.storage.migrations import go_back, migrate
from tests.services.builders import PARTNERSHIP, POLICE_RETURN, stored_answers
from tests.services.evidence_builders import a_file, a_link
from tests.services.mail_builders import with_mail
from tests.services.moderation_builders import a_panel, judge, judged_alone, panel_of
from tests.small_files import a_template


@pytest.fixture
def panel(ready, office, tmp_path):
    return panel_of(ready.put("at-work", _a_partnership_at_work, office, tmp_path))


def _a_partnership_at_work(office, folder):
    """Build Riverdale with something in the tables that migrations change."""
    panel = a_panel(office, folder, seated=False)
    judged_alone(panel.town, POLICE_RETURN)
    create_api_token(panel.office, panel.town.admin, PARTNERSHIP, "Power BI")
    change_letter_wording(panel.office, panel.ann, PARTNERSHIP, "Dear {{ organisation }}")
    _write_a_board_pack(panel.town)
    _write_a_mail(panel.town)
    _choose_reminders(panel.town)
    set_rules(panel.office, panel.town.admin, PARTNERSHIP, {Rule.RETURNS: 7})
    erase_person(panel.office, panel.town.admin, panel.town.board.id, panel.town.board.person.email)
    return panel.town


def _write_a_board_pack(town):
    save_words(town.office, town.scrutiny, "2026", "themes", "Listening", expected_version=0)
    make_final(town.office, town.scrutiny, "2026")
    keep_template(town.office, town.scrutiny, "riverdale", "ours.pptx", a_template())


def _write_a_mail(town):
    office, facts = with_mail(town.office), MailFacts(path="/invitation/secret")
    invitation = {"kind": MailKind.INVITATION, "to": town.approver.person, "partnership_id": PARTNERSHIP}
    with office.store.writing() as work:
        put_in_outbox(work, office, **invitation, key="one", facts=facts)
        work.mail_texts.put(PARTNERSHIP, MailKind.REMINDER, MailText("Soon", "{{ link }}"))
        work.mail_texts.set_reply_address(PARTNERSHIP, "replies@riverdale.example")
        work.commit()


def _choose_reminders(town):
    change_reminders(town.office, town.admin, "2026", is_on=True, before="5", after="", roles=[Role.APPROVER])
    with town.office.store.writing() as work:
        work.mail_choices.put(town.contributor.id, {MailKind.REMINDER: False}, town.office.clock())
        work.commit()


@pytest.mark.parametrize("revision", [f"{number:04}" for number in (17, 15, 14, 13, 12, 11, 9, 8, 7, 6, 5, 4, 3, 2, 1)])
def test_answers_and_the_trail_survive_the_way_back_and_forward(panel, revision):
    town, engine = panel.town, panel.office.store.engine
    before = stored_answers(town, POLICE_RETURN)

    go_back(engine, revision)
    migrate(engine)

    assert stored_answers(town, POLICE_RETURN) == before
    # What was signed has a table of its own since 0005: further back it is gone, and the check says so.
    gone = (
        ()
        if revision >= "0005"
        else (f"assessment:{POLICE_RETURN}: signed version 1 is missing; event 7 tells of it.",)
    )
    assert verify_trail(panel.office, town.admin).faults == gone
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


@pytest.mark.parametrize("revision", ["0009", "0008", "0007", "0006"])
def test_judgements_of_evidence_stay_up_to_date_on_the_way_back_and_forward(panel, revision):
    town = panel.town
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Show it.")
    replace_link(panel.office, town.contributor, a_link(panel.office, town.contributor).id, "https://two.example/")
    a_file(panel.office, town.contributor)
    send_for_sign_off(panel.office, town.contributor, POLICE_RETURN)
    sign_off(panel.office, town.approver, POLICE_RETURN, agreed=True)
    judge(panel, panel.ann, "S1.1")
    before = view_moderation(panel.office, panel.ann, POLICE_RETURN)

    go_back(panel.office.store.engine, revision)
    migrate(panel.office.store.engine)

    after = view_moderation(panel.office, panel.ann, POLICE_RETURN)
    assert after.judgements == before.judgements
    assert [one.revision for one in after.judgement("S1.1", Seat.FIRST).attached] == [2, 1]
    assert after.standing("S1.1") is Standing.JUDGED
