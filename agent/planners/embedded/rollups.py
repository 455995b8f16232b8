"""Questions about the rows of an answer: how many groups pass a bound, a ranked few together, the average over things."""

from __future__ import annotations

from agent.planners.embedded.additivity import adds_up
from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot
from agent.planners.embedded.interpret import describe_condition, field_words
from agent.planners.embedded.parts import Parts, UnsupportedError
from agent.planners.embedded.reach import Reach, pointed_at
from agent.tools.present.label_words import mid_sentence
from catalog.analyses.rollup import RollupAggregate, RollupRequest
from catalog.plan import Plan
from catalog.query import AllOf, Dimension, FieldCondition, FieldDimension, MetricQuery, TimeDimension, dimension_name
from semantic_context.words import base_form

_TOGETHER = ("together", "combined", "altogether", "in total", "all together", "jointly")
_TOTALS = ("total", "sum", "sum of", "overall", "the sum of")


def roll_up(draft: Draft, parts: Parts, plan: Plan) -> Plan:
    """The plan with its rows aggregated once more, where the question asks for that; else the plan as it is."""
    query = plan.queries[0].query
    request = (
        _added_shares(draft, parts, query)
        or _share_of_the_few(draft, parts, query)
        or _spread(draft, parts, query)
        or _counted(draft, parts, query)
        or _averaged(draft, parts, query)
        or _together(draft, parts, query)
    )
    if request is None:
        return plan
    asked = _things_counted(draft, query, request) or f"{request.label}: {plan.interpretation}"
    return plan.model_copy(
        update={"analysis": request, "interpretation": asked, "caveats": tuple(dict.fromkeys(parts.caveats))}
    )


def _things_counted(draft: Draft, query: MetricQuery, request: RollupRequest) -> str | None:
    """ "Number of stops, by fare zone", in words, where the rows of a dataset are counted by their key."""
    key = next((slot.candidates[0].name for slot in draft.groups if slot.leader is Cue.COUNT), None)
    if key is None or query.metrics:
        return None
    fields = [item.field for item in query.group_by if isinstance(item, FieldDimension) and item.field != key]
    parts = query.where.conditions if isinstance(query.where, AllOf) else (query.where,)
    said = [item for item in parts if item is not None and not (isinstance(item, FieldCondition) and item.field == key)]
    words = [
        request.label,
        *(f"by {' and '.join(field_words(draft.view, name) for name in fields)}" for _ in fields[:1]),
    ]
    if said:
        words.append("where " + " and ".join(describe_condition(item, draft.view) for item in said))
    dataset = draft.view.whole.dataset_by_name[key.partition(".")[0]]
    held = any(
        isinstance(item, FieldCondition) and item.field == f"{dataset.name}.{dataset.time_field}" for item in said
    )
    if dataset.time_field is not None and not held:
        words.append("all the data (no period was named)")
    return ", ".join(words)


