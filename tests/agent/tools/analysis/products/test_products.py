"""Reorder levels and return rates against textbook figures, simulations and small tables worked out by hand."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pytest

from agent.tools.analysis.products.reorder_level import SupplyTerms, order_up_to, reorder_level, stockout_risk
from agent.tools.analysis.products.return_rates import BetaPrior, chance_of_more, false_discovery_rates, fit_beta
from agent.tools.analysis.products.stock_select import (
    lead_time_select,
    reorder_select,
    return_cells_select,
    season_select,
)


def test_textbook_safety_stock() -> None:
    # Chopra and Meindl, "Supply Chain Management", chapter 12: 2,500 a week, deviation 500, lead time 2 weeks, 90 %
    # service: safety stock 906. With 2,500 a day, deviation 500, lead time 7 days with deviation 7: 22,491.
    weekly = SupplyTerms(2, 0, 1, 0.9)
    assert reorder_level(np.array([2500.0]), np.array([500.0]), weekly)[0] - 5000 == pytest.approx(906, abs=1)
    uncertain = SupplyTerms(7, 7, 1, 0.9)
    assert reorder_level(np.array([2500.0]), np.array([500.0]), uncertain)[0] - 17_500 == pytest.approx(22_491, abs=5)


def test_at_the_reorder_level_the_risk_is_what_the_service_level_leaves() -> None:
    terms = SupplyTerms(14, 3, 7, 0.95)
    daily, deviation = np.array([12.0, 0.4]), np.array([5.0, 0.7])
    level = reorder_level(daily, deviation, terms)
    assert stockout_risk(level, daily, deviation, terms) == pytest.approx([0.05, 0.05])
    assert (order_up_to(daily, deviation, terms) > level).all()


def test_the_select_computes_what_the_functions_do() -> None:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE sales AS SELECT * FROM (VALUES ('p', 1, 10), ('p', 2, 14), ('p', 3, 6), ('q', 2, 8), ('full', 1, 7))
          AS t(product, week, units)"""
    )
    connection.execute(
        """CREATE TABLE stock AS SELECT *, product AS known_as FROM (VALUES ('p', 5, 12), ('p', 4, 3), ('q', 0, 9),
            ('full', 900, 1), ('idle', 0, 5))
          AS t(product, on_hand, reorder_point)"""
    )
    connection.execute("CREATE TABLE inbound AS SELECT 'p' AS product, 2 AS quantity")
    terms = SupplyTerms(14, 3, 7, 0.95)
    found = connection.execute(reorder_select(terms, 4, 1.5, True, True, 10).sql("duckdb")).fetchall()
    assert [row[0] for row in found] == ["q", "p"]
    p = dict(
        zip(
            ("product", "held", "coming", "daily", "deviation", "days", "level", "order", "point"),
            found[1],
            strict=True,
        )
    )
    # p: 30 in 4 weeks (10, 14, 6, 0): 7.5 a week, sample deviation sqrt((332 - 225) / 3); season 1.5.
    daily, deviation = 1.5 * 7.5 / 7, 1.5 * np.sqrt((332 - 225) / 3) / np.sqrt(7)
    assert (p["held"], p["coming"], p["point"]) == (9, 2, 15)
    assert float(p["daily"]) == pytest.approx(daily)
    assert float(p["deviation"]) == pytest.approx(deviation)
    assert float(p["level"]) == pytest.approx(reorder_level(np.array([daily]), np.array([deviation]), terms)[0])
    assert float(p["order"]) == np.ceil(order_up_to(np.array([daily]), np.array([deviation]), terms)[0] - 11)
    counted = connection.execute(reorder_select(terms, 4, 1.5, True, True, None).sql("duckdb")).fetchall()
    assert counted == [(4, 2)]


def test_lead_times_and_seasons_by_hand() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE shipments AS SELECT * FROM (VALUES (2), (4), (NULL)) AS t(late)")
    assert connection.execute(lead_time_select(False).sql("duckdb")).fetchall() == [(2, 3.0, pytest.approx(2**0.5))]
    connection.execute(
        """CREATE TABLE year_ago AS SELECT DATE '2025-10-01' + CAST(n AS INTEGER) AS day,
          CASE WHEN n < 10 THEN 2 ELSE 3 END AS units
          FROM RANGE(20) AS t(n)"""
    )
    days = [dt.date(2025, 10, day) for day in (1, 11, 21)]
    found = connection.execute(season_select(days[0], days[1], days[1], days[2], 10, 10).sql("duckdb")).fetchall()
    assert found == [(20, 30, 1.5)]


def test_a_beta_prior_is_found_again() -> None:
    draw = np.random.default_rng(5)
    rates = draw.beta(6, 44, 3000)
    sold = draw.integers(30, 400, 3000).astype(float)
    returned = draw.binomial(sold.astype(int), rates).astype(float)
    prior = fit_beta(returned, sold, np.ones(3000))
    assert prior.mean == pytest.approx(0.12, rel=0.03)
    assert prior.a + prior.b == pytest.approx(50, rel=0.15)
    shrunk = prior.shrunk(returned, sold)
    assert np.mean((shrunk - rates) ** 2) < np.mean((returned / sold - rates) ** 2)


def test_few_sales_are_drawn_further() -> None:
    prior = BetaPrior(6, 44)
    assert prior.shrunk(np.array([2.0, 200.0]), np.array([4.0, 400.0])) == pytest.approx([8 / 54, 206 / 450])


def test_binomial_tails_by_hand() -> None:
    # 3 or more of 4 at one half: 5 / 16; none or more: certain; 4 of 4: 1 / 16.
    assert chance_of_more(np.array([3.0, 0, 4]), np.array([4.0, 4, 4]), 0.5) == pytest.approx([5 / 16, 1, 1 / 16])


def test_benjamini_and_hochberg_by_their_own_example() -> None:
    # The 15 p-values of Benjamini and Hochberg (1995), section 3.2: four are found at 5 %.
    chances = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
                        0.7590, 1.0])  # fmt: skip
    assert (false_discovery_rates(chances, np.ones(15)) <= 0.05).sum() == 4
    twice = false_discovery_rates(np.array([0.01, 0.5]), np.array([1.0, 9.0]))
    assert twice == pytest.approx([0.1, 0.5])


def test_equal_products_give_no_finding() -> None:
    draw = np.random.default_rng(11)
    sold = np.full(500, 120.0)
    found = 0
    for _ in range(20):
        returned = draw.binomial(120, 0.1, 500).astype(float)
        chances = chance_of_more(returned, sold, returned.sum() / sold.sum())
        found += int((false_discovery_rates(chances, np.ones(500)) <= 0.05).any())
    assert found <= 3


def test_cells_of_returns_by_hand() -> None:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE sold AS SELECT * FROM (VALUES (1, 'x', 40), (2, 'x', 40), (3, 'x', 2), (4, 'y', 31))
          AS t(product, product_group, sold)"""
    )
    connection.execute("CREATE TABLE returned AS SELECT * FROM (VALUES (1, 4), (4, 99)) AS t(product, returned)")
    found = connection.execute(return_cells_select(30).sql("duckdb")).fetchall()
    assert found == [("x", 40, 0, 1), ("x", 40, 4, 1), ("y", 31, 31, 1)]
