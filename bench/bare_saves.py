"""The bare twin of saves by many people: processes that do nothing but ``UPDATE … COMMIT`` on the same PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import psycopg

from bench.limits import PARTS

UPDATE = "UPDATE answers SET evidence = {0}, version = version + 1 WHERE assessment_id = {0} AND question_id = {0}"
ROWS = """
SELECT assessment_id, min(question_id) FROM answers GROUP BY assessment_id ORDER BY assessment_id LIMIT %s
"""
STARTING_SECONDS = 1.0
WORDS = "Minutes of the board of March show the decision and the person who follows it up. " * 2


def bare_saves(database_url: str, processes: int, seconds: float) -> list[float]:
    """Return the saves a second of all processes together, in each equal part of the time.

    Each has one connection and one answer of a return of its own, so that none waits for another's row.
    """
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(ROWS, [processes]).fetchall()
    save = partial(_saved, database_url, time.time() + STARTING_SECONDS, seconds / PARTS)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(save, rows))
    return [sum(part) / (seconds / PARTS) for part in zip(*found, strict=True)]


def _saved(database_url: str, starts: float, seconds: float, row: Sequence[str]) -> list[int]:
    """Save one answer again and again from a moment on that is the same for all; return how often in each part."""
    counts = [0] * PARTS
    with psycopg.connect(database_url) as connection:
        time.sleep(max(0.0, starts - time.time()))
        while (part := int((time.time() - starts) / seconds)) < PARTS:
            connection.execute(UPDATE.format("%s"), (WORDS, *row))
            connection.commit()
            counts[part] += 1
    return counts
