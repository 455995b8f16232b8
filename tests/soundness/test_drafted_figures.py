"""Questions that once got the figure of another question from a drafted catalog: small cases of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.service import PlumblineService
from tests.soundness.drafted_business import asked_as_drafted, by_hand, tables_at

TABLES = """
    CREATE TABLE Stores (StoreID INTEGER, StoreName VARCHAR, City VARCHAR);
    INSERT INTO Stores VALUES (1, 'North Pier', 'Oslo'), (2, 'Old Mill', 'Bergen'), (3, 'Quay', 'Oslo');
    CREATE TABLE OrderHeaders AS
    SELECT n::INTEGER AS OrderID, (1 + n % 7 % 3)::INTEGER AS StoreID,
      TIMESTAMP '2024-01-01 10:00:00' + to_days((n * 7 % 700)::INTEGER) AS OrderedAt,
      CASE WHEN n % 3 = 0 THEN 'Cash' ELSE 'Card' END AS PaymentMethod
    FROM range(1, 201) t(n);
    CREATE TABLE OrderLines AS
    SELECT OrderID, k::INTEGER AS LineNumber, (1 + (OrderID * k) % 4)::INTEGER AS Quantity,
      ((OrderID * 3 + k) % 40 + 1)::DECIMAL(8, 2) AS LineAmount
    FROM OrderHeaders, range(1, 4) t(k) WHERE k = 1 OR (OrderID + k) % 2 = 0;
    CREATE TABLE Tips AS
    SELECT (900 + OrderID)::INTEGER AS TipID, OrderID, OrderedAt AS TippedAt, (1 + OrderID % 17)::DECIMAL(8, 2) AS TipAmount
    FROM OrderHeaders WHERE OrderID % 2 = 0;
    CREATE TABLE rooms AS
    SELECT (10 + n)::INTEGER AS room_id, ['East Wing', 'West Wing'][1 + n % 2] AS building, (100 + n)::VARCHAR AS room_number,
      (20 + n)::INTEGER AS capacity FROM range(1, 13) t(n);
    CREATE TABLE faculties AS SELECT * FROM (VALUES (1, 'Physics'), (2, 'History')) t(faculty_id, faculty_name);
    CREATE TABLE terms AS
    SELECT * FROM (VALUES (1, 'Fall 2024', DATE '2024-08-26'), (2, 'Spring 2025', DATE '2025-01-13'))
      t(term_id, term_name, start_date);
    CREATE TABLE courses AS
    SELECT n::INTEGER AS course_id, 'Course ' || n AS course_title, (1 + n % 2)::INTEGER AS faculty_id FROM range(1, 9) t(n);
    CREATE TABLE students AS
    SELECT n::INTEGER AS student_id, (1 + n % 3 % 2)::INTEGER AS faculty_id, DATE '2024-01-01' + n::INTEGER AS admission_date
    FROM range(1, 61) t(n);
    CREATE TABLE enrolments AS
    SELECT (500 + n)::INTEGER AS enrolment_id, (1 + n % 60)::INTEGER AS student_id, (1 + n % 8)::INTEGER AS course_id,
      (1 + n % 2)::INTEGER AS term_id, DATE '2024-08-20' + (n % 2 * 140 + n % 9)::INTEGER AS enrolment_date,
      ['A', 'B', 'D', 'F'][1 + n % 4] AS letter_grade
    FROM range(1, 241) t(n);
    CREATE TABLE parcel_status AS
    SELECT * FROM (VALUES ('N', 'New'), ('D', 'Delivered'), ('L', 'Lost')) t(status_code, status_name);
    CREATE TABLE parcels AS
    SELECT (7000 + n)::INTEGER AS parcel_id, TIMESTAMP '2024-01-01 08:00:00' + to_days((n % 150)::INTEGER) AS created_at,
      CASE WHEN n % 4 > 0 THEN TIMESTAMP '2024-01-01 08:00:00' + to_days((n % 150 + n % 9)::INTEGER) END AS delivered_at,
      (200 + n * 37 % 9000)::INTEGER AS weight_grams, ['L', 'D', 'D', 'D'][1 + n % 4] AS status_code,
      CASE WHEN n % 3 = 0 THEN 'Y' ELSE 'N' END AS is_express
    FROM range(1, 301) t(n);
    CREATE TABLE projects AS
    SELECT n::INTEGER AS project_id, 'Project ' || n AS project_title, ['on_hold', 'completed'][1 + n % 2] AS project_status,
      DATE '2023-05-01' + n::INTEGER AS start_date, (n % 3 > 0) AS is_billable, (1000 * n)::DECIMAL(12, 2) AS budget
    FROM range(1, 21) t(n);
    CREATE TABLE tasks AS
    SELECT n::INTEGER AS task_id, (1 + n % 20)::INTEGER AS project_id, DATE '2023-06-01' + (n * 3)::INTEGER AS created_on,
      CASE WHEN n % 3 > 0 THEN DATE '2023-06-01' + (n * 3 + 40)::INTEGER END AS completed_on, (n % 2 = 0) AS billable,
      CASE WHEN n % 5 = 0 THEN 'Urgent' ELSE 'Normal' END AS priority, (n % 4)::INTEGER AS reopen_cnt
    FROM range(1, 201) t(n);
    CREATE TABLE store_budgets AS
    SELECT n::INTEGER AS budget_id, (1 + n % 3)::INTEGER AS StoreID, DATE '2024-01-01' + (n * 30)::INTEGER AS budget_date,
      (500 + n * 20)::DECIMAL(10, 2) AS budget_amount FROM range(0, 12) t(n);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_at(tmp_path_factory.mktemp("drafted") / "mixed.duckdb", TABLES)


