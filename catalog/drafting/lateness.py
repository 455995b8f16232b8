"""What was done after the day it was due or promised for: late deliveries, invoices paid late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import plural_of, readable, words_of
from catalog.drafting.relationships import Structure
from catalog.drafting.verbs import nouns_of, participle_of_time
from catalog.models import FieldType

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_DUE = frozenset("confirmed deadline due estimated expected planned promised requested required scheduled".split())
# What else people say of what was agreed.
_ALSO = {"required": "requested", "requested": "required"}
_OF_TIME = frozenset({"at", "by", "date", "day", "on", "time", "timestamp"})
# What is done by the day it is due, and what else people say of it.
_DONE = {
    "arrived": ("delivered",),
    "completed": ("finished", "done"),
    "delivered": ("arrived",),
    "finished": ("completed", "done"),
    "paid": (),
    "received": ("arrived",),
    "returned": (),
    "settled": ("paid",),
    "seen": (),
    "shipped": ("dispatched",),
}


@dataclass(frozen=True, slots=True)
class _Due:
    dataset: DraftedDataset
    item: DraftedField


def draft_late(
    dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...], structure: Structure
) -> Iterator[DraftedMetric]:
    """How many were done on a later day than was agreed, and their share; the day may stand in what they belong to."""
    ends = [
        (item, verb)
        for item in dataset.fields
        if item.type in _TIMES
        and not item.personal
        and (verb := participle_of_time(words_of(item.column.said))) in _DONE
    ]
    due = _due_of(dataset, datasets, structure)
    if due is None or len(ends) != 1:
        return
    item, verb = ends[0]
    if due.dataset is not dataset and verb == "paid":
        return
    when = f"{dataset.name}.{item.name}"
    is_late = _is_late(when, item, f"{due.dataset.name}.{due.item.name}", due.item)
    time = None if due.dataset is dataset and dataset.time == due.item.name else when
    label, day = dataset.label, due.item.label.lower()
    said = [word for word in words_of(due.item.column.said) if word not in _OF_TIME]
    agreed = readable(said)
    verbs = (verb, *_DONE[verb])
    befores = [
        before
        for text in (agreed, _ALSO.get(agreed, ""))
        if text
        for before in _moments(text, is_a_time=has_hours(due.item))
    ]
    late = [
        f"{name} {done} {after} {before}"
        for name in (label, *dataset.synonyms, "")
        for done in verbs
        for after in ("after", "later than", "past")
        for before in befores
    ]
    late = [" ".join(text.split()) for text in late]
    what = f"a later day than their {day}" if "CAST" in is_late else f"a later time than their {day}"
    yield DraftedMetric(
        name=f"late_{label.replace(' ', '_').lower()}",
        label=f"Late {label}",
        description=f"The {label} {verb} {'on' if 'CAST' in is_late else 'at'} {what}.",
        synonyms=(
            *(f"{label} {done} late" for done in verbs),
            *(f"{done} late" for done in verbs),
            f"{label} too late",
            *_late_doings(dataset, verb, datasets),
            *(f"late {text}" for text in dataset.synonyms),
            *(f"{text} {done} late" for text in dataset.synonyms for done in verbs),
            *late,
        ),
        expression=f"COUNT({when})",
        filter=is_late,
        unit="count",
        time=time,
        doubt=f"that {label} are late when {verb} after {day}, and count {'when ' + verb if time else 'by ' + day}",
    )
    yield DraftedMetric(
        name=f"share_of_late_{label.replace(' ', '_').lower()}",
        label=f"Share of late {label}",
        description=f"Fraction of the {label} with both times that were {verb} {'on' if 'CAST' in is_late else 'at'} {what}.",
        synonyms=(
            f"late {dataset.singular} rate",
            f"late share of {label}",
            f"percentage of late {label}",
            f"share of {label} {verb} late",
            *(f"share of {text} {verb} late" for text in dataset.synonyms),
            *(f"{part} {text}" for text in late for part in ("percentage", "share")),
        ),
        expression=f"AVG(CASE WHEN {is_late} THEN 1.0 WHEN NOT {is_late} THEN 0.0 END)",
        unit="fraction",
        time=time,
    )


def _late_doings(dataset: DraftedDataset, verb: str, datasets: tuple[DraftedDataset, ...]) -> tuple[str, ...]:
    """Late by what was done: late deliveries, of what was delivered late; not where that is what other rows are."""
    rows = {other.singular for other in datasets}
    return tuple(
        f"late {plural_of(noun)}" for noun in nouns_of(verb)[:1] if noun not in rows and noun != dataset.singular
    )


def has_hours(item: DraftedField) -> bool:
    """Whether its moments are told to the hour: days kept as timestamps all lie at midnight."""
    ends = (item.column.minimum, item.column.maximum)
    return item.type is FieldType.TIMESTAMP and any(
        isinstance(end, dt.datetime) and end.time() != dt.time() for end in ends
    )


def _is_late(when: str, item: DraftedField, due: str, agreed: DraftedField) -> str:
    """Later than agreed as SQL: to the minute where both are told so, else by the day."""
    if has_hours(item) and has_hours(agreed):
        return f"{when} > {due}"
    return f"CAST({when} AS DATE) > CAST({due} AS DATE)"


def _moments(agreed: str, *, is_a_time: bool) -> tuple[str, ...]:
    """What people call the moment that was agreed: the expected date, the date expected."""
    nouns = ("time", "date") if is_a_time else ("date", "day")
    turned = () if agreed in ("deadline", "due") else tuple(f"{noun} {agreed}" for noun in nouns)
    return (*(f"{agreed} {noun}" for noun in nouns), agreed, *turned)


def _due_of(dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...], structure: Structure) -> _Due | None:
    """The one day that is due: of the rows themselves, else of the one thing they belong to that has one."""
    own = _due_days(dataset)
    if own:
        return _Due(dataset, own[0]) if len(own) == 1 else None
    by_table = {other.table.name: other for other in datasets}
    found = {
        pointer.of_table: by_table[pointer.of_table]
        for pointer in structure.relationships
        if pointer.table == dataset.table.name and pointer.of_table in by_table and pointer.of_table != pointer.table
    }
    of_wholes = [_Due(other, item) for other in found.values() for item in _due_days(other)]
    return of_wholes[0] if len(of_wholes) == 1 else None


def _due_days(dataset: DraftedDataset) -> list[DraftedField]:
    return [
        item
        for item in dataset.fields
        if item.type in _TIMES and not item.personal and set(words_of(item.column.said)) & _DUE
    ]
