"""What things have or have none of: the rows of a figure, in a period and narrowed as the question says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.planners.embedded import clarify
from agent.planners.embedded.condition_fields import fields_of
from agent.planners.embedded.counts import count_metrics, counted_thing, counts_at_large
from agent.planners.embedded.interpret import describe_condition
from agent.planners.embedded.members.context import MemberReading, is_answer, only_query, parts_of
from agent.planners.embedded.members.population import Population, datasets_named
from agent.planners.embedded.members.verbs import stem_of
from agent.planners.embedded.members.wording import Wording
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import base_datasets, is_money_by_name, pointed_at
from agent.tools.present.label_words import mid_sentence
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, FieldRole, Metric
from catalog.plan import Plan
from catalog.query import Condition, MetricCondition, MetricQuery, Not, Period
from catalog.units import is_currency

_BUYING = frozenset(stem_of(verb) for verb in ("buy", "order", "purchase"))
_TURNING = frozenset("back up down off out away along round around".split())  # a verb into another
_COUNTS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)
# A difference of sums, or a multiple of one: nought where there is none of it.
_SUMS = re.compile(r"\s*\w+(?:\s*-\s*\w+)*\s*(?:[*/]\s*\d+(?:\.\d+)?)?\s*")


@dataclass(frozen=True)
class Related:
    """The figure held against a number for each of the things, and the conditions of the question that narrow these."""

    held: MetricCondition
    of_the_things: tuple[Condition, ...] = ()

    @property
    def condition(self) -> Condition:
        """The condition on the things. An amount that is nought is as good as none: "orders without a discount"."""
        held = self.held
        none = held.operator == "eq" and held.values == (0,)
        return Not(condition=held.model_copy(update={"operator": "ne"})) if none and not held.rows else held


def related_rows(wording: Wording, of: Population, reading: MemberReading) -> Related | Plan | None:
    """How many rows of a figure things have, as a condition on them; a plan that asks back or refuses where the
    figure is not plain; None where nothing is found."""
    asked_back: Plan | None = None
    for text, name in _texts(wording, of, reading):
        plan = reading.plain(text)
        if plan.refusal is not None:
            return plan
        found = _read(wording, of, plan, text, name, reading) if is_answer(plan) else _about_words(plan)
        if isinstance(found, Related):
            return found
        asked_back = asked_back or found
    return asked_back


def _texts(wording: Wording, of: Population, reading: MemberReading) -> list[tuple[str, str | None]]:
    """Plain questions for the figure, each with the metric it has to come to, where that is known."""
    if wording.noun:
        rows = _as_rows(wording.noun, reading)
        return [(f"number of {wording.noun}", None), (wording.noun, None), *([rows] if rows is not None else [])]
    view = reading.view
    turned = wording.rest.partition(" ")[0].casefold() in _TURNING  # "came back" is no coming
    named = reading.verbs.metrics(wording.verb) if turned else reading.verbs.doings(wording.verb)
    known = [name for name in named if not _is_pointed_at(view, of, name)]
    fitting = [name for name in known if figure_of(view, name) is not None and _why_not(reading, name, of) is None]
    if wording.doers:
        return _doers(wording, of, fitting, reading)
    counted = {name for dataset in view.datasets for name in counts_at_large(view, dataset)[:1]}
    fitting = fitting or _takings_of(wording.verb, of, reading)
    at_large = [name for name in fitting if name in counted]
    chosen = at_large or _plainest(view, fitting)
    if len(chosen) != 1:
        return []
    figure = _each_time(view, of, chosen[0]) if wording.count else chosen[0]
    return [(f"{view.metrics[figure].label} {wording.rest}".strip(), figure)]


def _takings_of(verb: str, of: Population, reading: MemberReading) -> list[str]:
    """What those who bought are the customers of, where nothing is called by the verb: the number of the only rows with money
    that point at them, such as invoices."""
    view = reading.view
    if stem_of(verb) not in _BUYING or reading.verbs.doings(verb):
        return []
    paid = [
        name
        for name in sorted({link.from_dataset for link in view.whole.relationships if link.to_dataset == of.dataset})
        if any(
            (field.unit is not None and is_currency(field.unit)) or is_money_by_name(view, field)
            for field in (view.datasets[name].fields if name in view.datasets else ())
            if field.role is FieldRole.MEASURE
        )
    ]
    return [name for dataset in paid for name in counts_at_large(view, dataset)[:1]] if len(paid) == 1 else []


def _each_time(view: CatalogView, of: Population, name: str) -> str:
    """Of the different things that did something, the figure that counts what they did, over the same rows."""
    metric = view.whole.metric_by_name[name]
    if counted_thing(view, name) != of.dataset or not isinstance(metric, AggregateMetric):
        return name
    each = [
        other
        for other in count_metrics(view, metric.dataset)
        if getattr(view.whole.metric_by_name[other], "filter", None) == metric.filter
    ]
    return each[0] if len(each) == 1 else name


def _doers(wording: Wording, of: Population, doings: list[str], reading: MemberReading) -> list[tuple[str, str | None]]:
    """ "titles watched by more than 50 subscribers": the figure for the different ones who did it, over the same rows."""
    view = reading.view
    things = [name for name, _ in datasets_named(wording.doers, reading.phrases)]
    bases = {base for name in doings for base in base_datasets(view, name)}
    filters = {view.whole.metric_by_name[name].filter for name in doings}
    found = [
        item.name
        for item in view.metrics.values()
        if isinstance(item, AggregateMetric)
        and item.dataset in bases
        and item.filter in filters
        and counted_thing(view, item.name) in things
        and _why_not(reading, item.name, of) is None
    ]
    bare = any(meaning.kind == "dataset" for meaning in reading.phrases.means(wording.doers))
    return [(f"{view.metrics[found[0]].label} {wording.rest}".strip(), found[0])] if len(found) == 1 and bare else []


def _as_rows(noun: str, reading: MemberReading) -> tuple[str, str] | None:
    """ "vacancies in 2025", where figures are called otherwise: a question for one that is made of all rows of that name."""
    view = reading.view
    named = [(name, words) for name, words in datasets_named(noun, reading.phrases) if name in view.datasets]
    for name, words in named[:1] if len({name for name, _ in named}) == 1 else ():
        dataset = view.datasets[name]
        every = [
            item
            for item in view.metrics.values()
            if isinstance(item, AggregateMetric)
            and item.dataset == name
            and not (item.filter or item.semi_additive or item.is_state)
            and (not reading.names_a_time(noun) or item.time_field in (None, f"{name}.{dataset.time_field}"))
            and item.aggregation in (*_COUNTS, Aggregation.SUM)
        ]
        counting = [item for item in every if item.name in count_metrics(view, name)]
        for item in (counting or every)[:1]:
            return re.sub(rf"\b{re.escape(words)}\b", item.label, noun, count=1, flags=re.IGNORECASE), item.name
    return None


def _counts_rows(view: CatalogView, metric: Metric) -> bool:
    return isinstance(metric, AggregateMetric) and metric.name in count_metrics(view, metric.dataset)


def _is_pointed_at(view: CatalogView, of: Population, name: str) -> bool:
    """Whether a figure is of what the things point at: a shipper is none of what "shipped" says of an order."""
    figure = figure_of(view, name)
    pointed = pointed_at(view, frozenset({of.dataset}))
    return figure is not None and of.field is None and _base(view, figure) in pointed


def _plainest(view: CatalogView, names: list[str]) -> list[str]:
    """Of sums over the same rows the one that is no money, where there is one: where no units were sold there is no
    revenue, though what was given away brings none either."""
    metrics = [view.whole.metric_by_name[name] for name in names]
    rows = {
        (item.dataset, item.filter, item.time_field) if isinstance(item, AggregateMetric) else (item.name, None, None)
        for item in metrics
    }
    units = [item.name for item in metrics if item.unit is None or not item.unit.isupper()]
    return units if len(rows) == 1 and len(units) == 1 else names


def _about_words(plan: Plan) -> Plan | None:
    """What a plain part asks back, without its choices, which would answer the part alone."""
    asked = plan.clarification
    if asked is None or asked.reason not in ("ambiguous", "unknown_word", "unknown_value", "unsupported"):
        return None
    if asked.reason in ("unknown_word", "unknown_value"):
        return clarify.unknown_words(asked.unexplained, (), "") if asked.unexplained else None
    return clarify.asking(asked.question, asked.reason, (), asked.unexplained)


def _read(
    wording: Wording, of: Population, plan: Plan, text: str, name: str | None, reading: MemberReading
) -> Related | Plan | None:
    query = only_query(plan)
    if query is None or query.group_by or query.having or query.limit is not None:
        return None
    if name is not None and query.metrics[0].metric != name:
        return None
    figure = figure_of(reading.view, query.metrics[0].metric)
    if figure is None:
        return None
    at_least_once = (wording.operator, wording.count) == ("ge", 1)
    if wording.count and not (
        wording.doers or _counts_each(reading.view, figure) or (at_least_once and _adds(wording, figure))
    ):
        return clarify.asking(f"{figure.label} is no number of times: how often of what do you mean?", "unsupported")
    if (reason := _why_not(reading, figure.name, of)) is not None:
        return clarify.asking(reason, "unsupported")
    # "subscribers without a subscription": all rows of that name are meant, whatever the figure makes of them
    rows = bool(wording.noun) and name is not None and not _counts_rows(reading.view, figure)
    rows = rows or (at_least_once and isinstance(figure, AggregateMetric) and figure.aggregation is Aggregation.SUM)
    return _condition(wording, of, query, (figure, rows), reading.names_a_time(text), reading)


def _condition(
    wording: Wording,
    of: Population,
    query: MetricQuery,
    meant: tuple[Metric, bool],
    has_time: bool,
    reading: MemberReading,
) -> Related | Plan | None:
    figure, rows = meant
    narrowing: list[Condition] = []
    own: list[Condition] = []
    base = _base(reading.view, figure)
    for part in parts_of(query.where):
        of_things = [is_of(reading.view, field, of, base) for field in fields_of(part)]
        if None in of_things or len(set(of_things)) > 1 or not of_things:
            said = describe_condition(part, reading.view)
            sides = f"the {of.label(reading.view)} or of {mid_sentence(figure.label)}"
            return clarify.asking(f"Is {said} said of {sides}?", "ambiguous")
        (own if of_things[0] else narrowing).append(part)
    if own and wording.noun and not wording.count and _is_pointed_at(reading.view, of, figure.name):
        # "matters with no client partner": what the things have none of is not what they are told by besides
        return clarify.asking(f"What do you mean by “{wording.noun}”?", "ambiguous")
    held = MetricCondition(
        metric=figure.name,
        per=of.keys(reading.view),
        operator=wording.operator,
        values=(wording.count,),
        period=query.period if has_time and query.period is not None else Period(),
        where=all_of(narrowing),
        rows=rows,
    )
    return Related(held, tuple(own))


def figure_of(view: CatalogView, name: str) -> Metric | None:
    """A figure of which there may be none: a number or a sum of what happened, or a multiple or a difference of sums; None
    for averages, levels and anything else."""
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, AggregateMetric):
        is_level = metric.semi_additive is not None or metric.is_state
        return metric if metric.aggregation in (*_COUNTS, Aggregation.SUM) and not is_level else None
    if not isinstance(metric, DerivedMetric) or metric.is_state or any(item.offset for item in metric.inputs):
        return None
    inputs = [figure_of(view, item.metric) for item in metric.inputs]
    bases = {_base(view, item) for item in inputs if item is not None}
    linear = _SUMS.fullmatch(metric.formula) is not None
    return metric if linear and None not in inputs and len(bases) == 1 else None


def _base(view: CatalogView, metric: Metric) -> str:
    """The dataset whose rows a figure is made of."""
    (base,) = base_datasets(view, metric.name)
    return base


def _counts_each(view: CatalogView, metric: Metric) -> bool:
    """Whether a figure is the number of what happened, so that it says how often."""
    if not isinstance(metric, AggregateMetric):
        return False
    each_row = metric.aggregation in (Aggregation.COUNT, Aggregation.SUM_BOOLEAN)
    return each_row or metric.name in count_metrics(view, metric.dataset)


def _adds(wording: Wording, metric: Metric) -> bool:
    """Whether what was done at least once is in the rows of a figure that counts the different things, or adds up what was done:
    the units sold."""
    kinds = (Aggregation.COUNT_DISTINCT, Aggregation.SUM) if wording.verb else (Aggregation.COUNT_DISTINCT,)
    return isinstance(metric, AggregateMetric) and metric.aggregation in kinds


def _why_not(reading: MemberReading, name: str, of: Population) -> str | None:
    """Why a figure has no rows of each of the things; None where it has: its rows point at them, or what holds both points
    at both (the lines of orders at the order and the product)."""
    view = reading.view
    figure = figure_of(view, name)
    assert figure is not None
    keys = of.keys(view)
    base = _base(view, figure)
    closures = [pointed_at(view, frozenset({other})) for other in view.datasets]
    if (
        not keys
        or (base == of.dataset and of.field is None)
        or not any({base, of.dataset} <= item for item in closures)
    ):
        return f"{figure.label} are not known for each of the {of.label(view)} here."
    reasons = [reading.reach.why_not_group(name, key) for key in keys]
    return next((reason for reason in reasons if reason is not None), None)


def is_of(view: CatalogView, field: str, of: Population, base: str) -> bool | None:
    """Whether a field is the things' own or of what they point at, and no nearer to the figure's rows; None where it may
    be either's."""
    owner = field.partition(".")[0]
    if field == "metric_time" or of.field is not None or owner not in pointed_at(view, frozenset({of.dataset})):
        return False
    return None if owner != of.dataset and owner in pointed_at(view, frozenset({base}), avoiding=of.dataset) else True