@pytest.fixture(scope="module")
def service(database: Path) -> Iterator[PlumblineService]:
    with asked_as_drafted(database) as opened:
        yield opened


ORDERS_OF_STORES = """
    SELECT StoreName, COUNT(*) AS orders FROM OrderHeaders JOIN Stores USING (StoreID)
    WHERE OrderedAt >= DATE '2024-01-01' AND OrderedAt < DATE '2025-01-01'
    GROUP BY StoreName HAVING COUNT(*) > 30 ORDER BY StoreName
"""


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        # Stores were counted, not orders, and the bound held against them.
        ("Which stores had more than 30 orders in 2024?", ORDERS_OF_STORES),
        # Tips were counted, not added up; and added up where they were to be counted.
        ("total tips", "SELECT SUM(TipAmount) FROM Tips"),
        ("How many tips are there?", "SELECT COUNT(*) FROM Tips"),
        ("How many tips over 10 dollars were there?", "SELECT COUNT(*) FROM Tips WHERE TipAmount > 10"),
        # "Per order line" and "per order" were taken for a moment of ordering.
        ("What was the average line amount per order line?", "SELECT AVG(LineAmount) FROM OrderLines"),
        ("order lines per order on average", "SELECT (SELECT COUNT(*) FROM OrderLines) / (SELECT COUNT(*) FROM OrderHeaders)"),
        ("How many orders were not paid with cash?", "SELECT COUNT(*) FROM OrderHeaders WHERE PaymentMethod <> 'Cash'"),
        # Rooms were counted beside their capacity.
        ("List the room numbers and capacities of the rooms in West Wing",
         "SELECT room_number, capacity FROM rooms WHERE building = 'West Wing' ORDER BY room_number"),
        # The term's name was taken for the autumn, and the faculty for the student's.
        ("How many enrolments with a letter grade of D or F in Fall 2024?",
         "SELECT COUNT(*) FROM enrolments JOIN terms USING (term_id) "
         "WHERE term_name = 'Fall 2024' AND letter_grade IN ('D', 'F')"),
        ("enrolments in courses of the Physics faculty",
         "SELECT COUNT(*) FROM enrolments JOIN courses USING (course_id) JOIN faculties USING (faculty_id) "
         "WHERE faculty_name = 'Physics'"),
        # Statuses were counted; a rate was given for a weight; a day of making for one of delivery.
        ("parcels by status",
         "SELECT status_name, COUNT(*) FROM parcels JOIN parcel_status USING (status_code) GROUP BY status_name"),
        ("average weight of express parcels", "SELECT AVG(weight_grams) FROM parcels WHERE is_express = 'Y'"),
        ("parcels delivered in May 2024",
         "SELECT COUNT(*) FROM parcels WHERE delivered_at >= DATE '2024-05-01' AND delivered_at < DATE '2024-06-01'"),
        ("how many parcels weigh more than 5000 grams", "SELECT COUNT(*) FROM parcels WHERE weight_grams > 5000"),
        # The project's status and the tasks' own flag were taken for what the words stand beside.
        ("how many tasks were completed in 2024",
         "SELECT COUNT(*) FROM tasks WHERE completed_on >= DATE '2024-01-01' AND completed_on < DATE '2025-01-01'"),
        ("total budget of billable projects", "SELECT SUM(budget) FROM projects WHERE is_billable"),
        # "Urgent" was read as a plea for haste, and all tasks were counted.
        ("how many urgent tasks are there", "SELECT COUNT(*) FROM tasks WHERE priority = 'Urgent'"),
        ("tasks that are urgent", "SELECT COUNT(*) FROM tasks WHERE priority = 'Urgent'"),
        ("urgent completed tasks in 2024",
         "SELECT COUNT(*) FROM tasks WHERE priority = 'Urgent' "
         "AND completed_on >= DATE '2024-01-01' AND completed_on < DATE '2025-01-01'"),
        ("urgent: how many tasks are there?", "SELECT COUNT(*) FROM tasks"),
        ("reopened tasks created in 2024",
         "SELECT COUNT(*) FROM tasks WHERE reopen_cnt > 0 AND created_on >= DATE '2024-01-01' AND created_on < DATE '2025-01-01'"),
        # The amounts were counted.
        ("total amount of our tips", "SELECT SUM(TipAmount) FROM Tips"),
        # The value is made of small words alone.
        ("how many projects are on hold", "SELECT COUNT(*) FROM projects WHERE project_status = 'on_hold'"),
        # Budgets were counted.
        ("budget amount by store",
         "SELECT StoreName, SUM(budget_amount) FROM store_budgets JOIN Stores USING (StoreID) GROUP BY StoreName"),
        # Each student was counted once for each student.
        ("Among the students who enrolled in 2025, what was the average number of enrolments per student?",
         "SELECT COUNT(*) / COUNT(DISTINCT student_id) FROM enrolments WHERE enrolment_date >= DATE '2025-01-01'"),
    ],
)  # fmt: skip
def test_the_figure_is_of_the_question(service: PlumblineService, database: Path, question: str, sql: str) -> None:
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    gold = by_hand(database, sql)
    found = answer.results[0]
    kept = [place for place, column in enumerate(found.columns) if column.role != "context"]
    rows = [[row[place] for place in kept] for row in found.rows]
    shown = [row[-len(gold[0]) :] for row in rows]
    assert sorted(map(_plain, shown)) == sorted(map(_plain, gold))


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(value if isinstance(value, str) else round(float(value), 6) for value in row)


@pytest.mark.parametrize(
    "words",
    ["this year", "in 2024", "in the last 12 months", "this month", "since 2023", "now compared to last year"],
)
@pytest.mark.parametrize("figure", ["number of rooms by building", "how many stores are there", "average capacity"])
def test_what_has_no_time_is_of_no_period(service: PlumblineService, figure: str, words: str) -> None:
    """A period that ends today was taken for now, and all rooms stood under the heading of a half-year."""
    assert service.ask(f"{figure} {words}").status == "clarify"


@pytest.mark.parametrize("words", ["", "now", "today", "currently", "to date"])
def test_what_has_no_time_is_given_for_now(service: PlumblineService, words: str) -> None:
    answer = service.ask(f"number of rooms {words}")
    assert answer.results[0].rows == ((12,),)
    assert answer.interpretation.startswith(("Number of rooms, as it is now", "Number of rooms, all the data"))
