"""Any result gives a presentation whose numbers all check; a number changed in it is caught."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.answer import Answer
from agent.tools.present import chart_to_plotly, check_numbers, present, render_terminal
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import MetricQuery, dimension_name

MakeTable = Callable[[MetricQuery, list[list[Any]]], ResultTable]
AS_OF, SPAN = dt.date(2026, 10, 31), (dt.date(2022, 1, 1), dt.date(2026, 10, 31))
PERIOD = {"start": "2026-09-01", "end": "2026-10-01"}

_numbers = st.one_of(
    st.none(),
    st.integers(-(10**13), 10**13),
    st.integers(0, 50),
    st.decimals(-(10**9), 10**9, places=2),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(0, 1),
    st.just(decimal.Decimal("0.00")),
)
_names = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "50 %",
            "$5",
            "7 Wonders",
            "half",
            "One",
            "٣",
            "18-24",
            "3",
            "twice as nice",
            "a\x1b[31mb",
            "May 2021",
            "up 5 %",
            "x" * 99,
        ]
    ),
    st.from_regex(r"[0-9 .,%$a-z-]{1,8}", fullmatch=True),
)
_metrics = st.sampled_from(["gmv", "order_count", "aov", "return_rate", "roas", "nps", "delivery_days", "stock_value"])
_shapes = st.sampled_from(
    [
        "value",
        "trend",
        "breakdown",
        "ranking",
        "share",
        "comparison",
        "target",
        "extreme_period",
        "distribution",
        "threshold",
    ]
)

_COMPARES: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"offset": "1 month"}],
    [{"offset": "1 year", "show": "measure", "growth": False}],
)


@st.composite
def _questions(draw: st.DrawFn) -> tuple[Plan, list[list[Any]]]:
    dimensions: list[dict[str, Any]] = []
    if draw(st.booleans()):
        dimensions.append({"kind": "time", "grain": draw(st.sampled_from(["day", "week", "month", "quarter", "year"]))})
    for name in draw(st.lists(st.sampled_from(["category", "channel"]), max_size=2, unique=True)):
        dimensions.append({"kind": "field", "field": f"orders.{name}"})
    metrics = draw(st.lists(_metrics, min_size=1, max_size=3, unique=True))
    compares = draw(st.sampled_from(_COMPARES))
    order = draw(st.sampled_from([[], [{"column": metrics[0]}], [{"column": metrics[0], "descending": True}]]))
    query = MetricQuery.model_validate(
        {
            "metrics": [{"metric": metric} for metric in metrics],
            "group_by": dimensions,
            "compare": compares,
            "targets": draw(st.booleans()),
            "period": draw(st.sampled_from([None, PERIOD])),
            "order_by": order,
            "limit": draw(st.sampled_from([None, 3])),
        }
    )
    width = len(metrics) * (1 + (0 if not compares else 3 if len(compares[0]) == 1 else 2) + query.targets)
    rows = []
    for _ in range(1 if not dimensions else draw(st.integers(0, 6))):
        keys = [
            draw(st.dates(dt.date(2021, 1, 1), dt.date(2027, 1, 1))) if "grain" in item else draw(_names)
            for item in dimensions
        ]
        rows.append(keys + [draw(_numbers) for _ in range(width)])
    premise = draw(st.sampled_from([None, "rise", "fall"]))
    return Plan(shape=draw(_shapes), premise=premise, queries=(NamedQuery(name="a", query=query),)), rows


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(question=_questions())
def test_every_number_of_any_presentation_is_supported(
    question: tuple[Plan, list[list[Any]]], view: CatalogView, make_table: MakeTable, caplog: pytest.LogCaptureFixture
) -> None:
    plan, rows = question
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        shown = present(plan, (make_table(plan.queries[0].query, rows),), view, AS_OF, SPAN)
    assert [record.getMessage() for record in caplog.records] == []
    assert shown.headline
    assert len(shown.narrative) <= 4
    if shown.chart:
        assert {item.unit for item in shown.chart.series} == {shown.chart.unit}
        assert {len(item.values) for item in shown.chart.series} == {len(shown.chart.x)}
        json.dumps(chart_to_plotly(shown.chart), allow_nan=False)
    for text in (shown.headline, *shown.narrative, *shown.caveats):
        assert text.isprintable() or not any(ord(letter) < 32 for letter in text)


_cells = st.one_of(_names, _numbers, st.booleans(), st.dates(), st.datetimes())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    width=st.integers(0, 4),
    cells=st.lists(_cells, max_size=20),
    unit=st.sampled_from([None, "USD", "fraction", "count"]),
)
def test_rows_of_a_free_statement(
    width: int, cells: list[Any], unit: str | None, view: CatalogView, caplog: pytest.LogCaptureFixture
) -> None:
    columns = tuple(ResultColumn(name=f"c{at}", type="", unit=unit) for at in range(width))
    rows = tuple(tuple(cells[at : at + width]) for at in range(0, len(cells) - width + 1, width)) if width else ()
    table = ResultTable(name="a", sql="", columns=columns, rows=rows)
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        shown = present(Plan(shape="records", planner="given"), (table,), view, AS_OF, None)
        free = present(Plan(planner="given"), (table,), view, AS_OF, None)
    assert shown.headline and free.headline
    assert caplog.records == []
    answer = Answer(
        status="answer", question="", role="r", as_of=AS_OF, headline=free.headline, results=(table,), chart=free.chart
    )
    assert render_terminal(answer, 40, True)
    if free.chart:
        json.dumps(chart_to_plotly(free.chart), allow_nan=False)


_AMOUNTS = st.lists(st.integers(1_000, 90_000_000), min_size=2, max_size=5, unique=True)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=_AMOUNTS, choice=st.integers(0, 10**6), digit=st.integers(1, 9))
def test_a_changed_number_is_caught(
    amounts: list[int], choice: int, digit: int, view: CatalogView, make_table: MakeTable
) -> None:
    query = MetricQuery.model_validate(
        {"metrics": [{"metric": "gmv"}], "group_by": [{"kind": "field", "field": "orders.category"}], "period": PERIOD}
    )
    table = make_table(query, [[f"group {chr(97 + index)}", float(amount)] for index, amount in enumerate(amounts)])
    shown = present(Plan(shape="breakdown", queries=(NamedQuery(name="a", query=query),)), (table,), view, AS_OF, SPAN)
    figures = list(re.finditer(r"\$([0-9][0-9,.]*[0-9])( M)?", shown.headline))
    figure = figures[choice % len(figures)]
    first = str((int(figure[1][0]) + digit - 1) % 9 + 1)
    changed = first + figure[1][1:]
    value = float(changed.replace(",", "")) * (10**6 if figure[2] else 1)
    text = shown.headline[: figure.start(1)] + changed + shown.headline[figure.end(1) :]
    is_some_cell = any(abs(amount - value) <= 0.06 * value for amount in amounts)
    found = check_numbers((text,), (table,), periods=(query.period,) if query.period else ())
    caught = f"${changed}{figure[2] or ''}" in [item.number for item in found]
    assert caught or is_some_cell


def test_every_dimension_of_the_questions_has_a_column(make_table: MakeTable) -> None:
    query = MetricQuery.model_validate(
        {"metrics": [{"metric": "gmv"}], "group_by": [{"kind": "time", "grain": "month"}]}
    )
    assert make_table(query, []).columns[0].name == dimension_name(query.group_by[0])
