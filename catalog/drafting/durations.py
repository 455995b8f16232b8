"""How long it takes from one moment of a row to the next: from order to shipment, from admission to discharge."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import capitalised, readable, words_of
from catalog.drafting.verbs import gerund_of
from catalog.models import FieldType

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
# What comes after: the verb and the noun that people use of it.
_ENDS = {
    "arrived": ("arrive", "arrival"),
    "closed": ("close", "closing"),
    "completed": ("complete", "completion"),
    "delivered": ("deliver", "delivery"),
    "delivery": ("deliver", "delivery"),
    "discharge": ("discharge", "discharge"),
    "discharged": ("discharge", "discharge"),
    "finished": ("finish", "finish"),
    "fixed": ("fix", "repair"),
    "paid": ("pay", "payment"),
    "payment": ("pay", "payment"),
    "received": ("receive", "receipt"),
    "resolved": ("resolve", "resolution"),
    "returned": ("return", "return"),
    "settled": ("settle", "settlement"),
    "ship": ("ship", "shipment"),
    "shipped": ("ship", "shipment"),
}
_WHOLE = frozenset(
    {"end", "ended", "finish", "finished", "discharge", "discharged"}
)  # with the start, it is how long it lasts
_PLANNED = frozenset(
    {"due", "estimated", "expected", "expiry", "planned", "promised", "required", "requested", "scheduled"}
)
_STAYS = frozenset({"admission", "stay", "reservation", "booking", "encounter"})
_SHORT = frozenset({"call", "flight", "ride", "session", "trip"})


def draft_durations(dataset: DraftedDataset) -> Iterator[DraftedMetric]:
    """Mean days (minutes for calls and trips) from the time of a row to each moment that ends something."""
    if not dataset.has_own_time:
        return
    start = next(item for item in dataset.fields if item.name == dataset.time)
    for end in dataset.fields:
        found = [word for word in words_of(end.column.said) if word in _ENDS or word in _WHOLE]
        if end is start or end.type not in _TIMES or not found or end.personal or not _is_after(start, end):
            continue
        yield _duration(dataset, start, end, found[0])


def _duration(dataset: DraftedDataset, start: DraftedField, end: DraftedField, word: str) -> DraftedMetric:
    verb, noun = _ENDS.get(word, ("end", "end"))
    entity = dataset.singular.rpartition(" ")[2]
    unit = "minutes" if entity in _SHORT else "days"
    begun = readable(
        [part for part in words_of(start.column.said) if part not in ("date", "time", "timestamp", "at", "on")]
    )
    synonyms = [
        f"average {unit} to {verb}", f"{unit} to {verb}", f"average time to {verb}", f"time to {verb}",
        f"average {unit} from {begun or entity} to {noun}", f"{unit} from {begun or entity} to {noun}",
        f"average time from {begun or entity} to {noun}", f"time from {begun or entity} to {noun}",
        f"average {unit} between {begun or entity} and {noun}", f"average {noun} time", f"{noun} time",
    ]  # fmt: skip
    synonyms += _from_to(unit, entity, begun, word)
    if word in _WHOLE:
        synonyms += [f"average {entity} duration", f"{entity} duration", f"average {entity} length", "average duration"]
        if entity in _STAYS:
            synonyms += ["average length of stay", "length of stay", "average stay"]
    size = {"days": "86400.0", "minutes": "60.0"}[unit]
    ends = (f"{dataset.name}.{start.name}", f"{dataset.name}.{end.name}")
    is_whole_days = start.type is end.type is FieldType.DATE
    return DraftedMetric(
        name=f"average_{unit}_to_{verb}_{dataset.singular.replace(' ', '_').lower()}",
        label=capitalised(f"average {unit} from {begun or entity} to {noun}"),
        description=f"Mean {unit} of the {dataset.label} from {start.label.lower()} to {end.label.lower()}, where both are known.",
        synonyms=tuple(synonyms),
        expression=f"AVG(date_diff('day', {ends[0]}, {ends[1]}))"
        if is_whole_days
        else f"AVG(date_diff('second', {ends[0]}, {ends[1]}) / {size})",
        unit=unit,
        doubt=f"that it runs from {start.name} to {end.name}",
    )


def _from_to(unit: str, entity: str, begun: str, ended: str) -> list[str]:
    """By the two verbs: days from opening to resolving; days on average from reported to fixed."""
    if gerund_of(begun) and gerund_of(ended):
        verbs = [(begun, ended), (gerund_of(begun), gerund_of(ended)), (f"{entity} {begun}", ended)]
    else:
        verbs = [(begun, ended)] if begun else []
    leads = (f"{unit}", f"average {unit}", f"{unit} on average", "time", "average time")
    return [f"{lead} from {first} to {last}" for first, last in verbs for lead in leads]


def _is_after(start: DraftedField, end: DraftedField) -> bool:
    """Whether a moment can be the later one: it is no plan, and neither begins nor ends before the other does."""
    if set(words_of(end.column.said)) & _PLANNED or not end.column.distinct:
        return False
    first, last = (start.column.minimum, end.column.minimum), (start.column.maximum, end.column.maximum)
    return all(str(early)[:10] <= str(late)[:10] for early, late in (first, last))
