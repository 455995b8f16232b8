"""What is expected of the data names datasets and fields that exist."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error

RULE = "quality_resolves"
CHECKS = ("row_count", "season", "freshness", "keys", "references", "ranges")


def quality_resolves(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for datasets, fields and checks that there are not, and bounds in the wrong order."""
    for item in catalog.strategy.quality:
        dataset = catalog.dataset_by_name.get(item.dataset)
        if dataset is None:
            yield error(RULE, f"quality: there is no dataset {item.dataset!r}", "strategy", "quality")
            continue
        named = [*([item.batch] if item.batch else []), *(bounds.field for bounds in item.ranges)]
        for name in named:
            if name not in dataset.field_by_name:
                yield error(RULE, f"quality of {item.dataset}: it has no field {name!r}", "strategy", "quality")
        for check in item.skip:
            if check not in CHECKS:
                yield error(
                    RULE,
                    f"quality of {item.dataset}: {check!r} is no check; they are {', '.join(CHECKS)}",
                    "strategy",
                    "quality",
                )
        bounds = [(one.least, one.most, one.field) for one in item.ranges]
        for least, most, name in [*bounds, (item.fewest_rows, item.most_rows, "its rows")]:
            if least is not None and most is not None and least > most:
                yield error(
                    RULE, f"quality of {item.dataset}: the least of {name} is above its most", "strategy", "quality"
                )
