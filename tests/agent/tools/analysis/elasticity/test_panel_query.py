"""The engine's estimate equals the array's on the same rows, unbalanced and weighted, plain and with an instrument."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from agent.tools.analysis.elasticity.panel_query import panel_columns, panel_select
from agent.tools.analysis.elasticity.two_way_panel import fit_two_way


def panel(seed: int, entities: int = 60, periods: int = 18) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    entity, period = np.repeat(np.arange(entities), periods), np.tile(np.arange(periods), entities)
    kept = rng.random(len(entity)) < 0.85
    entity, period = entity[kept], period[kept]
    cost = np.exp(rng.normal(scale=0.15, size=len(entity)))
    shock = rng.normal(scale=0.2, size=len(entity))
    quality = rng.normal(size=entities)[entity]
    price = np.exp(0.3 * quality + 0.01 * period + np.log(cost) + 0.3 * shock)
    quantity = np.exp(3 + quality + 0.02 * period - 1.6 * np.log(price) + shock)
    return entity, period, price, quantity, cost


@pytest.mark.parametrize("has_instrument", [False, True])
def test_engine_and_array_agree(has_instrument: bool) -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE panel (period INT, entity INT, segment VARCHAR, price DOUBLE, quantity DOUBLE, instrument DOUBLE)"
    )
    expected = {}
    for segment, seed in (("A", 1), ("B", 2)):
        entity, period, price, quantity, cost = panel(seed)
        rows = zip(period.tolist(), entity.tolist(), price.tolist(), quantity.tolist(), cost.tolist(), strict=True)
        connection.executemany(f"INSERT INTO panel VALUES (?, ?, '{segment}', ?, ?, ?)", list(rows))
        mean = np.bincount(entity, weights=quantity) / np.bincount(entity)
        expected[segment] = fit_two_way(
            entity,
            period,
            np.log(quantity),
            np.log(price)[:, None],
            np.log(cost)[:, None] if has_instrument else None,
            mean[entity],
        )
    found = connection.execute(panel_select(has_segment=True, has_instrument=has_instrument).sql("duckdb")).fetchall()
    assert [row[0] for row in found] == ["A", "B"]
    assert len(found[0]) == len(panel_columns())
    for segment, slope, error, rows_used, entities, periods, strength in found:
        fit = expected[segment]
        assert slope == pytest.approx(fit.coefficients[0], rel=1e-6)
        assert error == pytest.approx(fit.clustered_errors[0], rel=1e-4)
        assert (rows_used, entities, periods) == (fit.rows, fit.entities, fit.periods)
        if has_instrument:
            assert fit.first_stage_f is not None
            assert strength == pytest.approx(fit.first_stage_f, rel=0.05)


def test_prices_that_move_with_the_period_alone_give_no_elasticity() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE panel AS SELECT p AS period, e AS entity, 1.1 ^ p * e AS price, e * p + 1.0 AS quantity"
        " FROM range(1, 6) t(p), range(1, 8) u(e)"
    )
    found = connection.execute(panel_select(has_segment=False, has_instrument=False).sql("duckdb")).fetchall()
    assert found[0][:3] == (None, None, None)
