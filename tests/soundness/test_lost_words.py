"""Words of a question that once got lost on the way, and gave the figure of another question: small cases of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.service import PlumblineService

ADMISSIONS = """
    SELECT COUNT(*) FROM stays s JOIN departments d USING (department_id) JOIN patients p USING (patient_id)
    WHERE s.admitted_at >= DATE '2024-01-01' AND s.admitted_at < DATE '2025-01-01' AND {condition}
"""


def by_hand(database: Path, sql: str) -> Any:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(sql).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Admissions in 2024, everywhere except Cardiology", "department_name <> 'Cardiology'"),
        ("Admissions in 2024 everywhere but Cardiology", "department_name <> 'Cardiology'"),
        (
            "Admissions in 2024 in Cardiology or of female patients",
            "(department_name = 'Cardiology' OR sex = 'female')",
        ),
    ],
)
def test_exceptions_and_alternatives_stay(
    hospital: PlumblineService, hospital_database: Path, question: str, condition: str
) -> None:
    """An exception was left out; "or" across two fields was read as "and"."""
    answer = hospital.ask(question)
    assert answer.status == "answer", answer.headline
    expected = by_hand(hospital_database, ADMISSIONS.format(condition=condition))
    assert answer.results[0].rows[0][0] == expected


@pytest.mark.parametrize(
    "question",
    [
        "What were admissions in 2024, and how many wizards were there?",
        "How many discharges were there in 2024, and what was the flurb rate?",
        "Admissions in 2024 by department, and the flurb rate",
    ],
)
def test_a_part_that_is_not_understood_is_asked_about(hospital: PlumblineService, question: str) -> None:
    """The part that was understood was answered as if it were all."""
    assert hospital.ask(question).status == "clarify"
