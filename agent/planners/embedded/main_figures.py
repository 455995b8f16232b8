"""Questions of how things stand: "how are we doing this year", "an overview of March", "how did the West do last month"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded import clarify
from agent.planners.embedded.change_periods import whole_months_of_the_year
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, TimeSlots
from agent.planners.embedded.figure_choices import figure_choices, plan_of
from agent.planners.embedded.periods import usual_period
from agent.planners.embedded.reach import Reach, base_datasets
from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.plan import Choice, Plan
from catalog.query import ComparePeriod
from semantic_context.time_expressions import describe_period, shift_period

_MOST = 6
_GOES = (
    r"doing|do|done|going|gone|go|performing|performed|perform|faring|fared|fare|looking|look|looked|been|coming along"
)
_HOW_IT_GOES = re.compile(
    rf"\bhow(?:'s| is| are| was| were| did| do| does| has| have)\b.*\b(?:{_GOES})\b"
    r"|\bhow(?:'s| is| are| was| were) (?:the |our )?(?:business|things|everything|performance|company)\b"
    r"|\b(?:overview|summary|recap|snapshot|highlights|round-?up|health check|state of (?:the |our )?business)\b"
    r"|\bsummari[sz]e\b",
    re.IGNORECASE,
)
_HELD_BESIDE = frozenset({Cue.COMPARE, Cue.VERSUS, Cue.TOTAL, Cue.ONLY, Cue.OVERVIEW, Cue.THEN, Cue.AND, Cue.DEFINE})
_OF_FIGURES = re.compile(r"\b(?:metrics|kpis|questions|ask)\b", re.IGNORECASE)


def asks_how_things_stand(draft: Draft) -> bool:
    """Whether nothing is asked but how it goes, perhaps at a time and of a part of the business."""
    more = draft.groups or draft.bounds or draft.ranking or draft.dated or draft.sorts or draft.time.grain
    if draft.metrics or more or draft.asks - _HELD_BESIDE:
        return False
    if any(slot.item >= 0 and draft.items[slot.item].has("field", "dataset") for slot in draft.filters):
        return False  # "how did the stores do": each of them, or the sales of all
    return _HOW_IT_GOES.search(draft.question) is not None


def asks_how_it_goes(question: str) -> bool:
    """ "How is the return rate looking" asks for the figure, not for its definition."""
    return _HOW_IT_GOES.search(question) is not None


def how_things_stand(draft: Draft, reach: Reach, as_of: dt.date) -> Plan | None:
    """The main figures side by side, with the time before; offered first, beside single ones, where no time is named. None
    where the catalog marks no main figures, or none goes with the rest."""
    asked = draft
    names = main_figures(draft.view)
    if names and not draft.time.named and all(usual_period(draft.view, name, as_of) is None for name in names):
        asked = replace(draft, time=_the_year_so_far(as_of))
    fitting = [name for name in names if plan_of(asked, reach, as_of, name) is not None][:_MOST]
    plan = plan_of(asked, reach, as_of, *fitting) if fitting else None
    if plan is None or plan.analysis is not None:
        return None
    beside = [item.label for item in plan.queries[0].query.compare if item.label]
    against = f", beside {beside[0]}" if beside and beside[0] not in plan.interpretation else ""
    assumed = " (no period was named)" if asked is not draft else ""
    words = f"The main figures (no figure was named): {plan.interpretation}{assumed}{against}"
    stand = plan.model_copy(update={"interpretation": words})
    if draft.time.named:
        return stand
    main = Choice(label="The main figures", plan=stand)
    return clarify.asking("Which figure do you want?", "unknown_metric", (main, *figure_choices(draft, reach, as_of)))


def main_figures(view: CatalogView) -> tuple[str, ...]:
    """What the catalog says the business steers by: what a scenario shows, and what has a target."""
    declared = [name for name in view.whole.strategy.scenario_outcomes if name in view.metrics]
    targeted = [metric.name for metric in clarify.leading_metrics(view) if metric.target is not None]
    return tuple(dict.fromkeys((*declared, *targeted)))


def _the_year_so_far(as_of: dt.date) -> TimeSlots:
    """The year's whole months beside those of the year before."""
    period = whole_months_of_the_year(as_of)
    earlier = shift_period(period, Duration(count=1, grain=TimeGrain.YEAR))
    beside = ComparePeriod(label=describe_period(earlier, as_of), period=earlier) if earlier is not None else None
    return TimeSlots(period=period, compare=(beside,) if beside is not None else ())


def asks_which_figures(draft: Draft) -> str | None:
    """The dataset of which "Which metrics are there for returns?" asks, where nothing else is said."""
    asked = any(item.cue() is Cue.OVERVIEW and _OF_FIGURES.search(item.text) for item in draft.items)
    more = draft.unexplained or draft.time.named or draft.groups or draft.filters or draft.bounds or draft.ranking
    if not asked or more or len(draft.metrics) != 1:
        return None
    slot = draft.metrics[0]
    things = [meaning.name for meaning in draft.items[slot.item].of("dataset")] if slot.item >= 0 else []
    things += sorted(base_datasets(draft.view, slot.candidates[0].name))
    return next((name for name in things if name in draft.view.datasets), None)
