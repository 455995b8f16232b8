"""The rows depend on scale and seed alone: not on threads, on memory, nor on the day."""

import json
from pathlib import Path

import pytest

from catalog.samples.amalimart import SampleReport, generate
from catalog.samples.amalimart.tables import SOURCE_TABLES
from catalog.samples.errors import SampleError
from tests.catalog.samples.checksums import checksums

GOLDEN = Path(__file__).with_name("golden_checksums.json")
SAME_AT_EVERY_SEED = {"regions", "cities", "categories", "delivery_partners", "businesses"}


def test_the_rows_are_the_committed_ones(small_marketplace: SampleReport) -> None:
    assert checksums(small_marketplace.path, SOURCE_TABLES) == json.loads(GOLDEN.read_text())


def test_threads_and_memory_do_not_change_the_rows(small_marketplace: SampleReport, tmp_path: Path) -> None:
    other = generate(tmp_path / "one.duckdb", scale=0.002, threads=1, memory_limit="1GB").path
    assert checksums(other, SOURCE_TABLES) == checksums(small_marketplace.path, SOURCE_TABLES)


@pytest.mark.slow
def test_another_seed_is_another_sample(small_marketplace: SampleReport, tmp_path: Path) -> None:
    other = generate(tmp_path / "other.duckdb", scale=0.002, seed=8).path
    ours, theirs = checksums(small_marketplace.path, SOURCE_TABLES), checksums(other, SOURCE_TABLES)
    assert {table for table in SOURCE_TABLES if ours[table] == theirs[table]} <= SAME_AT_EVERY_SEED


@pytest.mark.parametrize(("scale", "seed"), [(0, 7), (0.0001, 7), (11, 7), (0.01, -1)])
def test_what_cannot_be_used_is_named(tmp_path: Path, scale: float, seed: int) -> None:
    with pytest.raises(SampleError, match=r"scale must lie|seed must be"):
        generate(tmp_path / "none.duckdb", scale=scale, seed=seed)
    assert list(tmp_path.iterdir()) == []
