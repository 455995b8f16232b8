"""What holds for expressions of time whatever the text, the day and the period."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.durations import Duration, TimeGrain
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import (
    TimeExpression,
    TimeKind,
    describe_period,
    find_time_expressions,
    previous_period,
    shift_period,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
LATE_DAYS = st.dates(dt.date(2056, 1, 1), dt.date(2062, 12, 31))  # a bare year far ahead is taken for a number
WORDS = st.sampled_from(
    """
    last this next previous past of the in on since until before after between and to from vs compared with than by per each
    every day week month quarter year days weeks months quarters years q1 Q3 h2 October may March Oct 26 2025 2026 '25 3 12 31
    first second half end start today now yesterday ago so far year-to-date ytd yoy mom fiscal fy26 summer winter fall weekend
    Monday Mondays ever all time trailing twelve rolling 90 - , 's 2026-10-31 10/5/2026 week 53 w42 as sales churn which best
    """.split()
)
TEXTS = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(TEXTS, DAYS)
def test_whatever_the_text_the_result_is_well_formed_and_the_same_again(text: str, as_of: dt.date) -> None:
    found = find_time_expressions(text, as_of)
    assert found == find_time_expressions(text, as_of)
    position = 0
    for item in found:
        assert position <= item.start < item.end <= len(text)
        assert item.text == text[item.start : item.end]
        position = item.end
        _check(item, as_of)


def _check(item: TimeExpression, as_of: dt.date) -> None:
    for period in (*item.periods, *item.alternatives, *item.endpoints):
        assert period.label
        if period.start is not None and period.end is not None:
            assert as_datetime(period.start) < as_datetime(period.end)
    if item.kind is TimeKind.PERIOD:
        assert item.periods
    if item.kind is TimeKind.COMPARISON:
        assert item.periods or item.offset or item.previous
    if item.kind is TimeKind.AS_OF:
        assert item.moment is not None
    if item.incomplete:
        ends = [period.end for period in item.periods if period.end is not None]
        assert max(as_datetime(end) for end in ends) > as_datetime(as_of)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(1, 800), LATE_DAYS)
def test_a_described_period_is_read_back_as_itself(start: dt.date, days: int, as_of: dt.date) -> None:
    period = Period(start=start, end=start + dt.timedelta(days=days))
    found = find_time_expressions(describe_period(period), as_of)
    assert len(found) == 1
    assert found[0].period is not None
    assert (found[0].period.start, found[0].period.end) == (period.start, period.end)


@settings(max_examples=200, deadline=None)
@given(st.integers(2000, 2060), st.integers(1, 12), st.integers(1, 36), LATE_DAYS)
def test_whole_months_are_read_back_too(year: int, month: int, months: int, as_of: dt.date) -> None:
    start = dt.date(year, month, 1)
    index = year * 12 + month - 1 + months
    period = Period(start=start, end=dt.date(index // 12, index % 12 + 1, 1))
    found = find_time_expressions(f"sales in {describe_period(period)} by region", as_of)
    assert [(item.start, item.end) for item in (found[0].period,) if item] == [(period.start, period.end)]


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 60), st.sampled_from(["days", "weeks", "months", "quarters", "years"]))
def test_the_last_n_are_whole_and_end_by_as_of(as_of: dt.date, count: int, unit: str) -> None:
    period = find_time_expressions(f"last {count} {unit}", as_of)[0].period
    assert period is not None and isinstance(period.start, dt.date) and isinstance(period.end, dt.date)
    assert period.end <= as_of + dt.timedelta(days=1)
    if unit == "days":
        assert (period.end - period.start).days == count and period.end == as_of + dt.timedelta(days=1)
    elif unit == "weeks":
        assert period.start.weekday() == 0 and (period.end - period.start).days == 7 * count
    else:
        assert period.start.day == period.end.day == 1
    following = find_time_expressions(f"last {count} {unit}", as_of + dt.timedelta(days=1))[0].period
    assert following is not None and following.start is not None and following.start >= period.start


@settings(max_examples=200, deadline=None)
@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_last_and_this_unit_meet(as_of: dt.date, unit: str) -> None:
    last = find_time_expressions(f"last {unit}", as_of)[0].period
    this = find_time_expressions(f"this {unit}", as_of)[0].period
    assert last is not None and this is not None
    assert last.end == this.start
    assert this.end == as_of + dt.timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 400), st.sampled_from(list(TimeGrain)[3:]), st.integers(1, 24))
def test_a_shifted_period_lies_before_and_keeps_its_shape(
    start: dt.date, days: int, grain: TimeGrain, count: int
) -> None:
    period = Period(start=start, end=start + dt.timedelta(days=days))
    shifted = shift_period(period, Duration(count=count, grain=grain))
    assert shifted.start is not None and shifted.end is not None and period.start is not None
    assert as_datetime(shifted.start) < as_datetime(period.start)
    length = (as_datetime(shifted.end) - as_datetime(shifted.start)).days
    assert abs(length - days) <= 4
    before = previous_period(period)
    weekend = start.weekday() == 5 and days == 2  # the weekend before it ends on a Sunday
    assert before is not None and before.end == start - dt.timedelta(days=5 if weekend else 0)


@pytest.mark.parametrize(
    "text", ["last month " * 2_000, "x" * 50_000, "2026-10-31 " * 500, "may " * 3_000, "from " * 3_000]
)
def test_long_texts_end_soon(text: str) -> None:
    find_time_expressions(text, dt.date(2026, 10, 31))


@pytest.mark.parametrize("text", ["on Tuesday 3 August 2026", "on Sunday 3 August", "the four months of last year"])
def test_a_weekday_or_a_number_that_does_not_fit_is_not_read_over(text: str) -> None:
    assert not any(found.text == text for found in find_time_expressions(text, dt.date(2026, 10, 31)))
