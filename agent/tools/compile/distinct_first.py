"""Things counted once, by what they point at: each thing once before the join, so that the join reads fewer rows.

SELECT customers.region, COUNT(DISTINCT orders.customer_id) AS buyers
FROM orders JOIN customers ON orders.customer_id = customers.customer_id GROUP BY 1

SELECT customers.region, COUNT(distinct_orders.customer_id) AS buyers
FROM (SELECT DISTINCT orders.customer_id FROM orders) AS distinct_orders
JOIN customers ON distinct_orders.customer_id = customers.customer_id GROUP BY 1

Right where what is counted is the join's own key and each of it finds one row at most, as the catalog's keys say.
"""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.draft import Draft


def distinct_first(draft: Draft, statement: exp.Query) -> exp.Query:
    """The statement, with every such SELECT in it written so; changed in place."""
    for select in list(statement.find_all(exp.Select)):
        counted = _counted(select)
        if counted is not None and _finds_one(draft, select, counted):
            _rewrite(draft, select, counted)
    return statement


def _counted(select: exp.Select) -> exp.Column | None:
    """The column of the first table that the SELECT counts, where it counts nothing else."""
    table, joins = select.args["from_"].this if select.args.get("from_") else None, select.args.get("joins") or []
    only = all(not select.args.get(part) for part in ("distinct", "having", "qualify", "windows", "laterals"))
    if not isinstance(table, exp.Table) or len(joins) != 1 or not select.args.get("group") or not only:
        return None
    counts = [item.this for item in select.expressions if item.find(exp.AggFunc, exp.Window, exp.Subquery)]
    if len(counts) != 1 or not isinstance(counts[0], exp.Count) or not isinstance(counts[0].this, exp.Distinct):
        return None
    columns = counts[0].this.expressions
    if len(columns) != 1 or not isinstance(columns[0], exp.Column) or columns[0].table != table.alias_or_name:
        return None
    return columns[0]


def _finds_one(draft: Draft, select: exp.Select, counted: exp.Column) -> bool:
    """Whether the join is on the counted column alone, to a key of a dataset, and nothing mixes both tables."""
    join = select.args["joins"][0]
    table, on = join.this, join.args.get("on")
    if not isinstance(table, exp.Table) or join.side not in ("", "LEFT") or not isinstance(on, exp.EQ):
        return False
    sides = {on.left.sql(), on.right.sql()}
    keys = {
        f"{table.alias_or_name}.{dataset.field_by_name[dataset.primary_key[0]].expression}"
        for dataset in draft.catalog.datasets
        if len(dataset.primary_key) == 1
        and dataset.validity is None
        and dataset.source.rpartition(".")[2] == table.name
        and dataset.source.rpartition(".")[0] in ("", table.db)
    }
    if counted.sql() not in sides or not (sides - {counted.sql()}) & keys:
        return False
    where = select.args.get("where")
    if where is not None and (where.find(exp.Subquery, exp.Select) or _tables(where) - {counted.table}):
        return False
    known = ({counted.table}, {table.alias_or_name}, set[str]())
    return all(_tables(item) in known for item in select.expressions)


def _tables(node: exp.Expr) -> set[str]:
    return {column.table for column in node.find_all(exp.Column)}


def _rewrite(draft: Draft, select: exp.Select, counted: exp.Column) -> None:
    own = [item for item in select.expressions if _tables(item) == {counted.table} and not item.find(exp.Count)]
    names = [item.alias_or_name for item in own if item.unalias() != counted]
    if counted.name in names or len(set(names)) < len(names):
        return
    name = draft.free_name(f"distinct_{counted.table}")
    once = exp.Select(expressions=[counted.copy(), *(item.copy() for item in own if item.unalias() != counted)])
    once.set("distinct", exp.Distinct())
    once.set("from_", exp.From(this=select.args["from_"].this))
    once.set("where", select.args.get("where"))
    select.set("where", None)
    select.set("from_", exp.From(this=once.subquery(name)))
    for item in own:
        column = counted.name if item.unalias() == counted else item.alias_or_name
        kept = exp.column(exp.to_identifier(column), table=exp.to_identifier(name))
        item.replace(kept if column == item.alias_or_name else exp.alias_(kept, item.alias_or_name))
    for column in (*select.args["joins"][0].args["on"].find_all(exp.Column), *select.find_all(exp.Column)):
        if column.table == counted.table and column.find_ancestor(exp.Select) is select:
            column.set("table", exp.to_identifier(name))
    for count in [item for item in select.find_all(exp.Count) if item.find_ancestor(exp.Select) is select]:
        count.set("this", count.this.expressions[0])
