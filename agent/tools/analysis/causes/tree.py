"""A metric's driver tree with the figure of every part, now and before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.causes.drivers import DriverNode, closing_tree, driver_tree, evaluated
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.comparing_words import listed
from agent.tools.present.condition_words import condition_values, scope_words
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import as_decimal
from agent.tools.present.periods import in_period, short_name
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.driver_tree import DriverTreeRequest
from catalog.query import ComparePeriod, MetricQuery

_BEFORE = "previous"
_SIGNS: tuple[tuple[type[exp.Expr], str], ...] = ((exp.Add, "+"), (exp.Sub, "-"), (exp.Mul, "×"), (exp.Div, "/"))
_Row = tuple[DriverNode, int | None]  # a part, and the row of what it is a part of


def show_driver_tree(request: DriverTreeRequest, desk: AnalysisDesk) -> Finding:
    """The tree as a table (a row a part, depth first), a sentence a level, and a chart. Branches whose formula does not come
    to their figure are left out, and named."""
    metric = desk.view.whole.metric_by_name[request.metric]
    root = driver_tree(desk.view, request.metric, request.where)
    if not root.parts:
        return asking_back(f"Nothing that you may see says what {metric.label} is made of.")
    desk.say("Reading its parts")
    now, before, sql = _figures(request, root, desk)
    left_out: list[str] = []
    root = closing_tree(root, [now] if before is None else [before, now], left_out)
    rows = tuple(_rows(root, None, [0]))
    table, figures = _table(rows, now, before, sql), _figures_table(rows, now, before, sql)
    results = (table, figures)
    return Finding(
        results=results,
        headline=_headline(request, desk, results, root),
        narrative=tuple(_narrative(rows, results)),
        chart=_chart(request, metric.label, rows, table),
        caveats=tuple(left_out),
        periods=tuple(period for period in (request.period, request.baseline) if period is not None),
        phrases=tuple(node.label for node, _ in rows),
    )


def _figures(
    request: DriverTreeRequest, root: DriverNode, desk: AnalysisDesk
) -> tuple[dict[str, float], dict[str, float] | None, str]:
    """The figures of all the tree's metrics in the period and, where there is one, the baseline."""
    compare: tuple[ComparePeriod, ...] = ()
    if request.baseline is not None:
        compare = (ComparePeriod(name=_BEFORE, period=request.baseline, show="measure"),)
    uses = root.all_uses()
    query = MetricQuery(metrics=uses, where=request.where, period=request.period, compare=compare)
    found = desk.query(query, "answer")
    if not found.rows:
        raise QueryError(f"{root.label} has no figure in this period")
    cells = dict(zip([column.name for column in found.columns], found.rows[0], strict=True))

    def figures(suffix: str) -> dict[str, float]:
        known = {use.name: as_decimal(cells.get(use.name + suffix)) for use in uses}
        return {name: float(value) for name, value in known.items() if value is not None}

    earlier = figures(f"_{_BEFORE}") if compare else None
    return figures(""), earlier if earlier and root.name in earlier else None, found.sql


def _rows(node: DriverNode, above: int | None, count: list[int]) -> Iterator[_Row]:
    place = count[0]
    count[0] += 1
    yield node, above
    for part in node.parts:
        yield from _rows(part, place, count)


def _table(rows: tuple[_Row, ...], now: dict[str, float], before: dict[str, float] | None, sql: str) -> ResultTable:
    columns = [
        ResultColumn(name="driver", type="VARCHAR", role="key", label="Driver"),
        ResultColumn(name="part_of", type="VARCHAR", role="key", label="Part of"),
        ResultColumn(name="formula", type="VARCHAR", role="context", label="Made of"),
    ]
    if before is not None:
        columns.append(ResultColumn(name="before", type="DOUBLE", role="context", label="Before"))
    columns.append(ResultColumn(name="now", type="DOUBLE", label="Now"))
    if before is not None:
        columns.append(
            ResultColumn(
                name="growth", type="DOUBLE", role="context", unit="fraction", label="Growth", calculation="growth"
            )
        )
    found: list[tuple[Any, ...]] = []
    for node, above in rows:
        cells: list[Any] = [node.label, None if above is None else rows[above][0].label, formula_words(node)]
        later = _number(node, now)
        if before is None:
            found.append((*cells, later))
            continue
        earlier = _number(node, before)
        grew = (later - earlier) / abs(earlier) if later is not None and earlier else None
        found.append((*cells, earlier, later, grew))
    return ResultTable(name="answer", sql=sql, columns=tuple(columns), rows=tuple(found))


