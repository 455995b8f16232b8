"""A catalog whose names are words that elsewhere ask for an analysis: each is read as what it is where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from agent.planners.embedded import EmbeddedPlanner
from agent.service import LOCAL, PlumblineService
from agent.settings import Settings

HERE = Path(__file__).parent / "claims"
CASES = yaml.safe_load((HERE / "questions.yaml").read_text())
AS_OF = dt.date(2026, 9, 20)


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPlanner]:
    folder = tmp_path_factory.mktemp("claims")
    with duckdb.connect(str(folder / "claims.duckdb")) as connection:
        connection.execute((HERE / "database.sql").read_text())
    (folder / "catalog").mkdir()
    (folder / "catalog" / "catalog.yaml").write_text((HERE / "catalog.yaml").read_text())
    settings = Settings(home=folder / "home", model=None)
    database = folder / "claims.duckdb"
    with PlumblineService.open(settings, catalog=folder / "catalog", database=database) as service:
        yield service.business.planner(service.view(LOCAL))


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
def test_it_is_read_as_what_it_is(planner: EmbeddedPlanner, case: dict[str, str]) -> None:
    plan = planner.plan(case["question"], AS_OF)
    if "asks" in case:
        assert plan.clarification is not None, plan.interpretation
        assert plan.clarification.reason == case["asks"]
        return
    assert plan.clarification is None, plan.clarification
    kind = plan.analysis.kind if plan.analysis is not None else None
    assert kind == case.get("kind")
    if "means" in case:
        assert plan.interpretation == case["means"]
