"""The CDNOW purchases, where the oracles' folder is known (`PLUMBLINE_ORACLES`)."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import duckdb
import numpy as np
import pytest

ORACLES = Path(os.environ.get("PLUMBLINE_ORACLES", "/nowhere"))
Numbers = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def _folder() -> Path:
    if not (ORACLES / "cdnow_customers_summary.csv").exists():
        pytest.skip("PLUMBLINE_ORACLES does not hold the CDNOW files")
    return ORACLES


@pytest.fixture
def cdnow_summary() -> Numbers:
    """ID, frequency, recency, T of the sample's 2,357 customers, in weeks."""
    return np.genfromtxt(_folder() / "cdnow_customers_summary.csv", delimiter=",", skip_header=1)


@pytest.fixture
def cdnow_amounts() -> Numbers:
    """ID, x, t_x, T, zbar of the sample's customers."""
    return np.genfromtxt(_folder() / "cdnow_customers_summary_with_transactions.csv", delimiter=",", skip_header=1)


@pytest.fixture
def cdnow_sample() -> duckdb.DuckDBPyConnection:
    """The sample's purchases, to 30 June 1998."""
    return _purchases("cdnow_sample_transactions.txt", 1, 2, 4)


@pytest.fixture
def cdnow_master() -> duckdb.DuckDBPyConnection:
    """All 23,570 customers' purchases."""
    return _purchases("cdnow_master_transactions.txt", 0, 1, 3)


def _purchases(name: str, customer: int, date: int, amount: int) -> duckdb.DuckDBPyConnection:
    """A connection with the table purchases (entity, day, orders, amount); positions of a line's parts count from 0."""
    rows = []
    for line in (_folder() / name).read_text().splitlines():
        parts = line.split()
        if parts and parts[0].isdigit():
            day = dt.datetime.strptime(parts[date], "%Y%m%d").date()
            rows.append((int(parts[customer]), day, float(parts[amount])))
    connection = duckdb.connect()
    connection.execute("CREATE TABLE lines (entity INTEGER, day DATE, amount DOUBLE)")
    for start in range(0, len(rows), 5000):
        values = ", ".join(f"({one}, DATE '{day}', {spent})" for one, day, spent in rows[start : start + 5000])
        connection.execute(f"INSERT INTO lines VALUES {values}")
    connection.execute(
        "CREATE TABLE purchases AS SELECT entity, day, COUNT(*) AS orders, SUM(amount) AS amount FROM lines GROUP BY 1, 2"
    )
    return connection
