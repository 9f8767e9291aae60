"""Past cycles moderated and released as a whole, so that boards have the most there can be to see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from section11.domain.people import Role
from section11.services.demo.people import person_id_of

ONE_IN = 10
"""So many answers are judged before one that moderation leaves without a rating."""

_JUDGED = """
INSERT INTO moderations (assessment_id, question_id, seat, moderator_id, rating, no_rating, evidence_quality, reason,
                         answer_version, attached, version, updated_at)
SELECT a.assessment_id, a.question_id, s.seat, :moderator, CASE WHEN a.rowid % :one_in THEN a.rating END,
       a.rating IS NULL OR a.rowid % :one_in = 0, 'documented', 'The policy is there.', a.version, '', 1, a.updated_at
FROM (SELECT 1 AS place, 'first' AS seat UNION ALL SELECT 2, 'second') AS s
JOIN cycles AS c ON c.moderators_per_return >= s.place
JOIN assessments AS r ON r.cycle_id = c.id AND r.status = 'submitted'
JOIN answers AS a ON a.assessment_id = r.id AND a.value IS NULL
WHERE c.status = 'closed'
"""
_RELEASED = """
UPDATE assessments SET status = 'released', revision = revision + 1
WHERE status = 'submitted' AND cycle_id IN (SELECT id FROM cycles WHERE status = 'closed')
"""


def release_past_cycles(database: Path) -> int:
    """Judge every answer of the submitted returns of closed cycles in an SQLite file, and release these.

    Returns:
        How many returns were released.
    """
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(_JUDGED, {"moderator": person_id_of(Role.SCRUTINY_LEAD), "one_in": ONE_IN})
        return connection.execute(_RELEASED).rowcount
