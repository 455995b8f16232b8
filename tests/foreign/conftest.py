"""Planners of businesses that are no shops, opened once a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.business import Business
from agent.settings import Settings
from catalog.access import Principal, view_for
from catalog.plan import Plan
from tests.foreign.test_foreign_businesses import make_database
from tests.foreign.test_strangers_suites import catalog_of

HERE = Path(__file__).parent
Planned = Callable[[str, str], Plan]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Business]]:
    """A business by the name of its folder, open for questions."""
    made: dict[str, Business] = {}

    def open_business(name: str) -> Business:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            database = make_database(HERE / name, folder / "business.duckdb")
            settings = Settings(home=folder, model=None)
            made[name] = Business.open(settings, catalog=catalog_of(HERE / name, database, folder), database=database)
        return made[name]

    yield open_business
    for business in made.values():
        business.close()


@pytest.fixture(scope="session")
def planned(opened: Callable[[str], Business]) -> Planned:
    """The plan of a question to a business."""

    def plan(name: str, question: str) -> Plan:
        business = opened(name)
        as_of: dt.date = business.as_of()
        return business.planner(view_for(business.catalog, Principal())).plan(question, as_of)

    return plan
