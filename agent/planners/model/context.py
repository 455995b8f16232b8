"""The part of a catalog that goes into a prompt: what the question may be about, within a budget of tokens.

Only names, labels, units and short descriptions of what the role may see; no values of the data, unless the egress level is
`rows`. Texts of the catalog are data: they lose what could end their place in the prompt, and what looks personal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from agent.models.tokens import estimate_tokens
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.planners.model.examples import example_of
from agent.planners.model.redaction import without_personal
from catalog.access import CatalogView
from catalog.models import CatalogField, Dataset, EgressLevel, FieldRole, Metric
from catalog.plan import Plan
from catalog.query import FieldDimension, MetricQuery, TimeDimension, dimension_name
from semantic_context.linking import split_route
from semantic_context.retrieval import ContextPack, retrieve

CATALOG_TOKENS = 1_150  # of metrics, fields and examples together
_FIELD_TOKENS, _EXAMPLE_TOKENS = 420, 250
_DESCRIPTION_LETTERS = 90
_WAIT_FOR_INDEX_S = 0.4
_TAGS = re.compile(r"[{}|`\x00-\x1f\u202a-\u202e\u2066-\u2069]+")

Cleaner = Callable[[str], str]


@dataclass
class PromptContext:
    """Lines of a prompt, and how many things of each kind they hold."""

    text: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def catalog_context(
    embedded: EmbeddedPlanner,
    question: str,
    as_of: dt.date,
    egress: EgressLevel,
    clean: Cleaner = without_personal,
    budget_tokens: int = CATALOG_TOKENS,
) -> PromptContext:
    """What of the catalog a question may be about, best first, within the budget."""
    view = embedded.view
    pack = _pack(embedded, question, as_of)
    fields = _fitting((_field_line(view, *item, clean) for item in _fields(embedded, pack)), _FIELD_TOKENS)
    examples = _fitting(_examples(view, pack, egress, clean), _EXAMPLE_TOKENS)
    left = budget_tokens - sum(estimate_tokens(line) + 1 for line in (*fields, *examples))
    metrics = _fitting((_metric_line(item, clean) for item in _metrics(embedded, pack, question)), left)
    parts = ["<metrics>", *metrics, "</metrics>", "<fields>", *fields, "</fields>"]
    if examples:
        parts += ["<examples>", *examples, "</examples>"]
    counts = {"metrics": len(metrics), "fields": len(fields), "examples": len(examples)}
    if egress == "rows" and pack is not None:
        values = _fitting(_values(pack, clean), 150)
        counts["values"] = len(values)
        parts += ["<values>", *values, "</values>"] if values else []
    return PromptContext("\n".join(parts), counts)


def before_context(previous: Plan | None, view: CatalogView, egress: EgressLevel) -> str:
    """The plan before, for a question that leans on it: names and days; values only where rows may leave."""
    if previous is None or not previous.queries:
        return ""
    query = previous.queries[0].query
    parts = [f"metrics {', '.join(use.metric for use in query.metrics)}"]
    if query.group_by:
        parts.append(f"by {', '.join(_group_name(item) for item in query.group_by)}")
    if query.period is not None:
        parts.append(f"from {query.period.start or 'the first day'} up to {query.period.end or 'the last'} (excluded)")
    fields = sorted({split_route(name)[0] for name in _filtered_fields(query)})
    if fields:
        parts.append(f"filtered by {', '.join(fields)}")
    return f"<before>\nThe question before was read as: {'; '.join(parts)}\n</before>"


def as_data(text: str) -> str:
    """A text in which nothing can end the place it has in a prompt."""
    return " ".join(_TAGS.sub(" ", text).replace("<", "&lt;").replace(">", "&gt;").split())


def _pack(embedded: EmbeddedPlanner, question: str, as_of: dt.date) -> ContextPack | None:
    """What is near in meaning; None where the index is not ready, as a question does not wait for it to be built."""
    index = embedded.nearest.index
    opened_within = getattr(index, "opened_within", None)
    ready: Any = opened_within(_WAIT_FOR_INDEX_S) if opened_within is not None else index
    return None if ready is None else retrieve(question, embedded.view, ready, embedded.values, as_of)


def _metrics(embedded: EmbeddedPlanner, pack: ContextPack | None, question: str) -> Iterator[Metric]:
    """Those that the question names first, then the nearest in meaning, then what the business steers by."""
    metrics = embedded.view.metrics
    named = [meaning.name for meaning in embedded.named_in(question) if meaning.kind == "metric"]
    near = [item.metric.name for item in pack.metrics] if pack is not None else []
    steered = [name for name, metric in metrics.items() if metric.target is not None]
    for name in dict.fromkeys((*named, *near, *steered, *metrics)):
        if name in metrics:
            yield metrics[name]


def _fields(embedded: EmbeddedPlanner, pack: ContextPack | None) -> Iterator[tuple[Dataset, CatalogField]]:
    """The nearest in meaning first, then the dimensions of the datasets that most others point at."""
    view = embedded.view
    known = {f"{dataset.name}.{item.name}": (dataset, item) for dataset, item in view.groupable_fields()}
    near = [f"{item.dataset}.{item.field.name}" for item in pack.fields] if pack is not None else []
    named = [hit.reference for hit in pack.values] if pack is not None else []
    central = sorted(
        (name for name, (_, item) in known.items() if item.role is FieldRole.DIMENSION),
        key=lambda name: -embedded.reach.things_pointing_at(name.partition(".")[0]),
    )
    for name in dict.fromkeys((*named, *near, *central)):
        if name in known and known[name][1].role is not FieldRole.TIME:
            yield known[name]


def _metric_line(metric: Metric, clean: Cleaner) -> str:
    description = metric.description.split(". ")[0]
    texts = [clean(text) for text in (metric.label, metric.unit or "number", ", ".join(metric.words.synonyms[:3]))]
    texts.append(clean(description)[:_DESCRIPTION_LETTERS])
    return " | ".join(as_data(part) for part in (metric.name, *texts) if part)


def _field_line(view: CatalogView, dataset: Dataset, item: CatalogField, clean: Cleaner) -> str:
    words = [clean(item.label), item.type.value, clean(", ".join(item.words.synonyms[:2]))]
    return " | ".join(as_data(part) for part in (f"{dataset.name}.{item.name}", *words) if part)


def _examples(view: CatalogView, pack: ContextPack | None, egress: EgressLevel, clean: Cleaner) -> Iterator[str]:
    """Verified questions with the form filled; one that holds values is left out unless these may leave."""
    for found in pack.verified_questions if pack is not None else ():
        form = example_of(found.question, with_values=egress == "rows")
        if form is not None:
            yield f"{as_data(clean(found.question.question))} => {form}"


def _values(pack: ContextPack, clean: Cleaner) -> Iterator[str]:
    for hit in pack.values[:12]:
        yield f"{hit.reference} | {as_data(clean(hit.label))}"


def _fitting(lines: Iterable[str], budget: int) -> list[str]:
    """Lines in order as long as they fit."""
    kept: list[str] = []
    used = 0
    for line in lines:
        used += estimate_tokens(line) + 1
        if used > budget:
            break
        kept.append(line)
    return kept


def _group_name(item: TimeDimension | FieldDimension) -> str:
    return item.field if isinstance(item, FieldDimension) else dimension_name(item)


def _filtered_fields(query: MetricQuery) -> Iterator[str]:
    from agent.planners.model.values_read import conditions_of

    for condition in conditions_of(query):
        if condition.kind == "field":
            yield condition.field
