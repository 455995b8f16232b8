"""A warehouse of one's own: its file may be changed, its processes ended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.limits import WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView


@pytest.fixture
def asked(open_view: CatalogView) -> Callable[[str], GuardedStatement]:
    return lambda sql: guard_compiled(sql, open_view)


@pytest.fixture
def own_database(tmp_path: Path, shop_database: Path) -> Path:
    return Path(shutil.copy(shop_database, tmp_path / "own.duckdb"))


@pytest.fixture
def own(own_database: Path, small_settings: WarehouseSettings) -> Iterator[Warehouse]:
    with Warehouse.open(own_database, small_settings) as warehouse:
        yield warehouse
