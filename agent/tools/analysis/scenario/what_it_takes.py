"""What would it take: the lever values that bring a metric to its target, each lever alone and several together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.scenario.goal_ahead import Ahead, look_ahead, with_outlook
from agent.tools.analysis.scenario.goal_seek import LeverRange, SoughtGoal, seek_one, seek_several
from agent.tools.analysis.scenario.goal_sentences import GoalStory
from agent.tools.analysis.scenario.goal_tables import GoalOption, goal_tables
from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.movable_levers import MovableLever, movable
from agent.tools.analysis.scenario.preparation import Preparation, levers_that_move, prepare
from agent.tools.analysis.scenario.saved_scenarios import keep
from agent.tools.analysis.scenario.scenario_tables import MovedLever, OutcomeEstimate
from agent.tools.analysis.scenario.target_of_a_part import target_of_a_part
from catalog.analyses.scenario import GoalRequest
from catalog.models import Direction, Metric
from catalog.query import MetricQuery, MetricUse

Comparison = Literal[">=", "<=", "="]
_MOST_LEVERS = 10
_STILL = 1e-5  # a relative change below this is none


@dataclass(frozen=True)
class Goal:
    """What is to be reached: the figure now, the target, and which side of it is good."""

    metric: Metric
    now: float
    target: float
    comparison: Comparison
    sql: str

    @property
    def is_met(self) -> bool:
        """Whether the figure is where it should be already."""
        if self.comparison == "=":
            return math.isclose(self.now, self.target, rel_tol=1e-12)
        return self.now >= self.target if self.comparison == ">=" else self.now <= self.target

    def seen_from(self, ahead: Ahead) -> Goal:
        """The same need on the figure now: as much more than it is as the time to come has to bring more than expected."""
        comparison = (
            self.comparison if self.comparison != "=" else ">=" if self.metric.direction is Direction.UP else "="
        )
        return replace(self, target=self.now * (1 + ahead.growth), comparison=comparison)


@dataclass
class _Search:
    request: GoalRequest
    goal: Goal
    desk: AnalysisDesk
    known: dict[tuple[str, str], Ground] = field(default_factory=dict)
    prepared: list[Preparation] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # levers that could not be computed, with the reason

    def option(self, levers: tuple[MovableLever, ...]) -> GoalOption:
        """The smallest change of these levers that reaches the target, or the nearest they can come."""
        request, metric = self.request, self.goal.metric.name
        prepared = prepare((metric,), levers, self.desk, request.period, request.where, self.known)
        self.prepared.append(prepared)
        model = prepared.model
        ranges = [
            LeverRange(lever.figure, model.levers[lever.figure], *lever.search_bounds(model.levers[lever.figure]))
            for lever in levers
        ]
        names = [lever.figure for lever in levers]

        def outcome(values: Sequence[float]) -> float:
            return float(model.evaluate(dict(zip(names, values, strict=True)))[metric])

        if len(levers) == 1:
            found = seek_one(lambda value: outcome((value,)), ranges[0], self.goal.target)
        else:
            found = seek_several(outcome, ranges, self.goal.target)
        moved = tuple(
            MovedLever(lever, item.base, item.base if abs(value - item.base) <= _STILL * item.scale else value)
            for lever, item, value in zip(levers, ranges, found.values, strict=True)
        )
        low, high = self._range(prepared, found, names)
        return GoalOption(moved, found.reached, found.feasible, low, high, prepared.held, prepared.grounds)

    def _range(
        self, prepared: Preparation, found: SoughtGoal, names: Sequence[str]
    ) -> tuple[float | None, float | None]:
        assumptions = prepared.model.assumptions
        if all(item.is_certain for item in assumptions):
            return None, None
        import numpy as np

        values = dict(zip(names, found.values, strict=True))
        drawn = np.asarray(prepared.model.drawn(values)[self.goal.metric.name], dtype=float)
        if not drawn.ndim or not np.isfinite(drawn).all():
            return None, None
        low, high = np.percentile(drawn, (5, 95))
        return float(low), float(high)


def run_goal(request: GoalRequest, desk: AnalysisDesk) -> Finding:
    """The finding of a goal. QueryError without a target, or for levers that have no grounds to move the metric."""
    part = target_of_a_part(request, desk)
    if part is not None:
        return part
    goal = _goal(request, desk)
    ahead = look_ahead(request, goal.metric, goal.target, desk)
    if ahead is not None:
        goal = goal.seen_from(ahead)
    search = _Search(request, goal, desk)
    options: list[GoalOption] = []
    if not goal.is_met:
        named = tuple(movable(desk.view, name) for name in request.levers)
        levers = named or levers_that_move(desk.view, goal.metric.name)[:_MOST_LEVERS]
        desk.say("Searching for what reaches the target")
        options = _alone(search, levers, are_named=bool(named))
        together = _together(search, levers, options, are_named=bool(named))
        if together is not None:
            options.append(together)
    ordered = tuple(sorted(options, key=_by_effort))
    book = search.prepared[0].book if search.prepared else None
    grounds = tuple({(item.cause, item.effect): item for option in ordered for item in option.grounds}.values())
    results = goal_tables(goal.metric, goal.now, goal.target, ordered, goal.sql, grounds, book)
    if ahead is not None:
        results = with_outlook(results, ahead.table(goal.metric, goal.sql))
    said = None
    if request.name is not None:
        seen = (goal.now, goal.target) if ahead is None else (ahead.outcome.value, ahead.target)
        reached = OutcomeEstimate(goal.metric.name, *seen, None, None)
        said = keep(request, f"{goal.metric.label} to its target", (reached,), desk)
    story = GoalStory(request, goal.metric, goal.is_met, ordered, results, grounds, tuple(search.left_out), ahead)
    return Finding(
        results=results,
        headline=story.headline(),
        narrative=story.narrative(said),
        chart=story.chart(goal.target),
        caveats=story.caveats(book),
        periods=tuple(period for period in (request.period, request.ahead) if period is not None),
        phrases=story.phrases(),
    )


def _goal(request: GoalRequest, desk: AnalysisDesk) -> Goal:
    metric = desk.view.metrics.get(request.metric)
    if metric is None:
        raise QueryError(f"there is no metric {request.metric!r}")
    asks_catalog = request.target is None and request.growth is None
    query = MetricQuery(
        metrics=(MetricUse(metric=metric.name),),
        where=request.where,
        period=request.period,
        targets=asks_catalog and metric.target is not None,
        as_of=desk.as_of,
    )
    found = desk.query(query, name="actual")
    cells = {column.name: found.rows[0][place] for place, column in enumerate(found.columns)} if found.rows else {}
    now = cells.get(metric.name)
    if now is None:
        raise QueryError(f"there is no figure for {metric.label} in this period")
    target = cells.get(f"{metric.name}_target") if asks_catalog else request.target
    if request.growth is not None:
        target = float(now) * (1 + request.growth)
    if target is None:
        raise QueryError(
            f"{metric.label} has no target for this; say the figure to reach, for instance “what would it take to bring "
            f"{metric.label} to ...”"
        )
    return Goal(metric, float(now), float(target), _comparison(request, metric, float(now), float(target)), found.sql)


def _comparison(request: GoalRequest, metric: Metric, now: float, target: float) -> Comparison:
    if request.comparison is not None:
        return request.comparison
    if request.target is None and request.growth is None and metric.target is not None:
        return ">=" if metric.target.comparison in (">", ">=") else "<="
    if metric.direction is Direction.UP and target >= now:
        return ">="
    if metric.direction is Direction.DOWN and target <= now:
        return "<="
    return "="


def _alone(search: _Search, levers: tuple[MovableLever, ...], *, are_named: bool) -> list[GoalOption]:
    """Each lever by itself. Unnamed levers that cannot be computed here are left out, with the reason."""
    found: list[GoalOption] = []
    if are_named and len(levers) > 1:
        return found
    for lever in levers:
        try:
            option = search.option((lever,))
        except QueryError as error:
            if are_named:
                raise
            search.left_out.append(f"{lever.label} is left out: {error}.")
            continue
        if are_named or abs(option.reached - search.goal.now) > _STILL * abs(search.goal.now):
            found.append(option)
    return found


def _together(
    search: _Search, levers: tuple[MovableLever, ...], options: Sequence[GoalOption], *, are_named: bool
) -> GoalOption | None:
    """All named levers at once; where none is named, the declared ones, as far as they can be moved together."""
    if are_named:
        return search.option(levers) if len(levers) > 1 else None
    usable = {option.moved[0].lever.figure for option in options if option.moved[0].then != option.moved[0].now}
    chosen = tuple(lever for lever in levers if lever.declared is not None and lever.figure in usable)
    if len(chosen) < 2:
        return None
    try:
        return search.option(chosen)
    except QueryError:
        return None


def _by_effort(option: GoalOption) -> tuple[bool, bool, float]:
    return not option.feasible, len(option.moved) > 1, option.effort
