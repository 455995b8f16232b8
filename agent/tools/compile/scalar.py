"""A single value over the business's datasets, such as the day that counts as today."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.targets import over_tables
from catalog.access import CatalogView


def scalar_sql(view: CatalogView, expression: str) -> str:
    """SQL of one row and column for a catalog's expression (a SELECT, or an expression of constants).

    >>> scalar_sql(view, "SELECT MAX(as_of) FROM sample_info")
    'SELECT (SELECT MAX(as_of) FROM sample_info) AS value'
    """
    draft = Draft(view, None, "duckdb")
    value = exp.alias_(over_tables(draft, expression), "value")
    return draft.finish(exp.Select().select(value, copy=False)).sql(dialect="duckdb", pretty=True)
