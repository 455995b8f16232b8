"""The columns of a free statement against what its principal may see of its tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard.permitted import countable_fields, visible_fields
from agent.tools.guard.sources import MAIN_SCHEMA
from catalog.access import CatalogView
from catalog.models import Dataset

# Names that the engine gives to columns that the statement leaves without one.
_ENGINE_NAMES = frozenset(
    {"range", "generate_series", "unnest", "col0", "col1", "col2", "col3", "element", "key", "value"}
)
_MOST_HINTS = 3
_ALIASED = (exp.Subquery, exp.CTE, exp.Unnest, exp.Lateral, exp.Values, exp.Table)


@dataclass(frozen=True, slots=True)
class _Readable:
    """What may be read of some datasets; names are lower case."""

    visible: frozenset[str]
    physical: dict[str, str]  # columns of the database that stand for exactly one visible field, to that field
    countable: dict[str, str]  # fields that may only be counted, to dataset.field
    personal: frozenset[str]  # personal fields that may not be shown: to recognise a request for them
    sized: frozenset[str]  # fields that are seen for groups of a minimum size only


def _readable(view: CatalogView, datasets: Iterable[Dataset], renamed: Iterable[str] = ()) -> _Readable:
    visible: set[str] = {name.lower() for name in renamed}
    physical: dict[str, set[str]] = {}
    countable: dict[str, str] = {}
    personal: set[str] = set()
    sized: set[str] = set()
    for dataset in datasets:
        for item in visible_fields(view, dataset):
            visible.add(item.name.lower())
            column = item.expression.strip('"')
            if column.isidentifier():
                physical.setdefault(column.lower(), set()).add(item.name)
        countable |= {item.name.lower(): f"{dataset.name}.{item.name}" for item in countable_fields(view, dataset)}
        whole = view.whole.dataset_by_name[dataset.name]
        personal |= {
            item.name.lower() for item in whole.fields if item.personal_data and view.access_to(whole, item) != "show"
        }
        sized |= {item.name.lower() for item in dataset.fields if view.minimum_group_size(dataset, item) is not None}
    single = {column: next(iter(fields)) for column, fields in physical.items() if len(fields) == 1}
    return _Readable(frozenset(visible), single, countable, frozenset(personal), frozenset(sized))


class StatementColumns:
    """The pass over a statement's columns. `tables` are its tables with the datasets they stand for."""

    def __init__(self, tree: exp.Expr, view: CatalogView, tables: list[tuple[exp.Table, Dataset]]) -> None:
        self.tree = tree
        datasets = {dataset.name: dataset for _, dataset in tables}
        self.everything = _readable(view, datasets.values())
        by_alias: dict[str, list[tuple[exp.Table, Dataset]]] = {}
        for table, dataset in tables:
            by_alias.setdefault((table.alias or table.name).lower(), []).append((table, dataset))
        self.by_alias = {
            alias: _readable(
                view,
                [dataset for _, dataset in found],
                [name for table, _ in found for name in table.alias_column_names],
            )
            for alias, found in by_alias.items()
        }
        self.offered = sorted(
            {item.name for dataset in datasets.values() for item in visible_fields(view, dataset) if not item.hidden}
        )
        self.introduced = _introduced(tree)
        # A pivot makes columns out of values; what it is called only the data know.
        self.open_ended = tree.find(exp.Pivot) is not None
        self.counted: set[str] = set()

    def resolve(self) -> frozenset[str]:
        """The dataset.field that the statement only counts; physical column names become field names in the tree.

        PolicyRefusal for a personal or aggregate-only field where it may not stand; QueryError, with the nearest visible
        names, for a column that is nowhere.
        """
        for column in list(self.tree.find_all(exp.Column)):
            if not isinstance(column.this, exp.Star):
                self._resolve(column)
        for join in self.tree.find_all(exp.Join):
            for using in join.args.get("using") or ():
                if isinstance(using, exp.Identifier):
                    self._require_known(using.name, using.name)
        if self.counted and (self.tree.find(exp.Star, exp.Columns) or self._natural_join()):
            raise PolicyRefusal("aggregate_only", "name the columns where a field that may only be counted is used")
        return frozenset(self.counted)

    def _natural_join(self) -> bool:
        return any(str(join.args.get("method") or "").upper() == "NATURAL" for join in self.tree.find_all(exp.Join))

    def _resolve(self, column: exp.Column) -> None:
        name = column.name.lower()
        if column.args.get("catalog") or column.args.get("db"):
            self._drop_schema(column)
        qualified = self.by_alias.get(column.table.lower()) if column.table else None
        readable = qualified or self.everything
        introduced = self.introduced if qualified is None else frozenset()
        if name in readable.visible or name in introduced:
            return
        if name in readable.countable:
            self._require_counted(column, readable.countable[name])
        elif name in readable.personal:
            raise _personal()
        elif name in readable.sized:
            raise _sized(column.name)
        elif name in readable.physical:
            _use_field_name(column, readable.physical[name])
        elif column.table and qualified is None and column.table.lower() in self.introduced | self.everything.visible:
            return  # a part of a structure
        else:
            self._require_known(column.name, column.sql(dialect="duckdb"))

    def _require_known(self, name: str, written: str) -> None:
        lowered = name.lower()
        if lowered in self.everything.visible or lowered in self.introduced:
            return
        if lowered in self.everything.personal:
            raise _personal()
        if lowered in self.everything.sized:
            raise _sized(name)
        if self.open_ended or lowered in _ENGINE_NAMES or "(" in name:
            return
        if not self.offered:
            raise QueryError(f"there is no column {written}")
        near = difflib.get_close_matches(lowered, self.offered, _MOST_HINTS) or self.offered
        raise QueryError(f"there is no column {written}; the nearest are {', '.join(near[:12])}")

    def _drop_schema(self, column: exp.Column) -> None:
        if column.args.get("catalog") or column.args["db"].name.lower() != MAIN_SCHEMA:
            raise QueryError(f"write {column.table}.{column.name}, without a database or schema before it")
        column.set("db", None)

    def _require_counted(self, column: exp.Column, reference: str) -> None:
        """The field stands alone in COUNT(DISTINCT field), or the statement is refused."""
        distinct = column.parent
        if (
            not isinstance(distinct, exp.Distinct)
            or not isinstance(distinct.parent, exp.Count)
            or len(distinct.expressions) != 1
            or distinct.args.get("on")
        ):
            raise PolicyRefusal(
                "aggregate_only", f"this role may use {column.name} in COUNT(DISTINCT {column.name}) and nowhere else"
            )
        self.counted.add(reference)


def _personal() -> PolicyRefusal:
    return PolicyRefusal("personal_data", "personal data may not be shown to this role")


def _sized(name: str) -> PolicyRefusal:
    return PolicyRefusal(
        "minimum_group_size", f"this role sees {name} in figures of groups that are large enough; ask for metrics"
    )


def _use_field_name(column: exp.Column, field_name: str) -> None:
    shown_as = column.this.copy()
    column.set("this", exp.to_identifier(field_name, quoted=True))
    if isinstance(column.parent, exp.Select) and column.arg_key == "expressions":
        column.replace(exp.alias_(column.copy(), shown_as))


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
