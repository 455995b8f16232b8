"""How long it takes from one moment of a row to another: from order to shipment, from start to end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import capitalised, readable, words_of
from catalog.drafting.verbs import gerund_of, nouns_of
from catalog.models import FieldType
from catalog.profile import TimePair

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
# Moments at which something begins that is not there before, though its row may be.
_BEGINNINGS = frozenset({"began", "begin", "begun", "dispatch", "dispatched", "shipped", "start", "started", "starts"})
_STARTS = _BEGINNINGS - {"dispatch", "dispatched", "shipped"}
PLANNED = frozenset(
    {"due", "estimated", "expected", "expiry", "planned", "promised", "required", "requested", "scheduled"}
)
_STAYS = frozenset({"admission", "stay", "reservation", "booking", "encounter"})
_SHORT = frozenset({"call", "flight", "ride", "session", "trip"})
# Words that end a name and add nothing where one speaks of how long: a downtime event is a downtime.
_ROWS = frozenset({"event", "log", "record", "entry"})
_SECONDS = {"days": "86400.0", "hours": "3600.0", "minutes": "60.0"}
_DAY_S, _FEW_HOURS_S = 86_400.0, 14_400.0
_IN_ORDER = 0.98  # of the rows, for one moment to be the later one


@dataclass(frozen=True, slots=True)
class _Span:
    """A time that follows another in the rows of a dataset; `word` says what ends."""

    dataset: DraftedDataset
    start: DraftedField
    end: DraftedField
    word: str
    median_s: float | None

    @property
    def is_whole_days(self) -> bool:
        return self.start.type is self.end.type is FieldType.DATE

    @property
    def lasts(self) -> bool:
        """Whether it is how long the thing itself lasts."""
        return self.word in _WHOLE

    @property
    def begun(self) -> str:
        said = [
            part for part in words_of(self.start.column.said) if part not in ("date", "time", "timestamp", "at", "on")
        ]
        return readable(said)

    @property
    def entity(self) -> str:
        return self.dataset.singular.rpartition(" ")[2]

    @property
    def thing(self) -> str:
        """What lasts, in words: downtime of downtime events."""
        head, _, last = self.dataset.singular.rpartition(" ")
        return head if head and last in _ROWS else self.dataset.singular

    def in_unit(self, unit: str) -> str:
        """A row's length as SQL."""
        ends = f"{self.dataset.name}.{self.start.name}, {self.dataset.name}.{self.end.name}"
        return f"date_diff('day', {ends})" if self.is_whole_days else f"date_diff('second', {ends}) / {_SECONDS[unit]}"


def draft_durations(dataset: DraftedDataset) -> Iterator[DraftedMetric]:
    """The mean time from the time of a row, or from what began, to each moment that ends something; of what lasts its sum
    and its longest too. In days, in hours and minutes where it is short."""
    if not dataset.has_own_time:
        return
    for span in _spans(dataset):
        units = _units_of(span)
        for unit in units:
            yield _mean(span, unit, is_first=unit == units[0])
            if span.lasts:
                yield from _sum_and_longest(span, unit, is_first=unit == units[0])


def _spans(dataset: DraftedDataset) -> Iterator[_Span]:
    measured = {(item.first, item.second): item for item in dataset.table.time_pairs}
    for end in dataset.fields:
        found = [word for word in words_of(end.column.said) if word in _ENDS or word in _WHOLE]
        if not found or end.type not in _TIMES or end.personal or set(words_of(end.column.said)) & PLANNED:
            continue
        for start in dataset.fields:
            begins = start.name == dataset.time or bool(set(words_of(start.column.said)) & _BEGINNINGS)
            if start is end or not begins or start.type not in _TIMES or start.personal or not end.column.distinct:
                continue
            pair = measured.get((start.column.name, end.column.name))
            if _is_after(start, end) if not measured else _is_in_order(pair):
                yield _Span(dataset, start, end, found[0], pair.median_s if pair else None)


def _units_of(span: _Span) -> tuple[str, ...]:
    """The units people would ask it in, the most telling first."""
    if span.is_whole_days:
        return ("days",)
    if span.entity in _SHORT:
        return ("minutes", "hours")
    if span.median_s is None or FieldType.DATE in (span.start.type, span.end.type) or span.median_s > 30 * _DAY_S:
        return ("days",)
    if span.median_s > _DAY_S / 2:
        return ("days", "hours")
    return ("hours", "minutes") if span.median_s > _FEW_HOURS_S else ("minutes", "hours")


