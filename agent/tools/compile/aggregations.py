"""The aggregate functions of metrics as SQL."""

from __future__ import annotations

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.expressions import is_not_null, parse, references, replace_columns
from agent.tools.compile.scan import Scan
from catalog.models import AggregateMetric, Aggregation

# Through a one-to-many join a row may come several times: these do not mind.
INSENSITIVE_TO_REPETITION = (Aggregation.COUNT_DISTINCT, Aggregation.MIN, Aggregation.MAX)
# These can count a row's key once instead, where the dataset has one.
COUNT_OF_ROWS = (Aggregation.COUNT, Aggregation.SUM_BOOLEAN)


def row_value(scan: Scan, metric: AggregateMetric) -> exp.Expr:
    """A row's value: the metric's expression over the scan. Checks that the role may read what it reads."""
    distinct = metric.aggregation is Aggregation.COUNT_DISTINCT
    for reference in references(metric.expression):
        scan.draft.check_readable(reference if "." in reference else f"{metric.dataset}.{reference}", distinct)
    return replace_columns(parse(metric.expression), scan.read)


def counts_own_key(scan: Scan, metric: AggregateMetric) -> bool:
    """Whether a distinct count is of the key of rows that each come once: then all are distinct as it is."""
    key = scan.draft.dataset(metric.dataset).primary_key
    own = (f"{metric.dataset}.{name}" for name in key)
    return not scan.fan_out and scan.period is None and [metric.expression.strip()] == list(own)


def is_star(metric: AggregateMetric) -> bool:
    """Whether it counts rows, whatever they hold."""
    return metric.expression.strip() == "*"


def aggregate(metric: AggregateMetric, value: exp.Expr, only: exp.Expr | None, unique: bool = False) -> exp.Expr:
    """The aggregation of a row's value, over the rows where `only` holds; `unique` where no two rows share a value."""
    function = _function(metric, value, unique)
    return function if only is None else exp.Filter(this=function, expression=exp.Where(this=only))


def _function(metric: AggregateMetric, value: exp.Expr, unique: bool) -> exp.Expr:
    kind = metric.aggregation
    if kind is Aggregation.COUNT:
        return exp.Count(this=exp.Star() if is_star(metric) else value, big_int=True)
    if kind is Aggregation.COUNT_DISTINCT and unique:
        return exp.Count(this=value, big_int=True)
    if kind is Aggregation.COUNT_DISTINCT:
        return exp.Count(this=exp.Distinct(expressions=[value]), big_int=True)
    if kind is Aggregation.SUM_BOOLEAN:
        return exp.Count(this=exp.Case(ifs=[exp.If(this=value, true=exp.Literal.number(1))]), big_int=True)
    if kind is Aggregation.PERCENTILE:
        if metric.percentile is None:
            raise QueryError(f"the catalog does not say which percentile {metric.name} is")
        fraction = exp.Literal.number(repr(metric.percentile))
        if metric.percentile_approximate:
            return exp.ApproxQuantile(this=value, quantile=fraction)
        which = exp.PercentileDisc if metric.percentile_discrete else exp.PercentileCont
        return which(this=value, expression=fraction)
    plain = {
        Aggregation.SUM: exp.Sum,
        Aggregation.AVERAGE: exp.Avg,
        Aggregation.MIN: exp.Min,
        Aggregation.MAX: exp.Max,
        Aggregation.MEDIAN: exp.Median,
    }[kind]
    return plain(this=value)


def count_once(scan: Scan, metric: AggregateMetric, value: exp.Expr, only: exp.Expr | None) -> exp.Expr:
    """A count of rows through a join that repeats them: of their keys, each once."""
    dataset = scan.draft.dataset(metric.dataset)
    key = [scan.draft.read_field(dataset, name, scan.alias) for name in dataset.primary_key]
    if not key:
        raise QueryError(f"{metric.label} cannot be counted through rows of others: {dataset.name} has no primary key")
    counted: exp.Expr = key[0] if len(key) == 1 else exp.Tuple(expressions=key)
    conditions = [only] if only is not None else []
    if metric.aggregation is Aggregation.SUM_BOOLEAN:
        conditions.append(value)
    elif not is_star(metric):
        conditions.append(is_not_null(value))
    function = exp.Count(this=exp.Distinct(expressions=[counted]), big_int=True)
    if not conditions:
        return function
    return exp.Filter(this=function, expression=exp.Where(this=exp.and_(*conditions, copy=False)))
