"""What if: levers moved, the outcome through its tree and the declared influences, with a range and a tornado."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.scenario.carried_over import Expected, expectations, outlook_table
from agent.tools.analysis.scenario.movable_levers import movable
from agent.tools.analysis.scenario.preparation import Preparation, prepare
from agent.tools.analysis.scenario.saved_scenarios import changes_in_words, keep
from agent.tools.analysis.scenario.scenario_sentences import ScenarioStory
from agent.tools.analysis.scenario.scenario_tables import (
    MovedLever,
    OutcomeEstimate,
    assumption_table,
    by_unit,
    lever_tables,
    outcome_table,
    tornado_table,
)
from agent.tools.analysis.scenario.sensitivity import TornadoBar, tornado
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.scenario import LeverChange, ScenarioRequest

_BASELINES = {False: "As it was", True: "Expected"}


@dataclass(frozen=True)
class ScenarioRun:
    """A scenario computed: its model, what is moved, what comes of it, and the tornado of the first outcome."""

    prepared: Preparation
    moved: tuple[MovedLever, ...]
    estimates: tuple[OutcomeEstimate, ...]
    bars: tuple[TornadoBar, ...]
    expected: Mapping[str, Expected] = field(default_factory=dict)  # by metric, of a time to come


def run_scenario(request: ScenarioRequest, desk: AnalysisDesk) -> Finding:
    """The finding of a scenario. QueryError for a lever without grounds or beyond its bounds."""
    run = compute_scenario(request, desk)
    units = {metric: run.prepared.book.unit(metric) for metric in request.metrics}
    results: list[ResultTable] = []
    for place, (unit, rows) in enumerate(by_unit(run.estimates, units).items()):
        name = "answer" if place == 0 else f"answer_{place + 1}"
        results.append(outcome_table(name, unit, rows, run.prepared, _BASELINES[bool(run.expected)]))
    results += lever_tables(run.moved, run.prepared)
    if run.prepared.grounds:
        results.append(assumption_table(run.prepared.grounds, run.prepared.book, run.prepared.sql))
    if run.bars:
        results.append(tornado_table(run.bars, units[request.metrics[0]], run.prepared.sql))
    if run.expected:
        first = [run.expected[request.metrics[0]]]
        results.append(outlook_table(first, units[request.metrics[0]], desk.view, run.prepared.sql))
    said = None
    if request.name is not None:
        said = keep(request, changes_in_words(request.changes, desk), run.estimates, desk)
    story = ScenarioStory(request, run.prepared, run.moved, tuple(results), desk, bool(run.expected))
    return Finding(
        results=tuple(results),
        headline=story.headline(),
        narrative=story.narrative(said),
        chart=_chart(run, units[request.metrics[0]]),
        caveats=story.caveats(),
        periods=tuple(period for period in (request.period, request.ahead) if period is not None),
        phrases=story.phrases(),
    )


def compute_scenario(request: ScenarioRequest, desk: AnalysisDesk) -> ScenarioRun:
    """The scenario's figures, without words."""
    levers = tuple(movable(desk.view, change.lever) for change in request.changes)
    for place, lever in enumerate(levers):
        if lever.figure in [other.figure for other in levers[:place]]:
            raise QueryError(f"{lever.label} is changed twice; say once what becomes of it")
    for metric in request.metrics:
        if metric not in desk.view.metrics:
            raise QueryError(f"there is no metric {metric!r} to see the scenario in")
    prepared = prepare(request.metrics, levers, desk, request.period, request.where)
    moved = _moved(request.changes, prepared)
    desk.say("Computing the scenario")
    values = {item.lever.figure: item.then for item in moved}
    central = prepared.model.evaluate(values)
    ranges = _ranges(prepared, values, request.metrics)
    estimates = []
    for metric in request.metrics:
        then = float(central[metric])
        if not math.isfinite(then):
            raise QueryError(
                f"{prepared.book.label(metric)} has no figure in this scenario: something is divided by zero"
            )
        low, high = ranges.get(metric, (None, None))
        estimates.append(OutcomeEstimate(metric, prepared.model.actual[metric], then, low, high))
    first = request.metrics[0]
    bars = tornado(prepared.model.assumptions, lambda assumed: float(prepared.model.evaluate(values, assumed)[first]))
    expected = expectations(estimates, request.ahead, request.where, desk)
    if expected:
        estimates = [expected[item.metric].estimate(item) for item in estimates]
        bars = tuple(expected[first].bar(bar) for bar in bars)
    return ScenarioRun(prepared, moved, tuple(estimates), bars, expected)


def _moved(changes: Sequence[LeverChange], prepared: Preparation) -> tuple[MovedLever, ...]:
    moved = []
    for change, lever in zip(changes, prepared.levers, strict=True):
        now = prepared.model.levers[lever.figure]
        moved.append(MovedLever(lever, now, lever.changed(change, now)))
    return tuple(moved)


def _ranges(
    prepared: Preparation, values: Mapping[str, float], metrics: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """The 5th and 95th percentile of each outcome over the draws; empty where nothing is uncertain."""
    assumptions = prepared.model.assumptions
    if all(item.is_certain for item in assumptions):
        return {}
    import numpy as np

    drawn = prepared.model.drawn(values)
    found = {}
    for metric in metrics:
        outcome = np.asarray(drawn[metric], dtype=float)
        if outcome.ndim and np.isfinite(outcome).all():
            low, high = np.percentile(outcome, (5, 95))
            found[metric] = (float(low), float(high))
    return found


def _chart(run: ScenarioRun, unit: str | None) -> ChartSpec:
    label = run.prepared.book.label(run.estimates[0].metric)
    if run.bars:
        return ChartSpec(
            kind="tornado",
            title=f"{label}: what it depends on",
            x_label="Assumption",
            y_label=label,
            x=tuple(bar.assumption for bar in run.bars),
            series=(
                ChartSeries(name="at its low end", values=tuple(bar.at_low for bar in run.bars), unit=unit),
                ChartSeries(name="at its high end", values=tuple(bar.at_high for bar in run.bars), unit=unit),
            ),
            unit=unit,
            horizontal=True,
            baseline=run.estimates[0].scenario,
        )
    alike = [item for item in run.estimates if run.prepared.book.unit(item.metric) == unit]
    return ChartSpec(
        kind="grouped_bar",
        title=f"{label}: {_BASELINES[bool(run.expected)].lower()}, and in the scenario",
        x_label="Metric",
        y_label=label,
        x=tuple(run.prepared.book.label(item.metric) for item in alike),
        series=(
            ChartSeries(
                name=_BASELINES[bool(run.expected)].lower(), values=tuple(item.baseline for item in alike), unit=unit
            ),
            ChartSeries(name="scenario", values=tuple(item.scenario for item in alike), unit=unit),
        ),
        unit=unit,
    )
