"""Relations of the same keys joined into one: full outer, so that no row of any is lost, and nulls match nulls."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import identifier
from agent.tools.compile.relation import Relation, aliased
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.compile.scope import Atom

# Engines that can full-join on IS NOT DISTINCT FROM; the others stack two relations, or join several to all their keys
# (stacked, a column that is null in the first two has no type for the third).
_NULL_SAFE_FULL_JOIN = ("duckdb", "snowflake", "spark", "databricks")


def combine(draft: Draft, relations: list[Relation], empty: dict[Atom, exp.Expr | None]) -> Relation:
    """One relation of all the values. `empty` is what an atom is where its relation has no row (None: null)."""
    keys = list(relations[0].keys)
    named: list[tuple[str, dict[Atom, str]]] = []
    for relation in relations:
        columns = column_names(relation)
        values = {columns[atom]: value for atom, value in relation.values.items()}
        named.append((draft.cte(relation.name, relation.project(values)), columns))
    merged: dict[str, dict[Atom, str]] = {}  # the same rows under two atoms (a figure without time, compared) are one
    for name, columns in named:
        merged.setdefault(name, {}).update(columns)
    named = list(merged.items())
    if not keys:
        return _side_by_side(named)
    if draft.dialect in _NULL_SAFE_FULL_JOIN:
        return _full_join(named, keys, empty)
    return _stacked(draft, named, keys, empty) if len(named) == 2 else _by_all_keys(draft, named, keys, empty)


def column_names(relation: Relation) -> dict[Atom, str]:
    """A column's name for each value of a relation, none of them a key's."""
    taken = set(relation.keys)
    names: dict[Atom, str] = {}
    for atom in relation.values:
        name, number = atom.metric, 2
        while name in taken:
            name, number = f"{atom.metric}_{number}", number + 1
        taken.add(name)
        names[atom] = name
    return names


def _side_by_side(named: list[tuple[str, dict[Atom, str]]]) -> Relation:
    """Single rows side by side."""
    select = exp.Select().from_(table_of(named[0][0]), copy=False)
    for name, _ in named[1:]:
        select.append("joins", exp.Join(this=table_of(name), kind="CROSS"))
    values: dict[Atom, exp.Expr] = {
        atom: relation_column(name, column) for name, columns in named for atom, column in columns.items()
    }
    return Relation("figures", select, {}, values, False)


def _full_join(
    named: list[tuple[str, dict[Atom, str]]], keys: list[str], empty: dict[Atom, exp.Expr | None]
) -> Relation:
    first = named[0][0]
    select = exp.Select().from_(table_of(first), copy=False)
    so_far: dict[str, list[exp.Expr]] = {key: [relation_column(first, key)] for key in keys}
    for name, _ in named[1:]:
        matches = [exp.NullSafeEQ(this=_first(so_far[key]), expression=relation_column(name, key)) for key in keys]
        select.append("joins", exp.Join(this=table_of(name), side="FULL", on=exp.and_(*matches, copy=False)))
        for key in keys:
            so_far[key].append(relation_column(name, key))
    values: dict[Atom, exp.Expr] = {}
    for name, columns in named:
        for atom, column in columns.items():
            values[atom] = _or_empty(relation_column(name, column), empty.get(atom))
    return Relation("figures", select, {key: _first(so_far[key]) for key in keys}, values, False)


def _by_all_keys(
    draft: Draft,
    named: list[tuple[str, dict[Atom, str]]],
    keys: list[str],
    empty: dict[Atom, exp.Expr | None],
) -> Relation:
    """All the keys there are, and each relation joined to them."""
    every: exp.Query | None = None
    for name, _ in named:
        part = exp.Select().from_(table_of(name), copy=False)
        part.set("expressions", [relation_column(name, key) for key in keys])
        every = part if every is None else exp.Union(this=every, expression=part, distinct=True)
    assert every is not None
    all_keys = draft.cte("all_keys", every)
    select = exp.Select().from_(table_of(all_keys), copy=False)
    values: dict[Atom, exp.Expr] = {}
    for name, columns in named:
        matches = [
            exp.NullSafeEQ(this=relation_column(all_keys, key), expression=relation_column(name, key)) for key in keys
        ]
        select.append("joins", exp.Join(this=table_of(name), side="LEFT", on=exp.and_(*matches, copy=False)))
        for atom, column in columns.items():
            values[atom] = _or_empty(relation_column(name, column), empty.get(atom))
    return Relation("figures", select, {key: relation_column(all_keys, key) for key in keys}, values, False)


def _first(columns: list[exp.Expr]) -> exp.Expr:
    copies = [column.copy() for column in columns]
    return copies[0] if len(copies) == 1 else exp.Coalesce(this=copies[0], expressions=copies[1:])


def _or_empty(value: exp.Expr, empty: exp.Expr | None) -> exp.Expr:
    return value if empty is None else exp.Coalesce(this=value, expressions=[empty.copy()])


def _stacked(
    draft: Draft,
    named: list[tuple[str, dict[Atom, str]]],
    keys: list[str],
    empty: dict[Atom, exp.Expr | None],
) -> Relation:
    """The relations one below the other, each with nulls for the others' values, then grouped by the keys."""
    columns = [(name, atom, column) for name, of_atom in named for atom, column in of_atom.items()]
    unique = {
        atom: f"{column}" if index == 0 else f"{column}_{index}" for index, (_, atom, column) in enumerate(columns)
    }
    parts: list[exp.Query] = []
    for name, of_atom in named:
        part = exp.Select().from_(table_of(name), copy=False)
        projections: list[exp.Expr] = [relation_column(name, key) for key in keys]
        for _, atom, column in columns:
            value: exp.Expr = relation_column(name, column) if atom in of_atom else exp.null()
            projections.append(aliased(value, unique[atom]))
        part.set("expressions", projections)
        parts.append(part)
    stacked: exp.Query = parts[0]
    for following in parts[1:]:
        stacked = exp.Union(this=stacked, expression=following, distinct=False)
    name = draft.cte("stacked", stacked)
    select = exp.Select().from_(exp.Table(this=identifier(name)), copy=False)
    values: dict[Atom, exp.Expr] = {
        atom: _or_empty(exp.Max(this=relation_column(name, unique[atom])), empty.get(atom)) for _, atom, _ in columns
    }
    return Relation("figures", select, {key: relation_column(name, key) for key in keys}, values, True)
