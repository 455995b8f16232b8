"""Things that did something at least once, as the figure that counts them over the rows of what they did, where there is one:
"subscribers who watched something in May" are the Viewers, "members who gave, per region" the Giving members by region."""

from __future__ import annotations

from agent.planners.embedded.counts import counted_thing
from agent.planners.embedded.interpret import interpret
from agent.planners.embedded.members.context import MemberReading, is_answer, only_query, parts_of
from agent.planners.embedded.members.population import Population, population
from agent.planners.embedded.members.related import Related, is_of, related_rows
from agent.planners.embedded.members.wording import SPLIT, Wording
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import base_datasets
from catalog.access import CatalogView
from catalog.models import AggregateMetric
from catalog.plan import NamedQuery, Plan
from catalog.query import Dimension, FieldCondition, FieldDimension, MetricQuery, MetricUse
from semantic_context.time_expressions import describe_period


def as_a_figure(of: Population, found: Related, groups: tuple[Dimension, ...], reading: MemberReading) -> Plan | None:
    """The number of those with at least one, where nothing counts the things at large and one figure counts the different
    ones among just these rows; None otherwise."""
    held, view = found.held, reading.view
    at_least_one = (held.operator, held.values) in (("ge", (1,)), ("gt", (0,)))
    if of.query is not None or of.is_list or of.field is not None or not at_least_one or held.rows:
        return None
    rows = view.whole.metric_by_name[held.metric]
    once = [
        name
        for name in sorted(view.metrics)
        if counted_thing(view, name) == of.dataset
        and isinstance(metric := view.whole.metric_by_name[name], AggregateMetric)
        and isinstance(rows, AggregateMetric)
        and (metric.dataset, metric.filter, metric.time_field) == (rows.dataset, rows.filter, rows.time_field)
    ]
    if len(once) != 1:
        return None
    pointer = view.whole.metric_by_name[once[0]]
    assert isinstance(pointer, AggregateMetric)
    known = (
        [FieldCondition(field=pointer.expression, operator="is_not_null")] if groups else []
    )  # rows of nobody are no group
    query = MetricQuery(
        metrics=(MetricUse(metric=once[0]),),
        group_by=groups,
        where=all_of([*parts_of(held.where), *found.of_the_things, *known]),
        period=held.period,
        as_of=reading.as_of,
    )
    words = interpret(query, view, period_words(query, view, reading), False)
    shape = "breakdown" if groups else "value"
    return Plan(shape=shape, queries=(NamedQuery(name="answer", query=query),), interpretation=words)


def those_in_groups(wording: Wording, reading: MemberReading) -> Plan | None:
    """The same by what the things are told apart by: "how many members gave something, per home region"."""
    split = SPLIT.search(wording.whole)
    of = population(wording.whole[: split.start()], reading) if split is not None else None
    found = related_rows(wording, of, reading) if isinstance(of, Population) else None
    if split is None or not isinstance(of, Population) or not isinstance(found, Related):
        return None
    total = as_a_figure(of, found, (), reading)
    if total is None:
        return None
    figure = total.queries[0].query.metrics[0].metric
    plan = reading.plain(f"{reading.view.metrics[figure].label} {split[0].strip(' ,')}")
    query = only_query(plan) if is_answer(plan) else None
    (base,) = base_datasets(reading.view, figure)
    told = query is not None and all(
        isinstance(item, FieldDimension) and is_of(reading.view, item.field, of, base) is True
        for item in query.group_by
    )
    plain = query is not None and query.group_by and query.where is None and not query.having and query.limit is None
    return as_a_figure(of, found, query.group_by, reading) if query is not None and told and plain else None


def period_words(query: MetricQuery, view: CatalogView, reading: MemberReading) -> str:
    """The period of a query in words, or that it has none."""
    if query.period is not None:
        return describe_period(query.period, reading.as_of)
    metric = view.whole.metric_by_name[query.metrics[0].metric]
    return "as they are now" if metric.is_state else "all there are"
