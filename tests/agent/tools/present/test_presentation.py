"""Cases of presentations.yaml: what is said, drawn and warned of, by the question's shape and the result."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.tools.present import present
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import MetricQuery

CASES = yaml.safe_load((Path(__file__).parent / "presentations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_presentation(
    case: dict[str, Any],
    view: CatalogView,
    make_table: Callable[[MetricQuery, list[list[Any]]], ResultTable],
    data_span: tuple[dt.date, dt.date],
    caplog: pytest.LogCaptureFixture,
) -> None:
    query = MetricQuery.model_validate(case["query"])
    plan = Plan(
        shape=case.get("shape", "value"), premise=case.get("premise"), queries=(NamedQuery(name="a", query=query),)
    )
    as_of = case.get("as_of", dt.date(2026, 10, 31))
    with caplog.at_level(logging.ERROR):
        shown = present(plan, (make_table(query, case["rows"]),), view, as_of, data_span)
    assert shown.headline == case["headline"].strip()
    assert caplog.records == []  # no sentence of ours failed the number check
    if "narrative" in case:
        assert list(shown.narrative) == case["narrative"]
    for caveat in case.get("caveats", ()):
        assert caveat in shown.caveats
    if "chart" in case:
        assert (shown.chart.kind if shown.chart else None) == case["chart"]
    if shown.chart is not None:
        assert {item.unit for item in shown.chart.series} == {shown.chart.unit}
        assert {len(item.values) for item in shown.chart.series} == {len(shown.chart.x)}
        if "series" in case:
            assert [item.name for item in shown.chart.series] == case["series"]
        if "x" in case:
            assert list(shown.chart.x) == case["x"]
        if "horizontal" in case:
            assert shown.chart.horizontal is case["horizontal"]
