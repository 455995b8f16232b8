"""Primary keys and relationships of a profile, with what speaks for each and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.drafting.name_evidence import BY_NAME, FAIR, STRONG, name_evidence
from catalog.drafting.names import entity_of, is_id_like, without_id_words
from catalog.models import FieldType
from catalog.profile import ColumnProfile, Containment, DatabaseProfile, KeyProfile, TableProfile

ORPHANS_ALLOWED = 0.1  # of the distinct values or of the rows, where the names leave no doubt
_COMBINED_AT_LEAST = 0.97  # of the rows, for a pointer of several columns
_FEW_ROWS = 20
# What a row is called that is a part of something.
PARTS = frozenset({"line", "lines", "item", "items", "detail", "details", "position", "entry"})
_NUMBERED = frozenset({"detail", "entry", "item", "line", "position", "row", "sequence", "step", "version"})


@dataclass(frozen=True, slots=True)
class DraftedKey:
    """What makes a table's rows unique. `doubt` is said to a person; empty where names and data agree."""

    columns: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class DraftedRelationship:
    """Columns of a table that point at a key of another, by the database's names."""

    table: str
    columns: tuple[str, ...]
    of_table: str
    of_columns: tuple[str, ...]
    role: str | None
    one_to_one: bool
    preferred: bool
    evidence: str
    doubt: str = ""
    leads_on_to: tuple[str, ...] = ()  # tables that another way leads to as well; this one is taken


@dataclass(frozen=True, slots=True)
class Structure:
    """Keys by table, relationships, and pointers that were seen but not drafted, in words."""

    keys: dict[str, DraftedKey]
    relationships: tuple[DraftedRelationship, ...]
    possible: tuple[str, ...]

    def points(self, table: str, column: str) -> bool:
        """Whether a column is part of a pointer."""
        return any(item.table == table and column in item.columns for item in self.relationships)


def structure_of(profile: DatabaseProfile) -> Structure:
    """Keys and relationships drafted from names, uniqueness and containment."""
    primary = {table.name: key for table in profile.tables if (key := _primary_key(table)) is not None}
    found = _single(profile, primary)
    composite, possible = _composite(profile, primary, found)
    relationships = _wholes_preferred(profile, _told_apart([*found, *composite]))
    keys = {
        table.name: _with_others(table, primary.get(table.name), relationships)
        for table in profile.tables
        if table.name in primary or any(item.of_table == table.name for item in relationships)
    }
    return Structure(keys, relationships, (*possible, *_unexplained(profile, relationships)))


# -- keys -----------------------------------------------------------------------------------------------------------


def _primary_key(table: TableProfile) -> KeyProfile | None:
    if not table.rows:  # nothing to measure: what is named as its key is taken for it
        single = [KeyProfile(columns=(column.name,)) for column in table.columns if is_id_like(column.said)]
        return next((key for key in single if _key_rank(table, key) == 6), None)
    single = [key for key in table.keys if len(key.columns) == 1]
    ranked = sorted((-_key_rank(table, key), place) for place, key in enumerate(single))
    if ranked and -ranked[0][0] > 0:
        return single[ranked[0][1]]
    return next((key for key in table.keys if len(key.columns) > 1), None)


def _key_rank(table: TableProfile, key: KeyProfile) -> int:
    """How likely a unique column is the one a row is known by; 0 where it is unique by chance (a price, a moment)."""
    name = key.columns[0]
    column = table.column_by_name[name]
    first = table.columns[0].name == name
    stem, entity = without_id_words(column.said), entity_of(table.said)
    if is_id_like(column.said):
        named = not stem or "".join(stem) in ("".join(entity), entity[-1])
        return 6 if named and column.type is not FieldType.DATE else 5 if first else 4
    if column.type is FieldType.TIMESTAMP or (column.type is FieldType.NUMBER and not column.is_whole):
        return 0
    if first:
        return 3
    return 1 if column.type is FieldType.STRING and "".join(stem) == "".join(entity) else 0


def _with_others(
    table: TableProfile, primary: KeyProfile | None, relationships: tuple[DraftedRelationship, ...]
) -> DraftedKey:
    columns = primary.columns if primary else ()
    pointed_at = {item.of_columns for item in relationships if item.of_table == table.name} - {columns}
    doubt = ""
    if primary is not None and not table.rows:
        doubt = "it has no rows yet"
    elif primary is not None and not primary.exact:
        doubt = "tested on a sample of its rows only"
    elif primary is not None and table.rows < _FEW_ROWS and not is_id_like(table.said_of(columns[0])):
        doubt = f"it has {table.rows} rows only"
    elif len(columns) > 1:
        doubt = "no single column is unique"
    return DraftedKey(
        columns or next(iter(sorted(pointed_at)), ()), tuple(sorted(pointed_at)) if columns else (), doubt
    )


# -- pointers of one column -----------------------------------------------------------------------------------------


