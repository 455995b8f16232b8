"""A row filter that a join makes true anyway is not computed twice.

    visible_lines AS (SELECT ... FROM lines JOIN orders ON lines.order_id = orders.order_id
                      JOIN people ON orders.person_id = people.person_id WHERE people.region = 'West'),
    visible_orders AS (SELECT ... FROM orders JOIN people ON orders.person_id = people.person_id WHERE people.region = 'West')
    SELECT ... FROM visible_lines AS lines JOIN visible_orders AS orders ON lines.order_id = orders.order_id

The inner join to visible orders leaves the lines of visible orders alone, which is what visible lines are: they are read
from the table itself.
"""

from __future__ import annotations

from sqlglot import exp


def without_implied_filters(statement: exp.Expr) -> exp.Expr | None:
    """The statement with row filters left out that its inner joins imply; None where there are none."""
    tree = statement.copy()
    ctes = {cte.alias: cte for cte in tree.find_all(exp.CTE) if isinstance(cte.this, exp.Select)}
    changed = False
    for select in list(tree.find_all(exp.Select)):
        source = select.args.get("from_")
        table = source.this if source is not None else None
        if not isinstance(table, exp.Table) or table.name not in ctes or table.db:
            continue
        definition = ctes[table.name].this
        if definition is not select and _is_implied(select, table, definition, ctes):
            base = definition.args["from_"].this.copy()
            base.set("alias", exp.TableAlias(this=exp.to_identifier(table.alias_or_name, quoted=True)))
            table.replace(base)
            changed = True
    if not changed:
        return None
    _drop_unread(tree, ctes)
    return tree


def _is_implied(select: exp.Select, table: exp.Table, definition: exp.Select, ctes: dict[str, exp.CTE]) -> bool:
    hops = definition.args.get("joins") or []
    if (
        not _only_filters(definition)
        or not hops
        or not all(_is_inner(join) and isinstance(join.this, exp.Table) for join in hops)
    ):
        return False
    first = hops[0]
    own = definition.args["from_"].this.alias_or_name
    parent = first.this.alias_or_name
    rest = [join.sql() for join in hops[1:]]
    where = definition.args.get("where")
    if where is None or any(column.table in ("", own) for column in where.find_all(exp.Column)):
        return False
    for join in select.args.get("joins") or []:
        seen = join.this
        if not _is_inner(join) or not isinstance(seen, exp.Table) or seen.name not in ctes or seen.db:
            continue
        other = ctes[seen.name].this
        if not isinstance(other, exp.Select) or not _same_rows(other, first.this, rest, where):
            continue
        names = {own: table.alias_or_name, parent: seen.alias_or_name}
        wanted = {_renamed(part, names) for part in _conjuncts(first.args["on"])}
        if wanted <= {_renamed(part, {}) for part in _conjuncts(join.args["on"])}:
            return True
    return False


def _same_rows(other: exp.Select, parent: exp.Table, rest: list[str], where: exp.Where) -> bool:
    """Whether a definition is the parent's table, filtered by the same joins and predicate."""
    joins = [join.sql() for join in other.args.get("joins") or []]
    kept = other.args.get("where")
    return (
        _only_filters(other)
        and other.args["from_"].this.sql() == parent.sql()
        and joins == rest
        and kept is not None
        and kept == where
    )


def _only_filters(definition: exp.Select) -> bool:
    """Whether a definition gives columns of its first table as they are, of some of its rows."""
    source = definition.args.get("from_")
    if source is None or not isinstance(source.this, exp.Table):
        return False
    if any(
        definition.args.get(part) for part in ("group", "having", "distinct", "limit", "offset", "qualify", "windows")
    ):
        return False
    own = source.this.alias_or_name
    return all(isinstance(item, exp.Column) and item.table == own for item in definition.expressions)


def _is_inner(join: exp.Join) -> bool:
    return not join.args.get("side") and not join.args.get("kind") and join.args.get("on") is not None


def _conjuncts(predicate: exp.Expr) -> list[exp.Expr]:
    if isinstance(predicate, exp.And):
        return [*_conjuncts(predicate.left), *_conjuncts(predicate.right)]
    return [predicate]


def _renamed(part: exp.Expr, names: dict[str, str]) -> str:
    """A predicate as text, its tables called as elsewhere, an equality whichever way round."""
    copy = part.copy()
    for column in copy.find_all(exp.Column):
        column.set("table", exp.to_identifier(names.get(column.table, column.table), quoted=True))
        column.set("this", exp.to_identifier(column.name, quoted=True))
    if isinstance(copy, exp.EQ):
        return " = ".join(sorted((copy.left.sql(), copy.right.sql())))
    return copy.sql()


def _drop_unread(tree: exp.Expr, ctes: dict[str, exp.CTE]) -> None:
    read = {table.name for table in tree.find_all(exp.Table)}
    for name, cte in ctes.items():
        if name not in read:
            cte.pop()
    for clause in list(tree.find_all(exp.With)):
        if not clause.expressions:
            clause.pop()
