"""The statements of the checks: each over one dataset (or two, for a reference), in the catalog's names."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import parse
from agent.tools.compile.targets import over_tables
from catalog.access import CatalogView
from catalog.models import Dataset, Relationship


def _sql(view: CatalogView, select: exp.Select) -> str:
    draft = Draft(view, None, "duckdb")
    tree = over_tables(draft, select.sql(dialect="duckdb"))
    inner = tree.this if isinstance(tree, exp.Subquery) else tree
    assert isinstance(inner, exp.Query)
    return draft.finish(inner).sql(dialect="duckdb", pretty=True)


def _field(dataset: Dataset, name: str) -> exp.Expr:
    """A field's expression, its bare columns those of the dataset."""
    item = dataset.field_by_name.get(name)
    expression = parse(item.expression) if item is not None else exp.column(name)
    for column in expression.find_all(exp.Column):
        if not column.table:
            column.set("table", exp.to_identifier(dataset.name))
    return expression


def rows_by_week(view: CatalogView, dataset: Dataset, field: str, week_start_shift_days: int) -> str:
    """First day of each week and its rows: SELECT CAST(DATE_TRUNC('week', t) AS DATE), COUNT(*) ... GROUP BY 1."""
    moment = exp.cast(_field(dataset, field), "timestamp")
    shift = exp.Interval(this=exp.Literal.string(str(week_start_shift_days)), unit=exp.var("DAY"))
    week = exp.cast(
        exp.Sub(
            this=exp.TimestampTrunc(this=exp.Add(this=moment, expression=shift), unit=exp.var("WEEK")),
            expression=shift.copy(),
        ),
        "date",
    )
    return _sql(
        view,
        exp.select(exp.alias_(week, "week"), exp.alias_(exp.Count(this=exp.Star()), "row_count"))
        .from_(dataset.name)
        .group_by("1")
        .order_by("1"),
    )


def last_moment(view: CatalogView, dataset: Dataset, field: str) -> str:
    """The last day of a time field."""
    day = exp.cast(exp.Max(this=_field(dataset, field)), "date")
    return _sql(view, exp.select(exp.alias_(day, "last_day")).from_(dataset.name))


def repeated_keys(view: CatalogView, dataset: Dataset, key: tuple[str, ...]) -> str:
    """How many values of a key stand on more than one row."""
    columns = [_field(dataset, name) for name in key]
    several = exp.select(exp.alias_(exp.Count(this=exp.Star()), "times")).from_(dataset.name).group_by(*columns)
    several = several.having("COUNT(*) > 1")
    return _sql(view, exp.select(exp.alias_(exp.Count(this=exp.Star()), "repeated")).from_(several.subquery("several")))


def dangling_references(view: CatalogView, relationship: Relationship) -> str:
    """How many rows point at none, and how many point at all."""
    datasets = view.whole.dataset_by_name
    source, target = datasets[relationship.from_dataset], datasets[relationship.to_dataset]
    left = [_field(source, name) for name in relationship.from_fields]
    right = [_field(target, name) for name in relationship.to_fields]
    same = exp.and_(*(exp.EQ(this=one, expression=other) for one, other in zip(right, left, strict=True)))
    there = exp.Exists(this=exp.select("1").from_(target.name).where(same))
    given = exp.and_(*(exp.Not(this=exp.Is(this=one.copy(), expression=exp.null())) for one in left))
    lost = exp.Filter(
        this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.and_(given.copy(), exp.Not(this=there)))
    )
    all_given = exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=given))
    return _sql(view, exp.select(exp.alias_(lost, "lost"), exp.alias_(all_given, "given")).from_(source.name))


def outside_range(view: CatalogView, dataset: Dataset, field: str, least: float | None, most: float | None) -> str:
    """How many rows hold a value below the least or above the most."""
    value = _field(dataset, field)
    tests: list[exp.Expr] = []
    if least is not None:
        tests.append(exp.LT(this=value.copy(), expression=exp.Literal.number(repr(least))))
    if most is not None:
        tests.append(exp.GT(this=value.copy(), expression=exp.Literal.number(repr(most))))
    return _sql(
        view, exp.select(exp.alias_(exp.Count(this=exp.Star()), "outside")).from_(dataset.name).where(exp.or_(*tests))
    )
