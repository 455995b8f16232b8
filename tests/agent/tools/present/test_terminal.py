"""Answers in a terminal: what they look like at 80 columns, and that data cannot steer the screen."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any

import pytest
from rich.cells import cell_len

from agent.answer import Answer, ChartSeries, ChartSpec, ClarificationShown, RefusalShown
from agent.tools.present import render_terminal
from agent.tools.warehouse.result import ResultColumn, ResultTable

EVIL = "Evil\x1b[31m\x1b]0;owned\x07\u202eabc\u200b\r\n\x9b2Jrow"


def _answer(**changes: Any) -> Answer:
    base = Answer(status="answer", question="q", role="executive", as_of=dt.date(2026, 10, 31), headline="GMV was $5")
    return base.model_copy(update=changes)


def _table(rows: list[list[Any]], truncated: bool = False) -> ResultTable:
    columns = (
        ResultColumn(name="category", type="VARCHAR", role="key", label="Category"),
        ResultColumn(name="gmv", type="DECIMAL", unit="USD", label="GMV", metric="gmv", calculation="value"),
        ResultColumn(
            name="g",
            type="DOUBLE",
            role="context",
            unit="fraction",
            label="GMV growth",
            metric="gmv",
            calculation="growth",
        ),
    )
    return ResultTable(
        name="answer", sql="SELECT 1", columns=columns, rows=tuple(tuple(row) for row in rows), truncated=truncated
    )


BARS = ChartSpec(
    kind="bar",
    title="GMV by category",
    x_label="Category",
    y_label="GMV",
    x=("Electronics", "Books"),
    series=(ChartSeries(name="GMV", values=(100, 50), unit="USD"),),
    unit="USD",
)


def test_an_answer_with_table_and_bars() -> None:
    answer = _answer(
        headline="Electronics led with $100.00 (66.7 % of GMV) in September 2026",
        narrative=("Next came Books at $50.00.",),
        results=(_table([["Electronics", Decimal("100.00"), 0.031], ["Books", Decimal("50.00"), -0.16]]),),
        chart=BARS,
        interpretation="GMV, September 2026, by category",
        caveats=("Books rests on few orders",),
    )
    assert render_terminal(answer, 60, False).splitlines() == [
        "Electronics led with $100.00 (66.7 % of GMV) in September",
        "2026",
        "Next came Books at $50.00.",
        "",
        "Category         GMV   Growth",
        "───────────  ───────  ───────",
        "Electronics  $100.00    3.1 %",
        "Books         $50.00  -16.0 %",
        "",
        "GMV by category",
        "Electronics ████████████████████████████████████████ $100.00",
        "Books       ████████████████████                      $50.00",
        "",
        "Understood as: GMV, September 2026, by category",
        "! Books rests on few orders",
    ]


def test_a_line_along_time() -> None:
    spec = ChartSpec(
        kind="line",
        title="Orders by month",
        x_label="Month",
        y_label="Orders",
        x=("2026-01-01", "2026-02-01", "2026-03-01"),
        x_is_time=True,
        series=(ChartSeries(name="Orders", values=(0, None, 60), unit="count"),),
        unit="count",
    )
    lines = render_terminal(_answer(chart=spec), 60, False).splitlines()
    assert lines[2] == "Orders by month"
    assert lines[3].startswith("60 ┤") and lines[3].endswith("██")
    assert lines[8].startswith(" 0 ┤")
    assert lines[9].split() == ["Jan", "2026", "Mar", "2026"]


@pytest.mark.parametrize("width", [20, 33, 40, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, colour: bool) -> None:
    rows: list[list[Any]] = [
        ["電子製品" * 12, Decimal("123456789.12"), 12.5],
        [None, None, math.nan],
        ["x" * 200, Decimal("-0.01"), 0.0],
    ]
    many = tuple(ChartSeries(name=f"系列{n}" * 5, values=(n, -n, None, 4), unit="NGN") for n in range(5))
    for kind in ("line", "bar", "grouped_bar", "stacked_bar"):
        spec = BARS.model_copy(
            update={"kind": kind, "series": many, "x": ("a" * 90, "b", "電子" * 40, "d"), "x_is_time": False}
        )
        answer = _answer(
            results=(_table(rows, truncated=True),),
            chart=spec,
            caveats=("word " * 60 + "x" * 300,),
            interpretation="y" * 200,
        )
        shown = re.sub(r"\x1b\[[0-9;]*m", "", render_terminal(answer, width, colour))
        assert max(cell_len(line) for line in shown.splitlines()) <= width, shown


def test_hostile_data_cannot_steer_the_terminal() -> None:
    spec = BARS.model_copy(
        update={"x": (EVIL, "b"), "title": EVIL, "series": (ChartSeries(name=EVIL, values=(1, 2), unit="USD"),) * 2}
    )
    shown = render_terminal(
        _answer(
            headline=EVIL,
            narrative=(EVIL,),
            caveats=(EVIL,),
            interpretation=EVIL,
            results=(
                _table([[EVIL, Decimal(1), 0.1], ["b", Decimal(2), 0.2]]).model_copy(
                    update={"sql": EVIL, "name": EVIL}
                ),
            ),
            chart=spec,
        ),
        80,
        False,
        show_sql=True,
    )
    assert not [letter for letter in shown if ord(letter) < 32 and letter != "\n"]
    assert not set(shown) & {"\x7f", "\x9b", "\u202e", "\u200b"}
    assert "\\x1b[31m" in shown  # shown as text, not lost in silence


def test_twenty_rows_and_the_rest_counted() -> None:
    shown = render_terminal(_answer(results=(_table([[f"c{n}", Decimal(n), 0.1] for n in range(33)]),)), 80, False)
    assert "... 13 more" in shown
    assert "c19" in shown
    assert "c20" not in shown


def test_columns_without_room_are_named() -> None:
    columns = tuple(ResultColumn(name=f"column_{n}", type="BIGINT", unit="count") for n in range(12))
    table = ResultTable(name="a", sql="", columns=columns, rows=((10**9,) * 12,) * 2)
    assert "Not shown for want of room: Column 5" in render_terminal(_answer(results=(table,)), 80, False)


def test_colour_is_asked_for() -> None:
    assert "\x1b[1mGMV was $5\x1b[0m" in render_terminal(_answer(), 80, True)
    assert "\x1b" not in render_terminal(_answer(), 80, False)


def test_a_clarification_a_refusal_and_an_error() -> None:
    ask = _answer(status="clarify", clarification=ClarificationShown(question="Which?", options=("GMV", "Net revenue")))
    assert render_terminal(ask, 80, False).splitlines() == ["Which?", "  1. GMV", "  2. Net revenue"]
    refuse = _answer(status="refuse", refusal=RefusalShown(rule="personal_data", reason="Names are personal data"))
    assert render_terminal(refuse, 80, False) == "Names are personal data\nRule: personal_data"
    assert render_terminal(_answer(status="error", error="The database is gone"), 80, False) == "The database is gone"


def test_sql_on_request() -> None:
    answer = _answer(results=(_table([["a", Decimal(1), 0.1]]).model_copy(update={"sql": "SELECT 1\nFROM t"}),))
    assert render_terminal(answer, 80, False, show_sql=True).endswith("SQL (answer)\nSELECT 1\nFROM t")
