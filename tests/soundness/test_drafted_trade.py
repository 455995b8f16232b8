"""Questions to a trader's tables of short names that once got the figure of another question, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.service import PlumblineService
from tests.soundness.drafted_business import asked_as_drafted, by_hand, tables_at

TABLES = """
    CREATE TABLE depot AS
    SELECT * FROM (VALUES ('A', 'Ashby', 'Inland'), ('B', 'Barrow', 'Coast')) t(depot_cd, depot_name, zone);
    CREATE TABLE sales_rep AS
    SELECT 'R' || n AS rep_cd, 'Team ' || n AS rep_name, DATE '2015-03-01' + n::INTEGER AS hire_dt,
      CASE WHEN n = 4 THEN DATE '2024-08-01' END AS leave_dt
    FROM range(1, 6) t(n);
    CREATE TABLE rep_target AS
    SELECT 'R' || n AS rep_cd, (DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS month_start,
      (1000 + 10 * n)::DECIMAL(10, 2) AS target_amt
    FROM range(1, 6) t(n), range(0, 12) s(m);
    CREATE TABLE customer AS
    SELECT (1000 + n)::INTEGER AS cust_no, 'House ' || n AS cust_name, CASE WHEN n % 7 > 0 THEN 'R' || (1 + n % 5) END AS rep_cd,
      (DATE '2020-01-01' + (n * 31)::INTEGER)::DATE AS acct_open_dt,
      ['A', 'B'][1 + n % 2] AS depot_cd, ['Inland', 'Coast'][1 + n % 3 % 2] AS zone
    FROM range(1, 61) t(n);
    CREATE TABLE so_hdr AS
    SELECT (5000 + n)::INTEGER AS order_no, (1001 + n * 7 % 60)::INTEGER AS cust_no,
      CASE WHEN n % 9 > 0 THEN 'R' || (1 + n % 5) END AS rep_cd,
      (DATE '2023-01-02' + (n % 700)::INTEGER)::DATE AS order_dt,
      ['Invoiced', 'Invoiced', 'Cancelled', 'Open'][1 + n * 3 % 4] AS order_status
    FROM range(1, 801) t(n);
    CREATE TABLE so_line AS
    SELECT (order_no * 10 + k)::INTEGER AS line_id, order_no, (1 + order_no * k % 7)::INTEGER AS qty_ordered,
      (3 + order_no % 11)::DECIMAL(10, 2) AS unit_price, ((1 + order_no * k % 7) * (3 + order_no % 11))::DECIMAL(12, 2) AS net_amt
    FROM so_hdr, range(1, 4) t(k) WHERE k = 1 OR (order_no + k) % 2 = 0;
    CREATE TABLE delivery AS
    SELECT (9000 + order_no)::INTEGER AS deliv_no, order_no,
      order_dt + INTERVAL 1 DAY + to_minutes((480 + order_no % 300)::INTEGER) AS req_ts,
      CASE WHEN order_no % 8 > 0 THEN order_dt + INTERVAL 1 DAY + to_minutes((450 + order_no % 300 + order_no % 41)::INTEGER) END
        AS deliv_ts,
      CASE WHEN order_no % 8 = 0 THEN 'Refused' ELSE 'Delivered' END AS deliv_status
    FROM so_hdr WHERE order_status = 'Invoiced';
    CREATE TABLE so_return AS
    SELECT (700 + order_no)::INTEGER AS return_no, order_no, (order_dt + 40)::DATE AS return_dt,
      ['Damaged', 'Late'][1 + order_no % 2] AS reason,
      (1 + order_no % 3)::INTEGER AS qty_returned,
      CASE WHEN order_no % 3 = 0 THEN 'Y' ELSE 'N' END AS restocked_flag
    FROM so_hdr WHERE order_no % 6 = 0 OR order_no % 5 = 0;
    CREATE TABLE supplier AS
    SELECT n::INTEGER AS supp_no, 'Mill ' || n AS supp_name, ['Spain', 'Italy'][1 + n % 2] AS country FROM range(1, 6) t(n);
    CREATE TABLE po_hdr AS
    SELECT (300 + n)::INTEGER AS po_no, (1 + n % 5)::INTEGER AS supp_no,
      (DATE '2023-01-05' + (n * 3)::INTEGER)::DATE AS po_dt,
      CASE WHEN n < 190 THEN (DATE '2023-01-05' + (n * 3 + 4 + n % 6)::INTEGER)::DATE END AS received_dt
    FROM range(1, 201) t(n);
    CREATE TABLE po_line AS
    SELECT (po_no * 10 + k)::INTEGER AS po_line_id, po_no, (10 * k)::INTEGER AS qty_ordered,
      (po_no % 20 * k)::DECIMAL(12, 2) AS line_amt
    FROM po_hdr, range(1, 3) t(k);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_at(tmp_path_factory.mktemp("trade") / "trade.duckdb", TABLES)


@pytest.fixture(scope="module")
def service(database: Path) -> Iterator[PlumblineService]:
    with asked_as_drafted(database) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        # A rate of a hundred percent was read, of orders of any day.
        ("How many different customers have at least one invoiced order dated between 1 March and 31 May 2024?",
         "SELECT COUNT(DISTINCT cust_no) FROM so_hdr WHERE order_status = 'Invoiced' "
         "AND order_dt BETWEEN '2024-03-01' AND '2024-05-31'"),
        # One order in the time, and another one that was invoiced, were enough.
        ("How many customers have at least one invoiced order with an order date between 1 March and 31 May 2024?",
         "SELECT COUNT(DISTINCT cust_no) FROM so_hdr WHERE order_status = 'Invoiced' "
         "AND order_dt BETWEEN '2024-03-01' AND '2024-05-31'"),
        # What was refused was never delivered, and counted at no time.
        ("How many deliveries were refused in 2024?",
         "SELECT COUNT(*) FROM delivery WHERE deliv_status = 'Refused' AND YEAR(req_ts) = 2024"),
        # The day of the order was taken for that of the return.
        ("quantity returned as damaged and not restocked in 2024",
         "SELECT SUM(qty_returned) FROM so_return WHERE reason = 'Damaged' AND restocked_flag = 'N' "
         "AND YEAR(return_dt) = 2024"),
        # Purchase orders were counted beside some amount.
        ("Purchase order amount from suppliers not in Spain, 2024",
         "SELECT SUM(line_amt) FROM po_line JOIN po_hdr USING (po_no) JOIN supplier USING (supp_no) "
         "WHERE country <> 'Spain' AND YEAR(po_dt) = 2024"),
        ("value of the POs we placed in 2024, supplier by supplier",
         "SELECT supp_name, SUM(line_amt) FROM po_line JOIN po_hdr USING (po_no) JOIN supplier USING (supp_no) "
         "WHERE YEAR(po_dt) = 2024 GROUP BY 1"),
        # What people call an amount that is named net.
        ("net sales in 2024", "SELECT SUM(net_amt) FROM so_line JOIN so_hdr USING (order_no) WHERE YEAR(order_dt) = 2024"),
        ("net revenue from 2 to 20 May 2024",
         "SELECT SUM(net_amt) FROM so_line JOIN so_hdr USING (order_no) WHERE order_dt BETWEEN '2024-05-02' AND '2024-05-20'"),
        ("late deliveries in 2024", "SELECT COUNT(*) FROM delivery WHERE deliv_ts > req_ts AND YEAR(req_ts) = 2024"),
        ("how many deliveries arrived after the requested time in 2024?",
         "SELECT COUNT(*) FROM delivery WHERE deliv_ts > req_ts AND YEAR(req_ts) = 2024"),
        ("on average how many days pass from PO date to received date in 2024?",
         "SELECT AVG(received_dt - po_dt) FROM po_hdr WHERE YEAR(po_dt) = 2024"),
        ("Accounts opened in 2023", "SELECT COUNT(*) FROM customer WHERE YEAR(acct_open_dt) = 2023"),
        ("How many customers have no rep assigned?", "SELECT COUNT(*) FROM customer WHERE rep_cd IS NULL"),
        # Deliveries were counted beside the rate asked of them; their own time was left to chance.
        ("Of the deliveries that have a delivered time in August 2024, what percentage arrived later than the requested time?",
         "SELECT AVG((deliv_ts > req_ts)::INTEGER) FROM delivery "
         "WHERE deliv_ts >= '2024-08-01' AND deliv_ts < '2024-09-01'"),
        # What belongs to no representative is none of theirs.
        ("For June 2024 show me each rep's net sales next to their target amount",
         "SELECT rep_name, SUM(net_amt), (SELECT SUM(target_amt) FROM rep_target t WHERE t.rep_cd = h.rep_cd "
         "AND month_start = '2024-06-01') FROM so_line JOIN so_hdr h USING (order_no) JOIN sales_rep USING (rep_cd) "
         "WHERE order_dt BETWEEN '2024-06-01' AND '2024-06-30' GROUP BY rep_name, h.rep_cd"),
        # The zone of the depot is only that of the customer's depot.
        ("net sales by zone in 2024",
         "SELECT zone, SUM(net_amt) FROM so_line JOIN so_hdr USING (order_no) JOIN customer USING (cust_no) "
         "WHERE YEAR(order_dt) = 2024 GROUP BY 1"),
    ],
)  # fmt: skip
def test_the_figure_is_of_the_question(service: PlumblineService, database: Path, question: str, sql: str) -> None:
    answer = service.ask(question)
    assert answer.status == "answer", answer.clarification
    (result,) = answer.results
    expected = sorted(by_hand(database, sql))
    given = sorted(tuple(row[: len(expected[0])]) for row in result.rows)
    assert len(given) == len(expected)
    for one, other in zip(given, expected, strict=True):
        assert [item for item in one if isinstance(item, str)] == [item for item in other if isinstance(item, str)]
        assert _numbers(one) == pytest.approx(_numbers(other))


def _numbers(row: tuple[Any, ...]) -> list[float]:
    return [float(item) for item in row if not isinstance(item, str)]
