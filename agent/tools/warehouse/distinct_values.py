"""The statement that lists a field's values, for the index of values."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.row_filters import field_expression, source_table
from agent.tools.guard.statement import GuardedStatement
from catalog.access import OWNER_ROLE, CatalogView, Principal
from catalog.models import Catalog, CatalogField, Dataset

_ROWS = "source_rows"


def distinct_values_statement(dataset: Dataset, field: CatalogField, limit: int) -> GuardedStatement:
    """One column, the field's values that are not null, each once, in order, at most `limit`.

    It reads as the catalog's owner: every row, but no personal field.
    """
    catalog = Catalog(name="values", label="Values", datasets=(dataset,))
    view = CatalogView(whole=catalog, principal=Principal(user="index"), role=OWNER_ROLE)
    value = field_expression(dataset, field.name, _ROWS)
    present = exp.Not(this=exp.Is(this=exp.paren(value.copy()), expression=exp.null()))
    query = exp.select(exp.alias_(value, "value")).distinct().from_(source_table(dataset, _ROWS)).where(present)
    return guard_compiled(query.order_by(exp.Literal.number(1)).limit(limit), view)
