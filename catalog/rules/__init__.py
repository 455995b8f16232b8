"""What must hold of a catalog, one check a file."""

from catalog.rules.all_rules import check_catalog

__all__ = ["check_catalog"]
