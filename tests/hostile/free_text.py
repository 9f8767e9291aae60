"""Where people write words that others read, and writing hostile ones into all of it.

Most goes straight into its column, past every check. What a column could not hold that way goes through the service
that people use, which must refuse it or keep it as text. A column of words that is in neither table fails the run.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, update

from section11.domain.board_packs import PLAN, RECOMMENDATIONS, THEMES, PlannedAction
from section11.domain.evidence import Description
from section11.domain.mail import MailKind
from section11.domain.people import User
from section11.errors import BadInputError
from section11.reports.letter_docx import letter_starter
from section11.services.answering import save_answer, view_assessment
from section11.services.asking import ask, note_internally, reply
from section11.services.board_packs import make_final, pack_figures, save_plan, save_words, view_draft
from section11.services.evidence import add_file, add_link
from section11.services.letter_templates import change_letter_document, change_letter_wording
from section11.services.mail_overview import set_reply_address
from section11.services.mail_texts import change_mail_text
from section11.services.office import Office
from section11.services.slide_templates import keep_template
from section11.storage.mail_texts import MailText
from section11.storage.tables import metadata
from tests.hostile.site import DRAFT, POLICE, RELEASED, SCRUTINY, Site
from tests.hostile.tally import Row
from tests.services.builders import user_by_email
from tests.small_files import a_template

ADMINISTRATOR = "administrator@riverdale.example"
PARTNERSHIP = "riverdale"
BEGINS = ("=", "+", "-", "@", "\t=", "|", "'=")
TEMPLATES = "{{7*1337}} {% raw %}"
BODY = (
    "HYPERLINK(\"https://evil.example\",\"x\") <script>alert(1)</script><img src=x onerror=alert(1)> **hb-bold** "
    f"[hb-link](https://evil.example) ![hb](https://evil.example/x.png) {TEMPLATES} ${{7*1337}} #{{7*1337}} "
    '#read("/etc/passwd") #eval("7*1337") $7^2$ `x` ../../../../etc/passwd :material/home: :red[hb-red] </script>'
)  # fmt: skip
NO_TEMPLATES = BODY.replace(TEMPLATES, "")
"""What a wording with placeholders takes: the rest is refused when it is saved."""
FILE_NAME = f"../../../../etc/{BODY.replace('/', '')}.csv"

IN_PLACE = {
    "actions": ("what", "owner", "completion", "change"), "action_updates": ("words",), "api_tokens": ("name",),
    "answers": ("reason", "evidence", "impact"), "assessments": ("hand_back_reason", "declaration"),
    "cycles": ("name", "audit_name"), "declarations": ("words",), "evidence_items": ("title",),
    "good_practices": ("why",), "hand_backs": ("reason",),
    "imports": ("filename",), "moderations": ("reason",), "organisations": ("name",),
    "outbox": ("subject", "last_fault"), "partnerships": ("name",), "people": ("name", "post"),
    "queries": ("words",), "signed_snapshots": ("post", "declaration"), "web_sessions": ("browser",),
}  # fmt: skip
ALSO_WHERE_EMPTY = {"organisations", "outbox", "people", "web_sessions"}
OTHERWISE = {
    "audit_events.details": "written by the services below, as every event",
    "board_pack_words.words": "written by its service below",
    "board_packs.content": "a pack is made final below, after everything else was written",
    "letter_templates.words": "written by its service below",
    "letter_templates.document_name": "written by its service below",
    "mail_texts.subject": "written by its service below",
    "mail_texts.body": "written by its service below",
    "slide_templates.file_name": "written by its service below",
    "outbox.text": "the mails below are sent to a mail server and read there",
    "evidence_revisions.file_name": "written by its service below",
    "evidence_revisions.url": "an address that is none is refused below",
    "reply_addresses.email": "an address that is none is refused below",
    "answers.value": "a number, date or choice of the question; anything else is refused below",
    "imports.changes": "what undoing needs; shown to nobody",
    "import_layouts.content": "which heading is which field; compared, and shown to nobody",
    "signed_snapshots.content": "the answers again, as data; read for what changed between two signatures",
    "board_pack_words.made_from": "our own sentence about figures",
    "standards_sets.content": "question sets, which come with the program",
    "cycle_sets.set_id": "an id of ours",
    "database_facts.value": "ours",
    "people.password_hash": "ours",
    "begun_sign_ins.way": "ours",
    "outbox.key": "ours",
    "outbox.sealed_link": "ours",
    "recovery_codes.code_hash": "ours",
    "second_steps.secret": "ours",
    "hand_backs.question_ids": "ids of ours",
    "moderations.attached": "ids of ours",
    "reminder_schedules.days_before": "numbers",
    "reminder_schedules.days_after": "numbers",
    "reminder_schedules.roles": "roles of ours",
}


def write_by_services(site: Site, mailing: Office, row: Row) -> str:
    """Write as people do, and return the id of the evidence that was added.

    ``mailing`` is the office with a mail server, so that some of it is mailed as well.
    """
    office = site.office
    scrutiny, admin, owner = user_by_email(office, SCRUTINY), user_by_email(office, ADMINISTRATOR), site.owner()
    _write_wordings(office, admin, row)
    version = view_assessment(office, owner, DRAFT).answer_to("S1.2").version
    save_answer(office, owner, DRAFT, "S1.2", expected_version=version, evidence="=" + BODY, impact="@" + BODY)
    ask(mailing, scrutiny, RELEASED, "S1.1", "-" + BODY)
    reply(mailing, owner, RELEASED, "S1.1", "+" + BODY)
    note_internally(office, scrutiny, RELEASED, "S1.1", "|" + BODY)
    item = add_file(office, owner, POLICE, Description("=" + BODY[:190]), FILE_NAME, b"one,two\n")
    link = "javascript:" + BODY
    _refused(row, "an address of evidence", lambda: add_link(office, owner, POLICE, Description("x"), link))
    _refused(row, "an address to reply to", lambda: set_reply_address(office, admin, PARTNERSHIP, BODY))
    _write_board_pack(office, scrutiny)
    return item.id


def write_in_place(site: Site) -> int:
    """Fill every column of words, make a board pack of it final, and return its number."""
    with site.office.store.engine.begin() as connection:
        for table_name, columns in IN_PLACE.items():
            table = metadata.tables[table_name]
            for place, name in enumerate(columns):
                column = table.c[name]
                begin = BEGINS[(len(table_name) + place) % len(BEGINS)]
                filled = column.is_not(None) if table_name in ALSO_WHERE_EMPTY else func.length(column) > 0
                connection.execute(update(table).where(filled).values({name: begin + BODY}))
    return make_final(site.office, user_by_email(site.office, SCRUTINY), "2024").number


def _write_wordings(office: Office, admin: User, row: Row) -> None:
    """Write the texts with placeholders, the letters' document and the slides' template."""
    for kind in MailKind:
        usual = MailText("=" + NO_TEMPLATES[:120], f"@{NO_TEMPLATES}\n\n{{{{ link }}}}")
        change_mail_text(office, admin, PARTNERSHIP, kind, usual)
    text = MailText("hb-bold", BODY + "{{ link }}")
    _refused(row, "a mail's text", lambda: change_mail_text(office, admin, PARTNERSHIP, MailKind.TEST, text))
    wording = f"# ={NO_TEMPLATES}\n\n{{{{ results }}}}\n\n- @{NO_TEMPLATES}\n\n+{NO_TEMPLATES}"
    change_letter_wording(office, admin, PARTNERSHIP, wording)
    _refused(row, "a letter's wording", lambda: change_letter_wording(office, admin, PARTNERSHIP, BODY))
    change_letter_document(office, admin, PARTNERSHIP, letter_starter("Riverdale"), "=" + BODY + ".docx")


def _write_board_pack(office: Office, scrutiny: User) -> None:
    counted = pack_figures(office, scrutiny, "2024")
    written = view_draft(office, scrutiny, "2024", counted).parts
    versions = {part: written[part].version if part in written else 0 for part in (THEMES, RECOMMENDATIONS, PLAN)}
    for part in (THEMES, RECOMMENDATIONS):
        save_words(office, scrutiny, "2024", part, "=" + BODY, expected_version=versions[part])
    plan = [PlannedAction("=" + BODY, "@" + BODY)]
    save_plan(office, scrutiny, "2024", plan, expected_version=versions[PLAN])
    keep_template(office, scrutiny, PARTNERSHIP, "=" + BODY + ".pptx", a_template())


def _refused(row: Row, what: str, write: Callable[[], object]) -> None:
    try:
        write()
    except BadInputError as error:
        row.check(f"{what} is refused with a sentence", bool(error.user_message))
    else:
        row.check(f"{what} that is hostile is refused", False)