def _single(profile: DatabaseProfile, primary: dict[str, KeyProfile]) -> list[DraftedRelationship]:
    best: dict[tuple[str, str], tuple[float, DraftedRelationship]] = {}
    for measured in profile.containments:
        if len(measured.columns) > 1:
            continue
        scored = _scored(profile, primary, measured)
        if scored is None:
            continue
        place = (measured.table, measured.columns[0])
        if place not in best or scored[0] > best[place][0]:
            best[place] = scored
    return _without_circles(profile, _by_name_only_alone([item for _, item in best.values()]))


def _by_name_only_alone(found: list[DraftedRelationship]) -> list[DraftedRelationship]:
    """A name beside a number that points at the same row is a copy, no pointer of its own."""
    return [
        item
        for item in found
        if not item.evidence.startswith(BY_NAME)
        or not any(
            other is not item
            and (other.table, other.of_table, other.role) == (item.table, item.of_table, item.role)
            and not other.evidence.startswith(BY_NAME)
            for other in found
        )
    ]


def _scored(
    profile: DatabaseProfile, primary: dict[str, KeyProfile], measured: Containment
) -> tuple[float, DraftedRelationship] | None:
    table, column = profile.table_by_name[measured.table], measured.columns[0]
    of_table, key = profile.table_by_name[measured.of_table], measured.of_columns[0]
    named = name_evidence(table.said, table.said_of(column), of_table.said, of_table.said_of(key))
    fitting = max(measured.fraction, measured.row_fraction)
    if named.strength < FAIR or fitting < (1 - ORPHANS_ALLOWED if named.strength >= STRONG else 0.99):
        return None
    own = primary.get(table.name)
    is_own_key = own is not None and own.columns == (column,)
    if is_own_key and _about(column, table) and not (_about(column, of_table) and table.rows < of_table.rows):
        return None  # an entity's own number points nowhere
    if is_own_key and named.strength < STRONG:
        return None
    is_primary = of_table.name in primary and primary[of_table.name].columns == (key,)
    score = named.strength + 0.04 * is_primary + 0.02 * measured.fraction + 0.01 * _about(key, of_table)
    evidence = f"{named.reason}; {measured.contained:,} of {measured.values:,} values are there"
    doubts = []
    if measured.fraction < 1:
        doubts.append(f"{measured.values - measured.contained:,} values point at no row")
    if named.strength < STRONG:
        doubts.append("the name alone does not say so")
    if not measured.values:
        doubts.append("there is no value to test it on")
    return score, DraftedRelationship(
        table=table.name,
        columns=(column,),
        of_table=of_table.name,
        of_columns=(key,),
        role=named.role,
        one_to_one=is_own_key and table.rows >= _FEW_ROWS,
        preferred=False,
        evidence=evidence,
        doubt="; ".join(doubts),
    )


def _about(column: str, table: TableProfile) -> bool:
    """Whether a key's name says whose key it is: customer_id is about customers."""
    stem, entity = without_id_words(table.said_of(column)), entity_of(table.said)
    return not stem or "".join(stem) in ("".join(entity), entity[-1])


def _without_circles(profile: DatabaseProfile, found: list[DraftedRelationship]) -> list[DraftedRelationship]:
    """Of two keys that point at each other, only the one whose target the name is about."""
    by_ends = {(item.table, item.columns, item.of_table, item.of_columns): item for item in found}
    return [
        item
        for item in found
        if (back := by_ends.get((item.of_table, item.of_columns, item.table, item.columns))) is None
        or (item.table == item.of_table)
        or _names_target(profile, item) > _names_target(profile, back)
        or (
            _names_target(profile, item) == _names_target(profile, back)
            and (item.table, item.columns) < (back.table, back.columns)
        )
    ]


def _names_target(profile: DatabaseProfile, item: DraftedRelationship) -> bool:
    entity = entity_of(profile.table_by_name[item.of_table].said)
    stem = without_id_words(profile.table_by_name[item.table].said_of(item.columns[0]))
    return "".join(stem) in ("".join(entity), entity[-1])


# -- pointers of several columns ------------------------------------------------------------------------------------


def _composite(
    profile: DatabaseProfile, primary: dict[str, KeyProfile], single: list[DraftedRelationship]
) -> tuple[list[DraftedRelationship], list[str]]:
    found: list[DraftedRelationship] = []
    possible: list[str] = []
    targets = {(item.table, item.columns[0]): (item.of_table, item.of_columns) for item in single}
    for measured in profile.containments:
        if len(measured.columns) == 1 or measured.row_fraction < _COMBINED_AT_LEAST or not measured.values:
            continue
        own = primary.get(measured.table)
        if own is None or (own.columns == measured.columns and measured.table > measured.of_table):
            continue
        of_table = profile.table_by_name[measured.of_table]
        if not all(is_id_like(of_table.said_of(name)) for name in measured.of_columns):
            continue  # a shared day or name is no pointer
        here = [targets.get((measured.table, name)) for name in measured.columns]
        there = [targets.get((measured.of_table, name)) for name in measured.of_columns]
        words = (
            f"{measured.table} ({', '.join(measured.columns)}) -> {measured.of_table} ({', '.join(measured.of_columns)}): "
            f"{measured.contained:,} of {measured.values:,} combinations are there"
        )
        if all(end is not None for end in here) and here == there:
            possible.append(f"{words}; each column already points at its own table")
            continue
        found.append(
            DraftedRelationship(
                table=measured.table,
                columns=measured.columns,
                of_table=measured.of_table,
                of_columns=measured.of_columns,
                role=None,
                one_to_one=own.columns == measured.columns,
                preferred=False,
                evidence=f"the same names as its key; {measured.contained:,} of {measured.values:,} combinations are there",
                doubt=""
                if measured.fraction == 1
                else f"{measured.values - measured.contained:,} combinations point at no row",
            )
        )
    return found, possible


