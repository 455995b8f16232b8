"""Cohorts, RFM, funnels: SELECTs over small tables whose answers were worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest
from sqlglot import exp

from agent.tools.analysis.customers.cohort_select import came_back_select, cohort_select
from agent.tools.analysis.customers.funnel_select import funnel_select
from agent.tools.analysis.customers.rfm_select import SEGMENTS, rfm_best_select, rfm_scores_select, rfm_segments_select
from catalog.durations import TimeGrain

JAN, FEB, MAR, APR = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))


def rows(select: exp.Select, *tables: str) -> list[tuple[Any, ...]]:
    """What the SELECT gives over tables made by the statements."""
    connection = duckdb.connect()
    for statement in tables:
        connection.execute(statement)
    return connection.execute(select.sql("duckdb")).fetchall()


ACTIVITY = """CREATE TABLE activity AS SELECT * FROM (VALUES
  ('a', DATE '2026-01-01', 10), ('a', DATE '2026-02-01', 5), ('a', DATE '2026-04-01', 7),
  ('b', DATE '2026-01-01', 20),
  ('c', DATE '2026-02-01', 1), ('c', DATE '2026-03-01', 2),
  ('d', DATE '2026-04-01', 9)) AS t(entity, period, amount)"""


def test_a_cohort_triangle_by_hand() -> None:
    # The last whole month is March: April's cells, and April's cohort, are not shown.
    found = rows(cohort_select(TimeGrain.MONTH, JAN, MAR, MAR, 11, given_starts=False), ACTIVITY)
    assert [row[:6] for row in found] == [
        (JAN, 0, 2, 2, 1.0, 30), (JAN, 1, 2, 1, 0.5, 5), (JAN, 2, 2, 0, 0.0, 0),
        (FEB, 0, 1, 1, 1.0, 1), (FEB, 1, 1, 1, 1.0, 2),
    ]  # fmt: skip


def test_cohorts_by_a_given_start_count_those_who_never_came() -> None:
    starts = """CREATE TABLE starts AS SELECT * FROM (VALUES ('a', DATE '2026-01-01'), ('b', DATE '2026-01-01'),
      ('z', DATE '2026-01-01'), ('c', DATE '2026-03-01'), ('n', NULL)) AS t(entity, cohort)"""
    found = rows(cohort_select(TimeGrain.MONTH, JAN, MAR, MAR, 1, given_starts=True), ACTIVITY, starts)
    # c bought in February, before their start in March: that is no cell of theirs.
    assert [row[:4] for row in found] == [(JAN, 0, 3, 2), (JAN, 1, 3, 1), (MAR, 0, 1, 1)]


def test_who_came_back_by_hand() -> None:
    days = """CREATE TABLE activity AS SELECT * FROM (VALUES ('a', DATE '2026-01-03'), ('a', DATE '2026-01-09'),
      ('b', DATE '2026-01-31'), ('c', DATE '2025-12-31'), ('c', DATE '2026-01-05'), ('d', DATE '2026-01-01'),
      ('d', DATE '2026-03-02')) AS t(entity, day)"""
    assert rows(came_back_select(JAN, FEB, None, None, False), days) == [(3, 2, pytest.approx(2 / 3))]
    assert rows(came_back_select(JAN, FEB, FEB, None, False), days) == [(3, 1, pytest.approx(1 / 3))]
    assert rows(came_back_select(JAN, FEB, FEB, MAR, False), days) == [(3, 0, 0.0)]
    assert rows(came_back_select(APR, dt.date(2026, 5, 1), None, None, False), days) == [(0, 0, None)]


PURCHASES = """CREATE TABLE purchases AS
  SELECT 'c' || n AS entity, DATE '2026-01-01' - CAST(10 * n AS INTEGER) AS day, 1 AS orders, 100 - n AS amount
  FROM RANGE(1, 11) AS t(n)"""


def test_rfm_scores_by_hand() -> None:
    # Ten customers, one order each: recency and amount fall together, frequency is the same for all.
    best = rows(rfm_best_select(JAN, None, 10), PURCHASES)
    assert [(row[0], row[2], row[3], row[4]) for row in best[:3]] == [("c1", 5, 1, 5), ("c2", 5, 1, 5), ("c3", 4, 1, 4)]
    assert best[0][5:] == (9, 1, 99)
    assert rows(rfm_scores_select(JAN, None), PURCHASES) == [(n, 1, n, 2) for n in range(1, 6)]


def test_rfm_ties_share_a_score_whatever_the_order_of_the_rows() -> None:
    tied = """CREATE TABLE purchases AS SELECT 'c' || n AS entity, DATE '2025-12-01' AS day, 1 AS orders, 5 AS amount
      FROM RANGE({}) AS t(n)"""
    assert rows(rfm_scores_select(JAN, None), tied.format("0, 7")) == [(1, 1, 1, 7)]
    assert rows(rfm_scores_select(JAN, None), tied.format("6, -1, -1")) == [(1, 1, 1, 7)]


def test_rfm_segments_tile_the_grid_and_shares_add_up() -> None:
    for recency in range(1, 6):
        for value in range(1, 6):
            holding = [name for name, (a, b), (c, d) in SEGMENTS if a <= recency <= b and c <= value <= d]
            assert len(holding) == 1, (recency, value, holding)
    found = rows(rfm_segments_select(JAN, None), PURCHASES)
    assert sum(row[1] for row in found) == 10
    assert sum(row[2] for row in found) == pytest.approx(1)
    assert sum(row[4] for row in found) == pytest.approx(1)


def test_rfm_looks_at_its_window_alone() -> None:
    found = rows(rfm_segments_select(JAN, dt.date(2025, 12, 1)), PURCHASES)
    assert sum(row[1] for row in found) == 3


EVENTS = """CREATE TABLE events AS SELECT * FROM (VALUES
  ('a', 'view', TIMESTAMP '2026-01-01 10:00'), ('a', 'cart', TIMESTAMP '2026-01-01 10:05'),
  ('a', 'buy', TIMESTAMP '2026-01-01 10:06'),
  ('b', 'view', TIMESTAMP '2026-01-01 11:00'), ('b', 'buy', TIMESTAMP '2026-01-01 11:01'),
  ('c', 'cart', TIMESTAMP '2026-01-01 09:00'), ('c', 'view', TIMESTAMP '2026-01-01 09:30'),
  ('d', 'cart', TIMESTAMP '2026-01-01 08:00'), ('d', 'view', TIMESTAMP '2026-01-01 08:10'),
  ('d', 'cart', TIMESTAMP '2026-01-01 08:20'), ('d', 'buy', TIMESTAMP '2026-01-03 08:30')) AS t(entity, step, moment)"""
STEPS = ("view", "cart", "buy")


def test_a_funnel_in_order_by_hand() -> None:
    # b has no cart; c's cart came before its view; d's second cart is in order.
    assert rows(funnel_select(STEPS, False, True, None), EVENTS) == [(0, 4), (1, 2), (2, 2)]


def test_a_funnel_in_any_order_and_one_with_a_window() -> None:
    assert rows(funnel_select(STEPS, False, False, None), EVENTS) == [(0, 4), (1, 3), (2, 2)]
    assert rows(funnel_select(STEPS, False, True, 86_400), EVENTS) == [(0, 4), (1, 2), (2, 1)]


def test_a_funnel_by_group_keeps_groups_apart_and_quotes_step_names() -> None:
    grouped = """CREATE TABLE events AS SELECT * FROM (VALUES
      ('a', 'it''s in', TIMESTAMP '2026-01-01 10:00', 'web'), ('a', 'out', TIMESTAMP '2026-01-01 10:05', 'web'),
      ('b', 'it''s in', TIMESTAMP '2026-01-01 10:00', NULL), ('b', 'out', TIMESTAMP '2026-01-01 10:05', NULL),
      ('c', 'it''s in', TIMESTAMP '2026-01-01 10:00', 'app'), ('c', 'out', TIMESTAMP '2026-01-01 10:05', 'web'))
      AS t(entity, step, moment, member_group)"""
    found = rows(funnel_select(("it's in", "out"), True, True, None), grouped)
    assert sorted(found, key=str) == sorted(
        [("app", 0, 1), ("web", 0, 1), ("web", 1, 1), (None, 0, 1), (None, 1, 1)], key=str
    )
