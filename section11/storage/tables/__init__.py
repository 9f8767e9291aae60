"""The tables. One row per fact; text ids that people can read."""

from __future__ import annotations

from section11.storage.tables.actions import action_updates
from section11.storage.tables.board_packs import (
    board_pack_words,
    board_packs,
    slide_templates,
)
from section11.storage.tables.columns import metadata
from section11.storage.tables.directory import (
    database_facts,
    grants,
    invitations,
    memberships,
    organisations,
    partnerships,
    people,
    web_sessions,
)
from section11.storage.tables.doors import (
    api_tokens,
    import_layouts,
    imports,
)
from section11.storage.tables.evidence import (
    answer_evidence,
    evidence_items,
    evidence_revisions,
)
from section11.storage.tables.good_practice import (
    good_practices,
)
from section11.storage.tables.letters import (
    letter_templates,
)
from section11.storage.tables.mail import (
    mail_texts,
    outbox,
    reply_addresses,
)
from section11.storage.tables.moderation import (
    moderation_assignments,
    moderations,
)
from section11.storage.tables.reminders import (
    mail_choices,
    reminder_marks,
    reminder_schedules,
)
from section11.storage.tables.retention import (
    erased_people,
    retention_rules,
)
from section11.storage.tables.returns import (
    actions,
    answers,
    assessments,
)
from section11.storage.tables.rounds import (
    cycle_partnerships,
    cycle_sets,
    cycles,
    standards_sets,
)
from section11.storage.tables.signing import (
    declarations,
    hand_backs,
    queries,
    query_reads,
    signed_snapshots,
)
from section11.storage.tables.surveys import (
    survey_results,
)
from section11.storage.tables.trail import (
    audit_events,
    audit_heads,
)
from section11.storage.tables.ways_in import (
    begun_sign_ins,
    known_devices,
    outside_accounts,
    recovery_codes,
    second_steps,
    sign_in_tries,
    waiting_grants,
)

__all__ = [
    "action_updates",
    "actions",
    "answer_evidence",
    "answers",
    "api_tokens",
    "assessments",
    "audit_events",
    "audit_heads",
    "begun_sign_ins",
    "board_pack_words",
    "board_packs",
    "cycle_partnerships",
    "cycle_sets",
    "cycles",
    "database_facts",
    "declarations",
    "erased_people",
    "evidence_items",
    "evidence_revisions",
    "good_practices",
    "grants",
    "hand_backs",
    "import_layouts",
    "imports",
    "invitations",
    "known_devices",
    "letter_templates",
    "mail_choices",
    "mail_texts",
    "memberships",
    "metadata",
    "moderation_assignments",
    "moderations",
    "organisations",
    "outbox",
    "outside_accounts",
    "partnerships",
    "people",
    "queries",
    "query_reads",
    "recovery_codes",
    "reminder_marks",
    "reminder_schedules",
    "reply_addresses",
    "retention_rules",
    "second_steps",
    "sign_in_tries",
    "signed_snapshots",
    "slide_templates",
    "standards_sets",
    "survey_results",
    "waiting_grants",
    "web_sessions",
]
