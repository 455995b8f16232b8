"""`catalog check --database` finds a key that the data break: counts of things would be wrong in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from agent.admin import check_catalog
from tests.conftest import HOSPITAL

CATALOG = HOSPITAL / "catalog"


def test_keys_that_hold_are_no_issue(hospital_database: Path) -> None:
    assert [issue for issue in check_catalog(CATALOG, hospital_database) if issue.rule == "keys_hold"] == []


def test_a_broken_key_is_an_error(hospital_database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    shutil.copy(hospital_database, broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("CREATE TABLE again AS SELECT * FROM patients LIMIT 2")
        connection.execute("INSERT INTO patients SELECT * FROM again")
    found = [issue for issue in check_catalog(CATALOG, broken) if issue.rule == "keys_hold"]
    assert [issue.severity for issue in found] == ["error"]
    assert "patients: 2 values of its key" in found[0].message


def test_a_table_that_is_missing_is_said_once(hospital_database: Path, tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.duckdb"
    shutil.copy(hospital_database, lacking)
    with duckdb.connect(str(lacking)) as connection:
        connection.execute("ALTER TABLE patients RENAME TO others")
    found = check_catalog(CATALOG, lacking)
    assert any("the database has no table" in issue.message for issue in found)
    assert not any(issue.rule == "keys_hold" for issue in found)
