"""What analysts write over the sample business: of statements chosen without a look at the guard's lists, few are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal, view_for
from catalog.loader import load_catalog
from catalog.samples.novamart import generate
from tests.conftest import HOSPITAL

_NAMED = re.compile(r"^-- name: (.+)$", re.MULTILINE)
MOST_REFUSED = 0.02


def _statements(file: str) -> dict[str, str]:
    parts = _NAMED.split(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return {name: sql.strip() for name, sql in zip(parts[1::2], parts[2::2], strict=True)}


STATEMENTS = _statements("analyst_statements.sql")
OF_THE_HOSPITAL = _statements("hospital_statements.sql")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("analyst") / "novamart.duckdb", scale=0.001).path


@pytest.fixture(scope="module")
def warehouse(database: Path) -> Iterator[Warehouse]:
    with Warehouse.open(database) as opened:
        yield opened


@pytest.fixture(scope="module")
def analyst() -> CatalogView:
    return view_for(load_catalog("novamart"), Principal(user="ana", role="analyst"))


def _run(
    statements: dict[str, str], warehouse: Warehouse, view: CatalogView, database: Path
) -> tuple[dict[str, str], dict[str, str]]:
    """The statements that were refused, and those that gave another number of rows than the bare engine; with why."""
    refused: dict[str, str] = {}
    failed: dict[str, str] = {}
    with duckdb.connect(str(database), read_only=True) as engine:
        for name, sql in statements.items():
            try:
                rows = len(warehouse.run(guard_free(sql, view)).rows)
            except (PolicyRefusal, QueryError) as error:
                refused[name] = str(error)
                continue
            if rows != len(engine.execute(sql).fetchall()):
                failed[name] = f"{rows} rows"
    return refused, failed


def test_nearly_all_of_them_run(warehouse: Warehouse, analyst: CatalogView, database: Path) -> None:
    refused, failed = _run(STATEMENTS, warehouse, analyst, database)
    assert not failed
    assert len(refused) <= MOST_REFUSED * len(STATEMENTS), refused


def test_all_of_another_business_run(hospital_database: Path) -> None:
    view = view_for(load_catalog(HOSPITAL / "catalog"), Principal())
    with Warehouse.open(hospital_database) as opened:
        assert _run(OF_THE_HOSPITAL, opened, view, hospital_database) == ({}, {})


def test_there_are_enough_of_them() -> None:
    assert len(set(STATEMENTS.values())) >= 370
