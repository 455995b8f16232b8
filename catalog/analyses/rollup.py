"""A figure over the rows of a query: how many there are, their total, average or median."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen
from catalog.query import MetricQuery

RollupAggregate = Literal["count", "sum", "average", "median", "minimum", "maximum"]


class RollupRequest(Frozen):
    """Aggregate the rows of `query` once more: "how many days had more than 400 orders", "the top 5 stores together".

    `column` is the query's metric column that is aggregated, None for a count of rows. The rows are kept apart by the
    dimension or metric columns `by`. `label` says in words what the figure is ("Number of days").
    """

    kind: Literal["rollup"] = "rollup"
    query: MetricQuery
    aggregate: RollupAggregate
    column: str | None = None
    by: tuple[str, ...] = ()
    label: str