def _mean(span: _Span, unit: str, is_first: bool) -> DraftedMetric:
    verb, noun = _ENDS.get(span.word, ("end", "end"))
    entity, begun = span.entity, span.begun
    begins = tuple(dict.fromkeys((begun or entity, *nouns_of(begun))))
    is_own = span.start.name == span.dataset.time
    synonyms = []
    if is_own:  # how long it takes to complete is said of the whole way
        synonyms += [f"average {unit} to {verb}", f"{unit} to {verb}"]
        synonyms += [f"average time to {verb}", f"time to {verb}"] if is_first else []
    lengths = (unit, "time") if is_first else (unit,)
    for first in begins:
        for length in lengths:
            synonyms += [
                f"average {length} from {first} to {noun}", f"{length} from {first} to {noun}",
                f"average {length} between {first} and {noun}",
            ]  # fmt: skip
    if is_first and is_own and noun != "end":  # an end time is a moment
        synonyms += [f"average {noun} time", f"{noun} time"]
    synonyms += _from_to(lengths, unit, entity, begun, span.word)
    synonyms += [
        f"{lead} from {first} to {last}"
        for first in _moments(span.start)
        for last in _moments(span.end)
        for lead in (f"average {unit}", unit)
    ]
    if not is_first:  # "average time from start to completion in hours"
        synonyms += [f"{text} in {unit}" for first in begins for text in _timed(first, noun)]
    if span.lasts or (is_own and set(words_of(span.start.column.said)) & _STARTS):
        synonyms += _how_long(span, unit, is_first)
    return DraftedMetric(
        name=f"average_{unit}_{_ending_of(span, verb)}_{span.dataset.singular.replace(' ', '_').lower()}",
        label=capitalised(f"average {unit} from {begun or entity} to {noun}"),
        description=f"Mean {unit} of the {span.dataset.label} from {span.start.label.lower()} to {span.end.label.lower()}, "
        "where both are known.",
        synonyms=tuple(synonyms),
        expression=f"AVG({span.in_unit(unit)})",
        unit=unit,
        time=None if is_own else f"{span.dataset.name}.{span.start.name}",
        doubt=f"that it runs from {span.start.name} to {span.end.name}",
    )


def _timed(first: str, noun: str) -> tuple[str, ...]:
    return (f"average time from {first} to {noun}", f"time from {first} to {noun}")


def _ending_of(span: _Span, verb: str) -> str:
    """What tells its name from that of another way to the same end."""
    is_own = span.start.name == span.dataset.time
    return f"to_{verb}" if is_own else f"from_{'_'.join(span.begun.lower().split())}_to_{verb}"


def _how_long(span: _Span, unit: str, is_first: bool) -> list[str]:
    """What people say of how long things last."""
    things = tuple(dict.fromkeys((span.entity, span.thing, span.dataset.singular)))
    in_unit = ("", f" in {unit}") if is_first else (f" in {unit}",)
    said = [
        f"{text}{end}"
        for end in in_unit
        for thing in things
        for text in (f"average {thing} duration", f"{thing} duration", f"average {thing} length")
    ]
    said += [f"average {unit} of {span.thing}", f"average {span.thing} {unit}"]
    if is_first:
        said += ["average duration"]
        if span.entity in _STAYS:
            said += ["average length of stay", "length of stay", "average stay"]
    return said


def _sum_and_longest(span: _Span, unit: str, is_first: bool) -> Iterator[DraftedMetric]:
    """All of the time together, and the longest: hours of downtime, the longest downtime."""
    stem, thing, label = span.dataset.singular.replace(" ", "_").lower(), span.thing, span.dataset.label
    length = span.in_unit(unit)
    what = f"of the {label} from {span.start.label.lower()} to {span.end.label.lower()}, where both are known."
    ends = ("", f" in {unit}") if is_first else (f" in {unit}",)
    yield DraftedMetric(
        name=f"total_{unit}_of_{stem}",
        label=capitalised(f"total {unit} of {thing}"),
        description=f"Sum of the {unit} {what}",
        synonyms=(
            f"{unit} of {thing}", f"{thing} {unit}", f"total {thing} {unit}", f"number of {unit} of {thing}", f"{unit} of {label}",
            *(f"{text}{end}" for end in ends for text in (f"total {thing} duration", f"total {thing} time", f"{thing} time")),
            *((f"total {thing}", thing) if thing != span.dataset.singular and is_first else ()),
            *((f"total {thing} in {unit}", f"{thing} in {unit}") if thing != span.dataset.singular else ()),
        ),
        expression=f"SUM({length})",
        unit=unit,
    )  # fmt: skip
    yield DraftedMetric(
        name=f"longest_{stem}_{unit}",
        label=capitalised(f"longest {thing} in {unit}"),
        description=f"The most {unit} of one {what}",
        synonyms=(
            *(f"{text}{end}" for end in ends if end == "" for text in (f"longest {thing}", f"longest {span.dataset.singular}")),
            f"longest {span.dataset.singular} in {unit}",
            *(f"{text}{end}" for end in ends for text in (f"longest {thing} duration", f"maximum {thing} duration")),
        ),
        expression=f"MAX({length})",
        unit=unit,
    )  # fmt: skip


def _from_to(lengths: tuple[str, ...], unit: str, entity: str, begun: str, ended: str) -> list[str]:
    """By the two verbs: days from opening to resolving; days on average from reported to fixed."""
    if gerund_of(begun) and gerund_of(ended):
        verbs = [(begun, ended), (gerund_of(begun), gerund_of(ended)), (f"{entity} {begun}", ended)]
    else:
        verbs = [(begun, ended)] if begun else []
    leads = [text for length in lengths for text in (length, f"average {length}")] + [f"{unit} on average"]
    return [f"{lead} from {first} to {last}" for first, last in verbs for lead in leads]


def _moments(item: DraftedField) -> tuple[str, ...]:
    """What people call a moment by its column: PO date and purchase order date."""
    said = (item.label, *item.synonyms)
    return tuple(text for text in said if text.rpartition(" ")[2] in ("date", "day", "time"))[:4]


def _is_in_order(pair: TimePair | None) -> bool:
    return pair is not None and pair.in_order >= _IN_ORDER * pair.both


def _is_after(start: DraftedField, end: DraftedField) -> bool:
    """Whether a moment can be the later one, where nobody measured how they stand: it neither begins nor ends before."""
    first, last = (start.column.minimum, end.column.minimum), (start.column.maximum, end.column.maximum)
    return all(str(early)[:10] <= str(late)[:10] for early, late in (first, last))