def _figures_table(
    rows: tuple[_Row, ...], now: dict[str, float], before: dict[str, float] | None, sql: str
) -> ResultTable:
    """The same figures in one row, each in its own unit: what the sentences are told from."""
    columns, cells = [], []
    for place, (node, _) in enumerate(rows):
        for ending, values in (("", now), (f"_{_BEFORE}", before)):
            if values is not None:
                label = node.label if not ending else f"{node.label}, before"
                name = f"{node.name}_{place}{ending}"
                columns.append(ResultColumn(name=name, type="DOUBLE", unit=node.unit, label=label))
                cells.append(_number(node, values))
    return ResultTable(name="figures", sql=sql, columns=tuple(columns), rows=(tuple(cells),))


def _number(node: DriverNode, values: dict[str, float]) -> float | None:
    value = float(evaluated(node.value, values))
    return value if value == value else None


def formula_words(node: DriverNode) -> str | None:
    """ "orders × items per order": a formula with the parts' labels; None for what has no parts."""
    if node.formula is None:
        return None
    return _in_words(node.formula, {part.name: mid_sentence(part.label) for part in node.parts})


def _in_words(tree: exp.Expr, labels: dict[str, str]) -> str:
    if isinstance(tree, exp.Column):
        return labels.get(tree.name, tree.name)
    if isinstance(tree, exp.Paren):
        return f"({_in_words(tree.this, labels)})"
    sign = next((sign for kind, sign in _SIGNS if isinstance(tree, kind)), None)
    if sign is not None:
        return f"{_in_words(tree.this, labels)} {sign} {_in_words(tree.expression, labels)}"
    return tree.sql()


def _headline(
    request: DriverTreeRequest, desk: AnalysisDesk, results: tuple[ResultTable, ...], root: DriverNode
) -> Sentence:
    builder = SentenceBuilder(results, "headline")
    scope = scope_words(condition_values(request.where, desk.view))
    value = builder.value(CellReference(result=1, row=0, column=0), root.unit)
    made = formula_words(root)
    when = "" if request.period is None else f" {in_period(request.period)}"
    was = "were" if is_plural(root.label) else "was"
    text = f"{root.label}{scope} {was} {value}{when}".rstrip()
    return builder.finished(f"{text}: {made}" if made else text)


def _narrative(rows: tuple[_Row, ...], results: tuple[ResultTable, ...]) -> Iterator[Sentence]:
    """A sentence for each part that has parts: what these came to."""
    wide = len(results[1].columns) // len(rows)  # columns a part: now, and perhaps before
    for place, (node, _) in enumerate(rows):
        if node.formula is None:
            continue
        builder = SentenceBuilder(results)
        parts = []
        for at, (part, above) in enumerate(rows):
            cell = CellReference(result=1, row=0, column=wide * at)
            if above == place and builder.number(cell) is not None:
                parts.append(
                    f"{mid_sentence(part.label)} {builder.value(cell, part.unit)}{_grown(builder, cell, wide)}"
                )
        if parts:
            yield builder.finished(f"{node.label} = {formula_words(node)}: {listed(parts)}.")


def _grown(builder: SentenceBuilder, later: CellReference, wide: int) -> str:
    """ " (up 0.7 %)", where there is a figure before that it can be said of."""
    if wide < 2:
        return ""
    earlier = later.model_copy(update={"column": later.column + 1})
    start = builder.number(earlier)
    growth = builder.computed("growth", (later,), (earlier,)) if start is not None and start > 0 else None
    if not growth:
        return ""
    return f" ({'up' if growth > 0 else 'down'} {builder.derived('growth', (later,), (earlier,))})"


def _chart(request: DriverTreeRequest, label: str, rows: tuple[_Row, ...], table: ResultTable) -> ChartSpec:
    """A box a part under what it is a part of; `growth` beside the figure where there is one."""
    names = [column.name for column in table.columns]
    series = [
        ChartSeries(name=label, values=tuple(row[names.index("now")] for row in table.rows), unit=rows[0][0].unit)
    ]
    if "growth" in names:
        against = ""
        if request.baseline is not None and request.period is not None:
            against = short_name(request.baseline, request.period)
        growth = tuple(row[names.index("growth")] for row in table.rows)
        series.append(
            ChartSeries(name=f"against {against or 'before'}", values=growth, unit="fraction", style="dashed")
        )
    return ChartSpec(
        kind="tree",
        title=f"What {mid_sentence(label)} is made of",
        x_label="",
        y_label=label,
        x=tuple(node.label for node, _ in rows),
        series=tuple(series),
        unit=rows[0][0].unit,
        parents=tuple(above for _, above in rows),
        units=tuple(node.unit for node, _ in rows),
    )
