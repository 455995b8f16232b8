"""What a question selects, whatever it measures: the plain query of its filters, groups and period with a given metric."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.planners.embedded.build import build_plan
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Item, MetricSlot
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.resolve import resolve
from agent.planners.embedded.strategy.reading import StrategyReading
from catalog.models import AggregateMetric, Aggregation
from catalog.plan import NamedQuery
from catalog.query import Condition, FieldDimension, MetricQuery, MetricUse, Period
from semantic_context.linking import Meaning

# What else a question asks stays with the plain planner; these would change the shape of the plain query.
SHAPING = frozenset(
    {
        Cue.COUNT, Cue.SHARE, Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.TARGET, Cue.TREND, Cue.RANK, Cue.RUNNING, Cue.ROLLING,
        Cue.WHY, Cue.FORECAST, Cue.WHAT_IF, Cue.GOAL, Cue.LIST, Cue.EXIST, Cue.DISTRIBUTION, Cue.OTHERS, Cue.TOTAL,
        Cue.AVERAGE, Cue.MEDIAN, Cue.DESCENDING, Cue.ASCENDING, Cue.DEFINE, Cue.COMPARE, Cue.VERSUS,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """Filters, groups and the period that the question names (None: none named)."""

    where: Condition | None
    groups: tuple[FieldDimension, ...]
    period: Period | None
    words: str  # "where region is South", or nothing
    query: MetricQuery | None = None

    def plain(self, metric: str | None = None) -> tuple[NamedQuery, ...]:
        """The plain question beside an analysis, of `metric` where another than the given one is meant."""
        if self.query is None:
            return ()
        query = self.query.model_copy(update={"metrics": (MetricUse(metric=metric),)}) if metric else self.query
        return (NamedQuery(name="answer", query=query),)

    @property
    def group(self) -> FieldDimension | None:
        """The first group, where there is one."""
        return self.groups[0] if self.groups else None


def selected(
    reading: StrategyReading, metric: str, *, without_groups: frozenset[str] = frozenset()
) -> Selection | None:
    """What the question selects, as it is for `metric`; None where its filters or groups do not go with it.

    Groups by a field of `without_groups` (the entity itself) are no split. A bound, a part of the week or day, a second
    group and a comparison are no selection of these analyses: None, so that they are asked back about and not dropped.
    """
    time = reading.draft.time
    if reading.draft.bounds or time.part is not None or time.part_filters or time.compare_expressions:
        return None
    draft = replace(
        reading.draft,
        metrics=[MetricSlot(-1, (Meaning("metric", metric, 1.0, "given"),))],
        groups=[
            slot for slot in reading.draft.groups if not any(item.name in without_groups for item in slot.candidates)
        ],
        filters=[
            replace(slot, listed=False, versus=False) for slot in reading.draft.filters
        ],  # listed: no split by them
        rank_metric=None,
        ranking=None,
        bounds=[],
        asks=set(reading.draft.asks) - SHAPING,
        average_per=None,
        lists_things=False,
        time=replace(reading.draft.time, grain=None, second_grain=None, part=None, open_grain=False, compare=()),
    )
    resolution = next((item for item in resolve(draft, reading.reach) if not item.problems), None)
    if resolution is None:
        return None
    try:
        query = build_plan(draft, resolution, reading.reach, reading.as_of).queries[0].query
    except UnsupportedError:
        return None
    if sum(isinstance(item, FieldDimension) for item in query.group_by) > 1:
        return None
    named = reading.draft.time.named
    words = ", ".join(slot.text for slot in reading.draft.filters if slot.text)
    return Selection(
        where=query.where,
        groups=tuple(item for item in query.group_by if isinstance(item, FieldDimension)),
        period=query.period if named else None,
        words=f" (only {words})" if words else "",
        query=query.model_copy(update={"compare": (), "period": query.period if named else None}),
    )


def limit_of(reading: StrategyReading, usual: int) -> int:
    """How many the question asks for."""
    ranking = reading.draft.ranking
    return ranking.count if ranking is not None and ranking.count is not None else usual


def names_other_metric(reading: StrategyReading, *allowed: str | None) -> bool:
    """Whether the question names a metric, as such, other than the allowed ones and counts of things."""
    for slot in reading.draft.metrics:
        if slot.item < 0:
            continue
        item = reading.draft.items[slot.item]
        name = slot.candidates[0].name
        if name not in allowed and not item.has("dataset") and not _counts_things(reading, item, name):
            return True
    return False


def _counts_things(reading: StrategyReading, item: Item, name: str) -> bool:
    """Whether one word names a distinct count: "customers" are the followed ones as well as their number, "new customers"
    are others."""
    if item.span.end - item.span.start > 1:
        return False
    metric = reading.view.whole.metric_by_name[name]
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT


def names_thing(reading: StrategyReading, dataset: str | None) -> bool:
    """Whether the things of a dataset are named: customers, and not products or stores."""
    return any(meaning.name == dataset for item in reading.draft.items for meaning in item.of("dataset"))
