"""The desk of an analysis: its rows equal SQL by hand, and it reads nothing but its own queries."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse_one

from agent.errors import QueryError
from agent.service import PlumblineService
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.warehouse.result import ResultColumn
from catalog.access import Principal
from catalog.query import FieldDimension, MetricQuery, MetricUse

PER_PATIENT = MetricQuery(
    metrics=(MetricUse(metric="admissions"),), group_by=(FieldDimension(field="stays.patient_id"),)
)
COLUMNS = (ResultColumn(name="stays", type="", role="key"), ResultColumn(name="patients", type="", unit="count"))


@pytest.fixture
def desk(hospital: PlumblineService) -> AnalysisDesk:
    return hospital.business.desk(hospital.view(Principal()), dt.date(2025, 6, 30))


def outer(sql: str) -> exp.Select:
    tree = parse_one(sql, dialect="duckdb")
    assert isinstance(tree, exp.Select)
    return tree


def test_work_per_entity_stays_in_the_engine(desk: AnalysisDesk, hospital_database: Path) -> None:
    found = desk.query_over(
        {"per_patient": PER_PATIENT},
        outer("SELECT admissions, COUNT(*) FROM per_patient GROUP BY admissions ORDER BY admissions"),
        COLUMNS,
    )
    with duckdb.connect(str(hospital_database), read_only=True) as connection:
        by_hand = connection.execute(
            "SELECT n, COUNT(*) FROM (SELECT COUNT(*) AS n FROM stays GROUP BY patient_id) GROUP BY n ORDER BY n"
        ).fetchall()
    assert list(found.rows) == by_hand


def test_an_outer_query_may_name_ctes_of_its_own(desk: AnalysisDesk) -> None:
    found = desk.query_over(
        {"stays": PER_PATIENT},  # named like a table: the desk gives it another name
        outer("WITH busy AS (SELECT * FROM stays WHERE admissions > 3) SELECT 4, COUNT(*) FROM busy"),
        COLUMNS,
    )
    assert found.rows[0][1] > 0


def test_an_outer_query_reads_nothing_else(desk: AnalysisDesk) -> None:
    with pytest.raises(QueryError, match="'patients'"):
        desk.query_over({"per_patient": PER_PATIENT}, outer("SELECT sex, COUNT(*) FROM patients GROUP BY sex"), COLUMNS)
