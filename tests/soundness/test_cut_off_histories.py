"""A history that a role's row limit cuts off is read in parts: the rows cut off once read as zeros.

asked: GMV by category and channel, a row a day     limit: 40 rows
without parts: the first 40 rows, every later day 0.00, and "nothing unusual" of them
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from agent.business import Business
from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.history import History, read_history, whole_window
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import Principal, view_for
from catalog.durations import TimeGrain
from catalog.query import FieldDimension, MetricUse


def read(business: Business, most_rows: int | None) -> History:
    desk = business.desk(view_for(business.catalog, Principal()), dt.date(2026, 10, 31))
    run = desk.run

    def limited(statement: GuardedStatement, columns: tuple[ResultColumn, ...], name: str) -> ResultTable:
        table = run(statement, columns, name)
        if most_rows is None or name == "groups" or len(table.rows) <= most_rows:
            return table
        return table.model_copy(update={"rows": table.rows[:most_rows], "truncated": True})

    limited_desk: AnalysisDesk = replace(desk, run=limited)
    window = whole_window(limited_desk, ("gmv",), TimeGrain.MONTH)
    assert window is not None
    groups = (FieldDimension(field="products.category"), FieldDimension(field="orders.channel"))
    return read_history(limited_desk, (MetricUse(metric="gmv"),), window, group_by=groups)


def test_a_limit_on_rows_changes_no_figure(novamart_business: Business) -> None:
    whole, parts = read(novamart_business, None), read(novamart_business, 40)
    assert set(whole.series) == set(parts.series)
    for group, columns in whole.series.items():
        np.testing.assert_allclose(columns["gmv"], parts.series[group]["gmv"])


def test_more_groups_than_may_be_read_are_refused(novamart_business: Business) -> None:
    with pytest.raises(QueryError, match="more groups in one period"):
        read(novamart_business, 5)
