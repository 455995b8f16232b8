"""The time that a table's figures use: its own, or that of what its rows belong to; and what day it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from catalog.drafting.drafted import DraftedDataset, DraftedField
from catalog.drafting.fields import column_sql
from catalog.drafting.names import entity_of, words_of
from catalog.drafting.personal import PERSON_ENTITIES
from catalog.drafting.relationships import PARTS, Structure
from catalog.models import FieldType
from catalog.profile import ColumnProfile, TableProfile

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_HAPPENS = frozenset(
    """
    admitted begin booked census created date event happened issued joined occurred opened ordered performed placed posted
    purchase recorded registered sale signup snapshot sold start started timestamp transaction visit
    """.split()
)
_HAPPENS_LATER = frozenset(
    """
    arrival birth cancelled closed completed deleted delivered delivery discharged discontinued due end ended eta expected
    expires expiry finish finished hire hired last leave leaving left modified next paid
    payment receipt received refunded required resolved
    return returned ship shipped termination to until updated valid
    """.split()
)
# What makes the record of a thing that takes place at another time: an appointment is when it starts, not when it was booked.
_RECORDS = frozenset({"booked", "created", "entered", "made", "recorded", "registered", "requested", "reserved"})
_TAKES_PLACE = frozenset({"start", "started", "starting", "starts", "begin", "begins", "began"})
# Rows that are the record itself: a booking is made when it is booked, whatever it is for.
_MADE = frozenset(
    "booking contract deal enrollment enrolment hire lease license loan membership order policy quote rental request reservation "
    "subscription ticket trial".split()
)
_PLANNED = frozenset(
    {"commit", "committed", "due", "estimated", "expected", "planned", "promised", "required", "requested", "scheduled"}
)
_CALENDARS = frozenset({"date", "calendar", "day"})
_APPEARS = frozenset(
    {
        "built",
        "commissioned",
        "established",
        "founded",
        "hire",
        "hired",
        "installed",
        "introduced",
        "joined",
        "launched",
        "onboarded",
        "registered",
        "release",
        "released",
        "signup",
        "opened",
        "opening",
    }
)
# What is opened, filed or registered happens then: a ticket is not there since it was opened as a store is.
_CASES = frozenset(
    """
    application appeal alarm alert bug call case chat claim complaint conversation defect dispute enquiry error event
    exam fault feedback incident inquiry inspection investigation invoice issue job lawsuit message order
    problem proceeding prosecution query quote request return session task tender ticket trial visit
    """.split()
)
_FEW = 100  # a table with less than a hundredth of the rows of the largest does not say what day it is


def with_times(datasets: tuple[DraftedDataset, ...], structure: Structure) -> tuple[DraftedDataset, ...]:
    """Each with the time its figures use, or since when its rows are there."""
    own = {dataset.table.name: _own_time(dataset) for dataset in datasets}
    by_table = {dataset.table.name: dataset for dataset in datasets}
    result = []
    for dataset in datasets:
        time = own[dataset.table.name]
        if time is not None and _is_there_since(dataset, time, structure):
            result.append(replace(dataset, time="none", since=time))
            continue
        if time is not None and _comes_later(dataset, time):  # a line's shipping is not when it was ordered
            time = _time_of_whole(dataset, by_table, own, structure) or _time_of_every_row(dataset, time)
        if time is None:
            time = _time_of_whole(dataset, by_table, own, structure) or _time_of_calendar(dataset, by_table, structure)
        has_times = any(item.type in _TIMES for item in dataset.fields)
        result.append(replace(dataset, time=time or ("none" if has_times else None)))
    return tuple(result)


def _comes_later(dataset: DraftedDataset, time: str) -> bool:
    """Whether its likeliest time is one that follows what the row is about, or a plan: of returns, the day of return is neither."""
    column = next(item.column for item in dataset.fields if item.name == time)
    words = set(words_of(column.said))
    is_own = entity_of(dataset.table.said)[-1] in words and not column.nulls
    return bool(words & (_HAPPENS_LATER | _PLANNED)) and not is_own


def _time_of_every_row(dataset: DraftedDataset, time: str) -> str:
    """The time asked for, or the one plan that every row has where not every row has that: a delivery that was refused was never
    delivered, and is there on the day it was asked for."""
    nulls = {item.name: item.column.nulls for item in dataset.fields}
    planned = [
        item.name
        for item in dataset.fields
        if item.type in _TIMES
        and not item.personal
        and not item.column.nulls
        and set(words_of(item.column.said)) & _PLANNED
    ]
    return planned[0] if nulls[time] and len(planned) == 1 else time


def _is_there_since(dataset: DraftedDataset, time: str, structure: Structure) -> bool:
    """Whether a row is someone or something that is there from its time on, so that counting by it would count the new."""
    words = set(words_of(next(item.column.said for item in dataset.fields if item.name == time)))
    pointed_at = any(item.of_table == dataset.table.name for item in structure.relationships)
    entity = entity_of(dataset.table.said)[-1]
    if entity in _CASES:
        return False
    return entity in PERSON_ENTITIES or (pointed_at and bool(words & _APPEARS))


def _own_time(dataset: DraftedDataset) -> str | None:
    """The date or moment when a row came about: the likeliest by name, by being always there, by standing first."""
    best: tuple[int, int, str] | None = None
    for place, item in enumerate(dataset.fields):
        if item.type in _TIMES and not item.personal:
            rank = _time_rank(item.column, dataset.table)
            if best is None or (-rank, place) < best[:2]:
                best = (-rank, place, item.name)
    return best[2] if best else None


def _time_rank(column: ColumnProfile, table: TableProfile) -> int:
    words = words_of(column.said)
    verbs = set(words) - {"date", "time", "at", "on"}
    rank = 3 * bool(
        set(entity_of(table.said)) & verbs or any(word.startswith(entity_of(table.said)[-1]) for word in verbs)
    )
    takes_place = bool(verbs & _TAKES_PLACE) and entity_of(table.said)[-1] not in _MADE
    rank += 2 * bool(verbs & (_HAPPENS | _TAKES_PLACE) or not verbs) + takes_place
    rank -= 3 * bool(verbs & _HAPPENS_LATER) + 2 * (column.nulls > 0)
    return rank - 2 * bool(verbs & _PLANNED)


def _time_of_whole(
    dataset: DraftedDataset, by_table: dict[str, DraftedDataset], own: dict[str, str | None], structure: Structure
) -> str | None:
    """For lines without a time of their own, the time of what they are lines of: order details use the order's date."""
    entity = entity_of(dataset.table.said)
    for item in structure.relationships:
        if item.table != dataset.table.name or item.of_table == item.table or item.of_table not in by_table:
            continue
        whole = entity_of(by_table[item.of_table].table.said)
        has_measure = any(field.role is None and field.type in _NUMBERS for field in dataset.fields)
        is_line = bool(set(entity) & PARTS) or (entity[: len(whole)] == whole and has_measure)
        if is_line and own[item.of_table]:
            return f"{by_table[item.of_table].name}.{own[item.of_table]}"
    return None


