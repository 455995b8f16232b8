"""The names of a free statement: what its tables and columns are, as far as its principal can see.

The engine binds every name once more, and where it does nothing but permitted data exist. What is resolved here is
which data those are, what to say to someone who names something else, and what may only be counted.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.guard.columns import StatementColumns
from agent.tools.guard.permitted import copy_name
from agent.tools.guard.sources import MAIN_SCHEMA, cte_names, source_key, table_key
from catalog.access import CatalogView
from catalog.models import Dataset

_MOST_HINTS = 3


@dataclass
class StatementNames:
    """What a statement reads: its datasets in order, the dataset.field it only counts, its tables' aliases."""

    datasets: dict[str, Dataset] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    tables: list[tuple[exp.Table, Dataset]] = field(default_factory=list)


def resolve_names(tree: exp.Expr, view: CatalogView) -> StatementNames:
    """The statement's tables and columns against the view; physical column names become field names in the tree.

    PolicyRefusal for a table that the view does not grant, a personal or aggregate-only field where it may not stand;
    QueryError, with the nearest visible names, for a column that is nowhere.
    """
    names = StatementNames()
    _resolve_tables(tree, view, names)
    names.counted = StatementColumns(tree, view, names.tables).resolve()
    return names


def rename_tables(names: StatementNames) -> None:
    """Let each table of the statement name its table in the permitted copy, and keep the name it went by."""
    for table, dataset in names.tables:
        known_as = table.alias or table.name
        target = copy_name(dataset, names.counted)
        if target.lower() != known_as.lower() and not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(known_as, quoted=True)))
        table.set("this", exp.to_identifier(target, quoted=True))
        table.set("db", None)


def _resolve_tables(tree: exp.Expr, view: CatalogView, names: StatementNames) -> None:
    ctes = cte_names(tree)
    by_source: dict[tuple[str, str], Dataset] = {}
    for dataset in view.datasets.values():
        by_source.setdefault(source_key(dataset.source), dataset)
    by_name = {dataset.name.lower(): dataset for dataset in view.datasets.values()}
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            continue
        plain = not table.db and not table.catalog
        if plain and table.name.lower() in ctes:
            continue
        named = by_name.get(table.name.lower()) if table.db.lower() in ("", MAIN_SCHEMA) else None
        read = None if table.catalog else named or by_source.get(table_key(table))
        if read is None:
            raise _no_such_table(table, view)
        names.datasets.setdefault(read.name, read)
        names.tables.append((table, read))


def _no_such_table(table: exp.Table, view: CatalogView) -> PolicyRefusal:
    offered = sorted(name for name, dataset in view.datasets.items() if not dataset.hidden)
    near = difflib.get_close_matches(table.name.lower(), offered, _MOST_HINTS) or offered[:12]
    return PolicyRefusal("table", f"there is no table of that name that this role may read; there is {', '.join(near)}")
