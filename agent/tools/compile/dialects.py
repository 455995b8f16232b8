"""Corrections for engines where the translation would fail or, worse, mean something else; a refusal where there is none."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.timeline import WEEKDAYS

DIALECTS = ("duckdb", "postgres", "spark", "trino", "snowflake", "bigquery")

Change = Callable[[exp.Expr], exp.Expr]


def adapted(statement: exp.Query, dialect: str) -> exp.Query:
    """The statement as the engine must be told it. QueryError for a dialect we do not know, or what it cannot say."""
    if dialect not in DIALECTS:
        raise QueryError(f"no dialect is called {dialect!r}; there are: {', '.join(DIALECTS)}")
    if dialect == "duckdb":
        return statement
    for node in list(statement.walk()):
        if not isinstance(node, exp.Expr):
            continue
        new = _changed(node, dialect)
        if new is not None and new is not node:
            node.replace(new)
    return statement


def _changed(node: exp.Expr, dialect: str) -> exp.Expr | None:
    if isinstance(node, exp.Dayname):
        return _weekday(node.this, dialect)
    if isinstance(node, exp.Monthname):
        return _month(node.this, dialect)
    if isinstance(node, exp.Median | exp.PercentileCont | exp.PercentileDisc):
        return _percentile(node, dialect)
    if isinstance(node, exp.Extract):
        return _part(node, dialect)
    if isinstance(node, exp.TimestampTrunc) and dialect == "bigquery" and node.text("unit").upper() == "WEEK":
        return exp.TimestampTrunc(this=node.this, unit=exp.Var(this="ISOWEEK"))
    if isinstance(node, exp.WindowSpec) and dialect == "bigquery" and isinstance(node.args.get("start"), exp.Interval):
        raise QueryError("BigQuery has no windows of a length of time; ask for plain periods")
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Explode):
        return _series(node, dialect)
    return None


def _weekday(time: exp.Expr, dialect: str) -> exp.Expr:
    if dialect == "postgres":
        return exp.Anonymous(this="TO_CHAR", expressions=[time, exp.Literal.string("FMDay")])
    if dialect == "spark":
        return exp.Anonymous(this="DATE_FORMAT", expressions=[time, exp.Literal.string("EEEE")])
    if dialect == "trino":
        return exp.Anonymous(this="DATE_FORMAT", expressions=[time, exp.Literal.string("%W")])
    if dialect == "bigquery":
        return exp.Anonymous(this="FORMAT_DATE", expressions=[exp.Literal.string("%A"), exp.cast(time, "date")])
    number = exp.Anonymous(this="DAYOFWEEKISO", expressions=[time])  # Snowflake's own DAYNAME gives "Mon"
    names = [
        exp.If(this=exp.Literal.number(place), true=exp.Literal.string(name)) for place, name in enumerate(WEEKDAYS, 1)
    ]
    return exp.Case(this=number, ifs=names)


def _month(time: exp.Expr, dialect: str) -> exp.Expr:
    if dialect == "bigquery":
        return exp.Anonymous(this="FORMAT_DATE", expressions=[exp.Literal.string("%B"), exp.cast(time, "date")])
    name, pattern = {
        "postgres": ("TO_CHAR", "FMMonth"),
        "spark": ("DATE_FORMAT", "MMMM"),
        "trino": ("DATE_FORMAT", "%M"),
        "snowflake": ("TO_CHAR", "MMMM"),
    }[dialect]
    return exp.Anonymous(this=name, expressions=[time, exp.Literal.string(pattern)])


def _percentile(node: exp.Expr, dialect: str) -> exp.Expr | None:
    if dialect in ("trino", "bigquery"):
        raise QueryError(f"{dialect} has no exact percentile or median over groups; ask for an approximate one")
    if dialect == "spark" and isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="PERCENTILE", expressions=[node.this, node.expression])
    if dialect == "spark" and isinstance(node, exp.PercentileDisc):
        raise QueryError("Spark has no exact discrete percentile of this form; ask for a continuous one")
    return None


def _part(node: exp.Extract, dialect: str) -> exp.Expr | None:
    unit = node.this.name.upper()
    other = {
        ("bigquery", "WEEK"): "ISOWEEK",
        ("bigquery", "DOY"): "DAYOFYEAR",
        ("snowflake", "WEEK"): "WEEKISO",
        ("snowflake", "DOY"): "DAYOFYEAR",
    }.get((dialect, unit))
    return None if other is None else exp.Extract(this=exp.Var(this=other), expression=node.expression)


def _series(node: exp.Cast, dialect: str) -> exp.Expr | None:
    """A series of periods: rows in PostgreSQL as it is, dates in Spark without a cast around the generator."""
    if dialect == "postgres":
        return exp.cast(node.this.this, "date")
    series: exp.Expr = node.this
    if dialect == "spark":
        return series
    raise QueryError(f"{dialect} cannot make a series of periods here; declare a time spine in the catalog")
