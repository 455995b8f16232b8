"""Where things lie in the home folder."""

from __future__ import annotations

from pathlib import Path

from agent.settings import Settings


def default_database(settings: Settings, catalog_name: str) -> Path:
    """The database a catalog uses where none is named: <home>/data/<catalog>.duckdb."""
    return settings.home / "data" / f"{catalog_name}.duckdb"
