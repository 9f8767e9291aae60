"""Every service that acts for a person, asked by every role from every side, compared with a table written by hand.

The things asked for belong to Riverdale Police, in the partnership Riverdale. A refused call must leave the whole
database as it was; and for somebody without a role there, a thing that exists reads like one that does not.
"""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import section11.services
from section11.domain.actions import Report
from section11.domain.answers import Action
from section11.domain.board_packs import THEMES, PlannedAction
from section11.domain.evidence import Description
from section11.domain.mail import MailKind
from section11.domain.moderation import Seat
from section11.domain.people import OPERATOR, Grant, Person, Role, User
from section11.domain.retention import Rule
from section11.domain.snapshots import SignedEvidence
from section11.errors import (
    BadInputError,
    NotAvailableError,
    NotPermittedError,
    SettingMissingError,
    TransitionNotAllowedError,
)
from section11.permissions import Right
from section11.reports.letter_docx import letter_starter
from section11.reports.selection import RatingsBy
from section11.services import (
    action_register,
    actions,
    anchors,
    answering,
    api_tokens,
    attaching,
    blank_forms,
    board_pack_files,
    board_packs,
    changes,
    chase_mails,
    chasing,
    collating,
    cycles,
    declarations,
    directory,
    earlier_actions,
    earlier_evidence,
    erasing_people,
    evidence,
    excel_returns,
    exports,
    figure_tables,
    filters,
    good_practice,
    histories,
    invitations,
    inviting,
    leaving,
    letter_bundles,
    letter_templates,
    letters,
    library,
    mail_overview,
    mail_texts,
    many_returns,
    moderating,
    moderation_panels,
    moderation_views,
    open_data,
    opening_evidence,
    panels_of_cycle,
    personal_data,
    profiles,
    queries,
    readings,
    released,
    releasing,
    reminder_schedules,
    return_pdfs,
    scrutiny,
    second_steps,
    sharing_out,
    signing,
    slide_templates,
    surroundings,
    trail,
    trends,
    waiting_roles,
)
from section11.services.action_lines import ActionLine
from section11.services.board_pack_files import Form
from section11.services.keeping import applying, rules
from section11.services.office import Office
from section11.services.refusals import noting_refusals
from section11.services.taking_in import layouts, undoing
from section11.services.taking_in import organisations as organisation_import
from section11.services.taking_in import people as people_import
from section11.services.taking_in import results as results_import
from section11.services.taking_in import survey as survey_import
from section11.services.taking_in.keeping import ImportKind
from section11.storage.mail_texts import MailText
from section11.storage.tables import metadata
from section11.storage.unit_of_work import Store
from tests.conftest import office_on
from tests.services.builders import (
    MINDER,
    PARTNERSHIP,
    POLICE,
    SET_ID,
    Town,
    a_quiet_town,
    awaiting_sign_off,
    in_progress,
    open_a_cycle,
    people_on_every_side,
    prepare_a_cycle,
    promise,
    submitted,
    submitted_with_an_action,
    tracked_action,
    user_by_email,
)
from tests.services.evidence_builders import POLICY, a_file, a_link
from tests.services.mail_builders import a_lost_mail
from tests.services.moderation_builders import judged_alone
from tests.small_files import a_pdf, a_template

ANCHOR = anchors.Anchor(datetime(2026, 3, 2, tzinfo=UTC), {})
PEOPLE = ("c", "a", "pc", "pa", "oc", "oa", "s", "b", "m", "ec", "ea", "es", "eb", "em", "n", "op")
"""Contributor and approver of the police (c, a), of their parent (pc, pa), of another organisation (oc, oa); scrutiny
lead, board viewer and administrator of the partnership (s, b, m); the same five of another partnership (ec … em);
somebody without any role (n); the operator on the command line (op)."""


