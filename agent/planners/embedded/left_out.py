"""What a figure leaves out by definition, asked for all the same: the cancelled orders, where Orders are those that are not.

What fraction of orders was cancelled?      the rate that the catalog has of just that
How many orders were cancelled?             the figure that counts them; else the records themselves, counted by the same time
How many contracts were cancelled?          likewise, where contracts are counted by what has become of them alone

Nothing that the figure leaves out besides may come in by it, and no other time of the records may be meant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from agent.planners.embedded.build import build_plan
from agent.planners.embedded.clarify import asking
from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, Item, MetricSlot
from agent.planners.embedded.filters_of_figures import fields_tested, leaves_out_only
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.own_conditions import own_conditions
from agent.planners.embedded.parts import UnsupportedError, all_of
from agent.planners.embedded.reach import Reach, base_datasets, excludes
from agent.planners.embedded.resolve import Resolution, resolve
from agent.tools.compile import metric_time
from catalog.analyses.rollup import RollupRequest
from catalog.models import FieldRole
from catalog.plan import Plan
from catalog.query import AllOf, Condition, FieldCondition, FieldDimension, MetricQuery, TimeDimension, dimension_name
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key, tokenize

_NAMED = ("name", "synonym")
_OTHERWISE_ASKED = frozenset(
    {*CHANGES, Cue.TREND, Cue.TARGET, Cue.AVERAGE, Cue.MEDIAN, Cue.TOTAL, Cue.LIST, Cue.RUNNING}
)
_RIVAL_MARGIN = 0.035
_STEM = 5  # letters that a verb shares with the noun of its time


def of_what_is_left_out(draft: Draft, reach: Reach, as_of: dt.date) -> Draft | Plan | None:
    """The draft by the rate or the count of what the one figure leaves out; else the plan that counts the records. None where
    that is not what is asked for."""
    draft = _without_verbs_in_names(draft)
    if len(draft.metrics) > 1 or draft.ranking is not None or draft.asks & _OTHERWISE_ASKED or draft.follows:
        return None
    figure = draft.metrics[0].candidates[0].name if draft.metrics else _count_by_state(draft)
    if figure is None:
        return None
    carried = replace(
        draft, included=[], metrics=[MetricSlot(_place(draft), (Meaning("metric", figure, 0.95, "count"),))]
    )
    found = [item for item in resolve(carried, reach, whatever_is_left_out=True) if not item.problems]
    if not found or len({item.sense for item in found if item.score >= found[0].score - _RIVAL_MARGIN}) > 1:
        return None
    counts = figure in _counts_of_base(draft, figure)
    if draft.included:
        return _records(carried, found[0], reach, as_of, is_named=True) if counts and _let_in(draft, figure) else None
    left = [
        (slot, choice)
        for slot, choice in zip(carried.filters, found[0].filters, strict=True)
        if not slot.negated and _tests(draft, figure, choice)
    ]
    if not left or (draft.metrics and not any(_excluded(draft, figure, choice) for _, choice in left)):
        return None
    if Cue.SHARE in draft.asks:
        return None if Cue.COUNT in draft.asks else _by_the_rate(carried, figure, left)
    if not counts or not (draft.metrics or Cue.COUNT in draft.asks):
        return None
    if (other := _another_time(carried, figure, left)) is not None:
        return _ask_which_time(draft, figure, other)
    if not _fields_tested(draft, figure) <= {split_route(choice.field)[0] for _, choice in left}:
        return None
    counted = [name for name in _counts_of_base(draft, figure) if _counts_just(draft, name, figure, left)]
    if counted:
        return replace(carried, metrics=[MetricSlot(_place(draft), (Meaning("metric", counted[0], 0.95, "count"),))])
    return _records(carried, found[0], reach, as_of, is_named=bool(draft.metrics))


def says_what_is_left_out(draft: Draft, resolution: Resolution) -> bool:
    """Whether a value was read of other things because the figure leaves its own rows of that value out: "events cancelled" are
    none whose contracts or meals were."""
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        for name in resolution.metrics:
            bases = base_datasets(draft.view, name)
            if slot.negated or split_route(choice.field)[0].partition(".")[0] in bases:
                continue
            own = [item for item in slot.candidates if split_route(item.field)[0].partition(".")[0] in bases]
            if any(item.score >= choice.score and _excluded(draft, name, item) for item in own):
                return True
    return False


def _without_verbs_in_names(draft: Draft) -> Draft:
    """The draft where "contracts" asks for no fall: a change that is only a form of the things' name."""
    items = [
        _as_a_name(item) if item.used in ("noun", "metric") and item.has("dataset") else item for item in draft.items
    ]
    said = {cue for item in draft.items for cue in item.cues()} - {cue for item in items for cue in item.cues()}
    return replace(draft, items=items, asks=draft.asks - (said & CHANGES))


