"""The statement that lists a field's values, for the index of values."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.row_filters import field_expression, row_predicate, source_table
from agent.tools.guard.statement import GuardedStatement
from catalog.access import OWNER_ROLE, CatalogView, Principal
from catalog.models import Catalog, CatalogField, Dataset

_ROWS = "source_rows"


def distinct_values_statement(
    dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
) -> GuardedStatement:
    """One column, the field's values that are not null, each once, in order, at most `limit`.

    It reads as the catalog's owner: every row, but no personal field. With a view it reads the rows that the view may see,
    and of a field that its role sees in groups of a minimum size the values that so many rows hold. PolicyRefusal where
    the view's row filters cannot be applied.
    """
    catalog = view.whole if view is not None else Catalog(name="values", label="Values", datasets=(dataset,))
    owner = CatalogView(whole=catalog, principal=Principal(user="index"), role=OWNER_ROLE)
    value = field_expression(dataset, field.name, _ROWS)
    present = exp.Not(this=exp.Is(this=exp.paren(value.copy()), expression=exp.null()))
    query = exp.select(exp.alias_(value, "value")).from_(source_table(dataset, _ROWS)).where(present)
    permitted = row_predicate(view, dataset, _ROWS) if view is not None else None
    query = query.where(permitted) if permitted is not None else query
    size = view.minimum_group_size(dataset, field) if view is not None else None
    if size is None:
        query = query.distinct()
    else:
        enough = exp.GTE(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(size))
        query = query.group_by(exp.Literal.number(1)).having(enough)
    return guard_compiled(query.order_by(exp.Literal.number(1)).limit(limit), owner)
