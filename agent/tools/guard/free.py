"""The free door: SQL that a person or a model wrote. The strictest one.

    text -> budget -> tree -> lists of parts and functions -> names against the view -> regenerated text
         -> all of it again on that text, which must come out as itself

Only the regenerated text runs, on a copy that holds the permitted rows and fields alone (see permitted.py).
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard import budget
from agent.tools.guard.names import StatementNames, rename_tables, resolve_names
from agent.tools.guard.nodes import check_nodes
from agent.tools.guard.parsing import parse_one_query
from agent.tools.guard.permitted import PROCESS_SALT, permitted_copy
from agent.tools.guard.sources import cte_names, refuse_shadowing
from agent.tools.guard.statement import GuardedStatement, mint
from catalog.access import CatalogView


def guard_free(sql: str, view: CatalogView, *, token_salt: str = "") -> GuardedStatement:
    """The statement, guarded, with the permitted data it needs.

    Fields masked by tokens take the given salt, else that of the principal's session, else the process's.
    PolicyRefusal for what may not be; QueryError for what its writer can mend. Neither names what is hidden.
    """
    if not view.role.free_sql:
        raise PolicyRefusal("free_sql", "this role may not run SQL of its own; ask for metrics")
    try:
        tree = _checked(sql, view)
        names = resolve_names(tree, view)
        rename_tables(names)
        text = _text_of(tree)
        _require_fixpoint(text)
    except RecursionError as error:
        raise PolicyRefusal("too_complex", "the statement is nested too deeply") from error
    salt = token_salt or view.principal.token_salt or PROCESS_SALT
    copy = permitted_copy(view, tuple(names.datasets.values()), names.counted, salt)
    return mint(text, "free", tuple(names.datasets), _policies(view, names), view, copy)


def _checked(sql: str, view: CatalogView) -> exp.Expr:
    budget.check_text(sql)
    tree = parse_one_query(sql)
    budget.check_tree(tree)
    check_nodes(tree)
    refuse_shadowing(cte_names(tree), view)
    return tree


def _text_of(tree: exp.Expr) -> str:
    try:
        return tree.sql(dialect="duckdb", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except SqlglotError as error:
        raise PolicyRefusal("syntax", "the statement uses SQL that cannot be written down again safely") from error


def _require_fixpoint(text: str) -> None:
    """What runs must be what was checked: the text parses to allowed parts, and comes out of it as itself."""
    try:
        again = parse_one_query(text)
    except QueryError as error:
        raise PolicyRefusal("syntax", "the statement uses SQL that cannot be written down again safely") from error
    budget.check_tree(again)
    check_nodes(again)
    if _text_of(again) != text:
        raise PolicyRefusal("syntax", "the statement can be read in more than one way; write it more plainly")


def _policies(view: CatalogView, names: StatementNames) -> tuple[str, ...]:
    """What was applied, for the receipt."""
    applied = [f"permitted copy for role {view.role.name}"]
    applied += [
        f"rows of {name}: {rule.expression}" for name in names.datasets for rule in view.row_filters.get(name, ())
    ]
    applied += [
        f"mask {dataset.name}.{item.name}"
        for dataset in names.datasets.values()
        for item in dataset.fields
        if view.access_to(dataset, item) == "mask"
    ]
    return (*applied, *(f"count only {name}" for name in sorted(names.counted)))