def _as_a_name(item: Item) -> Item:
    meanings = tuple(meaning for meaning in item.span.meanings if meaning.kind != "cue" or meaning.how != "inflection")
    return Item(item.place, replace(item.span, meanings=meanings), item.used)


def _let_in(draft: Draft, figure: str) -> bool:
    """Whether the rows that are said to count too are all that the figure leaves out: "orders, cancelled ones too"."""
    predicate = getattr(draft.view.whole.metric_by_name[figure], "filter", None)
    return predicate is not None and all(
        any(leaves_out_only(predicate, split_route(item.field)[0], item.values) for item in slot.candidates)
        for slot in draft.included
    )


def _place(draft: Draft) -> int:
    """Where the things are named whose number is asked for."""
    noun = draft.metrics[0].item if draft.metrics else None
    return noun if noun is not None else _things(draft)[0]


def _things(draft: Draft) -> tuple[int, str]:
    """The place and the dataset of the one noun in the plural that nothing takes for a figure or a split; -1 where none is."""
    named = [
        (item.place, meaning.name)
        for item in draft.items
        if item.used in (None, "noun") and draft.is_plural(item) and not draft.is_context(item)
        for meaning in item.of("dataset")
        if meaning.how in _NAMED
    ]
    return named[0] if len(named) == 1 else (-1, "")


def _count_by_state(draft: Draft) -> str | None:
    """A count of the things that are named, where each of their counts is of some state alone, and by one time."""
    dataset = _things(draft)[1]
    names = count_metrics(draft.view, dataset) if Cue.COUNT in draft.asks else ()
    tested = [_fields_tested(draft, name) for name in names]
    times = {metric_time(draft.view, name) for name in names}
    return names[0] if names and all(tested) and len(times) == 1 else None


def _fields_tested(draft: Draft, name: str) -> frozenset[str]:
    """The fields that a figure's own filter holds to values; none where it has no filter, or one that cannot be read."""
    predicate = getattr(draft.view.whole.metric_by_name[name], "filter", None)
    return fields_tested(predicate) if predicate else frozenset()


def _tests(draft: Draft, figure: str, choice: FieldValues) -> bool:
    return split_route(choice.field)[0] in _fields_tested(draft, figure)


def _excluded(draft: Draft, figure: str, choice: FieldValues) -> bool:
    return excludes(draft.view, figure, split_route(choice.field)[0], choice.values)


def _by_the_rate(draft: Draft, figure: str, left: list[tuple[FilterSlot, FieldValues]]) -> Draft | None:
    """The draft by the one rate of the figure's own rows and time that tests for nothing but what it leaves out."""
    wanted = {split_route(choice.field)[0]: frozenset(map(str, choice.values)) for _, choice in left}
    rates = [
        name
        for name in draft.view.metrics
        if own_conditions(draft.view, name) == wanted
        and base_datasets(draft.view, name) == base_datasets(draft.view, figure)
        and metric_time(draft.view, name) == metric_time(draft.view, figure)
    ]
    if len(rates) != 1:
        return None
    slot = replace(draft.metrics[0], candidates=(Meaning("metric", rates[0], 0.95, "name"),))
    return replace(
        draft, metrics=[slot], filters=[one for one in draft.filters if all(one is not it for it, _ in left)]
    )


def _counts_of_base(draft: Draft, figure: str) -> tuple[str, ...]:
    """The counts of the rows that a figure counts."""
    bases = base_datasets(draft.view, figure)
    return count_metrics(draft.view, next(iter(bases))) if len(bases) == 1 else ()


def _counts_just(draft: Draft, name: str, figure: str, left: list[tuple[FilterSlot, FieldValues]]) -> bool:
    """Whether a count goes by the figure's own time and leaves out none of what is asked for."""
    asked = {split_route(choice.field)[0] for _, choice in left}
    kept = not any(_excluded(draft, name, choice) for _, choice in left)
    predicate = getattr(draft.view.whole.metric_by_name[name], "filter", None)
    within = not predicate or (bool(tested := fields_tested(predicate)) and tested <= asked)
    return kept and within and metric_time(draft.view, name) == metric_time(draft.view, figure)


