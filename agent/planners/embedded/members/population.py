"""Whose things a question is about: a dataset's, as the figure that counts them narrows them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.members.context import MemberReading, is_answer, only_query, parts_of
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CumulativeMetric, FieldRole
from catalog.plan import Plan
from catalog.query import Condition, FieldCondition, FieldDimension, MetricQuery, Operator
from semantic_context.linking import PhraseTable, split_route
from semantic_context.words import phrase_key, tokenize

_LEAD = re.compile(
    r"^(?:please\s+)?(?:(?:which|what|who\s+are|whose|list|show(?:\s+me)?|name|give\s+me|find(?:\s+me)?|get(?:\s+me)?|display"
    r"|tell\s+me|i\s+(?:want|need)|are\s+there(?:\s+any)?|do\s+we\s+have(?:\s+any)?|we\s+have|a\s+list\s+of|names?\s+of)\s+)*"
    r"(?:(?:all|the|our|any|those|of|that|every|me)\s+)*",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:how\s+many|number\s+of|count(?:\s+of)?)\b", re.IGNORECASE)
_COMPUTED = re.compile(
    r"\b(?:most|fewest|highest|lowest|least|top|bottom|per|by|each|every|rate|average|how\s+much|total)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(?:share|percent\w*|proportion|fraction|why|forecast|what\s+if|%)", re.IGNORECASE)
# All there are: "tenants on our books", "customers in our system".
_AT_HAND = re.compile(
    r"\s+(?:(?:that|who|which)\s+)?(?:(?:are|is)\s+)?(?:on\s+(?:our|the)\s+(?P<books>books)|on\s+(?:file|record)"
    r"|in\s+(?:our|the)\s+(?:system|database|records|books|data))(?=\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Population:
    """The things of a dataset, or the values of a `field` of it; the query that counts them, None where nothing does, and
    whether a list of them is asked for. `own` narrows them where nothing counts them."""

    dataset: str
    query: MetricQuery | None
    is_list: bool
    shape: str = "value"
    field: str | None = None
    own: tuple[Condition, ...] = ()

    def keys(self, view: CatalogView) -> tuple[str, ...]:
        """dataset.field of what tells one of them from another."""
        if self.field is not None:
            return (self.field,)
        return tuple(f"{self.dataset}.{key}" for key in view.datasets[self.dataset].primary_key)

    def label(self, view: CatalogView) -> str:
        """What they are called, as a plural noun."""
        if self.field is None:
            return view.datasets[self.dataset].label
        return f"values of {field_words(view, self.field)}"


def population(whole: str, reading: MemberReading) -> Population | Plan | None:
    """The things that "how many customers in Texas" or "which stores" is about; a refusal; None where they are not plain."""
    if _SHARE.search(whole):
        return None
    if not reading.phrases.means("books"):
        whole = _AT_HAND.sub("", whole)
    counting, is_list = as_count(whole)
    things = _LEAD.sub("", whole).strip() if is_list else whole
    named = tuple(name for name, _ in datasets_named(things, reading.phrases))
    plan = reading.plain(counting)
    if plan.refusal is not None:
        return plan
    query = only_query(plan) if is_answer(plan) else None
    if query is not None and not named:
        named = _counted_by_name(reading, query, _COUNTED.sub("", _LEAD.sub("", whole)).strip())
    if query is not None and named:
        dataset = thing_counted(reading.view, query.metrics[0].metric, named)
        picked = query.group_by or query.having or query.limit is not None
        bare = any(item.kind == "dataset" for item in reading.phrases.means(things))
        if dataset is None or dataset not in named or (is_list and (picked or (bare and query.where is not None))):
            return None  # a noun that alone names the things narrows them to none of a value of that name
        noun = _COUNTED.sub("", things).strip()
        if query.where is None and not picked and _counts_only_some(reading, query.metrics[0].metric, dataset, noun):
            return _nothing_counts(noun, is_list, reading)
        return Population(dataset, _at_large(query, whole, reading), is_list, plan.shape)
    noun = _COUNTED.sub("", things).strip()
    return _nothing_counts(noun, is_list, reading) or _listed(noun, is_list, reading)


def _listed(things: str, is_list: bool, reading: MemberReading) -> Population | None:
    """Things that nothing counts at large, as a list of them narrows them: "restaurant merchants", "merchants in Utrecht"."""
    plan = reading.plain(f"list the {things}")
    if not is_answer(plan) or plan.shape != "records" or plan.analysis is not None or len(plan.queries) != 1:
        return None
    query = plan.queries[0].query
    datasets = {item.field.partition(".")[0] for item in query.group_by if isinstance(item, FieldDimension)}
    named = {name for name, _ in datasets_named(things, reading.phrases)}
    if query.metrics or query.order_by or query.where is None or len(datasets) != 1 or not datasets <= named:
        return None
    (dataset,) = datasets
    return Population(dataset, None, is_list, own=parts_of(query.where))


def _counted_by_name(reading: MemberReading, query: MetricQuery, noun: str) -> tuple[str, ...]:
    """ "Customers", where the things of the dataset are called users: whose rows the figure of that very name counts."""
    name = query.metrics[0].metric
    if not any(item.kind == "metric" and item.name == name for item in reading.phrases.means(noun)):
        return ()
    metric = reading.view.whole.metric_by_name[name]
    while isinstance(metric, CumulativeMetric):
        metric = reading.view.whole.metric_by_name[metric.metric]
    if not isinstance(metric, AggregateMetric) or metric.name not in count_metrics(reading.view, metric.dataset):
        return ()
    return (metric.dataset,) if thing_counted(reading.view, name, (metric.dataset,)) == metric.dataset else ()


def _counts_only_some(reading: MemberReading, name: str, dataset: str, noun: str) -> bool:
    """ "How many vendors had no order": the figure that is told for a bare "how many vendors" is of the active ones, and says so
    in its name; whose it is that had none is said by the noun, which names them all."""
    metric = reading.view.whole.metric_by_name[name]
    narrows = isinstance(metric, AggregateMetric) and bool(metric.filter)
    names = any(item.kind == "dataset" and item.name == dataset for item in reading.phrases.means(noun))
    label, said = set(phrase_key(metric.label)), set(phrase_key(noun))
    return narrows and names and said < label


def as_count(whole: str) -> tuple[str, bool]:
    """The question for the number of things, and whether it was a list of them that was asked for."""
    is_list = not (_COUNTED.search(whole) or _COMPUTED.search(whole))
    return (f"how many {_LEAD.sub('', whole).strip()}" if is_list else whole), is_list


def goes_by_a_time_of_theirs(plan: Plan, reading: MemberReading) -> bool:
    """Whether things are picked by the time of rows of theirs, whichever these are: "customers who ordered in May", the
    cancelled orders too; what they did is what the business counts as done."""
    query = only_query(plan) if plan.refusal is None else None
    if query is None or query.group_by:
        return False
    metric, whole = query.metrics[0].metric, reading.view.whole
    return any(
        isinstance(item, FieldCondition)
        and item.field != "metric_time"
        and whole.field(item.field).role is FieldRole.TIME
        and reading.reach.has_many_of(metric, item.field)
        for item in parts_of(query.where)
    )


def _nothing_counts(things: str, is_list: bool, reading: MemberReading) -> Population | None:
    """A dataset's things, or a field's values, that are named by nothing but their noun."""
    view = reading.view
    meanings = reading.phrases.means(things)
    datasets = [item.name for item in meanings if item.kind == "dataset" and item.name in view.datasets]
    if len(datasets) == 1:
        return Population(datasets[0], None, is_list)
    fields = {
        split_route(item.name)[0] for item in meanings if item.kind == "field" and item.how in ("name", "synonym")
    }
    kinds = (FieldRole.DIMENSION, FieldRole.KEY)
    fields = {name for name in fields if view.whole.field(name).role in kinds and view.can_show(name)}
    if datasets or len(fields) != 1:
        return None
    (field,) = fields
    return Population(field.partition(".")[0], None, is_list, field=field)


def thing_counted(view: CatalogView, name: str, named: tuple[str, ...]) -> str | None:
    """The dataset whose things a metric counts, each once: its rows, or what they point at."""
    own = [of for of in view.datasets if name in count_metrics(view, of)]
    if own:
        return own[0]
    if (pointed := counted_thing(view, name)) is not None:
        return pointed
    metric = view.whole.metric_by_name[name]
    if (
        not isinstance(metric, AggregateMetric)
        or metric.aggregation is not Aggregation.COUNT
        or not metric.semi_additive
    ):
        return None
    for relationship in view.whole.relationships:
        keys = [f"{relationship.from_dataset}.{field}" for field in relationship.from_fields]
        if keys == [metric.expression] and relationship.to_dataset in named:
            return relationship.to_dataset
    return None


def conditions_of_rows(view: CatalogView, dataset: str, query: MetricQuery) -> tuple[Condition, ...] | None:
    """The query's population as conditions on the dataset's rows; None where they cannot say it."""
    metric = view.whole.metric_by_name[query.metrics[0].metric]
    while isinstance(metric, CumulativeMetric):
        metric = view.whole.metric_by_name[metric.metric]
    plain = isinstance(metric, AggregateMetric) and metric.dataset == dataset and not metric.filter
    if not plain or query.group_by or query.having or query.limit is not None:
        return None
    conditions = list(parts_of(query.where))
    if any(isinstance(item, FieldCondition) and item.field == "metric_time" for item in conditions):
        return None
    if query.period is not None:
        times = metric_time(view, metric.name)
        if len(times) != 1 or times[0].partition(".")[0] != dataset:
            return None
        bounds: tuple[tuple[Operator, dt.date | None], ...] = (("ge", query.period.start), ("lt", query.period.end))
        conditions += [
            FieldCondition(field=times[0], operator=operator, values=(bound,))
            for operator, bound in bounds
            if bound is not None
        ]
    return tuple(conditions)


def _at_large(query: MetricQuery, whole: str, reading: MemberReading) -> MetricQuery:
    """The query over all the things there are where no period was named, with nothing beside the figure."""
    metric = reading.view.whole.metric_by_name[query.metrics[0].metric]
    named = reading.names_a_time(whole)
    return query.model_copy(
        update={
            "period": query.period if named or metric.is_state else None,
            "compare": (),
            "targets": False,
            "calculations": tuple(
                item for item in query.calculations if item.name in {having.column for having in query.having}
            ),
        }
    )


def datasets_named(text: str, phrases: PhraseTable) -> tuple[tuple[str, str], ...]:
    """The datasets whose things a text names, each with the words for them."""
    tokens = [token for token in tokenize(text) if token.is_word]
    found: dict[str, str] = {}
    for start in range(len(tokens)):
        for end in range(min(start + 4, len(tokens)), start, -1):
            words = tuple(token.folded for token in tokens[start:end])
            bases = tuple(token.base for token in tokens[start:end])
            for meaning in phrases.find(words, bases):
                if meaning.kind == "dataset" and meaning.how in ("name", "synonym"):
                    found.setdefault(meaning.name, text[tokens[start].start : tokens[end - 1].end])
    return tuple(found.items())
