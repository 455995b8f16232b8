"""Where there are roles, exactly one is the role of who names none."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error

RULE = "one_role_is_default"


def one_role_is_default(catalog: Catalog) -> Iterator[CatalogIssue]:
    """An error where none or several are default."""
    defaults = [role.name for role in catalog.roles if role.default]
    if catalog.roles and not defaults:
        names = ", ".join(role.name for role in catalog.roles)
        yield error(RULE, f"no role is the default; set default: true on one of {names}", "role", catalog.roles[0].name)
    if len(defaults) > 1:
        yield error(
            RULE, f"{' and '.join(defaults)} are all the default role; leave one", "role", defaults[1], "default"
        )
