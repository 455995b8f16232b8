"""Two relationships between the same datasets (billing and shipping address) need a role each, or a preference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, Relationship
from catalog.rules.findings import warning

RULE = "relationships_are_told_apart"


def relationships_are_told_apart(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Warnings for parallel relationships without distinct roles and without a preferred one."""
    pairs: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
    for relationship in catalog.relationships:
        pairs[relationship.from_dataset, relationship.to_dataset].append(relationship)
    for (source, target), parallel in pairs.items():
        roles = {item.role for item in parallel}
        if (
            len(parallel) > 1
            and (None in roles or len(roles) < len(parallel))
            and not any(i.preferred for i in parallel)
        ):
            names = " and ".join(item.name for item in parallel)
            message = f"{names} both lead from {source} to {target}; give each a role, or prefer one"
            yield warning(RULE, message, "relationship", parallel[-1].name)
