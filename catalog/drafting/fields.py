"""Columns as fields: what each is for, what it is called, whether its values may be read."""

from __future__ import annotations

from catalog.drafting.coded_values import value_words, yes_value
from catalog.drafting.drafted import DraftedField, Phrases
from catalog.drafting.names import (
    ID_WORDS,
    RESERVED,
    capitalised,
    entity_of,
    identifier_of,
    is_id_like,
    raw_words,
    readable,
    said_of_flag,
    with_initials,
    without_id_words,
    words_of,
)
from catalog.drafting.personal import is_about_persons, personal_data_of
from catalog.drafting.relationships import Structure
from catalog.drafting.stock import below_reorder_level, is_reorder_level
from catalog.drafting.units import PHYSICAL_UNITS, unit_of
from catalog.drafting.verbs import (
    is_participle,
    joined_by,
    leads_to_values,
    participle_of_time,
    said_of_day,
    verbs_of_time,
)
from catalog.models import FieldRole, FieldType
from catalog.profile import ColumnProfile, TableProfile

_CODES = frozenset(
    """
    code zip postal postcode year month quarter week weekday day hour version extension flag latitude longitude lat lon lng
    ordinal position line sequence sort floor room zone tier class
    """.split()
)
# Words of a figure, whatever it is of: a line's amount is no number of a line.
_FIGURES = frozenset(
    """
    amount area average balance cost count discount duration fee number price quantity revenue sales tax total value
    """.split()
)
# Words that say nothing without what they are of.
_NEED_THEIR_ENTITY = frozenset(
    """
    name title label type status state kind category class level grade group segment channel source country city region
    state gender sex date time code description priority stage reason rating score language currency
    """.split()
)
_KINDS = frozenset(
    {"category", "class", "group", "kind", "level", "priority", "segment", "status", "state", "type", "channel"}
)
_FEW_KINDS = 50
_OF = {
    "type": ("type", "kind"),
    "kind": ("kind", "type"),
    "status": ("status",),
    "category": ("category",),
    "level": ("level",),
}
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_FEW_VALUES = 8
_SAID_VALUES = 1_000
_NAMES_OF_ROWS = ("name", "title", "label", "description")


def draft_fields(table: TableProfile, structure: Structure, display: str | None) -> tuple[DraftedField, ...]:
    """The table's columns as fields, in its order; those of types that no field can have are left out."""
    phrases, names = Phrases(), Phrases()
    usable = [column for column in table.columns if column.type is not None]
    # Each field keeps the right to its own name; only then do labels and synonyms take what is left.
    named = {column.name: _free_name(column.name, names) for column in usable}
    for name in named.values():
        phrases.take(name)
    fields = tuple(_field(table, structure, column, named[column.name], display, phrases) for column in usable)
    return (*fields, *below_reorder_level(fields, phrases))


def display_of(table: TableProfile, key: tuple[str, ...]) -> str | None:
    """The column a person knows a row by: a name that is not personal and nearly unique; None where there is none."""
    entity = entity_of(table.said)
    of_persons = is_about_persons(table)
    best: tuple[int, int, str] | None = None
    for place, column in enumerate(table.columns):
        words = words_of(column.said)
        if column.type is not FieldType.STRING or column.name in key or personal_data_of(table, column):
            continue
        if (column.average_length or 0.0) > 60 or column.distinct < 2:
            continue
        rank = 0 if of_persons and words[-1] == "title" else _display_rank(words, entity)
        if rank > 1 and column.distinct * 2 < table.rows:
            continue  # a title that many share says what a row is like, not which it is
        if rank and (best is None or (rank, place) < best[:2]):
            best = (rank, place, column.name)
    return best[2] if best else None


def _display_rank(words: tuple[str, ...], entity: tuple[str, ...]) -> int:
    """1 is the likeliest, 0 is no name of the row."""
    own = set(words[:-1]) <= set(entity)
    if words == entity or (own and words[-1] == "name"):
        return 1
    if own and words[-1] in _NAMES_OF_ROWS:
        return 2 + _NAMES_OF_ROWS.index(words[-1])
    return 6 if words[-1] == "name" and words[0] in ("company", "full", "display", "short", "long") else 0


def _free_name(column: str, names: Phrases) -> str:
    wanted = column if column.isidentifier() and column.isascii() and column.islower() else identifier_of(column)
    name, number = f"{wanted}_value" if wanted in RESERVED else wanted, 2
    while not names.take(name):
        name, number = f"{wanted}_{number}", number + 1
    return name


def column_sql(column: str) -> str:
    """A column in an expression, quoted where its name is no plain word."""
    if column.isidentifier() and column.isascii() and column.lower() not in RESERVED:
        return column
    return '"' + column.replace('"', '""') + '"'


