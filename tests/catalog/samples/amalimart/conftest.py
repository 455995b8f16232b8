"""A small sample that several tests look at, generated once a session."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from catalog.samples.amalimart import SampleReport, generate

SMALL_SCALE = 0.002


@pytest.fixture(scope="session")
def small_marketplace(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    return generate(tmp_path_factory.mktemp("amalimart") / "amalimart.duckdb", scale=SMALL_SCALE)


@pytest.fixture
def marketplace(small_marketplace: SampleReport) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(small_marketplace.path), read_only=True) as connection:
        yield connection


@pytest.fixture
def small_marketplace_copy(small_marketplace: SampleReport, tmp_path: Path) -> Path:
    """The file again, to be damaged."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(small_marketplace.path.read_bytes())
    return copy
