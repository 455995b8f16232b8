"""A business of a few tables and the catalog drafted from them, open for questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from agent.service import PlumblineService
from agent.settings import Settings
from agent.tools.profile.database import profile_database
from catalog.draft import draft_catalog


def tables_at(path: Path, tables: str) -> Path:
    """The database that the statements of `tables` make, written to `path`."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(tables)
    return path


def by_hand(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, asked of the database itself."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@contextmanager
def asked_as_drafted(database: Path) -> Iterator[PlumblineService]:
    """The service on a database and the catalog drafted from it; both are kept beside the database."""
    folder = database.with_name("catalog")
    folder.mkdir()
    for name, text in draft_catalog(profile_database(database)).files.items():
        (folder / name).write_text(text)
    settings = Settings(home=database.with_name("home"), model=None)
    with PlumblineService.open(settings, catalog=str(folder), database=database) as opened:
        yield opened
