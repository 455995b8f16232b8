"""The compiled door: SQL that the compiler wrote from a MetricQuery, checked cheaply, policies woven in at the scans.

SELECT SUM(o.amount) FROM orders AS o
SELECT SUM(o.amount) FROM (SELECT * FROM orders AS permitted WHERE permitted.vendor_id = 7) AS o
"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import PolicyRefusal, QueryError
from agent.tools.compile.compiled import CompiledQuery
from agent.tools.compile.expressions import columns_of, parse
from agent.tools.guard.functions import FUNCTION_NAMES, ROW_MAKERS
from agent.tools.guard.parsing import parse_one_query
from agent.tools.guard.permitted import PROCESS_SALT
from agent.tools.guard.row_filters import row_predicate, source_table
from agent.tools.guard.sources import cte_names, datasets_by_source, refuse_shadowing, table_key
from agent.tools.guard.statement import GuardedStatement, mint
from agent.tools.guard.token_scans import add_tokens
from catalog.access import CatalogView
from catalog.models import CatalogField, Dataset

_PERMITTED = "permitted"
_REFUSED = (
    exp.DML,
    exp.DDL,
    exp.Command,
    exp.Into,
    exp.Lock,
    exp.Pragma,
    exp.Set,
    exp.Use,
    exp.Attach,
    exp.Detach,
    exp.Copy,
    exp.Drop,
    exp.Alter,
    exp.Describe,
    exp.Summarize,
    exp.Transaction,
    exp.ReadCSV,
    exp.ReadParquet,
    exp.Placeholder,
    exp.Parameter,
)


def guard_compiled(statement: CompiledQuery | str | exp.Expr, view: CatalogView) -> GuardedStatement:
    """The statement, guarded: one query over tables that the view grants.

    The compiler weaves row filters in itself, so its queries run as their text is. Into any other text or tree they are
    woven here, at every scan. PolicyRefusal for what is no such query, and for a field that the role may not use.
    """
    if isinstance(statement, CompiledQuery):
        if statement.dialect != "duckdb":
            raise QueryError(f"a query compiled for {statement.dialect} does not run here")
        tree: exp.Expr = parse_one_query(statement.sql)
        datasets = _checked_datasets(tree, view)
        tokens = add_tokens(_scans(tree, view), tree, view, view.principal.token_salt or PROCESS_SALT)
        text = _text_of(tree) if tokens else statement.sql
        return mint(text, "compiled", datasets, statement.explanation.policies, view)
    tree = parse_one_query(statement) if isinstance(statement, str) else statement.copy()
    if not isinstance(tree, exp.Query):
        raise PolicyRefusal("select_only", "only a SELECT may run")
    datasets = _checked_datasets(tree, view)
    filtered = tuple(name for name in datasets if view.row_filters.get(name))
    for table, dataset in _scans(tree, view):
        if dataset.name in filtered:
            _weave(table, dataset, view)
    text = statement if isinstance(statement, str) and not filtered else _text_of(tree)
    policies = tuple(f"rows of {name}: {rule.expression}" for name in filtered for rule in view.row_filters[name])
    return mint(text, "compiled", datasets, policies, view)


def _checked_datasets(tree: exp.Expr, view: CatalogView) -> tuple[str, ...]:
    scans = _scans(tree, view)
    _refuse_denied_fields(tree, scans, view)
    return tuple(dict.fromkeys(dataset.name for _, dataset in scans))


def _scans(tree: exp.Expr, view: CatalogView) -> list[tuple[exp.Table, Dataset]]:
    """Every table that the statement reads, with the dataset it stands for; PolicyRefusal for one that is not granted."""
    names = cte_names(tree)
    refuse_shadowing(names, view)
    granted = datasets_by_source(view)
    read = []
    for node in tree.walk():
        if isinstance(node, _REFUSED):
            raise PolicyRefusal("select_only", "only a SELECT may run")
        if isinstance(node, exp.Anonymous) and node.name.lower() not in FUNCTION_NAMES:
            raise PolicyRefusal("function", f"the function {node.name.lower()} is not one that may be called here")
        if not isinstance(node, exp.Table):
            continue
        if not isinstance(node.this, exp.Identifier):
            _require_row_maker(node.this)
        elif node.db or node.catalog or node.name.lower() not in names:
            dataset = None if node.catalog else granted.get(table_key(node))
            if dataset is None:
                raise PolicyRefusal("dataset", "it reads a table that this role may not read")
            read.append((node, dataset))
    return read


def _require_row_maker(function: exp.Expr | str | None) -> None:
    name = function.name if isinstance(function, exp.Anonymous) else getattr(type(function), "sql_name", lambda: "")()
    if name.lower() not in ROW_MAKERS:
        raise PolicyRefusal("function", "it calls a table function that is not allowed")


def _weave(table: exp.Table, dataset: Dataset, view: CatalogView) -> None:
    predicate = row_predicate(view, dataset, _PERMITTED)
    if predicate is None:
        return
    known_as = table.args.get("alias") or exp.TableAlias(this=table.this.copy())
    rows = exp.select("*").from_(source_table(dataset, _PERMITTED)).where(predicate).subquery()
    rows.set("alias", known_as.copy())
    for part in ("joins", "pivots", "laterals"):
        rows.set(part, table.args.get(part))
    table.replace(rows)


def _refuse_denied_fields(tree: exp.Expr, scans: list[tuple[exp.Table, Dataset]], view: CatalogView) -> None:
    """The last line behind the compiler: no column that only fields the role may not use are made of.

    A field that may only be counted passes inside COUNT(DISTINCT ...).
    """
    denied: dict[str, dict[str, str]] = {}
    open_columns: set[str] = set()
    for table, dataset in scans:
        whole = view.whole.dataset_by_name[dataset.name]
        columns, usable = _columns_by_access(whole, view)
        open_columns |= usable
        denied.setdefault((table.alias or table.name).lower(), {}).update(columns)
    if not any(denied.values()):
        return
    for column in tree.find_all(exp.Column):
        alias, name = column.table.lower(), column.name.lower()
        if alias:
            access = denied.get(alias, {}).get(name)
        elif name in open_columns:
            access = None
        else:
            access = next((columns[name] for columns in denied.values() if name in columns), None)
        if access == "deny" or (access == "aggregate_only" and not _is_counted(column)):
            raise PolicyRefusal("field", "it uses a field that this role may not use that way")


def _columns_by_access(dataset: Dataset, view: CatalogView) -> tuple[dict[str, str], set[str]]:
    """Columns that only restricted fields are made of, with that access; and the columns anyone may use."""
    keys = {
        name
        for relation in view.whole.relationships
        for owner, names in ((relation.from_dataset, relation.from_fields), (relation.to_dataset, relation.to_fields))
        if owner == dataset.name
        for name in names
    }
    keys |= {name for owner, name in _read_by_row_filters(view) if owner == dataset.name}
    usable: set[str] = set()
    restricted: dict[str, str] = {}
    for item in dataset.fields:
        access = view.access_to(dataset, item)
        if access in ("show", "mask") or item.name in keys:
            usable |= _columns_of_field(dataset, item)
        else:
            restricted |= dict.fromkeys(_columns_of_field(dataset, item), access)
    return {name: access for name, access in restricted.items() if name not in usable}, usable


def _read_by_row_filters(view: CatalogView) -> set[tuple[str, str]]:
    """(dataset, field) of what the role's row filters read: deciding by a field is not showing it."""
    return {
        (column.table or name, column.name)
        for name, filters in view.row_filters.items()
        for row_filter in filters
        for column in parse(row_filter.expression).find_all(exp.Column)
    }


def _columns_of_field(dataset: Dataset, item: CatalogField, within: tuple[str, ...] = ()) -> set[str]:
    found: set[str] = set()
    for column in columns_of(parse(item.expression)):
        other = dataset.field_by_name.get(column.name)
        if other is None or other.name == item.name or other.name in within:
            found.add(column.name.lower())
        else:
            found |= _columns_of_field(dataset, other, (*within, item.name))
    return found


def _is_counted(column: exp.Column) -> bool:
    distinct = column.find_ancestor(exp.Distinct, exp.Select)
    return isinstance(distinct, exp.Distinct) and isinstance(distinct.parent, exp.Count)


def _text_of(tree: exp.Expr) -> str:
    try:
        return tree.sql(dialect="duckdb", pretty=True)
    except SqlglotError as error:
        raise PolicyRefusal("select_only", "the statement cannot be written down") from error
