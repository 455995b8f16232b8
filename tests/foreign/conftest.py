"""Planners of businesses that are no shops, opened once a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from agent.business import Business
from agent.settings import Settings
from catalog.access import Principal, view_for
from catalog.plan import Plan
from tests.foreign.test_foreign_businesses import make_database
from tests.foreign.test_strangers_suites import catalog_of

HERE = Path(__file__).parent


class Planned(Protocol):
    """Plans a question to a business, perhaps after others."""

    def __call__(self, name: str, question: str, after: Sequence[str] = ()) -> Plan: ...


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

    def plan(name: str, question: str, after: Sequence[str] = ()) -> Plan:
        business = opened(name)
        as_of: dt.date = business.as_of()
        planner = business.planner(view_for(business.catalog, Principal()))
        previous: Plan | None = None
        for earlier in after:
            previous = planner.plan(earlier, as_of, previous)
        return planner.plan(question, as_of, previous)

    return plan
