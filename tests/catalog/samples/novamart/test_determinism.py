"""The rows depend on scale, seed and events alone: not on threads, on memory, nor on the day."""

import json
from pathlib import Path

import duckdb
import pytest

from catalog.samples.novamart import GenerationReport, generate
from catalog.samples.novamart.tables import TABLES
from tests.catalog.samples.checksums import checksums

GOLDEN = Path(__file__).with_name("golden_checksums.json")


def test_the_rows_are_the_committed_ones(tiny_report: GenerationReport) -> None:
    assert checksums(tiny_report.path, TABLES) == json.loads(GOLDEN.read_text())


def test_threads_and_memory_change_neither_rows_nor_their_order(tiny_report: GenerationReport, tmp_path: Path) -> None:
    one = generate(tmp_path / "one.duckdb", scale=0.001, threads=1, memory_limit="1GB").path
    two = generate(tmp_path / "two.duckdb", scale=0.001, threads=2).path
    assert checksums(one, TABLES) == checksums(two, TABLES) == checksums(tiny_report.path, TABLES)
    for table in ("orders", "order_items", "returns", "customers", "customer_surveys"):
        rows = []
        for path in (one, two):
            with duckdb.connect(str(path), read_only=True) as connection:
                rows.append(connection.execute(f"FROM {table} LIMIT 3000").fetchall())
        assert rows[0] == rows[1]


@pytest.mark.parametrize(("scale", "seed"), [(0.001, 8), (0.0011, 7)])
def test_another_seed_or_scale_is_another_sample(
    tiny_report: GenerationReport, tmp_path: Path, scale: float, seed: int
) -> None:
    other = generate(tmp_path / "other.duckdb", scale=scale, seed=seed).path
    ours, theirs = checksums(tiny_report.path, TABLES), checksums(other, TABLES)
    assert [table for table in TABLES if ours[table] == theirs[table]] == []
