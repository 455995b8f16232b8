"""What must hold of a catalog, one check a file."""

from catalog.rules.all_rules import RULES, check_catalog
from catalog.rules.matches_database import check_against_database

__all__ = ["RULES", "check_against_database", "check_catalog"]
