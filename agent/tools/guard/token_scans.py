"""Tokens at the scans of a compiled statement: each table that holds a field seen as tokens gets them as one more column.

SELECT customers."email (token)" FROM customers
SELECT customers."email (token)" FROM (
  SELECT permitted.*, CASE WHEN NOT email IS NULL THEN 'f3a1c2-' || LPAD(DENSE_RANK() OVER (ORDER BY first), 9, '0') END
  ... the permitted rows, numbered; first is the first row that holds the value
) AS customers

A token is the same as on a permitted copy: it counts its field's values by their first appearance among the permitted rows.
"""

from __future__ import annotations

from sqlglot import exp

from agent.tools.guard.compiler_view import token_column, token_fields
from agent.tools.guard.permitted import numbered_tokens, session_of
from agent.tools.guard.row_filters import field_expression, row_predicate, source_table
from catalog.access import CatalogView
from catalog.models import Dataset

_ROWS = "permitted"


def add_tokens(scans: list[tuple[exp.Table, Dataset]], tree: exp.Expr, view: CatalogView, token_salt: str) -> bool:
    """Put the tokens that the statement reads at the scans of their tables; whether there were any."""
    read = {column.name for column in tree.find_all(exp.Column)}
    added = False
    for table, dataset in scans:
        wanted = tuple(name for name in token_fields(view, dataset) if token_column(name) in read)
        if not wanted:
            continue
        whole = view.whole.dataset_by_name[dataset.name]
        values = {name: field_expression(whole, name, _ROWS) for name in wanted}
        rows = numbered_tokens(
            source_table(whole, "every_row"),
            {token_column(name): value for name, value in values.items()},
            row_predicate(view, whole, _ROWS),
            session_of(token_salt),
        )
        known_as = table.args.get("alias") or exp.TableAlias(this=table.this.copy())
        subquery = rows.subquery()
        subquery.set("alias", known_as.copy())
        for part in ("joins", "pivots", "laterals"):
            subquery.set(part, table.args.get(part))
        table.replace(subquery)
        added = True
    return added