# -- what is left ---------------------------------------------------------------------------------------------------


def _told_apart(found: list[DraftedRelationship]) -> tuple[DraftedRelationship, ...]:
    """Of several that lead to the same table the one without a role, else the first, is preferred."""
    result = []
    for item in found:
        parallel = [other for other in found if (other.table, other.of_table) == (item.table, item.of_table)]
        if len(parallel) == 1:
            result.append(item)
            continue
        plain = [other for other in parallel if other.role is None] or parallel[:1]
        result.append(replace(item, preferred=item is plain[0]))
    return tuple(result)


def _wholes_preferred(
    profile: DatabaseProfile, found: tuple[DraftedRelationship, ...]
) -> tuple[DraftedRelationship, ...]:
    """Where two ways lead on to the same table, the one through what a row is a part of: a line's client is its order's."""
    targets: dict[str, set[str]] = {}
    for item in found:
        targets.setdefault(item.table, set()).add(item.of_table)
    return tuple(
        replace(item, preferred=True, leads_on_to=shared)
        if (_is_whole(profile, item, found) or _knows_the_others(item, found, targets))
        and (shared := _shared_beyond(item, targets))
        else item
        for item in found
    )


def _is_whole(profile: DatabaseProfile, item: DraftedRelationship, found: tuple[DraftedRelationship, ...]) -> bool:
    """Whether a pointer leads to what its rows are parts of, by their names: order lines are parts of orders."""
    entity = entity_of(profile.table_by_name[item.table].said)
    parallel = [other for other in found if (other.table, other.of_table) == (item.table, item.of_table)]
    whole = entity_of(profile.table_by_name[item.of_table].said)
    return len(parallel) == 1 and len(entity) > 1 and entity[0] == whole[0] and entity[-1] in PARTS


def _knows_the_others(
    item: DraftedRelationship, found: tuple[DraftedRelationship, ...], targets: dict[str, set[str]]
) -> bool:
    """Whether a pointer leads to a row that itself names all that the other ways lead through: a tip's order has the
    waiter too, so that its store is where the tip was given."""
    beyond = targets.get(item.of_table, set())
    parallel = [other for other in found if (other.table, other.of_table) == (item.table, item.of_table)]
    rivals = {
        other
        for other in targets[item.table] - {item.of_table, item.table}
        if targets.get(other, set()) & beyond - {item.table}
    }
    return (
        len(parallel) == 1
        and bool(rivals)
        and rivals <= beyond
        and all(item.of_table not in targets.get(rival, set()) for rival in rivals)
    )


def _shared_beyond(item: DraftedRelationship, targets: dict[str, set[str]]) -> tuple[str, ...]:
    """The tables that both this pointer's table and another of the row's lead to."""
    beyond = targets.get(item.of_table, set())
    others = targets[item.table] - {item.of_table}
    return tuple(sorted(table for table in beyond if any(table in targets.get(other, set()) for other in others)))


def _unexplained(profile: DatabaseProfile, relationships: tuple[DraftedRelationship, ...]) -> list[str]:
    """Identifiers that point nowhere though their values are all in one key, at most three keys named."""
    pointing = {(item.table, name) for item in relationships for name in item.columns}
    fitting: dict[tuple[str, str], list[str]] = {}
    for measured in profile.containments:
        place = (measured.table, measured.columns[0])
        if len(measured.columns) == 1 and place not in pointing and measured.values and measured.fraction == 1:
            table = profile.table_by_name[measured.table]
            if set(without_id_words(table.said_of(place[1]))) & _NUMBERED:
                continue  # the lines of an order are numbered from one
            if not _is_own(table, table.column_by_name[measured.columns[0]]):
                fitting.setdefault(place, []).append(f"{measured.of_table}.{measured.of_columns[0]}")
    return [
        f"{table}.{column}: its values are all in {' and in '.join(keys[:3])}, but its name does not say so"
        for (table, column), keys in fitting.items()
        if len(keys) <= 3
    ]


def _is_own(table: TableProfile, column: ColumnProfile) -> bool:
    return any(key.columns == (column.name,) for key in table.keys)
