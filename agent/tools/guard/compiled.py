"""The compiled door: SQL that the compiler wrote. Cheap checks that it is one SELECT over tables the principal may read."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import PolicyRefusal
from agent.tools.guard.parsing import parse_one_query
from agent.tools.guard.sources import cte_names, datasets_by_source, refuse_shadowing, table_key
from agent.tools.guard.statement import GuardedStatement, mint
from catalog.access import CatalogView
from catalog.models import Dataset

# What makes rows of its own, from no table and no file.
ROW_MAKERS = frozenset({"range", "generate_series", "unnest"})

_WRITES = (
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
)


def guard_compiled(statement: str | exp.Expr, view: CatalogView) -> GuardedStatement:
    """The statement, guarded: one SELECT, of tables the view grants.

    Text runs as it is; a tree runs as its readable text. PolicyRefusal where it is anything else.
    """
    tree = parse_one_query(statement) if isinstance(statement, str) else statement
    if not isinstance(tree, exp.Query):
        raise PolicyRefusal("select_only", "only a SELECT may run")
    datasets = _datasets_read(tree, view)
    text = statement if isinstance(statement, str) else _text_of(tree)
    return mint(text, "compiled", tuple(dict.fromkeys(item.name for item in datasets)), (), view.role.limits)


def _datasets_read(tree: exp.Expr, view: CatalogView) -> list[Dataset]:
    names = cte_names(tree)
    refuse_shadowing(names, view)
    granted = datasets_by_source(view)
    read = []
    for node in tree.walk():
        if isinstance(node, _WRITES) and not isinstance(node, exp.Query):
            raise PolicyRefusal("select_only", "only a SELECT may run")
        if not isinstance(node, exp.Table):
            continue
        if not isinstance(node.this, exp.Identifier):
            _require_row_maker(node.this)
        elif node.db or node.catalog or node.name.lower() not in names:
            dataset = None if node.catalog else granted.get(table_key(node))
            if dataset is None:
                raise PolicyRefusal("dataset", "it reads a table that this role may not read")
            read.append(dataset)
    return read


def _require_row_maker(function: exp.Expr | None) -> None:
    name = function.name if isinstance(function, exp.Anonymous) else getattr(function, "sql_name", lambda: "")()
    if name.lower() not in ROW_MAKERS:
        raise PolicyRefusal("function", "it calls a table function that is not allowed")


def _text_of(tree: exp.Expr) -> str:
    try:
        return tree.sql(dialect="duckdb", pretty=True)
    except SqlglotError as error:
        raise PolicyRefusal("select_only", "the statement cannot be written down") from error