def _added_shares(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "what share came from agencies and resellers", "... on weekends": the shares of several values as one."""
    if not parts.adds_shares:
        return None
    _refuse_double_counts(draft, parts)
    share = next(item for item in query.calculations if item.kind == "share")
    label = draft.view.whole.metric_by_name[parts.metrics[0]].label
    plain = query.model_copy(update={"compare": (), "targets": False})
    words = f"Share of {label[:1].lower() if not label[:2].isupper() else label[:1]}{label[1:]} {parts.adds_shares}"
    rest = tuple(dimension_name(item) for item in parts.groups[:-1])
    return RollupRequest(query=plain, aggregate="sum", column=share.name, by=rest, label=words)


def _share_of_the_few(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "what share of revenue comes from the top 10 products": theirs together, not each one's."""
    share = next((item for item in query.calculations if item.kind == "share" and item.show == "measure"), None)
    if share is None or draft.ranking is None or query.limit is None or query.limit < 2 or query.limit_within:
        return None
    asked = next((item.place for item in draft.items if item.cue() is Cue.SHARE), len(draft.items))
    named = [slot.item for slot in draft.metrics if asked < slot.item < draft.ranking.item]
    behind = any(
        slot.item > draft.ranking.item for slot in draft.groups
    )  # "the top 10 products", not "by product, top 5"
    if not named or not behind or Cue.EACH in draft.asks or draft.is_plural(draft.items[asked]):
        return None
    _refuse_double_counts(draft, parts)
    label = draft.view.whole.metric_by_name[parts.metrics[0]].label
    way = "highest" if query.order_by[0].descending else "lowest"
    return RollupRequest(
        query=query.model_copy(update={"compare": (), "targets": False}),
        aggregate="sum",
        column=share.name,
        label=f"Share of {mid_sentence(label)} of the {query.limit} {way} together",
    )


def _refuse_double_counts(draft: Draft, parts: Parts) -> None:
    """What may stand in several of the groups (an order in categories) is not added over them."""
    reach = Reach(draft.view)
    for item in parts.groups:
        if not isinstance(item, FieldDimension):
            continue
        for name in parts.metrics:
            if reach.holds_many(name, item.field) or not _falls_in_one(draft, name, item.field):
                label = draft.view.whole.metric_by_name[name].label
                words = _plural(field_words(draft.view, item.field))
                raise UnsupportedError(
                    f"{label} may count in several {words} at once, so those of several do not add up."
                )


def _falls_in_one(draft: Draft, metric: str, field: str) -> bool:
    """Whether each thing that a figure counts or sums stands in one group of a field."""
    if adds_up(draft.view, metric):
        return True
    thing = counted_thing(draft.view, metric) or next(
        (name for name in draft.view.datasets if metric in count_metrics(draft.view, name)), None
    )
    return thing is not None and field.partition(".")[0] in pointed_at(draft.view, frozenset({thing}))


def _plain(query: MetricQuery) -> MetricQuery:
    """The query without what only stands beside its figures."""
    said = {item.column for item in query.having} | {item.column for item in query.order_by}
    return query.model_copy(
        update={
            "compare": tuple(item for item in query.compare if any(f"_{item.name}" in column for column in said)),
            "calculations": tuple(item for item in query.calculations if item.name in said),
            "targets": False,
        }
    )


def _words(draft: Draft, dimension: Dimension) -> str:
    if isinstance(dimension, TimeDimension):
        return dimension_name(dimension).replace("_", " ")
    dataset = draft.view.whole.dataset_by_name[dimension.field.partition(".")[0]]
    is_thing = dimension.field.partition(".")[2] in (dataset.display_field, *dataset.primary_key)
    return dataset.singular if is_thing else field_words(draft.view, dimension.field)


def _counted(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "how many days had more than 400 orders", "how many subcategories are in each category"."""
    counted = parts.groups[-1] if parts.counts_groups else _counted_dimension(draft, parts)
    if counted is None:
        return None
    rest = tuple(dimension_name(item) for item in parts.groups if item is not counted)
    limited = query.limit is not None or query.limit_within
    if limited or (rest and parts.having and parts.metrics):
        raise UnsupportedError("I can count these, not rank or limit them at once.")
    label = f"Number of {_plural(_words(draft, counted))}"
    return RollupRequest(query=_plain(query), aggregate="count", by=rest, label=label)


def _counted_dimension(draft: Draft, parts: Parts) -> Dimension | None:
    """The group that "how many" stands before, where it is no metric."""
    if Cue.COUNT not in draft.asks or draft.lists_things:
        return None
    for place in (item.place for item in draft.items if item.cue() is Cue.COUNT):
        thing = next(
            (item for item in draft.items[place + 1 :] if not item.is_stop and item.used not in ("value", "qualifier")),
            None,
        )
        if thing is None:
            continue
        slot = next((place for place, slot in enumerate(draft.groups) if slot.item == thing.place), None)
        if slot is not None and _is_a_number_split_by(draft, place, draft.groups[slot]):
            continue
        if slot is not None:
            fields = [item for item in parts.groups if not isinstance(item, TimeDimension)]
            return fields[slot] if slot < len(fields) else None
        if thing.used == "time" and parts.having:
            return next((item for item in parts.groups if isinstance(item, TimeDimension)), None)
    return None


def _is_a_number_split_by(draft: Draft, place: int, group: GroupSlot) -> bool:
    """ "Rent by number of bedrooms": the number that each flat has is what to split by, not what is counted."""
    if group.leader not in (Cue.BY, Cue.EACH) or group.item != place + 1:
        return False
    if not draft.metrics:
        raise UnsupportedError("No metric here counts these, so there is nothing to split by that number.")
    return True


def _plural(words: str) -> str:
    last = words.rpartition(" ")[2]
    if base_form(last) != last:
        return words  # "bedrooms"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh")) else "s")


def _averaged(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "average revenue per store": the mean of the stores' figures."""
    if draft.average_over is None or len(parts.metrics) != 1:
        return None
    aggregate: RollupAggregate = "median" if draft.average_over == "median" else "average"
    over = _averaged_dimension(draft, parts)
    if over is None or query.limit is not None or query.order_by or parts.having or parts.compare:
        raise UnsupportedError("I can average over groups; say over which, and nothing else at once.")
    label = draft.view.whole.metric_by_name[parts.metrics[0]].label
    words = f"{aggregate.capitalize()} {label[:1].lower() if not label[:2].isupper() else label[:1]}{label[1:]}"
    rest = tuple(dimension_name(item) for item in parts.groups if item is not over)
    if not isinstance(over, TimeDimension):
        parts.caveats.append(
            f"{_plural(_words(draft, over)).capitalize()} without any {label} are left out of the {aggregate}."
        )
    return RollupRequest(
        query=_plain(query),
        aggregate=aggregate,
        column=query.metrics[0].name,
        by=rest,
        label=f"{words} per {_words(draft, over)}",
    )


def _averaged_dimension(draft: Draft, parts: Parts) -> Dimension | None:
    fields = [item for item in parts.groups if not isinstance(item, TimeDimension)]
    led = [place for place, slot in enumerate(draft.groups) if slot.item == draft.average_item]
    if led:
        return fields[led[0]] if led[0] < len(fields) else None
    times = [item for item in parts.groups if isinstance(item, TimeDimension)]
    return times[0] if len(times) == 1 else None


def _together(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "how much do the top 5 stores make together": the total of a ranked few."""
    if draft.ranking is None or query.limit is None or query.limit < 2 or not _asks_for_their_total(draft):
        return None
    if len(parts.metrics) != 1 or query.limit_within or not adds_up(draft.view, parts.metrics[0]):
        raise UnsupportedError("I can rank these and show each one's figure, not their total.")
    _refuse_double_counts(draft, parts)
    label = draft.view.whole.metric_by_name[parts.metrics[0]].label
    way = "highest" if query.order_by[0].descending else "lowest"
    return RollupRequest(
        query=_plain(query),
        aggregate="sum",
        column=query.metrics[0].name,
        label=f"{label} of the {query.limit} {way} together",
    )


def _asks_for_their_total(draft: Draft) -> bool:
    assert draft.ranking is not None
    for item in draft.items:
        if item.cue() is not Cue.TOTAL:
            continue
        said = item.text.casefold()
        if said in _TOGETHER:
            return True
        if said in _TOTALS and item.place < draft.ranking.item:
            before = draft.stops_between(max(0, draft.ranking.item - 4), draft.ranking.item)
            if "of" in before or "by" in before:
                return True
    return False


def _spread(draft: Draft, parts: Parts, query: MetricQuery) -> RollupRequest | None:
    """ "number of customers by number of orders": how many things have each count."""
    if draft.spread_over is None:
        return None
    counts = [name for name in parts.metrics if draft.view.whole.metric_by_name[name].unit == "count"]
    if len(parts.metrics) != 1 or not counts or not parts.groups:
        raise UnsupportedError("I can show how many have each count, not yet ranges of other figures.")
    name = query.metrics[0].name
    label = f"Number of {_plural(_words(draft, parts.groups[-1]))}"
    return RollupRequest(query=_plain(query), aggregate="count", by=(name,), label=label)
