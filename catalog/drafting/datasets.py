"""Tables as datasets: names, keys, the time their figures use."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from catalog.drafting.abbreviations import ABBREVIATIONS
from catalog.drafting.drafted import DraftedDataset, Phrases
from catalog.drafting.fields import display_of, draft_fields
from catalog.drafting.names import (
    RESERVED,
    entity_of,
    identifier_of,
    is_initials,
    plural_of,
    raw_words,
    readable,
    without_id_words,
    words_of,
)
from catalog.drafting.personal import is_about_persons
from catalog.drafting.relationships import PARTS, DraftedKey, Structure
from catalog.drafting.times import with_times
from catalog.models import FieldType
from catalog.profile import DatabaseProfile, TableProfile

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
_DATED = ("order", "booking")  # what is sold is ordered, what is reserved is booked
_LINES = {"detail": "details", "item": "items", "line": "lines"}
# Words that end a name and say nothing without the rest of it.
_EMPTY_HEADS = PARTS | frozenset(
    """
    assignment balance data header history info information level link list log map mapping record schedule snapshot state
    status table time type value
    """.split()
)
_MOST_CODES = 100  # rows of a list of what codes stand for


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
        short = (*_cut_short(entity, profile), *_by_its_number(entity, key), *_initials(table, entity))
        for said in (*short, *(noun for noun in _by_their_day(table, entity) if noun not in heads)):
            synonyms.extend(words.take(f"{said}s" if said.isupper() else plural_of(said)))
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
                display=_display(table, key, name_of, display),
            )
        )
    return with_times(tuple(drafted), structure)


def _cut_short(entity: str, profile: DatabaseProfile) -> tuple[str, ...]:
    """How the database's own columns shorten what a row is: appt, of appointments, where one is called appt_type; rep and sales
    rep, of sales representatives."""
    lead, _, head = entity.rpartition(" ")
    for table in profile.tables:
        for column in table.columns:
            for word in raw_words(column.name):
                if len(word) > 2 and word != head and ABBREVIATIONS.get(word) == head:
                    return (f"{lead} {word}", word) if lead else (word,)
    return ()


def _by_its_number(entity: str, key: DraftedKey | None) -> tuple[str, ...]:
    """What the number of a row is of: order, of sales orders whose key is the order number."""
    if key is None or len(key.columns) != 1:
        return ()
    stem = readable(without_id_words(key.columns[0]))
    is_part = entity.endswith(f" {stem}") or entity.startswith(f"{stem.lower()} ")
    return (stem,) if stem and is_part and not stem.isupper() else ()


def _by_their_day(table: TableProfile, entity: str) -> tuple[str, ...]:
    """What the date of a row says it is: order, of sales that have an order date."""
    days = {words_of(column.said) for column in table.columns if column.type in (FieldType.DATE, FieldType.TIMESTAMP)}
    return tuple(noun for noun in _DATED if noun not in entity.split() and (noun, "date") in days)


def _initials(table: TableProfile, entity: str) -> tuple[str, ...]:
    """The initials that a table is named by: PO, of purchase orders, where it is po_hdr."""
    words = raw_words(table.name.rpartition(".")[2])
    return tuple(word.upper() for word in words[:1] if is_initials(word) and ABBREVIATIONS[word] == entity)


def _is_sold_to(table: TableProfile, structure: Structure, profile: DatabaseProfile) -> bool:
    """Whether invoices, orders and the like point at a table."""
    return any(
        item.of_table == table.name and entity_of(profile.table_by_name[item.table].said)[-1] in _FOR_CUSTOMERS
        for item in structure.relationships
    )


def _display(table: TableProfile, key: DraftedKey | None, name_of: dict[str, str], named: str | None) -> str | None:
    """What a row is known by: a name that many rows share says of which kind they are, not which it is."""
    if named is None:
        return _number_of_person(table, key, name_of)
    column = next(item for item in table.columns if item.name == named)
    return None if column.distinct * 2 < table.rows else name_of[named]


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


def described(dataset: DraftedDataset) -> str:
    """The dataset's description."""
    article = "an" if dataset.singular[:1] in tuple("aeiou") else "a"
    return f"One row {article} {dataset.singular}."
