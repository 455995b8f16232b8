"""A persona uses a role that exists."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error, unknown

RULE = "personas_have_roles"


def personas_have_roles(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for personas of unknown roles."""
    for persona in catalog.personas:
        if persona.role not in catalog.role_by_name:
            message = f"persona {persona.name}: {unknown('role', persona.role, list(catalog.role_by_name))}"
            yield error(RULE, message, "persona", persona.name, "role")
