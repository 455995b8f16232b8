"""Churn risk: no feature sees past its cutoff, and the published hold-out quality on CDNOW."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pytest

from agent.tools.analysis.customers.bg_nbd import CannotFitError
from agent.tools.analysis.customers.churn_model import ChurnCells, fit_churn, fit_rival, judge, weighted_auc
from agent.tools.analysis.customers.churn_select import FEATURES, churn_cells_select, churn_entities_select

CUTOFF = dt.date(1997, 10, 1)


def cells(
    connection: duckdb.DuckDBPyConnection, cutoff: dt.date, horizon: int, base: int, where: str = "TRUE"
) -> ChurnCells:
    statement = churn_cells_select(cutoff, horizon, base).sql("duckdb")
    statement = statement.replace("FROM purchases", f"FROM (SELECT * FROM purchases WHERE {where}) AS purchases")
    found = np.array(connection.execute(statement).fetchall(), dtype=float)
    count = len(FEATURES)
    return ChurnCells(found[:, :count], found[:, count], found[:, count + 1])


def test_cdnow_at_273_days(cdnow_master: duckdb.DuckDBPyConnection) -> None:
    learnt = cells(cdnow_master, CUTOFF, 273, 400, "entity % 2 = 0")
    judged = cells(cdnow_master, CUTOFF, 273, 400, "entity % 2 = 1")
    assert learnt.entities.sum() + judged.entities.sum() == 23570
    quality = judge(fit_churn(learnt), fit_rival(learnt), judged)
    assert quality.auc == pytest.approx(0.771, abs=0.004)
    assert quality.rival_auc == pytest.approx(0.772, abs=0.004)
    assert quality.base_rate == pytest.approx(0.70, abs=0.01)
    assert quality.brier < quality.base_brier
    assert all(abs(group.predicted - group.observed) < 0.03 for group in quality.calibration)


def shop() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE purchases AS SELECT * FROM (VALUES
          (1, DATE '2026-01-01', 1, 10.0), (1, DATE '2026-03-01', 1, 10.0), (1, DATE '2026-04-15', 1, 10.0),
          (2, DATE '2026-02-01', 1, 20.0), (2, DATE '2026-07-15', 1, 20.0),
          (3, DATE '2026-04-10', 1, 5.0),
          (4, DATE '2024-01-01', 1, 5.0)) AS t(entity, day, orders, amount)"""
    )
    return connection


def test_labels_and_base_by_hand() -> None:
    # On 1 April, 30 days ahead: 1 bought on 15 April, 2 did not in time; 3 had not begun, 4 is long gone.
    found = shop().execute(churn_cells_select(dt.date(2026, 4, 1), 30, 365).sql("duckdb")).fetchall()
    assert sum(row[-2] for row in found) == 2
    assert sum(row[-1] for row in found) == 1


def test_no_feature_sees_the_label_window() -> None:
    connection = shop()
    statement = churn_cells_select(dt.date(2026, 4, 1), 30, 365, label=False).sql("duckdb")
    before = connection.execute(statement).fetchall()
    connection.execute("DELETE FROM purchases WHERE day >= DATE '2026-04-01'")
    assert connection.execute(statement).fetchall() == before


def test_the_riskiest_are_those_of_the_riskiest_cells() -> None:
    connection = shop()
    cut = dt.date(2026, 4, 1)
    count = len(FEATURES)
    found = connection.execute(churn_cells_select(cut, 30, 365, label=False).sql("duckdb")).fetchall()
    scores = [(tuple(int(cell) for cell in row[:count]), 0.9 - 0.1 * place) for place, row in enumerate(found)]
    listed = connection.execute(churn_entities_select(cut, 30, 365, scores, 5).sql("duckdb")).fetchall()
    assert sorted(row[0] for row in listed) == [1, 2]
    assert [row[1] for row in listed] == sorted((row[1] for row in listed), reverse=True)


def test_auc_of_cells_is_that_of_their_entities() -> None:
    draw = np.random.default_rng(1)
    entities = draw.integers(1, 6, 40).astype(float)
    churned = np.floor(entities * draw.random(40))
    scores = np.round(draw.random(40), 1)
    wins = pairs = 0.0
    for one in range(40):
        for other in range(40):
            both = churned[one] * (entities[other] - churned[other])
            wins += both * (1.0 if scores[one] > scores[other] else 0.5 if scores[one] == scores[other] else 0.0)
            pairs += both
    assert weighted_auc(scores, ChurnCells(np.zeros((40, 1)), entities, churned)) == pytest.approx(wins / pairs)


def test_too_few_to_learn_from_is_said() -> None:
    few = ChurnCells(np.zeros((2, len(FEATURES))), np.array([100.0, 50.0]), np.array([3.0, 4.0]))
    with pytest.raises(CannotFitError, match="7 stopped and 143 stayed"):
        fit_churn(few)
