"""A ratio of two facts by a shared dimension: each fact by the place of its own, not by that of a thing it may belong to."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from evals.service_asker import open_service_asker
from tests.foreign.test_foreign_businesses import make_database

RESORT = Path(__file__).parents[1] / "foreign" / "skiresort"


def test_incidents_count_where_they_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The incidents without a lift had no place, since the place of the lift was taken for theirs."""
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    database = make_database(RESORT, tmp_path / "resort.duckdb")
    catalog = shutil.copytree(RESORT / "catalog", tmp_path / "catalog")
    with open_service_asker(str(catalog), database, "embedded") as asker:
        answer = asker.service.ask("Incidents per 100,000 rides by sector in February 2026")
    with duckdb.connect(str(database), read_only=True) as connection:
        expected = connection.execute(
            """
            SELECT i.sector, 100000.0 * i.n / r.n FROM
              (SELECT sector, COUNT(*) AS n FROM incidents
               WHERE reported_at >= DATE '2026-02-01' AND reported_at < DATE '2026-03-01' GROUP BY 1) AS i
              JOIN (SELECT sector, SUM(rides) AS n FROM lift_days JOIN lifts USING (lift_id)
               WHERE op_date >= DATE '2026-02-01' AND op_date < DATE '2026-03-01' GROUP BY 1) AS r USING (sector)
            ORDER BY 1
            """
        ).fetchall()
    assert answer.status == "answer"
    assert [(row[0], row[1]) for row in answer.results[0].rows] == [
        (sector, pytest.approx(rate)) for sector, rate in expected
    ]