def _field(
    table: TableProfile, structure: Structure, column: ColumnProfile, name: str, display: str | None, phrases: Phrases
) -> DraftedField:
    kind = column.type
    assert kind is not None
    personal = personal_data_of(table, column)
    role = _role(table, structure, column, personal is not None)
    expression = f"TRY_CAST({column_sql(column.name)} AS DATE)" if column.is_day_in_text else None
    if expression is None and name != column.name:
        expression = column_sql(column.name)
    said_yes = None if personal or role is FieldRole.KEY else yes_value(column)
    if said_yes is not None:
        kind, role, expression = FieldType.BOOLEAN, None, f"{column_sql(column.name)} = '{said_yes}'"
    if _is_switch(column) and role is FieldRole.DIMENSION:
        kind, role, expression = FieldType.BOOLEAN, None, f"{column_sql(column.name)} = 1"
    label, synonyms = _words(table, column, column.name == display, role is FieldRole.KEY, phrases)
    is_loose_id = role is FieldRole.DIMENSION and is_id_like(column.said) and kind is FieldType.INTEGER
    hidden_values = kind is FieldType.STRING and role is not FieldRole.KEY and not personal and _says_nothing(column)
    return DraftedField(
        name=name,
        expression=expression,
        type=kind,
        role=FieldRole.TEXT if personal and personal[0] == "free_text" else role,
        label=label,
        synonyms=synonyms,
        column=column,
        description="" if personal else _values_in_words(column, kind, role),
        unit=None if personal else unit_of(column, role),
        personal=personal[0] if personal else None,
        sample=False if hidden_values or is_loose_id else None,
        said_as=(f"{readable(without_id_words(column.said))} {{value}}",)
        if is_loose_id and without_id_words(column.said)
        else (),
        value_words={} if personal or hidden_values or kind is not FieldType.STRING else value_words(column),
        hidden=role is not FieldRole.KEY
        and table.rows > 1
        and column.distinct <= 1
        and not (column.nulls and column.distinct),
        remark=_remark(table, column, personal is not None),
    )


def _role(table: TableProfile, structure: Structure, column: ColumnProfile, is_personal: bool) -> FieldRole | None:
    key = structure.keys.get(table.name)
    if (
        key and column.name in key.columns and column.type not in (FieldType.DATE, FieldType.TIMESTAMP)
    ) or structure.points(table.name, column.name):
        return FieldRole.KEY
    words = words_of(column.said)
    if column.type in _NUMBERS:
        if is_id_like(column.said) or words[0] == "id":
            return FieldRole.DIMENSION if column.distinct <= _SAID_VALUES else FieldRole.KEY
        if len(words) > 1 and words[-1] in ("by", "to") and column.is_whole:
            return FieldRole.DIMENSION if column.distinct <= _SAID_VALUES else FieldRole.KEY  # who did it, by a number
        is_code = bool(set(words) & _CODES) and not set(words) & _FIGURES
        is_kind = column.type is FieldType.INTEGER and words[-1] in _KINDS and column.distinct <= _FEW_KINDS
        is_kind = is_kind and not is_reorder_level(column)
        return FieldRole.DIMENSION if is_code or is_kind or _is_switch(column) or is_personal else None
    if column.type is FieldType.STRING and not is_personal:
        if column.patterns.get("opaque", 0.0) >= 0.8 or (is_id_like(column.said) and column.distinct > _SAID_VALUES):
            return FieldRole.KEY
        if "description" in words and (column.average_length or 0.0) > 25:
            return FieldRole.TEXT
    return None


def _is_switch(column: ColumnProfile) -> bool:
    return (
        column.type is FieldType.INTEGER
        and column.distinct == 2
        and (column.minimum, column.maximum) == (0, 1)
        and not set(words_of(column.said)) & {"quantity", "count", "amount", "number", "units"}
    )


def _says_nothing(column: ColumnProfile) -> bool:
    """Text whose values nobody asks for: addresses of pages, codes of posts, long text."""
    return (
        column.patterns.get("url", 0.0) >= 0.8
        or column.patterns.get("number", 0.0) >= 0.9
        or bool(set(words_of(column.said)) & {"zip", "postal", "postcode", "url", "hash", "token", "path", "link"})
        or (column.average_length or 0.0) > 80
    )


