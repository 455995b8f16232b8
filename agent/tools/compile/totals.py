"""Total and subtotal rows below a result's rows, each aggregated anew over fewer keys, never added up from rows.

They are of all the data the query is about, whatever conditions on columns or limits cut from the rows above them. Their
missing keys are null; the column `row_level` tells them from rows whose key is null.
"""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.literals import number_literal
from agent.tools.compile.outputs import Output
from agent.tools.compile.relation import aliased
from agent.tools.compile.rows import ordered
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.warehouse.result import ResultColumn

ROW_LEVEL = "row_level"
_RANK = "row_rank"
_LAST = "comes_last"

LEVEL_COLUMN = ResultColumn(name=ROW_LEVEL, type="VARCHAR", role="context", label="Level", calculation="level")


def stacked(
    draft: Draft,
    detail: exp.Select,
    totals: list[tuple[str, exp.Select, list[str]]],
    outputs: list[Output],
    sorting: list[tuple[str, bool, tuple[str, ...]]],
    last: exp.Expr | None = None,
) -> exp.Select:
    """The rows, then the totals: (level, their SELECT, the columns it has).

    `last` tells, over the rows, which come after the others. `sorting` is by what to sort within a level: a column,
    whether descending, and the natural order of its values.
    """
    names = [output.name for output in outputs if not output.hidden]
    parts = [("detail", detail, names), *totals]
    if last is not None:
        detail.append("expressions", aliased(last, _LAST))
    queries: list[exp.Query] = []
    for rank, (level, select, columns) in enumerate(parts):
        name = draft.cte({"detail": "details", "subtotal": "subtotals", "total": "totals"}[level], select)
        part = exp.Select().from_(table_of(name), copy=False)
        values: list[exp.Expr] = [
            relation_column(name, column) if column in columns else aliased(exp.null(), column) for column in names
        ]
        values.append(aliased(exp.Literal.string(level), ROW_LEVEL))
        place: exp.Expr = number_literal(rank + 1)
        if rank == 0 and last is not None:
            behind = exp.If(this=relation_column(name, _LAST), true=number_literal(1))
            place = exp.Case(ifs=[behind], default=number_literal(0))
        values.append(aliased(place, _RANK))
        part.set("expressions", values)
        queries.append(part)
    statement = queries[0]
    for following in queries[1:]:
        statement = exp.Union(this=statement, expression=following, distinct=False)
    name = draft.cte("with_totals", statement)
    select = exp.Select().from_(table_of(name), copy=False)
    select.set("expressions", [relation_column(name, column) for column in (*names, ROW_LEVEL)])
    first = exp.Ordered(this=relation_column(name, _RANK), nulls_first=False)
    within = [
        term
        for column, descending, natural in sorting
        for term in ordered(relation_column(name, column), relation_column(name, column), descending, natural)
    ]
    select.set("order", exp.Order(expressions=[first, *within]))
    return select
