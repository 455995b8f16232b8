"""Businesses that tests ask: opened once a run, on data made for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.business import Business
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.samples.novamart import generate

HOSPITAL = Path(__file__).parent / "foreign" / "hospital"


@pytest.fixture(scope="session")
def hospital_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hospital's data."""
    path = tmp_path_factory.mktemp("hospital") / "hospital.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((HOSPITAL / "database.sql").read_text())
    return path


@pytest.fixture(scope="session")
def hospital(hospital_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlumblineService]:
    """The hospital, open for questions."""
    settings = Settings(home=tmp_path_factory.mktemp("hospital_home"), model=None)
    with PlumblineService.open(settings, catalog=HOSPITAL / "catalog", database=hospital_database) as service:
        yield service


@pytest.fixture(scope="session")
def novamart_business(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Business]:
    """A small NovaMart, for analyses that its own data can check."""
    path = tmp_path_factory.mktemp("novamart_business") / "novamart.duckdb"
    generate(path, scale=0.004)
    settings = Settings(home=tmp_path_factory.mktemp("novamart_home"), model=None)
    business = Business.open(settings, catalog="novamart", database=path)
    yield business
    business.close()
