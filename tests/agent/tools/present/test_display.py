"""Numbers by unit, Markdown and Plotly: forms, and that nothing in data acts as markup."""

from __future__ import annotations

import datetime as dt
import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present import chart_to_plotly, escape_markdown, format_number, table_to_markdown
from agent.tools.present.number_format import format_distinct
from agent.tools.present.periods import in_period, period_name
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.query import Period

NUMBERS = (
    (Decimal("160412.37"), "USD", "headline", "$160,412"),
    (Decimal("160412.37"), "USD", "table", "$160,412.37"),
    (67.4, "USD", "headline", "$67.40"),
    (0, "USD", "headline", "$0"),
    (-5.5, "USD", "headline", "-$5.50"),
    (15_214_512, "USD", "narrative", "$15.2 M"),
    (15_214_512, "USD", "headline", "$15.21 M"),
    (15_214_512, "USD", "table", "$15,214,512.00"),
    (999_960_000, "USD", "narrative", "$1.0 bn"),
    (2.4e9, "NGN", "narrative", "₦2.4 bn"),
    (1234.5, "JPY", "table", "¥1,235"),
    (0.5, "KWD", "table", "KWD 0.500"),
    (12, "CHF", "table", "CHF 12.00"),
    (0.091, "USD", "narrative", "$0.09"),
    (0.0004, "USD", "narrative", "$0.00040"),
    (0.183, "fraction", "headline", "18.3 %"),
    (0.18, "fraction", "headline", "18 %"),
    (0.9996, "fraction", "headline", "99.96 %"),
    (1, "fraction", "headline", "100 %"),
    (0.00031, "fraction", "headline", "0.031 %"),
    (12.4, "fraction", "headline", "1,240 %"),
    (0.012, "points", "headline", "1.2 points"),
    (0.01, "points", "headline", "1 point"),
    (3, "score_points", "headline", "3 points"),
    (4.8, "ratio", "headline", "4.80"),
    (42.0, "score", "headline", "42"),
    (4.316, "score", "headline", "4.32"),
    (12431, "count", "headline", "12,431"),
    (3.4, "days", "headline", "3.4 days"),
    (1.0, "days", "headline", "1 day"),
    (12, "kg", "table", "12 kg"),
    (-0.0, "USD", "headline", "$0"),
    (1e-15, "fraction", "headline", "0 %"),
    (None, "USD", "headline", "no figure"),
    (math.nan, "count", "headline", "no figure"),
    (math.inf, None, "table", "no figure"),
)


@pytest.mark.parametrize(("value", "unit", "style", "text"), NUMBERS)
def test_number_by_unit(value: Any, unit: str | None, style: Any, text: str) -> None:
    assert format_number(value, unit, style) == text


def test_a_metric_may_say_how_its_numbers_are_written() -> None:
    assert format_number(4.8, "ratio", "headline", "0.0x") == "4.8x"
    assert format_number(4.8, "ratio", "headline", "anything else") == "4.80"


@given(
    st.decimals(1, 10**12, places=2),
    st.decimals(1, 10**12, places=2),
    st.sampled_from(["USD", "JPY", "fraction", "ratio"]),
)
def test_different_values_can_be_told_apart(first: Decimal, second: Decimal, unit: str) -> None:
    extra = format_distinct(first, second, unit, "narrative")
    texts = [format_number(value, unit, "narrative", None, extra) for value in (first, second)]
    assert (texts[0] == texts[1]) == (first == second) or (unit == "JPY" and abs(first - second) < 1)


PERIODS = (
    ("2026-09-01", "2026-10-01", "in September 2026"),
    ("2026-07-01", "2026-10-01", "in Q3 2026"),
    ("2026-01-01", "2027-01-01", "in 2026"),
    ("2024-01-01", "2027-01-01", "from 2024 to 2026"),
    ("2026-01-01", "2026-11-01", "from January to October 2026"),
    ("2025-11-01", "2026-11-01", "from November 2025 to October 2026"),
    ("2026-08-03", "2026-11-01", "from 3 August to 31 October 2026"),
    ("2026-10-31", "2026-11-01", "on 31 October 2026"),
    ("2026-01-01", None, "since 1 January 2026"),
    (None, "2026-11-01", "up to 31 October 2026"),
    (None, None, ""),
)


