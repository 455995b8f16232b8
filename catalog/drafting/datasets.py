"""Tables as datasets: names, keys, the time their figures use."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from catalog.drafting.drafted import DraftedDataset, Phrases
from catalog.drafting.fields import column_sql, display_of, draft_fields
from catalog.drafting.names import RESERVED, entity_of, identifier_of, plural_of, raw_words, readable, words_of
from catalog.drafting.personal import PERSON_ENTITIES, is_about_persons
from catalog.drafting.relationships import PARTS, DraftedKey, Structure
from catalog.models import FieldType
from catalog.profile import ColumnProfile, DatabaseProfile, TableProfile

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
    expires expiry finish finished hire hired last left modified next paid payment receipt received refunded required resolved
    return returned ship shipped termination to until updated valid
    """.split()
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
_OTHER_WORDS = {
    "customer": "client",
    "employee": "staff",
    "supplier": "vendor",
    "vendor": "supplier",
    "client": "customer",
}
# Who may be the customers, where rows of what is done for customers point at them.
_BUYERS = frozenset({"account", "business", "company", "firm", "organization"})
_FOR_CUSTOMERS = frozenset(
    "bill booking contract deal invoice license opportunity order quote reservation sale subscription ticket".split()
)
_LINES = {"detail": "details", "item": "items", "line": "lines"}
# Words that end a name and say nothing without the rest of it.
_EMPTY_HEADS = PARTS | frozenset(
    """
    assignment balance data header history info information level link list log map mapping record schedule snapshot state
    status table time type value
    """.split()
)
_MOST_CODES = 100  # rows of a list of what codes stand for
_FEW = 100  # a table with less than a hundredth of the rows of the largest does not say what day it is


def draft_datasets(profile: DatabaseProfile, structure: Structure) -> tuple[DraftedDataset, ...]:
    """Every table with columns that a field can have."""
    names = Phrases()
    drafted = []
    words, taken = Phrases(), Phrases()
    for table in profile.tables:
        words.take(plural_of(readable(entity_of(table.said))))
    heads = Counter(entity_of(table.said)[-1] for table in profile.tables)
    for table in profile.tables:
        key = structure.keys.get(table.name)
        display = display_of(table, key.columns if key else ())
        fields = draft_fields(table, structure, display)
        if not fields:
            continue
        entity = readable(entity_of(table.said))
        if not taken.take(entity):  # the same table in another schema
            entity = readable((*words_of(table.name.partition(".")[0]), *entity.split()))
            taken.take(entity)
        other = _OTHER_WORDS.get(entity)
        synonyms = list(words.take(plural_of(other) if other else ""))
        head = entity_of(table.said)[-1]
        if entity in _BUYERS and _is_sold_to(table, structure, profile):
            synonyms.extend(words.take("customers", "clients"))
        if (
            " " in entity and heads[head] == 1 and head not in _EMPTY_HEADS
        ):  # outbound orders are the orders, if no others are
            synonyms.extend(words.take(plural_of(head)))
        if " " in entity and head in _LINES:  # the details of an invoice are its lines and items
            synonyms.extend(words.take(*(f"{entity.rpartition(' ')[0]} {other}" for other in _LINES.values())))
        singular, plural = entity, plural_of(entity)
        if singular == plural:  # what is not counted is counted in records
            singular, plural = f"{entity} record", f"{entity} records"
            if key is None or not _only_names(
                table, key
            ):  # a status in a list of statuses is a value, nothing to be counted
                synonyms.append(entity)
        for as_written in (words_of(table.said), raw_words(table.name.rpartition(".")[2])):
            if readable(as_written) not in (entity, plural_of(entity)):
                synonyms.extend(words.take(readable(as_written)))
        dataset = DraftedDataset(
            name=_free_name(table.name, names),
            table=table,
            label=plural,
            singular=singular,
            synonyms=tuple(synonyms),
            hidden=table.rows == 1 and not any(item.of_table == table.name for item in structure.relationships),
            fields=fields,
        )
        name_of = {item.column.name: item.name for item in fields}
        usable = key is not None and all(column in name_of for column in key.columns)
        drafted.append(
            replace(
                dataset,
                primary_key=tuple(name_of[column] for column in key.columns) if key and usable else (),
                unique_keys=tuple(tuple(name_of[column] for column in other) for other in key.others)
                if key and usable
                else (),
                display=name_of[display] if display else _number_of_person(table, key, name_of),
            )
        )
    return _with_times(tuple(drafted), structure)


