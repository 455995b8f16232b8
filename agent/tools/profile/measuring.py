"""The way a profile's statements take to the warehouse: through the guard, as the database's owner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.tools.guard.compiled import guard_compiled
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal
from catalog.models import Catalog, Dataset, Role

_EVERYTHING = Role(name="owner", label="Owner", datasets=("*",), metrics=("*",))


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Source:
    """A table to be measured, and the SQL of the rows its columns are measured on: all of them or a sample."""

    name: str
    columns: dict[str, str]
    rows: int
    sample: str  # a table's name or a subquery in parentheses
    sampled: bool

    @property
    def table(self) -> str:
        """The whole table as SQL."""
        return table_sql(self.name)


def table_sql(name: str) -> str:
    """A table's name, perhaps with a schema, as SQL."""
    schema, _, table = name.rpartition(".")
    return f"{quoted(schema)}.{quoted(table)}" if schema else quoted(table)


@dataclass(frozen=True)
class Measuring:
    """Runs a profile's statements. Errors are the warehouse's."""

    warehouse: Warehouse
    tables: dict[str, dict[str, str]]

    @cached_property
    def _view(self) -> CatalogView:
        datasets = tuple(
            Dataset(name=f"t{number}", source=table_sql(name), label=name, singular=name, fields=())
            for number, name in enumerate(self.tables)
        )
        catalog = Catalog(name="profile", label="Profile", datasets=datasets)
        return CatalogView(whole=catalog, principal=Principal(user="profile"), role=_EVERYTHING)

    def rows(self, sql: str) -> tuple[tuple[Any, ...], ...]:
        """The rows of one SELECT over the database's tables."""
        return self.warehouse.run(guard_compiled(sql, self._view), name="profile").rows

    def row(self, sql: str) -> tuple[Any, ...]:
        """The one row of a SELECT that gives one."""
        return self.rows(sql)[0]
