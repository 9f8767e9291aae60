"""The bare twin of a dashboard: the numbers of a heat map counted with one SQL query and pandas, and nothing else."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pandas as pd

QUERY = """
SELECT assessments.id AS return_id, answers.question_id, answers.rating
FROM assessments JOIN answers ON answers.assessment_id = assessments.id
WHERE assessments.cycle_id = ? AND assessments.status IN ('submitted', 'moderated', 'released')
  AND answers.rating IS NOT NULL AND answers.marker IS NULL AND answers.carried_from IS NULL
"""


def bare_count(database: Path, cycle_id: str) -> tuple[float, int]:
    """Count how often each rating was given to each question, and by each organisation in each standard.

    Returns:
        Seconds of the processor, and how many ratings were counted.
    """
    began = time.process_time()
    with closing(sqlite3.connect(database)) as connection:
        rated = pd.read_sql_query(QUERY, connection, params=(cycle_id,))
    rated["standard"] = rated["question_id"].str.partition(".")[0]
    by_question = rated.groupby(["question_id", "rating"]).size().unstack(fill_value=0)
    rated.groupby(["return_id", "standard", "rating"]).size().unstack(fill_value=0)
    return time.process_time() - began, int(by_question.to_numpy().sum())
