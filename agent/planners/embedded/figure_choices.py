"""The figures that the rest of a question can be asked of, each with its plan: what to choose from where none is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from agent.planners.embedded import clarify
from agent.planners.embedded.build import build_plan
from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.draft import Draft, MetricSlot
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.last_look import what_is_amiss
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.resolve import resolve
from agent.planners.embedded.unclaimed import words_not_shown
from agent.planners.embedded.ways import ways_taken
from catalog.models import FieldRole, Metric
from catalog.plan import Choice, Plan
from semantic_context.linking import Meaning, split_route

_MOST = 5
_MOST_TRIED = 16
_RATES = ("fraction", "ratio", "score")


def figure_choices(draft: Draft, reach: Reach, as_of: dt.date, metrics: Iterable[Metric] = ()) -> tuple[Choice, ...]:
    """The leading figures (or those of `metrics`) that everything else in the question goes with."""
    found: list[Choice] = []
    leading = list(metrics or (*_counts_asked_for(draft), *clarify.leading_metrics(draft.view)))
    if draft.ranking is not None or draft.asks & CHANGES:
        leading.sort(key=lambda metric: metric.unit in _RATES)  # what is ranked first is how much there is
    for metric in {metric.name: metric for metric in leading[:_MOST_TRIED]}.values():
        plan = plan_of(draft, reach, as_of, metric.name)
        if plan is not None:
            found.append(Choice(label=metric.label, plan=plan))
        if len(found) == _MOST:
            break
    return tuple(found)


def _counts_asked_for(draft: Draft) -> Iterator[Metric]:
    """The figures that count the things behind "how many", though none counts them at large: "matters opened" of matters."""
    if Cue.COUNT in draft.asks:
        for item in draft.items:
            for meaning in item.of("dataset"):
                for name in count_metrics(draft.view, meaning.name):
                    yield draft.view.whole.metric_by_name[name]


def plan_of(draft: Draft, reach: Reach, as_of: dt.date, *names: str, whole: bool = True) -> Plan | None:
    """The plan of the question about given figures; None where they do not go with all that it says (`whole`)."""
    slots = [MetricSlot(-1, (Meaning("metric", name, 1.0, "given"),)) for name in names]
    asked = replace(
        draft,
        metrics=slots,
        rank_metric=None,
        time=replace(draft.time),
        asks=set(draft.asks),
        unexplained=[],
        denied=[],
        loosely_joined=False,
        apart=False,
    )
    resolution = next((item for item in resolve(asked, reach) if not item.problems), None)
    if resolution is None:
        return None
    try:
        plan = build_plan(asked, resolution, reach, as_of)
    except UnsupportedError:
        return None
    if whole and (words_not_shown(asked, plan) or what_is_amiss(asked, plan, draft.view) is not None):
        return None
    return plan.model_copy(update={"caveats": (*plan.caveats, *ways_taken(draft.view, plan.queries[0].query))})


def growth_instead(draft: Draft, reach: Reach, as_of: dt.date, *names: str) -> tuple[Choice, ...]:
    """How the figures themselves changed, for who asks how their shares changed: what outgrows the whole gains share."""
    asked = replace(draft, asks={*(draft.asks - {Cue.SHARE}), Cue.GROWTH}, figure_and_share=False)
    plan = plan_of(asked, reach, as_of, *names, whole=False)
    return (Choice(label=plan.interpretation, plan=plan),) if plan is not None else ()


def side_by_side(draft: Draft, reach: Reach, as_of: dt.date) -> tuple[Choice, ...]:
    """The two figures of a ratio that may not be computed, each by itself."""
    pair = draft.no_ratio or ()
    plan = plan_of(replace(draft, no_ratio=None), reach, as_of, *pair, whole=False) if pair else None
    return (Choice(label=plan.interpretation, plan=plan),) if plan is not None else ()


def which_figure(draft: Draft, reach: Reach, as_of: dt.date) -> Plan:
    """Asks which figure is meant, with those that can be asked so; the one with a target where only one has any."""
    if Cue.TARGET in draft.asks:
        return _which_target(draft, reach, as_of)
    if Cue.SHARE in draft.asks and draft.asks & CHANGES:
        return clarify.asking("Of which figure do you want the share? I can show how it grew for each.", "unsupported")
    choices = figure_choices(draft, reach, as_of)
    if not choices:
        return clarify.unknown_metric((), (), clarify.coverage_words(draft.view))
    return clarify.asking(f"{_opening(draft)}{_hidden_names(draft)}", "unknown_metric", choices)


def _opening(draft: Draft) -> str:
    groups = [field_words(draft.view, split_route(slot.candidates[0].name)[0]) for slot in draft.groups]
    if draft.ranking is not None:
        return f"By which figure shall I rank{f' each {groups[0]}' if groups else ' them'}?"
    return "Which figure do you want?"


def _hidden_names(draft: Draft) -> str:
    """Says of ranked things whose names are not shown what stands for them."""
    for slot in draft.groups:
        reference = split_route(slot.candidates[0].name)[0]
        field = draft.view.whole.field(reference)
        things = draft.view.whole.dataset_by_name.get(slot.entity or reference.partition(".")[0])
        named = things is not None and any(item.personal_data == "name" for item in things.fields)
        if draft.ranking is not None and field.role is FieldRole.KEY and named:
            return f" Names are personal data: I show the {field_words(draft.view, reference)} instead."
    return ""


def _which_target(draft: Draft, reach: Reach, as_of: dt.date) -> Plan:
    targeted = tuple(metric for metric in clarify.leading_metrics(draft.view) if metric.target is not None)
    if not targeted:
        return clarify.asking("No figure here has a target to be held against.", "unsupported")
    choices = figure_choices(draft, reach, as_of, targeted)
    if len(targeted) == 1 and choices and choices[0].plan is not None:
        return choices[0].plan
    if choices:
        return clarify.asking("Which of the figures that have a target do you mean?", "ambiguous", choices)
    bare = replace(draft, groups=[], ranking=None, bounds=[], filters=[])
    whole = figure_choices(bare, reach, as_of, targeted)
    split = [field_words(draft.view, split_route(slot.candidates[0].name)[0]) for slot in draft.groups]
    parts = f" by {split[0]}" if split else " for what you name"
    return clarify.asking(
        f"The targets here are for the whole business, none{parts}. Shall I show one of them?", "unsupported", whole
    )