@dataclass(frozen=True)
class Things:
    """What is asked for: things of the police and of Riverdale, or things that do not exist."""

    being_written: str = f"2026.{POLICE}"
    to_sign: str = f"2024.{POLICE}"
    returned: str = f"2022.{POLICE}"
    """Judged by Riverdale's scrutiny lead alone, but not finished."""
    released: str = f"2020.{POLICE}"
    packed_cycle: str = "2020"
    """It has a final board pack."""
    open_cycle: str = "2026"
    new_cycle: str = "2028"
    partnership: str = PARTNERSHIP
    organisation: str = POLICE
    colleague: str = ""
    lead: str = ""
    leaver: str = ""
    """Was a contributor of the police."""
    draft_evidence: str = f"{POLICE}.e1"
    returned_evidence: str = f"{POLICE}.e2"
    link: str = f"{POLICE}.e3"
    file: bytes = b""
    open_action: int = 10**6
    done_action: int = 10**6
    counted: Any = None
    """The figures of ``packed_cycle``."""
    token: str = "nothing"
    survey: str = "nothing"
    lost_mail: int = 10**6
    """Could not be delivered."""
    waiting_link: str = "nothing"
    """Offers Riverdale's scrutiny lead a role of the police."""


MADE_UP = Things(
    "2026.x", "2024.x", "2022.x", "2020.x", "1999", "1999", "1999", "nowhere", "nobody", "nobody", "nobody", "nobody",
    "nobody.e1", "nobody.e2", "nobody.e3",
)  # fmt: skip

NOBODY = User(Person("nobody", "nobody@example.org", "Nobody"), frozenset())
ORGANISATIONS = b"name,type\nNew Club,out-of-school\n"
PEOPLE_FILE = b"email,name,role\nnew@riverdale.example,New Person,board viewer\n"
SURVEY = b"organisation,question,agree,responses\nriverdale-fire,S1.1,6,12\n"
RESULTS = b"organisation,question,rating\nriverdale-fire,S1.1,Fully met\n"

Call = Callable[[Office, User, Things], Any]
Y, P, _ = "allowed", "not permitted", "not available"


def _save(o: Office, u: User, t: Things) -> Any:
    return answering.save_answer(o, u, t.being_written, "S1.1", expected_version=2, evidence="Other words")


def _confirm(o: Office, u: User, t: Things) -> Any:
    return earlier_evidence.confirm_answer(o, u, t.being_written, "S1.1", expected_version=2)


def _moderate(o: Office, u: User, t: Things) -> Any:
    versions = {"expected_version": 1, "expected_answer_version": 2}  # the answer was brought from 2020 first
    read = (SignedEvidence(f"{POLICE}.e2", 1),)
    return moderating.save_moderation(
        o, u, t.returned, "S1.1", **versions, expected_attached=read, reason="Other words"
    )  # fmt: skip


