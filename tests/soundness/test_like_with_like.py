"""A change is explained between like periods.

Question                              was taken as                          is
"Why did GMV fall on October 17?"     October against 17 October            17 October against 16 October
"... on 10 October 2026"              (right)                               the day against the day before
"... fall on last month"              October against September             the same
"""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.planners.embedded import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.analyses.cause import CauseRequest

AS_OF = dt.date(2026, 10, 31)
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def planner(novamart_business: Business) -> EmbeddedPlanner:
    return novamart_business.planner(view_for(novamart_business.catalog, Principal()))


@pytest.mark.parametrize(
    ("question", "period", "baseline"),
    [
        ("Why did GMV fall on October 17?", (dt.date(2026, 10, 17), 1), (dt.date(2026, 10, 16), 1)),
        ("Why did web GMV drop on 10 October 2026?", (dt.date(2026, 10, 10), 1), (dt.date(2026, 10, 9), 1)),
        ("Why did GMV fall on last month?", (OCTOBER, 31), (SEPTEMBER, 30)),
        ("Why did GMV fall in October?", (OCTOBER, 31), (SEPTEMBER, 30)),
    ],
)
def test_a_day_is_held_against_a_day(
    planner: EmbeddedPlanner, question: str, period: tuple[dt.date, int], baseline: tuple[dt.date, int]
) -> None:
    request = planner.plan(question, AS_OF).analysis
    assert isinstance(request, CauseRequest)
    for found, (start, days) in ((request.period, period), (request.baseline, baseline)):
        assert (found.start, found.end) == (start, start + dt.timedelta(days=days))
