"""The statement that finds which of some texts are values of a field: for keeping personal values out of prompts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.row_filters import field_expression, source_table
from agent.tools.guard.statement import GuardedStatement
from catalog.access import CatalogView, Principal
from catalog.models import Catalog, CatalogField, Dataset, FieldRule, Role

_ROWS = "source_rows"
_SEES_ALL = Role(
    name="system",
    label="System",
    datasets=("*",),
    metrics=("*",),
    field_rules=(FieldRule(fields=("personal",), access="show"),),
)


def known_values_statement(dataset: Dataset, field: CatalogField, texts: Sequence[str]) -> GuardedStatement:
    """One column: those of the texts (lower case) that some row holds in the field, whatever its case.

    It reads every row, personal fields too: its result is for the system's own use, and nothing of it is shown.
    """
    catalog = Catalog(name="values", label="Values", datasets=(dataset,))
    view = CatalogView(whole=catalog, principal=Principal(user="system"), role=_SEES_ALL)
    value = exp.Lower(this=exp.cast(field_expression(dataset, field.name, _ROWS), "VARCHAR"))
    listed = exp.In(this=value.copy(), expressions=[exp.Literal.string(text) for text in texts])
    query = exp.select(exp.alias_(value, "value")).from_(source_table(dataset, _ROWS)).where(listed).distinct()
    return guard_compiled(query.limit(len(texts)), view)