def _agree(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may agree is told that this cycle has one moderator
        moderating.save_agreement(o, u, t.returned, "S1.1", expected_version=0, expected_answer_version=1)


def _test_mail(o: Office, u: User, t: Things) -> Any:
    with suppress(SettingMissingError):  # whoever may send one is told how to set mail up
        mail_overview.send_test_mail(o, u, t.partnership)


def _release(o: Office, u: User, t: Things) -> Any:
    with suppress(TransitionNotAllowedError):  # whoever may release is told that this return is not moderated
        releasing.release_return(o, u, t.returned)


def _write_letters(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may is told that nothing in this cycle is released
        letters.write_letters(o, u, t.open_cycle, letters.LetterFormat.PDF, BytesIO())


def _make_bundle(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):
        letter_bundles.make_bundle(o, u, t.open_cycle, letters.LetterFormat.PDF)


def _bring_in(o: Office, u: User, t: Things) -> Any:
    sent = many_returns.SentFile("police.xlsx", lambda: t.file)
    [result] = many_returns.bring_in_returns(o, u, [sent], dry_run=False).files
    if result.refusal == many_returns.NOT_HERE:  # in a summary, so that one file does not stop the others
        raise NotAvailableError()


def _remind(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may remind is told that no mail server is set
        chase_mails.send_chase_mail(o, u, t.being_written)


def _change_reminders(o: Office, u: User, t: Things) -> Any:
    days = {"is_on": True, "before": "5", "after": "", "roles": [Role.APPROVER]}
    return reminder_schedules.change_reminders(o, u, t.open_cycle, **days)


def _create_cycle(o: Office, u: User, t: Things) -> Any:
    values = {"name": "2030", "due": date(2030, 3, 31), "set_ids_by_type": {"*": SET_ID}}
    return cycles.create_cycle(o, u, **values, partnership_ids=frozenset({t.partnership}))


def _invite(o: Office, u: User, role: Role, **place: str) -> Any:
    return inviting.invite_person(o, u, email="new@example.org", name="New Person", post="", role=role, **place)


def _question(t: Things, question_id: str = "S1.1") -> attaching.QuestionPlace:
    return attaching.QuestionPlace(t.being_written, question_id)


def _imported(function: Any, content: bytes) -> Call:
    return lambda o, u, t: function(o, u, t.partnership, content, "file.csv")


# fmt: off
#                                     c  a  pc pa oc oa s  b  m  ec ea es eb em n  op
TABLE: list[tuple[Any, Call, str]] = [
    (answering.view_assessment, lambda o, u, t: answering.view_assessment(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (answering.save_answer, _save,   "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (earlier_evidence.confirm_answer, _confirm,
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (earlier_evidence.earlier_evidence, lambda o, u, t: earlier_evidence.earlier_evidence(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (answering.save_action, lambda o, u, t: answering.save_action(o, u, t.being_written, Action("S1.1", "Train")),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (signing.send_for_sign_off, lambda o, u, t: signing.send_for_sign_off(o, u, t.being_written),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (signing.take_back, lambda o, u, t: signing.take_back(o, u, t.to_sign),
                                     "P  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  P"),
    (signing.sign_off, lambda o, u, t: signing.sign_off(o, u, t.to_sign, agreed=True),
                                     "P  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  P"),
    (signing.paper_to_sign, lambda o, u, t: signing.paper_to_sign(o, u, t.to_sign),
                                     "P  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  P"),
    (signing.signed_versions, lambda o, u, t: signing.signed_versions(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (declarations.change_declaration, lambda o, u, t: declarations.change_declaration(o, u, t.partnership, "I agree."),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (return_pdfs.download_filled_pdf, lambda o, u, t: return_pdfs.download_filled_pdf(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (scrutiny.list_returns, lambda o, u, t: scrutiny.list_returns(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (panels_of_cycle.panels_of_cycle, lambda o, u, t: panels_of_cycle.panels_of_cycle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (scrutiny.read_return, lambda o, u, t: scrutiny.read_return(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (scrutiny.hand_back, lambda o, u, t: scrutiny.hand_back(o, u, t.returned, "More work"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (scrutiny.reopen, lambda o, u, t: scrutiny.reopen(o, u, t.returned, "More work"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (changes.changes_since_last_time, lambda o, u, t: changes.changes_since_last_time(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (queries.ask, lambda o, u, t: queries.ask(o, u, t.returned, "S1.1", "Which policy?"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (queries.note_internally, lambda o, u, t: queries.note_internally(o, u, t.returned, "S1.1", "Thin"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    # What the police were asked, and reply to, stands in the return of 2022.
    (queries.reply, lambda o, u, t: queries.reply(o, u, t.returned, "S1.2", "The one of May"),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (queries.threads_of_own_return, lambda o, u, t: queries.threads_of_own_return(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (queries.threads_for_scrutiny, lambda o, u, t: queries.threads_for_scrutiny(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (queries.list_threads, lambda o, u, t: queries.list_threads(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (queries.mark_read, lambda o, u, t: queries.mark_read(o, u, t.returned, "S1.2"),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (queries.mark_read, lambda o, u, t: queries.mark_read(o, u, t.returned, "S1.2", as_scrutiny=True),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (cycles.create_cycle, _create_cycle,
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.open_cycle, lambda o, u, t: cycles.open_cycle(o, u, t.new_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.add_missing_forms, lambda o, u, t: cycles.add_missing_forms(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (cycles.close_cycle, lambda o, u, t: cycles.close_cycle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (excel_returns.download_return, lambda o, u, t: excel_returns.download_return(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (excel_returns.download_return, lambda o, u, t: excel_returns.download_return(o, u, t.being_written, blank=True),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (excel_returns.preview_import, lambda o, u, t: excel_returns.preview_import(o, u, t.being_written, t.file),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (excel_returns.import_return, lambda o, u, t: excel_returns.import_return(o, u, t.being_written, t.file),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (many_returns.bring_in_returns, _bring_in,
                                     "_  _  _  _  _  _  _  _  Y  _  _  _  _  _  _  Y"),
    (exports.download_workbook, lambda o, u, t: exports.download_workbook(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (exports.export_figures, lambda o, u, t: exports.export_figures(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (collating.collate, lambda o, u, t: collating.collate(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (collating.cycle_figures, lambda o, u, t: collating.cycle_figures(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (collating.return_rates, lambda o, u, t: collating.return_rates(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (chasing.chase_list, lambda o, u, t: chasing.chase_list(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (chase_mails.send_chase_mail, _remind,
                                     "P  P  _  _  _  _  Y  P  Y  _  _  _  _  _  _  P"),
    (chase_mails.sent_today, lambda o, u, t: chase_mails.sent_today(o, u, t.open_cycle, [t.being_written]),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  P"),
    (reminder_schedules.view_reminders, lambda o, u, t: reminder_schedules.view_reminders(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (reminder_schedules.preview_reminders, lambda o, u, t: reminder_schedules.preview_reminders(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (reminder_schedules.change_reminders, _change_reminders,
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (filters.filter_choices, lambda o, u, t: filters.filter_choices(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (filters.check_selection, lambda o, u, t: filters.check_selection(o, u, t.open_cycle, {"type": ["police-force"]}),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (trends.cycles_up_to, lambda o, u, t: trends.cycles_up_to(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (trends.cycle_set_counts, lambda o, u, t: trends.cycle_set_counts(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (trends.cycle_trends, lambda o, u, t: trends.cycle_trends(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (trends.figures_before, lambda o, u, t: trends.figures_before(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (figure_tables.download_table, lambda o, u, t: figure_tables.download_table(o, u, t.open_cycle, "chase-list"),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (figure_tables.download_table,
     lambda o, u, t: figure_tables.download_table(o, u, t.open_cycle, "actions-by-standard"),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (figure_tables.download_table,
     lambda o, u, t: figure_tables.download_table(o, u, t.open_cycle, "released-returns"),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (profiles.profile_for_scrutiny, lambda o, u, t: profiles.profile_for_scrutiny(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (profiles.organisation_trend, lambda o, u, t: profiles.organisation_trend(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (profiles.download_own_profile, lambda o, u, t: profiles.download_own_profile(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (profiles.own_profile, lambda o, u, t: profiles.own_profile(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (good_practice.pick_good_practice,
     lambda o, u, t: good_practice.pick_good_practice(o, u, t.returned, "S1.1", "Clear"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (good_practice.unpick_good_practice, lambda o, u, t: good_practice.unpick_good_practice(o, u, t.returned, "S1.1"),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (good_practice.answers_to, lambda o, u, t: good_practice.answers_to(o, u, t.open_cycle, SET_ID, "S1.1"),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (good_practice.good_practice_in, lambda o, u, t: good_practice.good_practice_in(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (blank_forms.download_return_pdf, lambda o, u, t: blank_forms.download_return_pdf(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    # The questions are no secret: whoever is signed in may read and print every set.
    (library.view_set, lambda o, u, t: library.view_set(o, u, SET_ID, "police-force"),
                                     "Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y"),
    (blank_forms.download_set_pdf, lambda o, u, t: blank_forms.download_set_pdf(o, u, SET_ID, "police-force"),
                                     "Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y"),
    (blank_forms.download_set_workbook, lambda o, u, t: blank_forms.download_set_workbook(o, u, SET_ID, "police-force"),
                                     "Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y"),
    (inviting.invite_person, lambda o, u, t: _invite(o, u, Role.APPROVER, organisation_id=t.organisation),
                                     "P  Y  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (inviting.invite_person, lambda o, u, t: _invite(o, u, Role.SCRUTINY_LEAD, partnership_id=t.partnership),
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
    (organisation_import.preview_organisations, _imported(organisation_import.preview_organisations, ORGANISATIONS),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (organisation_import.import_organisations, _imported(organisation_import.import_organisations, ORGANISATIONS),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (people_import.preview_people, _imported(people_import.preview_people, PEOPLE_FILE),
                                     "_  _  _  _  _  _  P  P  Y  _  _  _  _  _  _  Y"),
    (people_import.import_people, _imported(people_import.import_people, PEOPLE_FILE),
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
    (readings.notices_of_own_return, lambda o, u, t: readings.notices_of_own_return(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (readings.notices_of_return, lambda o, u, t: readings.notices_of_return(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (readings.notices_of_return, lambda o, u, t: readings.notices_of_return(o, u, t.being_written),
                                     "P  P  _  _  _  _  P  P  P  _  _  _  _  _  _  P"),
    (readings.notices_of_cycle, lambda o, u, t: readings.notices_of_cycle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (evidence.list_evidence, lambda o, u, t: evidence.list_evidence(o, u, t.organisation),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (evidence.add_file, lambda o, u, t: evidence.add_file(o, u, t.organisation, POLICY, "policy.pdf", a_pdf()),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (evidence.add_link, lambda o, u, t: evidence.add_link(o, u, t.organisation, POLICY, "https://a.example"),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (evidence.replace_file, lambda o, u, t: evidence.replace_file(o, u, t.draft_evidence, "p.pdf", a_pdf(pages=2)),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (evidence.replace_link, lambda o, u, t: evidence.replace_link(o, u, t.link, "https://a.example"),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (evidence.describe_evidence, lambda o, u, t: evidence.describe_evidence(o, u, t.draft_evidence, POLICY),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (attaching.attach_evidence, lambda o, u, t: attaching.attach_evidence(o, u, _question(t, "S2.1"), t.link),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (attaching.detach_evidence, lambda o, u, t: attaching.detach_evidence(o, u, _question(t), t.draft_evidence),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (attaching.evidence_of_return, lambda o, u, t: attaching.evidence_of_return(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (attaching.evidence_of_return, lambda o, u, t: attaching.evidence_of_return(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (opening_evidence.open_evidence, lambda o, u, t: opening_evidence.open_evidence(o, u, t.draft_evidence, 1),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (opening_evidence.open_evidence, lambda o, u, t: opening_evidence.open_evidence(o, u, t.returned_evidence, 1),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (moderation_panels.assign_moderator,
     lambda o, u, t: moderation_panels.assign_moderator(o, u, t.returned, Seat.FIRST, t.lead),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderating.save_moderation, _moderate,
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderating.save_agreement, _agree,
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderating.say_done, lambda o, u, t: moderating.say_done(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderating.finish_moderation, lambda o, u, t: moderating.finish_moderation(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderation_views.view_moderation, lambda o, u, t: moderation_views.view_moderation(o, u, t.returned),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (moderation_views.moderation_work, lambda o, u, t: moderation_views.moderation_work(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (sharing_out.share_out, lambda o, u, t: sharing_out.share_out(o, u, t.open_cycle, [t.lead]),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (sharing_out.take_back_shares, lambda o, u, t: sharing_out.take_back_shares(o, u, t.open_cycle, []),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (releasing.release_return, _release,
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (releasing.release_cycle, lambda o, u, t: releasing.release_cycle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (releasing.view_released_moderation, lambda o, u, t: releasing.view_released_moderation(o, u, t.released),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (releasing.read_released, lambda o, u, t: releasing.read_released(o, u, t.released),
                                     "P  P  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (released.released_figures, lambda o, u, t: released.released_figures(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (released.released_trends,
     lambda o, u, t: released.released_trends(o, u, t.open_cycle, RatingsBy.MODERATION),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (released.export_released_figures, lambda o, u, t: released.export_released_figures(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (releasing.list_released, lambda o, u, t: releasing.list_released(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    # An organisation has a letter once its return is released; scrutiny may preview one.
    (letters.download_letter, lambda o, u, t: letters.download_letter(o, u, t.released, "docx"),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (letters.download_letter, lambda o, u, t: letters.download_letter(o, u, t.returned, "docx"),
                                     "P  P  P  P  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (letters.download_letter, lambda o, u, t: letters.download_letter(o, u, t.being_written, "docx"),
                                     "P  P  P  P  _  _  P  P  P  _  _  _  _  _  _  P"),
    (letters.list_letters, lambda o, u, t: letters.list_letters(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (letters.write_letters, _write_letters,
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (letter_bundles.make_bundle, _make_bundle,
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    # A file of letters opens for nobody but whoever had it made.
    (letter_bundles.open_bundle, lambda o, u, t: letter_bundles.open_bundle(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  _  _  _  _  _  _  _  _  _  _"),
    (letter_templates.change_letter_wording,
     lambda o, u, t: letter_templates.change_letter_wording(o, u, t.partnership, "Dear all"),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (letter_templates.change_letter_document,
     lambda o, u, t: letter_templates.change_letter_document(o, u, t.partnership, letter_starter("R"), "a.docx"),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (letter_templates.remove_letter_document,
     lambda o, u, t: letter_templates.remove_letter_document(o, u, t.partnership),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (letter_templates.download_letter_document,
     lambda o, u, t: letter_templates.download_letter_document(o, u, t.partnership),
                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _  Y"),
    (actions.update_action, lambda o, u, t: actions.update_action(o, u, t.open_action, Report("Begun")),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (actions.finish_action, lambda o, u, t: actions.finish_action(o, u, t.open_action, Report("", "Register")),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (actions.drop_action, lambda o, u, t: actions.drop_action(o, u, t.open_action, Report("Not needed")),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (actions.reopen_action, lambda o, u, t: actions.reopen_action(o, u, t.done_action, Report("Not quite")),
                                     "Y  Y  _  _  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (earlier_actions.open_actions_for, lambda o, u, t: earlier_actions.open_actions_for(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (action_register.action_register, lambda o, u, t: action_register.action_register(o, u, t.open_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (action_register.verify_action, lambda o, u, t: action_register.verify_action(o, u, t.done_action, Report()),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (action_register.not_yet_done, lambda o, u, t: action_register.not_yet_done(o, u, t.done_action, Report("No")),
                                     "P  P  _  _  _  _  Y  P  P  _  _  _  _  _  _  P"),
    (histories.return_history, lambda o, u, t: histories.return_history(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (histories.return_history, lambda o, u, t: histories.return_history(o, u, t.being_written),
                                     "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _  Y"),
    (histories.download_history, lambda o, u, t: histories.download_history(o, u, t.returned),
                                     "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.pack_figures, lambda o, u, t: board_packs.pack_figures(o, u, t.packed_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.view_draft, lambda o, u, t: board_packs.view_draft(o, u, t.packed_cycle, t.counted),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.save_words,
     lambda o, u, t: board_packs.save_words(o, u, t.packed_cycle, THEMES, "Listening", expected_version=0),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.save_plan,
     lambda o, u, t: board_packs.save_plan(o, u, t.packed_cycle, [PlannedAction("Train")], expected_version=0),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.make_final, lambda o, u, t: board_packs.make_final(o, u, t.packed_cycle),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (board_packs.list_packs, lambda o, u, t: board_packs.list_packs(o, u, t.packed_cycle),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (board_pack_files.download_pack,
     lambda o, u, t: board_pack_files.download_pack(o, u, t.packed_cycle, 1, Form.WEB_PAGE),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (board_pack_files.present_pack, lambda o, u, t: board_pack_files.present_pack(o, u, t.packed_cycle, 1),
                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _  Y"),
    (board_pack_files.download_draft,
     lambda o, u, t: board_pack_files.download_draft(o, u, t.packed_cycle, Form.WEB_PAGE),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (slide_templates.keep_template,
     lambda o, u, t: slide_templates.keep_template(o, u, t.partnership, "slides.pptx", a_template()),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
    (slide_templates.drop_template, lambda o, u, t: slide_templates.drop_template(o, u, t.partnership),
                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _  Y"),
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
    (mail_overview.send_test_mail, _test_mail,
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
# fmt: on

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


@dataclass(frozen=True)
class World:
    database: Path
    office: Office
    users: dict[str, User]
    things: Things


def _submitted_with_two_actions(town: Town, assessment_id: str) -> None:
    """Submit a return with an open action for S1.1 and one for S1.2 that is done."""
    promise(town, town.contributor, assessment_id, "S1.2")
    action_id = tracked_action(town, assessment_id, "S1.2").id
    actions.finish_action(town.office, town.contributor, action_id, Report("", "Register"))
    submitted_with_an_action(town, assessment_id)


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite) -> World:
    """Riverdale with returns in three cycles, and Elmtree next door, in a file that tests copy."""
    folder = tmp_path_factory.mktemp("walk")
    database = folder / "walk.db"
    shutil.copy(_migrated_sqlite, database)
    town = a_quiet_town(office_on(f"sqlite:///{database}"), folder)
    for name, brought_to in (
        ("2020", submitted),
        ("2022", _submitted_with_two_actions),
        ("2024", awaiting_sign_off),
        ("2026", in_progress),
    ):
        open_a_cycle(town, name=name, due=date(int(name), 3, 31))
        if name == "2022":
            _add_evidence(town)
        brought_to(town, f"{name}.{POLICE}")
    first_draft = attaching.QuestionPlace(f"2026.{POLICE}", "S1.1")
    attaching.attach_evidence(town.office, town.contributor, first_draft, Things().draft_evidence)
    queries.ask(town.office, town.scrutiny, f"2022.{POLICE}", "S1.2", "Which policy?")
    queries.note_internally(town.office, town.scrutiny, f"2022.{POLICE}", "S1.2", "Ask the fire service, too")
    judged_alone(town, f"2022.{POLICE}")
    judged_alone(town, f"2020.{POLICE}")
    moderating.finish_moderation(town.office, town.scrutiny, f"2020.{POLICE}")
    releasing.release_return(town.office, town.scrutiny, f"2020.{POLICE}")
    counted = board_packs.pack_figures(town.office, town.scrutiny, "2020")
    board_packs.make_final(town.office, town.scrutiny, "2020")
    prepare_a_cycle(town, name="2028", due=date(2028, 3, 31))
    token = api_tokens.create_api_token(town.office, town.admin, PARTNERSHIP, "Power BI").token
    lost_mail = a_lost_mail(town)
    survey_import.import_survey(town.office, town.admin, "2026", SURVEY, "survey.csv")
    lines = undoing.list_imports(town.office, town.admin)
    survey = next(one.id for one in lines if one.kind is ImportKind.SURVEY)
    users = people_on_every_side(town) | {"n": NOBODY, "op": OPERATOR}
    file = excel_returns.download_return(town.office, town.contributor, f"2026.{POLICE}", blank=True).content
    promised = [tracked_action(town, f"2022.{POLICE}", question_id).id for question_id in ("S1.1", "S1.2")]
    gone = {"email": "gone@police.example", "name": "Gone", "post": "", "role": Role.CONTRIBUTOR}
    inviting.invite_person(town.office, town.approver, **gone, organisation_id=POLICE)
    leaver = leaving.end_access(town.office, town.admin, user_by_email(town.office, gone["email"]).id)
    offered = {"email": town.scrutiny.person.email, "name": "?", "post": "", "role": Role.CONTRIBUTOR}
    inviting.invite_person(town.office, town.approver, **offered, organisation_id=POLICE)
    waiting = waiting_roles.list_waiting_roles(town.office, town.approver)
    town.office.store.close()
    things = Things(
        colleague=town.contributor.id,
        lead=town.scrutiny.id,
        leaver=leaver.person.id,
        file=file,
        open_action=promised[0],
        done_action=promised[1],
        counted=counted,
        token=token.id,
        survey=survey,
        lost_mail=lost_mail,
        waiting_link=waiting[0].link_id,
    )
    return World(database, town.office, users, things)


def _add_evidence(town: Town) -> None:
    """Keep two files and a link for the police; the second file is attached to their return of 2022."""
    first, returned = Description("A draft's own"), attaching.QuestionPlace(f"2022.{POLICE}", "S1.1")
    a_file(town.office, town.contributor, about=first, attach_to=None)
    a_file(town.office, town.contributor, attach_to=returned)
    a_link(town.office, town.contributor, attach_to=None)


@contextmanager
def copied(world: World, folder: Path, name: str):
    path = folder / f"{name}.db"
    shutil.copy(world.database, path)
    store = Store.open(f"sqlite:///{path}")
    yield replace(world.office, store=store)
    store.close()


def everything_in(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table as the database has them: turning them into values takes ten times as long."""
    with office.store.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')]  # noqa: S608
            for table in metadata.sorted_tables
        }


TRAIL = {"audit_events", "audit_heads"}


def without_trail(database: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows for table, rows in database.items() if table not in TRAIL}


def events_added(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[tuple]:
    """Return the stream and the name of every event that is new."""
    columns = [column.name for column in metadata.tables["audit_events"].columns]
    new = [dict(zip(columns, row, strict=True)) for row in after["audit_events"] if row not in before["audit_events"]]
    return [(event["stream"], event["name"]) for event in new]


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
