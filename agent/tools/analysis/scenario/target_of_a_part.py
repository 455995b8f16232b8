"""What a part of the business should reach, where a target is declared for the whole alone: asked back, with a figure."""

from __future__ import annotations

from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.causes.additive import is_sum
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.condition_words import condition_values, scope_words
from agent.tools.present.number_format import format_number
from catalog.analyses.scenario import GoalRequest
from catalog.plan import Choice, NamedQuery, Plan
from catalog.query import MetricQuery, MetricUse


def target_of_a_part(request: GoalRequest, desk: AnalysisDesk) -> Finding | None:
    """A question back where the target of the whole is asked for in a part of it: nobody declared what the part should reach.
    Offered is its share of the target by its share now, or of what does not add up the same figure as for the whole."""
    metric = desk.view.metrics.get(request.metric)
    if metric is None or metric.target is None or request.where is None:
        return None
    if request.target is not None or request.growth is not None:
        return None
    query = MetricQuery(metrics=(MetricUse(metric=metric.name),), period=request.period, targets=True, as_of=desk.as_of)
    whole = desk.query(query, name="whole")
    part = desk.query(query.model_copy(update={"where": request.where, "targets": False}), name="actual")
    cells = {column.name: whole.rows[0][place] for place, column in enumerate(whole.columns)} if whole.rows else {}
    target, everything = cells.get(f"{metric.name}_target"), cells.get(metric.name)
    now = part.rows[0][0] if part.rows else None
    if target is None or everything is None or now is None or not float(everything):
        return None
    adds_up = is_sum(desk.view, metric.name)
    value = float(target) * (float(now) / float(everything) if adds_up else 1.0)
    shown = format_number(value, metric.unit, pattern=metric.format)
    scope = scope_words(condition_values(request.where, desk.view)) or " for this part"
    why = f"by its share of {metric.label} now" if adds_up else "the same as for the whole"
    label = f"{shown} ({why})"
    side = ">=" if metric.target.comparison in (">", ">=") else "<="
    chosen = Plan(
        shape="goal",
        analysis=request.model_copy(update={"target": value, "comparison": side}),
        queries=(NamedQuery(name="answer", query=query.model_copy(update={"where": request.where, "targets": False})),),
        interpretation=f"What it would take: {metric.label}{scope}, to {shown}",
    )
    return asking_back(
        f"{metric.label} has a target for the whole, {format_number(float(target), metric.unit, pattern=metric.format)}, and none"
        f"{scope}. Which figure shall it reach there?",
        "ambiguous",
        (Choice(label=label, plan=chosen),),
    )
