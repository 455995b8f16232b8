"""Whether a database keeps to the keys that a catalog declares: figures rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from agent.tools.compile import scalar_sql
from agent.tools.guard.compiled import guard_compiled
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.errors import CatalogIssue
from catalog.models import Dataset

RULE = "keys_hold"


def broken_keys(view: CatalogView, warehouse: Warehouse, without: frozenset[str]) -> Iterator[CatalogIssue]:
    """An error for each declared key that stands on several rows; `without` names the datasets the database lacks."""
    for dataset in view.whole.datasets:
        if dataset.name in without:
            continue
        for key in dict.fromkeys(filter(None, (dataset.primary_key, *dataset.unique_keys))):
            sql = scalar_sql(view, _repeated(dataset, key))
            repeated = warehouse.run(guard_compiled(sql, view), name="keys").rows[0][0]
            if repeated:
                named = f"{dataset.name}: {repeated:,} value{'s' if repeated != 1 else ''} of its key {', '.join(key)}"
                verb = "stand" if repeated != 1 else "stands"
                yield CatalogIssue(
                    RULE,
                    f"{named} {verb} on more than one row; figures would count those rows as one, or twice",
                    subject=("dataset", dataset.name),
                )


def _repeated(dataset: Dataset, key: tuple[str, ...]) -> str:
    columns = [exp.column(name, table=dataset.name) for name in key]
    several = exp.select(*columns).from_(dataset.name).group_by(*columns).having("COUNT(*) > 1")
    return exp.select("COUNT(*)").from_(several.subquery("repeated")).sql(dialect="duckdb")
