"""Scenarios side by side: each computed anew on one baseline, so that they differ by what they change alone."""

from __future__ import annotations

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.scenario.movable_levers import listed
from agent.tools.analysis.scenario.saved_scenarios import changes_in_words
from agent.tools.analysis.scenario.scenario_tables import column, growth, table, text_column
from agent.tools.analysis.scenario.what_if import ScenarioRun, compute_scenario
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.scenario import ScenarioRequest
from catalog.models import Direction

_BASELINE, _SCENARIO, _CHANGE, _GROWTH, _LOW, _HIGH = range(1, 7)


def compare_scenarios(named: tuple[tuple[str, ScenarioRequest], ...], desk: AnalysisDesk) -> Finding:
    """The scenarios beside each other: one table a metric that all of them speak of, one row a scenario.

    The first one's period and conditions hold for all; where another was saved for others, that is said.
    """
    first = named[0][1]
    shared = tuple(metric for metric in first.metrics if all(metric in request.metrics for _, request in named))
    if not shared:
        names = listed([f"“{name}”" for name, _ in named])
        raise QueryError(f"{names} are about different figures, so that they cannot stand side by side")
    runs: list[tuple[str, ScenarioRun]] = []
    caveats: list[str] = []
    for name, request in named:
        alike = request.model_copy(
            update={"period": first.period, "ahead": None, "where": first.where, "metrics": shared, "name": None}
        )
        if (request.period, request.where) != (first.period, first.where):
            caveats.append(
                f"“{name}” was saved for another period or other rows; here it is computed for the same as the first."
            )
        runs.append((name, compute_scenario(alike, desk)))
    tables = tuple(_table(metric, place, runs, desk) for place, metric in enumerate(shared))
    tables = (*tables, _changes(named, runs, desk))
    return Finding(
        results=tables,
        headline=_headline(tables[0], shared[0], desk),
        narrative=_narrative(tables[0]),
        chart=_chart(tables[0], shared[0], desk),
        caveats=tuple(caveats),
        periods=() if first.period is None else (first.period,),
        phrases=("90 % range", *(name for name, _ in named)),
    )


def _table(metric: str, place: int, runs: list[tuple[str, ScenarioRun]], desk: AnalysisDesk) -> ResultTable:
    unit = desk.view.metrics[metric].unit
    columns = (
        text_column("scenario", "Scenario"),
        column("baseline", "context", unit, "As it was", "previous"),
        column(metric, unit=unit, label=desk.view.metrics[metric].label),
        column("change", "context", unit, "Change", "change"),
        column("growth", "context", "fraction", "Growth", "growth"),
        column("low", "context", unit, "Low"),
        column("high", "context", unit, "High"),
    )
    rows = []
    for name, run in runs:
        item = next(item for item in run.estimates if item.metric == metric)
        change = item.scenario - item.baseline
        rows.append(
            (name, item.baseline, item.scenario, change, growth(item.scenario, item.baseline), item.low, item.high)
        )
    return table("answer" if place == 0 else f"answer_{place + 1}", runs[0][1].prepared.sql, columns, rows)


def _changes(
    named: tuple[tuple[str, ScenarioRequest], ...], runs: list[tuple[str, ScenarioRun]], desk: AnalysisDesk
) -> ResultTable:
    rows = [(name, changes_in_words(request.changes, desk)) for name, request in named]
    columns = (text_column("scenario", "Scenario"), text_column("changes", "What it changes", "context"))
    return table("scenarios", runs[0][1].prepared.sql, columns, rows)


def _headline(answer: ResultTable, metric: str, desk: AnalysisDesk) -> Sentence:
    builder = SentenceBuilder((answer,), "headline")
    down = desk.view.metrics[metric].direction is Direction.DOWN
    order = sorted(range(len(answer.rows)), key=lambda row: float(answer.rows[row][_SCENARIO]), reverse=not down)
    unit = answer.columns[_SCENARIO].unit
    label = mid_sentence(desk.view.metrics[metric].label)
    best = builder.value(CellReference(row=order[0], column=_SCENARIO), unit)
    rest = [
        f"{builder.value(CellReference(row=row, column=_SCENARIO), unit)} in “{answer.rows[row][0]}”"
        for row in order[1:]
    ]
    beside = f", against {listed(rest)}" if rest else ""
    return builder.finished(f"“{answer.rows[order[0]][0]}” would bring the best {label}, {best}{beside}")


def _narrative(answer: ResultTable) -> tuple[Sentence, ...]:
    builder = SentenceBuilder((answer,), "headline")
    unit = answer.columns[_BASELINE].unit
    found = [builder.finished(f"As it was: {builder.value(CellReference(row=0, column=_BASELINE), unit)}.")]
    ranged = [row for row, cells in enumerate(answer.rows) if cells[_LOW] is not None]
    if len(ranged) == 2:
        (one, other) = ranged
        if answer.rows[one][_LOW] <= answer.rows[other][_HIGH] and answer.rows[other][_LOW] <= answer.rows[one][_HIGH]:
            found.append(Sentence("Their ranges overlap: what is assumed does not tell them apart for certain."))
    return tuple(found)


def _chart(answer: ResultTable, metric: str, desk: AnalysisDesk) -> ChartSpec:
    label, unit = desk.view.metrics[metric].label, answer.columns[_SCENARIO].unit
    return ChartSpec(
        kind="grouped_bar",
        title=f"{label} by scenario",
        x_label="Scenario",
        y_label=label,
        x=tuple(str(row[0]) for row in answer.rows),
        series=(
            ChartSeries(name="as it was", values=tuple(row[_BASELINE] for row in answer.rows), unit=unit),
            ChartSeries(name="scenario", values=tuple(row[_SCENARIO] for row in answer.rows), unit=unit),
        ),
        unit=unit,
    )