def _words(
    table: TableProfile, column: ColumnProfile, is_display: bool, is_key: bool, phrases: Phrases
) -> tuple[str, tuple[str, ...]]:
    """The label and synonyms: whole words, with the entity where the name alone says nothing."""
    words, entity = words_of(column.said), entity_of(table.said)
    plain = readable(words)
    of_entity = (
        plain if set(entity) <= set(words) else readable((*entity, *(words[1:] if words[0] == entity[-1] else words)))
    )
    candidates = [plain, readable(raw_words(column.name)), of_entity, *with_initials(column.name)]
    if len(words) > 1 and words[-1] in PHYSICAL_UNITS and column.type in _NUMBERS:
        candidates.append(readable(words[:-1]))  # unit weight kg is the unit weight
    stem = without_id_words(column.said)
    if is_display:
        candidates = [readable(entity), *candidates]
    elif is_key:
        own = not stem or stem == entity
        candidates = [f"{readable(stem or entity)} number" if own else readable(words), *candidates]
    elif words[-1] == "id" and stem:
        candidates = [readable(stem), *candidates]
    elif len(words) == 1 and words[0] in _NEED_THEIR_ENTITY:
        candidates = [of_entity, *candidates]
    if is_display and column.distinct * 2 < table.rows:  # many rows share it: it says of which kind they are
        candidates.extend(f"{word} {readable(entity)}" for word in ("kind of", "type of"))
    if is_display and len(entity) > 1 and entity[-1] in _KINDS:
        candidates.append(entity[-1])  # the name of a parcel status is the status
    if is_display and "name" not in words:
        candidates.append(readable((*entity, "name")))
    if not is_display and not is_key and len(words) > 1 and words[0] in entity and set(words) - set(entity):
        candidates.append(readable(words[1:]))  # order status is also known as status
    if len(words) > 1 and words[-1] in _OF:  # the type of admission
        candidates.extend(f"{word} of {readable(words[:-1])}" for word in _OF[words[-1]])
    if column.type in _TIMES:
        done = [
            verb for verb in verbs_of_time(words, entity) if verb in words or verb not in _done_at_others(table, column)
        ]
        candidates.extend(done)
        candidates.extend(f"{verb} {noun}" for verb in done[:1] for noun in ("time", "date") if is_participle(verb))
        candidates.extend(said_of_day(words))
        candidates.extend(joined_by(words) if is_about_persons(table) else ())
    if (
        words[-1] == "code"
        and stem
        and not set(stem) <= set(entity)
        and column.type is FieldType.STRING
        and not is_key
        and not _is_spelt_out(table, stem)
    ):
        candidates.extend((readable(stem), readable((*entity, *stem))))  # a state's code is the state
    if len(words) > 1 and words[-1] == "name" and not is_display and not set(words[:-1]) & set(entity):
        candidates.extend((readable(words[:-1]), readable((*entity, *words[:-1]))))  # a brand's name is the brand
    if column.type is FieldType.STRING:
        candidates.extend(leads_to_values(words))
    if column.distinct <= 2 and said_of_flag(words) != words:
        candidates.append(readable(said_of_flag(words)))  # is vegetarian: vegetarian ones
    # A field may say its own name in other letters: only what another field has is taken.
    own_name = readable(raw_words(column.name))
    free = [text for text in dict.fromkeys(candidates) if text == own_name or phrases.free(text)]
    phrases.take(*free)
    label = capitalised(free[0] if free else of_entity)
    return label, tuple(text for text in free[1:] if text.casefold() != label.casefold())


def _done_at_others(table: TableProfile, column: ColumnProfile) -> set[str]:
    """What the other times of a row say was done then: what was received has its own date, beside the order's."""
    return {
        participle_of_time(words_of(other.said))
        for other in table.columns
        if other.type in _TIMES and other is not column
    }


def _is_spelt_out(table: TableProfile, stem: tuple[str, ...]) -> bool:
    """Whether another column of the table says in words what a code stands for."""
    return any(words_of(other.said) in (stem, (*stem, "name")) for other in table.columns)


def _values_in_words(column: ColumnProfile, kind: FieldType, role: FieldRole | None) -> str:
    is_named = kind is FieldType.STRING and role is None and not _says_nothing(column)
    if not is_named or not 1 < column.distinct <= _FEW_VALUES:
        return ""
    values = sorted(str(value) for value in column.samples)
    if len(values) != column.distinct or any(len(value) > 30 or not value.isprintable() for value in values):
        return ""
    return f"One of {', '.join(values[:-1])} and {values[-1].rstrip('.')}."


def _remark(table: TableProfile, column: ColumnProfile, is_personal: bool) -> str:
    """What was measured, for who reads the YAML; no value of what may be personal, or names one row."""
    if is_personal:
        return ""
    parts = []
    if column.type is FieldType.STRING:
        parts.append(f"{column.distinct:,} values")
        if column.distinct > _FEW_VALUES and not set(words_of(column.said)) & ID_WORDS:
            parts[-1] += f", such as {', '.join(str(value)[:24] for value in column.samples[:3])}"
    elif column.minimum is not None and column.maximum is not None:
        parts.append(f"{_bound(column.minimum)} to {_bound(column.maximum)}")
    if column.nulls:
        parts.append(f"{column.nulls:,} empty")
    if table.sampled:
        parts.append("measured on a sample")
    return "; ".join(parts).replace("\n", " ")


def _bound(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)[:19]