def _another_time(draft: Draft, figure: str, left: list[tuple[FilterSlot, FieldValues]]) -> str | None:
    """A time of the records that is named by what has become of them ("cancelled on"), or said ("arriving in May"), where a
    period is asked about and no verb of the figure's own time leads to it: "booked in 2025"."""
    own = metric_time(draft.view, figure)
    if not draft.time.named or len(own) != 1:
        return None
    (dataset,) = base_datasets(draft.view, figure)
    said = {token.folded[:_STEM] for token in draft.tokens if token.folded.endswith(("ed", "ing"))}
    said |= {
        word[:_STEM]
        for slot, choice in left
        for text in (slot.text, *map(str, choice.values))
        for word in phrase_key(text)
    }
    for item in draft.items:
        if (
            item.used == "time"
            and item.place
            and _stems(draft, own[0]) & {token.folded[:_STEM] for token in draft.tokens[: item.span.start][-1:]}
        ):
            return None
    times = [
        f"{dataset}.{field.name}"
        for field in draft.view.datasets[dataset].fields
        if field.role is FieldRole.TIME and f"{dataset}.{field.name}" != own[0]
    ]
    return next((name for name in times if _stems(draft, name) & said), None)


def _stems(draft: Draft, field: str) -> set[str]:
    known = draft.view.whole.field(field)
    texts = (known.label, known.name.replace("_", " "))
    return {word[:_STEM] for text in texts for word in (token.folded for token in tokenize(text)) if len(word) >= _STEM}


def _ask_which_time(draft: Draft, figure: str, other: str) -> Plan:
    own = metric_time(draft.view, figure)[0]
    words = " or ".join(field_words(draft.view, name) for name in (own, other))
    return asking(f"By which time do you mean the period: {words}?", "ambiguous")


def _records(draft: Draft, resolution: Resolution, reach: Reach, as_of: dt.date, *, is_named: bool) -> Plan | None:
    """The plan that counts the records by their key; None where more is asked than their number, perhaps split."""
    view, figure = draft.view, resolution.metrics[0]
    (dataset,) = base_datasets(view, figure)
    keys, times = view.datasets[dataset].primary_key, metric_time(view, figure)
    if len(keys) != 1 or not view.can_show(f"{dataset}.{keys[0]}"):
        return None
    try:
        plan = build_plan(draft, resolution, reach, as_of)
    except UnsupportedError:
        return None
    query = plan.queries[0].query
    if not _is_plain(plan, query) or len(times) != 1:
        return None
    conditions = list(query.where.conditions if isinstance(query.where, AllOf) else (query.where,))
    narrowed: list[Condition] = [item for item in conditions if item is not None]
    if query.period is not None and query.period.start is not None:
        narrowed.append(FieldCondition(field=times[0], operator="ge", values=(query.period.start,)))
    if query.period is not None and query.period.end is not None:
        narrowed.append(FieldCondition(field=times[0], operator="lt", values=(query.period.end,)))
    key = FieldDimension(field=f"{dataset}.{keys[0]}")
    groups = tuple(
        item.model_copy(update={"field": times[0]}) if isinstance(item, TimeDimension) and item.field is None else item
        for item in query.group_by
    )
    rows = MetricQuery(group_by=(*groups, key), where=all_of(narrowed), as_of=as_of)
    label = f"Number of {view.datasets[dataset].label[:1].lower()}{view.datasets[dataset].label[1:]}"
    by = tuple(dimension_name(item) for item in groups)
    named = view.whole.metric_by_name[figure].label
    why = f" ({named} leaves them out)" if is_named else ""
    told = f", by {field_words(view, times[0])}" if query.period is not None else ""
    return plan.model_copy(
        update={
            "queries": (plan.queries[0].model_copy(update={"query": rows}),),
            "analysis": RollupRequest(query=rows, aggregate="count", by=by, label=label),
            "interpretation": plan.interpretation.replace(named, label, 1),
            "caveats": (*plan.caveats, f"No figure counts these{why}: the records are counted{told}."),
        }
    )


def _is_plain(plan: Plan, query: MetricQuery) -> bool:
    """Whether a plan is of a number, perhaps split, and nothing of it goes by a time that no row says."""
    shown = any(item.show == "measure" for item in query.compare) or any(
        item.show == "measure" for item in query.calculations
    )
    more = plan.analysis or query.having or query.order_by or query.limit or shown
    return not more and "metric_time" not in query.model_dump_json()
