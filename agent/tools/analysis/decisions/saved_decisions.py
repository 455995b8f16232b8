"""What a user saved: listed, set side by side, held against what came, forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.stores.decisions import Expectation, SavedDecision
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.scenario.compare_scenarios import compare_scenarios
from agent.tools.analysis.scenario.saved_scenarios import saved_named, scenario_request
from agent.tools.analysis.scenario.scenario_tables import column, growth, table, text_column
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.decision import DecisionRequest
from catalog.query import MetricQuery, MetricUse, as_datetime

_EXPECTED, _ACTUAL, _MISS, _MISS_RATE, _LOW, _HIGH, _INSIDE = range(3, 10)


def run_decision(request: DecisionRequest, desk: AnalysisDesk) -> Finding:
    """The finding of a question about saved decisions. QueryError, naming what there is, for a name that is not saved."""
    if request.action == "forget":
        return _forgotten(request, desk)
    named = tuple(saved_named(name, desk) for name in request.names)
    chosen = named or desk.decisions.saved(request.of)
    if not chosen:
        return Finding(
            results=(_list((), desk),),
            headline=Sentence("Nothing is saved yet: say “save this as ...” after a scenario"),
        )
    if request.action == "compare":
        scenarios = tuple(item for item in chosen if request.names or item.kind == "scenario")
        if len(scenarios) < 2:
            raise QueryError("it takes two saved scenarios to compare; ask “what if ...” and save it under a name")
        return compare_scenarios(tuple((item.name, scenario_request(item)) for item in scenarios), desk)
    return _scored(chosen, desk) if request.action == "score" else _listed(chosen, desk)


def _forgotten(request: DecisionRequest, desk: AnalysisDesk) -> Finding:
    item = saved_named(request.names[0], desk)
    if desk.keeps:
        desk.decisions.forget(item.name)
    return Finding(
        results=(_list((item,), desk),), headline=Sentence(f"“{item.name}” is forgotten"), phrases=(item.name,)
    )


def _list(chosen: Sequence[SavedDecision], desk: AnalysisDesk) -> ResultTable:
    columns = (
        text_column("name", "Name"),
        text_column("kind", "Kind", "context"),
        text_column("changes", "What it says", "measure"),
        text_column("figures", "Figures", "context"),
        column("saved_on", "context", label="Saved on", kind="DATE"),
    )
    rows = [(item.name, item.kind, item.summary, _figures(item, desk), item.saved_at.date()) for item in chosen]
    return table("answer", "", columns, rows)


def _figures(item: SavedDecision, desk: AnalysisDesk) -> str:
    labels = [desk.view.metrics[one.metric].label for one in item.expectations if one.metric in desk.view.metrics]
    return ", ".join(dict.fromkeys(labels))


def _listed(chosen: Sequence[SavedDecision], desk: AnalysisDesk) -> Finding:
    answer = _list(chosen, desk)
    builder = SentenceBuilder((answer,), "headline")
    cells = tuple(CellReference(row=row, column=0) for row in range(len(chosen)))
    count = builder.derived("count", cells)
    names = ", ".join(f"“{item.name}”" for item in chosen)
    headline = builder.finished(f"{count} {'is' if len(chosen) == 1 else 'are'} saved: {names}")
    phrases = (*(item.name for item in chosen), *(item.summary for item in chosen))
    return Finding(results=(answer,), headline=headline, phrases=phrases)


def _scored(chosen: Sequence[SavedDecision], desk: AnalysisDesk) -> Finding:
    """Each expectation whose period is over beside the actual figure; the others are waited for."""
    rows, waiting, caveats = [], [], []
    units: list[str | None] = []
    for item in chosen:
        for expected in item.expectations:
            if expected.metric not in desk.view.metrics:
                continue
            if _is_open(expected, item, desk):
                waiting.append((item, expected))
                continue
            actual = _actual(expected, desk)
            if actual is None:
                waiting.append((item, expected))
                continue
            metric = desk.view.metrics[expected.metric]
            inside = None
            if expected.low is not None and expected.high is not None:
                inside = expected.low <= actual <= expected.high
            miss = actual - expected.value
            start = expected.period.start
            rows.append(
                (item.name, metric.label, None if start is None else as_datetime(start).date(), expected.value, actual,
                 miss, growth(actual, expected.value), expected.low, expected.high, inside)
            )  # fmt: skip
            units.append(metric.unit)
            if item.kind == "scenario" and expected.period.end is not None and not _lies_ahead(expected, item):
                caveats.append(
                    f"“{item.name}” supposes other levers in a period that was over when it was saved: what came there"
                    f" came without them."
                )
    unit = units[0] if len(set(units)) == 1 else None
    answer = _score_table(rows, unit)
    if not rows:
        names = ", ".join(dict.fromkeys(f"“{item.name}”" for item, _ in waiting))
        headline = Sentence(f"There is nothing to hold {names or 'it'} against yet: its period is not over")
        return Finding(results=(answer,), headline=headline, phrases=tuple(item.name for item in chosen))
    story = _score_sentences(answer, unit, rows)
    if waiting:
        story = (
            *story,
            Sentence(f"Not over yet: {', '.join(dict.fromkeys(f'“{item.name}”' for item, _ in waiting))}."),
        )
    return Finding(
        results=(answer,),
        headline=story[0],
        narrative=story[1:],
        chart=_score_chart(rows, unit),
        caveats=tuple(dict.fromkeys(caveats)),
        periods=tuple(expected.period for item in chosen for expected in item.expectations),
        phrases=tuple(item.name for item in chosen),
    )


def _is_open(expected: Expectation, item: SavedDecision, desk: AnalysisDesk) -> bool:
    end = expected.period.end
    return end is None or as_datetime(end).date() > desk.as_of + dt.timedelta(days=1)


def _lies_ahead(expected: Expectation, item: SavedDecision) -> bool:
    end = expected.period.end
    return end is None or as_datetime(end).date() > item.as_of + dt.timedelta(days=1)


def _actual(expected: Expectation, desk: AnalysisDesk) -> float | None:
    query = MetricQuery(
        metrics=(MetricUse(metric=expected.metric),),
        where=expected.where,
        period=expected.period,
        as_of=desk.as_of,
    )
    found = desk.query(query, name="actual")
    cell = found.rows[0][0] if found.rows else None
    return None if cell is None else float(cell)


def _score_table(rows: Sequence[tuple[object, ...]], unit: str | None) -> ResultTable:
    columns = (
        text_column("name", "Name"),
        text_column("metric", "Metric"),
        column("period", "key", label="Period", kind="DATE"),
        column("expected", unit=unit, label="Expected"),
        column("actual", unit=unit, label="Actual"),
        column("miss", unit=unit, label="Actual less expected", calculation="change"),
        column("miss_rate", unit="fraction", label="Relative miss", calculation="growth"),
        column("low", "context", unit, "Low"),
        column("high", "context", unit, "High"),
        column("inside", "context", label="Inside its range", kind="BOOLEAN"),
    )
    return table("answer", "", columns, [tuple(row) for row in rows])


def _score_sentences(answer: ResultTable, unit: str | None, rows: Sequence[tuple[object, ...]]) -> tuple[Sentence, ...]:
    found = []
    for row, cells in enumerate(rows[:6]):
        builder = SentenceBuilder((answer,), "headline")
        expected, actual = (CellReference(row=row, column=place) for place in (_EXPECTED, _ACTUAL))
        label = mid_sentence(str(cells[1]))
        hoped, came = builder.apart(expected, actual, unit)
        size = builder.derived("growth", (actual,), (expected,))
        than = "more" if float(str(cells[_MISS])) >= 0 else "less"
        inside = {True: ", inside its range", False: ", outside its range", None: ""}[cells[_INSIDE]]  # type: ignore[index]
        text = f"“{cells[0]}” expected {label} of {hoped}; it came to {came} ({size} {than}{inside})"
        found.append(builder.finished(text if row == 0 else f"{text}."))
    ranged = [cells for cells in rows if cells[_INSIDE] is not None]
    if len(ranged) > 1:
        builder = SentenceBuilder((answer,))
        held = tuple(CellReference(row=row, column=_INSIDE) for row, cells in enumerate(rows) if cells[_INSIDE] is True)
        every = tuple(
            CellReference(row=row, column=_INSIDE) for row, cells in enumerate(rows) if cells[_INSIDE] is not None
        )
        inside_count = builder.derived("count", held) if held else "none"
        found.append(builder.finished(f"Of {builder.derived('count', every)} ranges, {inside_count} held what came."))
    return tuple(found)


def _score_chart(rows: Sequence[tuple[object, ...]], unit: str | None) -> ChartSpec | None:
    if len({str(cells[1]) for cells in rows}) != 1:
        return None
    label = str(rows[0][1])
    return ChartSpec(
        kind="grouped_bar",
        title=f"{label}: expected, and what came",
        x_label="Saved",
        y_label=label,
        x=tuple(str(cells[0]) for cells in rows),
        series=(
            ChartSeries(name="expected", values=tuple(float(str(cells[_EXPECTED])) for cells in rows), unit=unit),
            ChartSeries(name="actual", values=tuple(float(str(cells[_ACTUAL])) for cells in rows), unit=unit),
        ),
        unit=unit,
    )
