"""A role's row filters as SQL over the database's own tables, the user's attributes put in as literals."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.compile.expressions import all_of, column, columns_of, conjuncts, identifier, parse, replace_columns
from agent.tools.compile.reach import Unreachable, reaches
from agent.tools.compile.routes import Route
from catalog.access import CatalogView
from catalog.models import Dataset

_USER = "user"
_OUTER = "permitted"  # the alias of the table whose rows are filtered


def source_table(dataset: Dataset, alias: str) -> exp.Table:
    """The dataset's table under an alias."""
    schema, _, name = dataset.source.rpartition(".")
    return exp.Table(
        this=identifier(name.strip('"')),
        db=identifier(schema.strip('"')) if schema else None,
        alias=exp.TableAlias(this=identifier(alias)),
    )


def field_expression(dataset: Dataset, name: str, alias: str, within: tuple[str, ...] = ()) -> exp.Expr:
    """A field (or, failing that, a column) of a dataset as SQL over its table's columns, qualified by the alias.

    Names in a field's expression are fields first and columns second; its own name in its own expression is a column.
    """
    item = dataset.field_by_name.get(name)
    if item is None or name in within:
        return column(alias, name)

    def one(found: exp.Column) -> exp.Expr | None:
        if found.table and found.table != dataset.name:
            return None
        return field_expression(dataset, found.name, alias, (*within, name))

    return replace_columns(parse(item.expression), one)


def row_predicate(view: CatalogView, dataset: Dataset, alias: str = _OUTER) -> exp.Expr | None:
    """What must hold for a row of the dataset's table (under the alias) to be seen by the view's principal; None for all.

        row filter on orders: customers.region = user.region
        EXISTS (SELECT 1 FROM customers AS r1 WHERE r1.customer_id = permitted.customer_id AND r1.region = 'West')

    A row whose related row is missing is not seen. PolicyRefusal where the user lacks an attribute that a filter reads,
    or a filter reads what its dataset is not related to: a filter that cannot be applied lets nothing through.
    """
    predicates = [
        _predicate(view, dataset, part, alias)
        for row_filter in view.row_filters.get(dataset.name, ())
        for part in conjuncts(parse(row_filter.expression))
    ]
    return all_of(predicates)


def attributes_read(view: CatalogView) -> tuple[tuple[str, str], ...]:
    """The user's attributes that the role's row filters read, with their values: what a permitted copy depends on."""
    names = {
        found.name
        for filters in view.row_filters.values()
        for row_filter in filters
        for found in parse(row_filter.expression).find_all(exp.Column)
        if found.table.lower() == _USER
    }
    return tuple((name, repr(view.principal.attributes.get(name))) for name in sorted(names))


def _predicate(view: CatalogView, dataset: Dataset, part: exp.Expr, alias: str) -> exp.Expr:
    if part.find(exp.Query):
        raise _not_applicable(dataset)
    routes = _routes_needed(view, dataset, part)
    aliases = {route: f"r{number}" for number, route in enumerate(_prefixes(routes.values()), start=1)}
    whole = view.whole.dataset_by_name

    def one(found: exp.Column) -> exp.Expr | None:
        if found.table.lower() == _USER and _USER not in whole:
            return _attribute(view, found.name)
        name = found.table or dataset.name
        if name == dataset.name:
            return field_expression(dataset, found.name, alias)
        return field_expression(whole[name], found.name, aliases[routes[name]])

    predicate = replace_columns(part.copy(), one)
    return _exists(view, aliases, alias, predicate) if aliases else exp.paren(predicate, copy=False)


def _routes_needed(view: CatalogView, dataset: Dataset, part: exp.Expr) -> dict[str, Route]:
    found: dict[str, Route] = {}
    for item in columns_of(part):
        name = item.table
        if not name or name == dataset.name or (name.lower() == _USER and _USER not in view.whole.dataset_by_name):
            continue
        reach = reaches(view.whole).reach(dataset.name, f"{name}.{item.name}")
        if isinstance(reach, Unreachable) or not reach.route or reach.route[-1].target != name:
            # no way there, several, or another dataset's field would stand in: not what the policy says
            raise _not_applicable(dataset)
        found[name] = reach.route
    return found


def _prefixes(routes: Iterable[Route]) -> list[Route]:
    """Every stretch from the base along the routes, shortest first, each once."""
    found: dict[Route, None] = {}
    for route in routes:
        for length in range(1, len(route) + 1):
            found[route[:length]] = None
    return sorted(found, key=len)


def _exists(view: CatalogView, aliases: dict[Route, str], outer: str, predicate: exp.Expr) -> exp.Expr:
    whole = view.whole.dataset_by_name
    query = exp.select("1")
    conditions: list[exp.Expr] = []
    for route, alias in aliases.items():
        hop = route[-1]
        near = aliases.get(route[:-1], outer)
        keys = [
            exp.EQ(
                this=field_expression(whole[hop.target], target, alias),
                expression=field_expression(whole[hop.source], source, near),
            )
            for source, target in zip(hop.source_fields, hop.target_fields, strict=True)
        ]
        table = source_table(whole[hop.target], alias)
        query = query.join(table, join_type="cross") if query.args.get("from_") else query.from_(table)
        conditions.extend(keys)
    return exp.Exists(this=query.where(*conditions, predicate))


def _not_applicable(dataset: Dataset) -> PolicyRefusal:
    return PolicyRefusal("row_filter", f"a row filter of this role on {dataset.name} cannot be applied")


def _attribute(view: CatalogView, name: str) -> exp.Expr:
    value = view.principal.attributes.get(name)
    if value is None:
        raise PolicyRefusal(
            "row_filter",
            f"this role shows rows by the user's {name}, which is not set; add it to the user's attributes",
        )
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)
