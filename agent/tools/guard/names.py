"""The names of a free statement: what its tables and columns are, as far as its principal can see.

The engine binds every name once more, and where it does nothing but permitted data exist. What is resolved here is
which data those are, what to say to someone who names something else, and what may only be counted.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field

from sqlglot import exp

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard.permitted import copy_name, countable_fields, visible_fields
from agent.tools.guard.sources import MAIN_SCHEMA, cte_names, source_key, table_key
from catalog.access import CatalogView
from catalog.models import Dataset

# Names that the engine gives to columns that the statement leaves without one.
_ENGINE_NAMES = frozenset(
    {"range", "generate_series", "unnest", "col0", "col1", "col2", "col3", "element", "key", "value"}
)
_MOST_HINTS = 3
_ALIASED = (exp.Subquery, exp.CTE, exp.Unnest, exp.Lateral, exp.Values, exp.Table)


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
    _Columns(tree, view, names).resolve()
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


class _Columns:
    """The pass over a statement's columns."""

    def __init__(self, tree: exp.Expr, view: CatalogView, names: StatementNames) -> None:
        self.tree = tree
        self.names = names
        used = names.datasets.values()
        self.visible = {item.name.lower() for dataset in used for item in visible_fields(view, dataset)}
        self.offered = sorted(
            {item.name for dataset in used for item in visible_fields(view, dataset) if not item.hidden}
        )
        self.countable = {
            item.name.lower(): f"{dataset.name}.{item.name}"
            for dataset in used
            for item in countable_fields(view, dataset)
        }
        self.personal = {
            name.partition(".")[2].lower()
            for name in view.denied_personal_fields
            if name.partition(".")[0] in names.datasets
        }
        self.physical = _physical_names(view, names)
        self.by_alias = _columns_by_alias(view, names)
        self.introduced = _introduced(tree)
        # A pivot makes columns out of values; what it is called only the data know.
        self.open_ended = tree.find(exp.Pivot) is not None
        self.counted: set[str] = set()

    def resolve(self) -> None:
        for column in list(self.tree.find_all(exp.Column)):
            if not isinstance(column.this, exp.Star):
                self._resolve(column)
        for join in self.tree.find_all(exp.Join):
            for using in join.args.get("using") or ():
                if isinstance(using, exp.Identifier):
                    self._require_known(using.name, using.name)
        if self.counted and (self.tree.find(exp.Star, exp.Columns) or self._natural_join()):
            raise PolicyRefusal("aggregate_only", "name the columns where a field that may only be counted is used")
        self.names.counted = frozenset(self.counted)

    def _natural_join(self) -> bool:
        return any(str(join.args.get("method") or "").upper() == "NATURAL" for join in self.tree.find_all(exp.Join))

    def _resolve(self, column: exp.Column) -> None:
        name = column.name.lower()
        if column.args.get("catalog") or column.args.get("db"):
            self._drop_schema(column)
        qualified = self.by_alias.get(column.table.lower()) if column.table else None
        known = self.visible | self.introduced if qualified is None else qualified
        if name in known:
            return
        if name in self.physical and name not in self.introduced:
            self._use_field_name(column, self.physical[name])
        elif name in self.countable:
            self._require_counted(column, self.countable[name])
        elif column.table and qualified is None and column.table.lower() in known:
            return  # a part of a structure
        else:
            self._require_known(column.name, column.sql(dialect="duckdb"))

    def _require_known(self, name: str, written: str) -> None:
        if name.lower() in self.visible or name.lower() in self.introduced:
            return
        if name.lower() in self.personal:
            raise PolicyRefusal("personal_data", "personal data may not be shown to this role")
        if self.open_ended or name.lower() in _ENGINE_NAMES or "(" in name:
            return
        if not self.names.datasets:
            raise QueryError(f"there is no column {written}")
        near = difflib.get_close_matches(name.lower(), self.offered, _MOST_HINTS) or self.offered
        raise QueryError(f"there is no column {written}; the nearest are {', '.join(near[:12])}")

    def _drop_schema(self, column: exp.Column) -> None:
        if column.args.get("catalog") or column.args["db"].name.lower() != MAIN_SCHEMA:
            raise QueryError(f"write {column.table}.{column.name}, without a database or schema before it")
        column.set("db", None)

    def _use_field_name(self, column: exp.Column, field_name: str) -> None:
        shown_as = column.this.copy()
        column.set("this", exp.to_identifier(field_name, quoted=True))
        if isinstance(column.parent, exp.Select) and column.arg_key == "expressions":
            column.replace(exp.alias_(column.copy(), shown_as))

    def _require_counted(self, column: exp.Column, reference: str) -> None:
        """The field stands alone in COUNT(DISTINCT field), or the statement is refused."""
        distinct = column.parent
        count = distinct.parent if isinstance(distinct, exp.Distinct) else None
        if not isinstance(count, exp.Count) or len(distinct.expressions) != 1 or distinct.args.get("on"):  # type: ignore[union-attr]
            raise PolicyRefusal(
                "aggregate_only", f"this role may use {column.name} in COUNT(DISTINCT {column.name}) and nowhere else"
            )
        self.counted.add(reference)


def _physical_names(view: CatalogView, names: StatementNames) -> dict[str, str]:
    """Column names of the database that stand for exactly one visible field of another name."""
    found: dict[str, set[str]] = {}
    for dataset in names.datasets.values():
        for item in visible_fields(view, dataset):
            if item.expression.strip('"').isidentifier():
                found.setdefault(item.expression.strip('"').lower(), set()).add(item.name)
    return {name: next(iter(fields)) for name, fields in found.items() if len(fields) == 1}


def _columns_by_alias(view: CatalogView, names: StatementNames) -> dict[str, set[str]]:
    """What may follow `alias.`, for aliases that stand for tables alone."""
    found: dict[str, set[str]] = {}
    for table, dataset in names.tables:
        visible = {item.name.lower() for item in visible_fields(view, dataset)}
        renamed = set(table.alias_column_names)
        found.setdefault((table.alias or table.name).lower(), set()).update(
            visible | {name.lower() for name in renamed}
        )
    return found


def _is_named_table(node: exp.Expr) -> bool:
    return isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier)


def _introduced(tree: exp.Expr) -> set[str]:
    """Every name that the statement itself gives: aliases, CTE columns, lambda parameters, keys of structures."""
    found: set[str] = set()
    for node in tree.walk():
        if isinstance(node, exp.Alias | exp.PivotAlias):
            found.add(node.alias.lower())
        elif isinstance(node, exp.TableAlias):
            found.update(item.name.lower() for item in node.args.get("columns") or ())
        elif isinstance(node, exp.Lambda):
            found.update(item.name.lower() for item in node.expressions)
        elif isinstance(node, exp.PropertyEQ):
            found.add(node.this.name.lower())
        elif isinstance(node, exp.Comprehension):
            found.add(node.expression.name.lower())
        elif isinstance(node, exp.Aliases):
            found.update(item.name.lower() for item in node.args.get("expressions") or ())
        elif isinstance(node, _ALIASED) and node.alias and not _is_named_table(node):
            found.add(node.alias.lower())
    return found