def _is_sold_to(table: TableProfile, structure: Structure, profile: DatabaseProfile) -> bool:
    """Whether invoices, orders and the like point at a table."""
    return any(
        item.of_table == table.name and entity_of(profile.table_by_name[item.table].said)[-1] in _FOR_CUSTOMERS
        for item in structure.relationships
    )


def _number_of_person(table: TableProfile, key: DraftedKey | None, name_of: dict[str, str]) -> str | None:
    """Persons whose names are not shown are known by their number."""
    if key is None or len(key.columns) != 1 or not is_about_persons(table):
        return None
    return name_of.get(key.columns[0])


def _only_names(table: TableProfile, key: DraftedKey) -> bool:
    """Whether a table only says what codes stand for."""
    return len(key.columns) == 1 and len(table.columns) <= 3 and table.rows <= _MOST_CODES


def _free_name(table: str, names: Phrases) -> str:
    wanted = identifier_of(table.rpartition(".")[2])
    wanted = identifier_of(plural_of(wanted)) if wanted in RESERVED else wanted
    wanted = f"{wanted}_table" if wanted in RESERVED else wanted
    schema = table.rpartition(".")[0]
    if schema and not names.free(wanted):
        wanted = f"{identifier_of(schema)}_{wanted}"
    name, number = wanted, 2
    while not names.take(name):
        name, number = f"{wanted}_{number}", number + 1
    return name


# -- times ----------------------------------------------------------------------------------------------------------


def _with_times(datasets: tuple[DraftedDataset, ...], structure: Structure) -> tuple[DraftedDataset, ...]:
    own = {dataset.table.name: _own_time(dataset) for dataset in datasets}
    by_table = {dataset.table.name: dataset for dataset in datasets}
    result = []
    for dataset in datasets:
        time = own[dataset.table.name]
        if time is not None and _is_there_since(dataset, time, structure):
            result.append(replace(dataset, time="none", since=time))
            continue
        if time is not None and _comes_later(dataset, time):  # a line's shipping is not when it was ordered
            time = _time_of_whole(dataset, by_table, own, structure) or time
        if time is None:
            time = _time_of_whole(dataset, by_table, own, structure) or _time_of_calendar(dataset, by_table, structure)
        has_times = any(item.type in _TIMES for item in dataset.fields)
        result.append(replace(dataset, time=time or ("none" if has_times else None)))
    return tuple(result)


def _comes_later(dataset: DraftedDataset, time: str) -> bool:
    """Whether its likeliest time is one that follows what the row is about, or a plan."""
    column = next(item.column for item in dataset.fields if item.name == time)
    return bool(set(words_of(column.said)) & (_HAPPENS_LATER | _PLANNED))


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
    rank += 2 * bool(verbs & _HAPPENS or not verbs) - 3 * bool(verbs & _HAPPENS_LATER) - 2 * (column.nulls > 0)
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
            moment = next(item.column for item in dataset.fields if item.name == dataset.time).maximum
            if isinstance(moment, dt.date):
                latest.append((moment.date() if isinstance(moment, dt.datetime) else moment, dataset))
    most = max((dataset.table.rows for _, dataset in latest), default=0)
    telling = [(day, dataset) for day, dataset in latest if dataset.table.rows * _FEW >= most and day <= today]
    if not latest:
        return _as_of_by_calendar(datasets, structure, today)
    if not telling or len(telling) < len([1 for _, dataset in latest if dataset.table.rows == most]):
        return None
    _, dataset = max(telling, key=lambda item: (item[0], item[1].table.rows))
    field = next(item for item in dataset.fields if item.name == dataset.time)
    return f"SELECT MAX({field.expression or column_sql(field.column.name)}) FROM {dataset.name}"


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


def described(dataset: DraftedDataset) -> str:
    """The dataset's description."""
    article = "an" if dataset.singular[:1] in tuple("aeiou") else "a"
    return f"One row {article} {dataset.singular}."
