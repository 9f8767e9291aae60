"""Who may do what in administration: cycles, people, imports, mail, keeping and the trail."""

from __future__ import annotations

from typing import Any

from section11.domain.mail import MailKind
from section11.domain.people import Role
from section11.domain.retention import Rule
from section11.services import (
    anchors,
    api_tokens,
    chase_mails,
    cycles,
    erasing_people,
    invitations,
    inviting,
    leaving,
    mail_overview,
    mail_texts,
    open_data,
    personal_data,
    reminder_schedules,
    second_steps,
    trail,
    waiting_roles,
)
from section11.services.keeping import applying, rules
from section11.services.taking_in import layouts, undoing
from section11.services.taking_in import organisations as organisation_import
from section11.services.taking_in import people as people_import
from section11.services.taking_in import results as results_import
from section11.services.taking_in import survey as survey_import
from section11.services.taking_in.keeping import ImportKind
from section11.storage.mail_texts import MailText
from tests.services.builders import POLICE
from tests.services.walk.calls import change_reminders, create_cycle, imported, invite, remind, test_mail
from tests.services.walk.things import ANCHOR, ORGANISATIONS, PEOPLE_FILE, RESULTS, SURVEY, Call

# fmt: off
#                                     c  a  pc pa oc oa s  b  m  ec ea es eb em n  op
ADMINISTRATION: list[tuple[Any, Call, str]] = [
    (cycles.create_cycle, create_cycle,
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.open_cycle, lambda o, u, t: cycles.open_cycle(o, u, t.new_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.add_missing_forms, lambda o, u, t: cycles.add_missing_forms(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.close_cycle, lambda o, u, t: cycles.close_cycle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (chase_mails.send_chase_mail, remind,
                                     "P  P  _  _  _  _  Y  P  Y  _  _  _  _  _  _  P"),
    (chase_mails.sent_today, lambda o, u, t: chase_mails.sent_today(o, u, t.open_cycle, [t.being_written]),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  P"),
    (reminder_schedules.view_reminders, lambda o, u, t: reminder_schedules.view_reminders(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (reminder_schedules.preview_reminders, lambda o, u, t: reminder_schedules.preview_reminders(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (reminder_schedules.change_reminders, change_reminders,
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (inviting.invite_person, lambda o, u, t: invite(o, u, Role.APPROVER, organisation_id=t.organisation),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (inviting.invite_person, lambda o, u, t: invite(o, u, Role.SCRUTINY_LEAD, partnership_id=t.partnership),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (invitations.create_invitation, lambda o, u, t: invitations.create_invitation(o, u, t.colleague),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    # An approver ends the roles of colleagues; what else a person is, is left to whoever looks after it.
    (leaving.end_access, lambda o, u, t: leaving.end_access(o, u, t.colleague),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (leaving.reopen_account, lambda o, u, t: leaving.reopen_account(o, u, t.leaver),
                                     "_  _  _  _  _  _  _  _  Y  _  _  _  _  _  _  Y"),
    # Administrators alone, of every partnership in which the person holds a role.
    (personal_data.download_personal_data, lambda o, u, t: personal_data.download_personal_data(o, u, t.colleague),
                                     "P  P  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (personal_data.download_own_data, lambda o, u, t: personal_data.download_own_data(o, u),
                                     "Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  _  _"),
    (erasing_people.preview_erasure, lambda o, u, t: erasing_people.preview_erasure(o, u, t.colleague),
                                     "P  P  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (erasing_people.erase_person,
     lambda o, u, t: erasing_people.erase_person(o, u, t.colleague, f"contributor@{POLICE}.example"),
                                     "P  P  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (rules.set_rules, lambda o, u, t: rules.set_rules(o, u, t.partnership, {Rule.RETURNS: 7}),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (applying.preview_retention, lambda o, u, t: applying.preview_retention(o, u, t.partnership),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (applying.apply_retention, lambda o, u, t: applying.apply_retention(o, u, t.partnership, "Riverdale"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (waiting_roles.withdraw_waiting_role, lambda o, u, t: waiting_roles.withdraw_waiting_role(o, u, t.waiting_link),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (waiting_roles.renew_waiting_role, lambda o, u, t: waiting_roles.renew_waiting_role(o, u, t.waiting_link),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (second_steps.remove_second_step, lambda o, u, t: second_steps.remove_second_step(o, u, t.colleague),
                                     "P  P  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (organisation_import.preview_organisations, imported(organisation_import.preview_organisations, ORGANISATIONS),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (organisation_import.import_organisations, imported(organisation_import.import_organisations, ORGANISATIONS),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (people_import.preview_people, imported(people_import.preview_people, PEOPLE_FILE),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (people_import.import_people, imported(people_import.import_people, PEOPLE_FILE),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (results_import.import_results,
     lambda o, u, t: results_import.import_results(o, u, t.open_cycle, RESULTS, "file.csv"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (survey_import.preview_survey,
     lambda o, u, t: survey_import.preview_survey(o, u, t.open_cycle, SURVEY, "file.csv"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (survey_import.import_survey,
     lambda o, u, t: survey_import.import_survey(o, u, t.open_cycle, SURVEY, "file.csv"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (results_import.preview_results,
     lambda o, u, t: results_import.preview_results(o, u, t.open_cycle, RESULTS, "file.csv"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (results_import.scales_of, lambda o, u, t: results_import.scales_of(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (results_import.question_columns, lambda o, u, t: results_import.question_columns(o, u, t.open_cycle, ["S1.1"]),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (survey_import.survey_subjects, lambda o, u, t: survey_import.survey_subjects(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (layouts.kept_layout, lambda o, u, t: layouts.kept_layout(o, u, t.partnership, ImportKind.RESULTS, ["a"]),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (layouts.keep_layout, lambda o, u, t: layouts.keep_layout(o, u, t.partnership, ["a"], layouts.AS_WRITTEN),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (undoing.undo_import, lambda o, u, t: undoing.undo_import(o, u, t.survey),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (open_data.download_data, lambda o, u, t: open_data.download_data(o, u, t.open_cycle, "csv"),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (api_tokens.create_api_token, lambda o, u, t: api_tokens.create_api_token(o, u, t.partnership, "Power BI"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (api_tokens.revoke_api_token, lambda o, u, t: api_tokens.revoke_api_token(o, u, t.token),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_overview.view_mail, lambda o, u, t: mail_overview.view_mail(o, u, t.partnership),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_overview.send_test_mail, test_mail,
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_overview.try_again, lambda o, u, t: mail_overview.try_again(o, u, t.lost_mail),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_overview.set_reply_address,
     lambda o, u, t: mail_overview.set_reply_address(o, u, t.partnership, "replies@riverdale.example"),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_texts.list_mail_texts, lambda o, u, t: mail_texts.list_mail_texts(o, u, t.partnership),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (mail_texts.change_mail_text,
     lambda o, u, t: mail_texts.change_mail_text(o, u, t.partnership, MailKind.REMINDER, MailText("Soon", "Soon")),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    # The trail is of the whole database, so only somebody who looks after every partnership in it may ask.
    (trail.verify_trail, lambda o, u, t: trail.verify_trail(o, u),
                                     "_  _  _  _  _  _  _  _  _  _  _  P  P  _  _  Y"),
    (anchors.make_anchor, lambda o, u, t: anchors.make_anchor(o, u),
                                     "_  _  _  _  _  _  _  _  _  _  _  P  P  _  _  Y"),
    (anchors.faults_beside, lambda o, u, t: anchors.faults_beside(o, u, ANCHOR),
                                     "_  _  _  _  _  _  _  _  _  _  _  P  P  _  _  Y"),
]
