"""Businesses that are no shops: their databases build, their catalogs load, their gold runs.

A folder beside this file is a business: `database.sql` makes its tables, `catalog/` describes them, `suite.yaml` asks.
Where there is no `catalog/`, the suite is asked of a catalog drafted from the data: see test_drafted_catalogs.py.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from catalog.loader import load_with_issues
from evals.gold import run_gold_sql
from evals.suite_loader import load_suite
from evals.tables import GoldTable

BUSINESSES = sorted(path.parent for path in Path(__file__).parent.glob("*/suite.yaml"))
DESCRIBED = [path for path in BUSINESSES if (path / "catalog").is_dir()]


def make_database(business: Path, path: Path, threads: int = 2) -> Path:
    """Builds the business's database at `path`."""
    with duckdb.connect(str(path), config={"threads": threads}) as connection:
        connection.execute((business / "database.sql").read_text())
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in names}


@pytest.mark.parametrize("business", BUSINESSES, ids=lambda path: path.name)
def test_the_same_rows_whatever_the_threads(business: Path, tmp_path: Path) -> None:
    one = rows_of(make_database(business, tmp_path / "one.duckdb", threads=1))
    four = rows_of(make_database(business, tmp_path / "four.duckdb", threads=4))
    assert one == four
    assert all(one.values())


@pytest.mark.parametrize("business", DESCRIBED, ids=lambda path: path.name)
def test_the_catalog_loads_without_a_warning(business: Path) -> None:
    loaded, issues = load_with_issues(business / "catalog")
    assert loaded.metrics
    assert issues == ()


@pytest.mark.parametrize("business", BUSINESSES, ids=lambda path: path.name)
def test_every_gold_statement_gives_figures(business: Path, tmp_path: Path) -> None:
    suite = load_suite(business / "suite.yaml")
    gold = run_gold_sql(make_database(business, tmp_path / "business.duckdb"), suite.cases)
    for case in suite.cases:
        if case.gold_sql:
            table = gold[case.id]
            assert isinstance(table, GoldTable), table
            assert table.rows, case.id
            assert "nulls" in case.tags or all(cell is not None for row in table.rows for cell in row), case.id