@pytest.mark.parametrize(("start", "end", "words"), PERIODS)
def test_period_in_words(start: str | None, end: str | None, words: str) -> None:
    period = Period(
        start=dt.date.fromisoformat(start) if start else None, end=dt.date.fromisoformat(end) if end else None
    )
    assert in_period(period) == words
    assert bool(period_name(period)) == bool(words)


HOSTILE = (
    "[click](https://evil.example)",
    "![x](https://evil.example/pixel.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "https://evil.example",
    "www.evil.example",
    "me@evil.example",
    "`code` **bold** __x__ ~~y~~",
    "a | b",
    "$\\frac{1}{2}$",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "# heading\n---\n- item",
    "<https://evil.example>",
    "[ref]: https://evil.example",
)


def _rendered(markdown: str) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").enable("strikethrough")
    return str(parser.render(markdown))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_from_data_is_only_text(text: str) -> None:
    column = ResultColumn(name=text, type="VARCHAR", role="key")
    other = ResultColumn(name="n", type="BIGINT", unit="count")
    table = ResultTable(name="a", sql="", columns=(column, other), rows=((text, 5), ("plain", 6)))
    html = _rendered(table_to_markdown(table))
    assert html.count("<tr>") == 3
    assert html.count("<td") == 4
    for tag in ("<a ", "<img", "<script", "<em>", "<strong>", "<code>", "<s>", "<h1>", "<hr", "<li>"):
        assert tag not in html
        assert tag not in _rendered(escape_markdown(text))
    assert "://" not in table_to_markdown(table)
    assert "www." not in table_to_markdown(table).lower()


def test_markdown_table_counts_what_it_leaves_out() -> None:
    columns = (ResultColumn(name="n", type="BIGINT", unit="count"),)
    table = ResultTable(name="a", sql="", columns=columns, rows=tuple((n,) for n in range(25)))
    assert table_to_markdown(table).endswith("*... 5 more rows*")
    assert table_to_markdown(ResultTable(name="a", sql="", columns=(), rows=())) == ""


def _spec(**changes: Any) -> ChartSpec:
    base = ChartSpec(
        kind="grouped_bar",
        title="GMV by category",
        x_label="Category",
        y_label="GMV",
        x=("A", "B"),
        series=(
            ChartSeries(name="GMV", values=(1.5, None), unit="USD"),
            ChartSeries(name="August", values=(1, 2), unit="USD", style="dashed"),
            ChartSeries(name="Target", values=(2, 2), unit="USD", style="dashed"),
        ),
        unit="USD",
    )
    return base.model_copy(update=changes)


def test_plotly_figure_of_plain_lists() -> None:
    figure = chart_to_plotly(_spec())
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert [trace["type"] for trace in figure["data"]] == ["bar", "bar", "scatter"]
    assert figure["data"][0]["y"] == [1.5, None]
    assert figure["data"][0]["customdata"] == ["$1.50", "no figure"]
    assert figure["data"][2]["line"]["dash"] == "dash"
    assert figure["layout"]["yaxis"]["tickprefix"] == "$"
    assert figure["layout"]["barmode"] == "group"


@pytest.mark.parametrize("kind", ["line", "bar", "grouped_bar", "stacked_bar", "scatter", "heatmap", "funnel"])
@pytest.mark.parametrize("horizontal", [False, True])
def test_plotly_takes_every_kind(kind: str, horizontal: bool) -> None:
    from plotly.graph_objects import Figure

    dates = ("2026-01-01", "2026-02-01")
    spec = _spec(kind=kind, horizontal=horizontal, x=dates if kind == "line" else ("A", "B"), x_is_time=kind == "line")
    Figure(chart_to_plotly(spec))  # raises on a property that Plotly does not know


def test_plotly_labels_from_data_are_only_text() -> None:
    evil = "<a href='https://evil.example'>x</a>"
    series = (ChartSeries(name=evil, values=(1, 2), unit="USD"), ChartSeries(name="b", values=(1, 2), unit="USD"))
    text = json.dumps(chart_to_plotly(_spec(title=evil, x_label=evil, y_label=evil, x=(evil, "B"), series=series)))
    assert "<a" not in text
    assert "&lt;a" in text
