"""The small sample, open to be read, and a copy of it to be damaged."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from catalog.samples.amalimart import SampleReport


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
