"""Wrong figures of a drafted catalog of what takes place later than it is booked, and of bills that are paid or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.service import PlumblineService
from agent.tools.profile.database import profile_database
from catalog.draft import draft_catalog
from tests.soundness.drafted_business import asked_as_drafted, tables_at

# Lessons reach beyond the last booking; a pupil has several bills, and payments of more than a few dollars each.
TABLES = """
    CREATE TABLE pupils AS
    SELECT n::INTEGER AS pupil_id, ['North', 'South'][1 + n % 2] AS district FROM range(1, 41) t(n);
    CREATE TABLE lessons AS
    SELECT n::INTEGER AS lesson_id, (1 + n * 7 % 40)::INTEGER AS pupil_id,
      TIMESTAMP '2024-01-03 09:00:00' + to_days((n * 5 % 400)::INTEGER) AS starts_at,
      ['Phone', 'Online'][1 + n % 2] AS booked_via,
      least(DATE '2025-01-15', DATE '2024-01-03' + (n * 5 % 400 - n % 40)::INTEGER)::DATE AS booked_on,
      ['Completed', 'Completed', 'Cancelled', 'No Show'][1 + n % 4] AS lesson_status
    FROM range(1, 601) t(n);
    CREATE TABLE bills AS
    SELECT (3000 + n)::INTEGER AS bill_id, (1 + n * n % 37)::INTEGER AS pupil_id,
      DATE '2024-01-01' + (n * 3 % 300)::INTEGER AS bill_date,
      ['Paid', 'Unpaid', 'Paid', 'Void'][1 + n % 4] AS bill_status, (40 + n % 60)::DECIMAL(8, 2) AS total_amount
    FROM range(1, 121) t(n);
    CREATE TABLE payments AS
    SELECT (bill_id + 5000)::INTEGER AS payment_id, bill_id, bill_date + 9 AS paid_on, total_amount AS amount
    FROM bills WHERE bill_status = 'Paid';
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_at(tmp_path_factory.mktemp("visits") / "school.duckdb", TABLES)


@pytest.fixture(scope="module")
def service(database: Path) -> Iterator[PlumblineService]:
    with asked_as_drafted(database) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        # Lessons were counted by the day they were booked.
        ("how many lessons were there in March 2024",
         "SELECT COUNT(*) FROM lessons WHERE starts_at::DATE BETWEEN '2024-03-01' AND '2024-03-31'"),
        ("how many completed lessons were there in March 2024",
         "SELECT COUNT(*) FROM lessons WHERE lesson_status = 'Completed' AND date_trunc('month', starts_at) = DATE '2024-03-01'"),
        # "Paid" was taken for the money paid: pupils with any payment of two or more.
        ("how many pupils had at least two paid bills in 2024",
         "SELECT COUNT(*) FROM (SELECT pupil_id FROM bills WHERE bill_status = 'Paid' AND YEAR(bill_date) = 2024 "
         "GROUP BY 1 HAVING COUNT(*) >= 2)"),
        ("how many pupils had at least three unpaid bills in 2024",
         "SELECT COUNT(*) FROM (SELECT pupil_id FROM bills WHERE bill_status = 'Unpaid' AND YEAR(bill_date) = 2024 "
         "GROUP BY 1 HAVING COUNT(*) >= 3)"),
        # The condition was held of all the bills of who has a paid one.
        ("how many different pupils had at least two paid bills in 2024",
         "SELECT COUNT(*) FROM (SELECT pupil_id FROM bills WHERE bill_status = 'Paid' AND YEAR(bill_date) = 2024 "
         "GROUP BY 1 HAVING COUNT(*) >= 2)"),
    ],
)  # fmt: skip
def test_the_figure_is_of_the_question(service: PlumblineService, database: Path, question: str, sql: str) -> None:
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    with duckdb.connect(str(database), read_only=True) as connection:
        gold = connection.execute(sql).fetchall()[0][0]
    assert answer.results[0].rows[0][0] == gold, answer.interpretation


def test_today_is_the_last_day_of_booking(database: Path) -> None:
    """What lies ahead already says nothing of what day it is."""
    draft = draft_catalog(profile_database(database))
    assert "as_of: SELECT MAX(booked_on) FROM lessons" in draft.files["catalog.yaml"]
