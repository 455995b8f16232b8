"""Which dataset of the catalog a table of a statement stands for, and whether the principal may read it."""

from __future__ import annotations

from sqlglot import exp

from agent.errors import PolicyRefusal
from catalog.access import CatalogView
from catalog.models import Dataset

MAIN_SCHEMA = "main"


def source_key(source: str) -> tuple[str, str]:
    """(schema, table) of a dataset's source, lower case."""
    schema, _, table = source.rpartition(".")
    return (schema.strip('"').lower() or MAIN_SCHEMA, table.strip('"').lower())


def table_key(table: exp.Table) -> tuple[str, str]:
    """(schema, table) of a table in a statement, lower case."""
    return (table.db.lower() or MAIN_SCHEMA, table.name.lower())


def datasets_by_source(view: CatalogView) -> dict[tuple[str, str], Dataset]:
    """The datasets that the principal may read, by the table they stand for; the first declared where two share one."""
    found: dict[tuple[str, str], Dataset] = {}
    for dataset in view.datasets.values():
        found.setdefault(source_key(dataset.source), dataset)
    return found


def cte_names(statement: exp.Expr) -> set[str]:
    """Every name a WITH gives, lower case."""
    return {cte.alias.lower() for cte in statement.find_all(exp.CTE)}


def refuse_shadowing(names: set[str], view: CatalogView) -> None:
    """PolicyRefusal when a CTE takes the name of a table that the principal may read: two readers of the statement could
    disagree on what it means. Of a table that is hidden from them nothing is told.
    """
    taken = {source_key(dataset.source)[1] for dataset in view.datasets.values()}
    taken |= {name.lower() for name in view.datasets}
    if clash := sorted(names & taken):
        raise PolicyRefusal(
            "cte_named_like_table", f"a WITH query needs a name of its own: {clash[0]!r} is a table's; choose another"
        )
