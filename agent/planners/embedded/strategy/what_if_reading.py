"""What readers of suppositions and goals share: the outcome as a plain question, and the times in a condition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded import clarify
from agent.planners.embedded.interpret import describe_condition
from agent.planners.embedded.strategy.lever_words import LeverWords
from agent.tools.analysis.scenario.preparation import can_move
from catalog.access import CatalogView
from catalog.plan import Plan
from semantic_context.time_expressions import describe_period, find_time_expressions

PlainPlanner = Callable[[str], Plan]
_MOST_DEFAULTS = 2


@dataclass(frozen=True)
class Asked:
    """A question as its readers see it: who asks, on which day, after which answer, and how to plan a plain part of it."""

    question: str
    view: CatalogView
    levers: LeverWords
    as_of: dt.date
    previous: Plan | None
    plain: PlainPlanner
    name: str | None = None  # to save the answer under


@dataclass(frozen=True)
class PlainOutcome:
    """The plain plan of the outcome, its metrics, and a note for the interpretation where nobody named them."""

    plan: Plan
    metrics: tuple[str, ...]
    note: str = ""


def without_times(text: str, asked: Asked) -> tuple[str, tuple[str, ...]]:
    """A condition without its phrases of time, and these: they say which period the outcome is for."""
    found = [
        item
        for item in find_time_expressions(text, asked.as_of, asked.view.whole.calendar)
        if item.periods and not item.weak
    ]
    for item in sorted(found, key=lambda item: -item.start):
        text = f"{text[: item.start]} {text[item.end :]}"
    return " ".join(text.split()), tuple(item.text.strip(" ,") for item in found)


def default_outcomes(asked: Asked, figures: frozenset[str]) -> tuple[str, ...]:
    """The metrics to show where a question names none: those of the answer before, else the declared ones, else those with
    a target; only what the figures can move."""
    before: tuple[str, ...] = ()
    if asked.previous is not None and asked.previous.queries:
        before = tuple(use.metric for use in asked.previous.queries[0].query.metrics)
    leading = tuple(metric.name for metric in clarify.leading_metrics(asked.view) if metric.target is not None)
    every = tuple(metric.name for metric in clarify.leading_metrics(asked.view))
    for names in (before, asked.view.whole.strategy.scenario_outcomes, leading, every):
        moved = [
            name for name in dict.fromkeys(names)
            if name in asked.view.metrics and name not in figures and can_move(asked.view, name, figures)
        ]  # fmt: skip
        if moved:
            return tuple(moved[:_MOST_DEFAULTS])
    return ()


def plain_outcome(outcome: str, more: tuple[str, ...], asked: Asked, defaults: tuple[str, ...]) -> PlainOutcome | Plan:
    """The outcome's own plan; a plan that asks back where it cannot be had. `more` are phrases of time and place that stand
    elsewhere in the question. Period and rows of the answer before hold where the question names none."""
    tail = " ".join(more)
    if outcome:
        plan = asked.plain(f"{outcome} {tail}".strip())
        if not plan.queries or plan.clarification is not None or plan.refusal is not None:
            return plan
        return PlainOutcome(plan, tuple(dict.fromkeys(use.metric for use in plan.queries[0].query.metrics)))
    if not defaults:
        return clarify.asking("Which figure shall I show the effect on?", "unsupported")
    plan = asked.plain(f"{asked.view.metrics[defaults[0]].label} {tail}".strip())
    if not plan.queries or plan.clarification is not None or plan.refusal is not None:
        return plan
    if not more and asked.previous is not None and asked.previous.queries:
        before = asked.previous.queries[0].query
        if before.period is not None:
            query = plan.queries[0].query.model_copy(update={"period": before.period, "where": before.where})
            named = plan.queries[0].model_copy(update={"query": query})
            labels = " and ".join(asked.view.metrics[name].label for name in defaults)
            where = "" if before.where is None else f", where {describe_condition(before.where, asked.view)}"
            words = f"{labels}, {describe_period(before.period, asked.as_of)}{where}"
            plan = plan.model_copy(update={"queries": (named,), "interpretation": words})
            return PlainOutcome(plan, defaults, " (kept from before)")
    labels = " and ".join(asked.view.metrics[name].label for name in defaults)
    return PlainOutcome(plan, defaults, f" (no figure was named: {labels})")