def _time_of_calendar(dataset: DraftedDataset, by_table: dict[str, DraftedDataset], structure: Structure) -> str | None:
    """For rows that point at a table of days, the day there."""
    for item in structure.relationships:
        if item.table != dataset.table.name or item.of_table not in by_table:
            continue
        calendar = by_table[item.of_table]
        if set(entity_of(calendar.table.said)) & _CALENDARS:
            for day in calendar.fields:
                if day.type is FieldType.DATE and day.column.distinct == calendar.table.rows:
                    return f"{calendar.name}.{day.name}"
    return None


def as_of_of(datasets: tuple[DraftedDataset, ...], structure: Structure, today: dt.date) -> str | None:
    """The latest day of the data, as SQL, from the table of events that reaches furthest; None where it lies ahead."""
    pointing = {item.table for item in structure.relationships}
    latest: list[tuple[dt.date, DraftedDataset]] = []
    for dataset in datasets:
        if dataset.has_own_time and not dataset.hidden and (dataset.table.name in pointing or not pointing):
            moment = _recorded(dataset).column.maximum
            if isinstance(moment, dt.date):
                latest.append((moment.date() if isinstance(moment, dt.datetime) else moment, dataset))
    most = max((dataset.table.rows for _, dataset in latest), default=0)
    telling = [(day, dataset) for day, dataset in latest if dataset.table.rows * _FEW >= most and day <= today]
    if not latest:
        return _as_of_by_calendar(datasets, structure, today)
    if not telling or len(telling) < len([1 for _, dataset in latest if dataset.table.rows == most]):
        return None
    _, dataset = max(telling, key=lambda item: (item[0], item[1].table.rows))
    field = _recorded(dataset)
    return f"SELECT MAX({field.expression or column_sql(field.column.name)}) FROM {dataset.name}"


def _recorded(dataset: DraftedDataset) -> DraftedField:
    """The time that says what day it is: of what lies ahead already, when it was booked."""
    time = next(item for item in dataset.fields if item.name == dataset.time)
    if set(words_of(time.column.said)) & _TAKES_PLACE:
        for item in dataset.fields:
            if item.type in _TIMES and not item.personal and set(words_of(item.column.said)) & _RECORDS:
                return item
    return time


def _as_of_by_calendar(datasets: tuple[DraftedDataset, ...], structure: Structure, today: dt.date) -> str | None:
    """The latest day that the largest table of events points at, where the table of days does not reach beyond today."""
    for dataset in sorted(datasets, key=lambda item: -item.table.rows):
        name, _, day = str(dataset.time).partition(".")
        calendar = next((other for other in datasets if day and other.name == name), None)
        if calendar is None:
            continue
        pointer = next(
            item
            for item in structure.relationships
            if (item.table, item.of_table) == (dataset.table.name, calendar.table.name)
        )
        here, there = dataset.field_of(pointer.columns[0]), calendar.field_of(pointer.of_columns[0])
        column = next(item.column for item in calendar.fields if item.name == day)
        if not isinstance(column.maximum, dt.date) or column.maximum > today:
            return None
        joined = f"{dataset.name}.{column_sql(here.column.name)} = {calendar.name}.{column_sql(there.column.name)}"
        return f"SELECT MAX({calendar.name}.{column_sql(column.name)}) FROM {dataset.name} JOIN {calendar.name} ON {joined}"
    return None
