"""Splits a figure by the field that its own synonym names: "category revenue" is the revenue by category."""

from __future__ import annotations

from collections.abc import Iterator

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, MetricSlot
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.access import CatalogView
from catalog.models import CatalogField, Dataset, FieldRole, FieldType, Metric
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key


def split_by_names(draft: Draft) -> None:
    """A catalog may call the total by what it is mostly split by. Said so, the split is asked for, as it is where no synonym
    holds the two words together ("region revenue"); not where a value of the field is said, nor where what a figure means
    is asked."""
    if Cue.DEFINE in draft.asks or draft.follows:
        return
    for slot in draft.metrics:
        fields = list(_fields_said(draft, slot))
        if len(fields) == 1 and not _is_told(draft, fields[0]):
            meaning = Meaning("field", fields[0], 0.95, "name")
            one = Cue.WHICH in draft.asks and not draft.groups
            draft.groups.append(GroupSlot(slot.item, (meaning,), singular=one, leader=Cue.BY))


def _fields_said(draft: Draft, slot: MetricSlot) -> Iterator[str]:
    """dataset.field of what opens a figure's name as it was said, where the rest names a figure in the same unit."""
    if slot.item < 0:
        return
    view, words = draft.view, phrase_key(draft.items[slot.item].text.replace("_", " "))
    metric = view.whole.metric_by_name[slot.candidates[0].name]
    reached = pointed_at(view, base_datasets(view, metric.name))
    for dataset, field in view.groupable_fields():
        key = phrase_key(field.label)
        opens = words[: len(key)] == key and bool(key) and not set(key) <= set(phrase_key(metric.label))
        kinds = opens and dataset.name in reached and _tells_kinds(dataset, field)
        if kinds and _names_a_figure(view, metric, words[len(key) :]):
            yield f"{dataset.name}.{field.name}"


def _tells_kinds(dataset: Dataset, field: CatalogField) -> bool:
    """Whether a field says of what kind things are; the name of things that have more to them ("product sales") says of whose
    figure is spoken."""
    if field.role is not FieldRole.DIMENSION or field.type is not FieldType.STRING:
        return False
    more = [item for item in dataset.fields if not (item.hidden or item is field or item.role is FieldRole.KEY)]
    return field.name != dataset.display_field or not more


def _names_a_figure(view: CatalogView, metric: Metric, words: tuple[str, ...]) -> bool:
    return any(
        other.unit == metric.unit and words in {phrase_key(text) for text in (other.label, *other.words.synonyms)}
        for other in view.metrics.values()
    )


def _is_told(draft: Draft, field: str) -> bool:
    """Whether the question splits by the field already, or picks values of it."""
    held = {choice.field for slot in draft.filters for choice in slot.candidates}
    split = {meaning.name for slot in draft.groups for meaning in slot.candidates}
    return field in {split_route(name)[0] for name in held | split}
