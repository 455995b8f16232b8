"""Reads questions about cohorts: the retention triangle, and how many came back."""

from __future__ import annotations

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Item
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import names_other_metric, names_thing, selected
from agent.tools.analysis.customers.customer_base import FollowedBase, NotDeclaredError, customer_base
from catalog.access import CatalogView
from catalog.analyses.cohort import CameBackRequest, CohortRequest, CohortStart
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric
from catalog.plan import Plan
from catalog.query import Period
from semantic_context.time_expressions import describe_period

_GRAINS = (TimeGrain.WEEK, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR)


def read_cohorts(reading: StrategyReading) -> Plan | None:
    """ "cohort retention by signup month", "how many of those who first bought in January came back"."""
    triangle = Cue.COHORT in reading.asks or any(
        "cohort" in item.text.casefold() and (item.used or "").startswith("cue:") for item in reading.draft.items
    )
    back = Cue.CAME_BACK in reading.asks
    if not triangle and not back:
        return None
    try:
        base = customer_base(reading.view)
    except NotDeclaredError as error:
        if back and not triangle and _tells_of_amounts(reading):
            return None  # "which item came back most, by quantity returned"
        return clarify.asking(str(error), "unsupported")
    if back and not triangle and not names_thing(reading, base.dataset):
        return None  # other things come back too
    if back and not triangle and Cue.FIRST_EVENT not in reading.asks and not _names_start(reading, base):
        return clarify.asking(
            f"Which {base.plural} shall I follow: those who began when, by their first event or as declared?",
            "unsupported",
        )
    began: CohortStart = "start" if _names_start(reading, base) else "first_event"
    return _came_back(reading, base, began) if back and not triangle else _triangle(reading, base, began)


def _tells_of_amounts(reading: StrategyReading) -> bool:
    """Whether the figures named are amounts, none of which counts who or what there is."""
    named = [reading.view.whole.metric_by_name[slot.candidates[0].name] for slot in reading.draft.metrics]
    return bool(named) and all(metric.unit != "count" for metric in named)


def _triangle(reading: StrategyReading, base: FollowedBase, began: CohortStart) -> Plan | None:
    own = _start_metrics(reading.view, base)
    amount = any(slot.candidates[0].name == base.value for slot in reading.draft.metrics)
    if names_other_metric(reading, base.value, base.events, *own) and not _names_retention(reading):
        return None
    chosen = selected(reading, base.events)
    if chosen is None or chosen.groups:
        return clarify.asking(
            "Cohorts are split by when they began. For a comparison of groups, ask for each: 'cohort retention, only ...'.",
            "unsupported",
        )
    grain = _grain(reading) or TimeGrain.MONTH
    request = CohortRequest(
        began=began, grain=grain, cohorts=chosen.period, measure="amount" if amount else "retention", where=chosen.where
    )
    measured = f"{base.value_label} a member" if amount else "Retention"
    how = "as declared" if began == "start" else "by first event"
    when = f" in {describe_period(chosen.period, reading.as_of)}" if chosen.period is not None else ""
    return Plan(
        shape="cohort",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"{measured} of {base.plural} by the {grain.value} they began{when} ({how}){chosen.words}",
    )


def _came_back(reading: StrategyReading, base: FollowedBase, began: CohortStart) -> Plan:
    cohort, returned = _periods(reading, base)
    if cohort is None:
        return clarify.asking("When did they begin: which month or period shall I follow?", "unsupported")
    chosen = selected(reading, base.events, without_groups=frozenset({base.entity, base.member or base.entity}))
    if chosen is None or chosen.groups:
        return clarify.asking("I can count who came back for one group at a time: which?", "unsupported")
    request = CameBackRequest(
        began=began,
        cohort=cohort,
        returned=returned,
        measure="share" if Cue.SHARE in reading.asks else "count",
        where=chosen.where,
    )
    first = "began" if began == "start" else "had their first event"
    when = f" in {describe_period(returned, reading.as_of)}" if returned is not None else ""
    return Plan(
        shape="cohort",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"{base.plural.capitalize()} who {first} in {describe_period(cohort, reading.as_of)} and came back{when}"
        f"{chosen.words}",
    )


def _periods(reading: StrategyReading, base: FollowedBase) -> tuple[Period | None, Period | None]:
    """When they began, and when they came back where that is said: each period belongs to the verb before it."""
    own = _start_metrics(reading.view, base)
    cohort: Period | None = None
    returned: Period | None = None
    comes_back = False
    for item in reading.draft.items:
        if Cue.CAME_BACK in item.cues():
            comes_back = True
        elif item.cues() & {Cue.FIRST_EVENT, Cue.STARTED} or _means_start(item, base, own):
            comes_back = False
        for meaning in item.of("period"):
            period = getattr(meaning.payload, "period", None)
            if period is None or period.start is None:
                continue
            if comes_back and returned is None:
                returned = period
            elif not comes_back and cohort is None:
                cohort = period
    return (cohort, returned) if cohort is not None else (returned, None)


def _names_start(reading: StrategyReading, base: FollowedBase) -> bool:
    """Whether the question speaks of the declared start: its words, its field, or the metric that counts by it."""
    if Cue.STARTED in reading.asks:
        return True
    if base.start is None or Cue.FIRST_EVENT in reading.asks:
        return False
    own = _start_metrics(reading.view, base)
    return any(_means_start(item, base, own) for item in reading.draft.items)


def _means_start(item: Item, base: FollowedBase, own: frozenset[str]) -> bool:
    best = item.span.best
    return (best.kind == "field" and best.name == base.start) or (best.kind == "metric" and best.name in own)


def _start_metrics(view: CatalogView, base: FollowedBase) -> frozenset[str]:
    """Metrics that count entities by when they began."""
    return frozenset(
        metric.name
        for metric in view.metrics.values()
        if isinstance(metric, AggregateMetric) and metric.dataset == base.dataset and metric.time_field == base.start
    )


def _names_retention(reading: StrategyReading) -> bool:
    """Whether the metric named is said of the cohorts, as "retention" is."""
    return all(
        reading.view.whole.metric_by_name[slot.candidates[0].name].unit == "fraction" for slot in reading.draft.metrics
    )


def _grain(reading: StrategyReading) -> TimeGrain | None:
    for item in reading.draft.items:
        for meaning in item.of("cue"):
            if meaning.name in (Cue.STARTED.value, Cue.FIRST_EVENT.value) and isinstance(meaning.payload, TimeGrain):
                return meaning.payload
    grain = reading.draft.time.grain
    return grain if grain in _GRAINS else None
