"""Names are unique within their kind, whatever their case: SQL does not tell `Orders` from `orders`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error

RULE = "names_are_unique"


def names_are_unique(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for two datasets, fields of one dataset, relationships, metrics, roles or personas of one name."""
    for kind, names in (
        ("dataset", [item.name for item in catalog.datasets]),
        ("relationship", [item.name for item in catalog.relationships]),
        ("metric", [item.name for item in catalog.metrics]),
        ("role", [item.name for item in catalog.roles]),
        ("persona", [item.name for item in catalog.personas]),
    ):
        for first, second in _twice(names):
            yield error(RULE, f"two {kind}s are called {second!r}{_other(first, second)}", kind, second)
    for dataset in catalog.datasets:
        for first, second in _twice(item.name for item in dataset.fields):
            message = f"two fields of {dataset.name} are called {second!r}{_other(first, second)}"
            yield error(RULE, message, "field", f"{dataset.name}.{second}")


def _twice(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name in names:
        if name.lower() in seen:
            yield seen[name.lower()], name
        seen.setdefault(name.lower(), name)


def _other(first: str, second: str) -> str:
    return f" (the other is written {first!r})" if first != second else ""
