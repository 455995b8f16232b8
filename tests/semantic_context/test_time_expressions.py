"""What words of time mean: tables of phrases and the days they stand for, seen from many days."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import Calendar, Holiday, Words
from catalog.query import Period
from semantic_context.time_expressions import TimeExpression, TimeKind, comparison_period, find_time_expressions

AS_OF = dt.date(2026, 10, 31)  # a Saturday, and the last day of its month
HOLIDAYS = Calendar(
    holidays=(
        Holiday(name="Black Friday", dates=(dt.date(2024, 11, 29), dt.date(2025, 11, 28), dt.date(2026, 11, 27))),
        Holiday(name="Christmas", month=12, day=25, words=Words(synonyms=("xmas", "Christmas Day"))),
        Holiday(name="New Year's sale", month=1, day=2, days=5),
    )
)


def _one(text: str, as_of: dt.date = AS_OF, calendar: Calendar = HOLIDAYS) -> TimeExpression:
    found = find_time_expressions(text, as_of, calendar)
    assert len(found) == 1, [(item.kind.value, item.text) for item in found]
    return found[0]


def _days(period: Period | None) -> str:
    """ "2026-10-01 2026-10-31": first and last day; a dot for an open end."""
    assert period is not None
    first = period.start.isoformat() if period.start else "."
    last = (period.end - dt.timedelta(days=1)).isoformat() if period.end else "."
    return f"{first} {last}"


SEEN_FROM_31_OCTOBER_2026 = {
    # the calendar unit before as_of's
    "last week": "2026-10-19 2026-10-25",
    "last month": "2026-09-01 2026-09-30",
    "last quarter": "2026-07-01 2026-09-30",
    "last year": "2025-01-01 2025-12-31",
    "last month's": "2026-09-01 2026-09-30",
    "the previous quarter": "2026-07-01 2026-09-30",
    "in the prior year": "2025-01-01 2025-12-31",
    "lst mnth": "2026-09-01 2026-09-30",
    "the quarter before last": "2026-04-01 2026-06-30",
    "month before last": "2026-08-01 2026-08-31",
    "last year but one": "2024-01-01 2024-12-31",
    # runs
    "last 90 days": "2026-08-03 2026-10-31",
    "the past 7 days": "2026-10-25 2026-10-31",
    "last 1 day": "2026-10-31 2026-10-31",
    "last 8 weeks": "2026-08-31 2026-10-25",
    "last 6 months": "2026-05-01 2026-10-31",
    "over the last six months": "2026-05-01 2026-10-31",
    "last 4 quarters": "2025-10-01 2026-09-30",
    "last two years": "2024-01-01 2025-12-31",
    "past 12 months": "2025-11-01 2026-10-31",
    "trailing twelve months": "2025-11-01 2026-10-31",
    "rolling 12 months": "2025-11-01 2026-10-31",
    "TTM": "2025-11-01 2026-10-31",
    "L12M": "2025-11-01 2026-10-31",
    "L90D": "2026-08-03 2026-10-31",
    "last twenty-four months": "2024-11-01 2026-10-31",
    "the past fortnight": "2026-10-18 2026-10-31",
    "last couple of weeks": "2026-10-12 2026-10-25",
    "last dozen weeks": "2026-08-03 2026-10-25",
    "the 365 days up to today": "2025-11-01 2026-10-31",
    "12 months ending March 2026": "2025-04-01 2026-03-31",
    "the twelve months to the end of May 2026": "2025-06-01 2026-05-31",
    "the six months that ended in June 2026": "2026-01-01 2026-06-30",
    "the financial year that ended in March 2026": "2025-04-01 2026-03-31",
    "the quarter ended 30 September 2026": "2026-07-01 2026-09-30",
    "the year to March 2026": "2025-04-01 2026-03-31",
    "last 48 hours": "2026-10-30 2026-10-31",
    "next 3 months": "2026-11-01 2027-01-31",
    "next quarter": "2027-01-01 2027-03-31",
    "tomorrow": "2026-11-01 2026-11-01",
    # to date
    "this week": "2026-10-26 2026-10-31",
    "this month": "2026-10-01 2026-10-31",
    "this quarter": "2026-10-01 2026-10-31",
    "this year": "2026-01-01 2026-10-31",
    "current year": "2026-01-01 2026-10-31",
    "so far": "2026-01-01 2026-10-31",
    "so far this month": "2026-10-01 2026-10-31",
    "this year so far": "2026-01-01 2026-10-31",
    "2026 so far": "2026-01-01 2026-10-31",
    "year to date": "2026-01-01 2026-10-31",
    "year-to-date": "2026-01-01 2026-10-31",
    "YTD": "2026-01-01 2026-10-31",
    "MTD": "2026-10-01 2026-10-31",
    "QTD": "2026-10-01 2026-10-31",
    "YTD 2025": "2025-01-01 2025-10-31",
    "ytd last year": "2025-01-01 2025-10-31",
    # named, without a year: the latest that has begun
    "Q3": "2026-07-01 2026-09-30",
    "Q4": "2026-10-01 2026-12-31",
    "the third quarter": "2026-07-01 2026-09-30",
    "quarter two": "2026-04-01 2026-06-30",
    "October": "2026-10-01 2026-10-31",
    "November": "2025-11-01 2025-11-30",
    "October's": "2026-10-01 2026-10-31",
    "in may": "2026-05-01 2026-05-31",
    "sept.": "2026-09-01 2026-09-30",
    "for the month of June": "2026-06-01 2026-06-30",
    "summer": "2026-06-01 2026-08-31",
    "winter": "2025-12-01 2026-02-28",
    "in autumn": "2026-09-01 2026-11-30",
    "H1": "2026-01-01 2026-06-30",
    "first half of the year": "2026-01-01 2026-06-30",
    "31 October": "2026-10-31 2026-10-31",
    "1 November": "2025-11-01 2025-11-01",
    "29 February": "2024-02-29 2024-02-29",
    "week 42": "2026-10-12 2026-10-18",
    "week 53": "2020-12-28 2021-01-03",
    "Black Friday": "2025-11-28 2025-11-28",
    "xmas": "2025-12-25 2025-12-25",
    "during the New Year's sale": "2026-01-02 2026-01-06",
    # last and this with a name
    "last October": "2025-10-01 2025-10-31",
    "this October": "2026-10-01 2026-10-31",
    "next October": "2027-10-01 2027-10-31",
    "last summer": "2025-06-01 2025-08-31",
    "last Christmas": "2025-12-25 2025-12-25",
    "last Q3": "2025-07-01 2025-09-30",
    "October last year": "2025-10-01 2025-10-31",
    "October of last year": "2025-10-01 2025-10-31",
    "last year's October": "2025-10-01 2025-10-31",
    "Q4 of the previous year": "2025-10-01 2025-12-31",
    "this year's Q2": "2026-04-01 2026-06-30",
    # named, with a year
    "2025": "2025-01-01 2025-12-31",
    "in the year 2025": "2025-01-01 2025-12-31",
    "October 2025": "2025-10-01 2025-10-31",
    "Oct '25": "2025-10-01 2025-10-31",
    "Oct. 2025": "2025-10-01 2025-10-31",
    "October, 2025": "2025-10-01 2025-10-31",
    "in Oct 26": "2026-10-01 2026-10-31",
    "on Oct 26": "2026-10-26 2026-10-26",
    "2026 Q3": "2026-07-01 2026-09-30",
    "Q3 2025": "2025-07-01 2025-09-30",
    "Q3'25": "2025-07-01 2025-09-30",
    "3Q25": "2025-07-01 2025-09-30",
    "third quarter of 2025": "2025-07-01 2025-09-30",
    "H2 2025": "2025-07-01 2025-12-31",
    "2H25": "2025-07-01 2025-12-31",
    "FY26": "2026-01-01 2026-12-31",
    "fiscal Q2": "2026-04-01 2026-06-30",
    "summer of 2024": "2024-06-01 2024-08-31",
    "winter 2024": "2024-12-01 2025-02-28",
    "in fall 2025": "2025-09-01 2025-11-30",
    "week 1 2026": "2025-12-29 2026-01-04",
    "2026-W42": "2026-10-12 2026-10-18",
    "Black Friday 2024": "2024-11-29 2024-11-29",
    "Black Friday eve 2024": "2024-11-28 2024-11-28",
    "2025-11": "2025-11-01 2025-11-30",
    "11/2025": "2025-11-01 2025-11-30",
    # days
    "2026-10-05": "2026-10-05 2026-10-05",
    "on 10/31/2026": "2026-10-31 2026-10-31",
    "31.10.2026": "2026-10-31 2026-10-31",
    "31/10/2026": "2026-10-31 2026-10-31",
    "10/5/26": "2026-10-05 2026-10-05",
    "31 Oct 2026": "2026-10-31 2026-10-31",
    "October 31st, 2026": "2026-10-31 2026-10-31",
    "the 3rd of October 2025": "2025-10-03 2025-10-03",
    "yesterday": "2026-10-30 2026-10-30",
    "the day before yesterday": "2026-10-29 2026-10-29",
    "3 days ago": "2026-10-28 2026-10-28",
    "last Monday": "2026-10-26 2026-10-26",
    "last Saturday": "2026-10-24 2026-10-24",
    "on Saturday": "2026-10-31 2026-10-31",
    "Tuesday": "2026-10-27 2026-10-27",
    "last weekend": "2026-10-24 2026-10-25",
    "this weekend": "2026-10-31 2026-11-01",
    "week of 12 October": "2026-10-12 2026-10-18",
    "week commencing 2026-10-12": "2026-10-12 2026-10-18",
    "week ending 18 October 2026": "2026-10-12 2026-10-18",
    # ago
    "two months ago": "2026-08-01 2026-08-31",
    "a year ago": "2025-01-01 2025-12-31",
    "Q3 a year ago": "2025-07-01 2025-09-30",
    "October two years ago": "2024-10-01 2024-10-31",
    "Q3/26": "2026-07-01 2026-09-30",
    "H1/25": "2025-01-01 2025-06-30",
    "quarters 1-3 of this year": "2026-01-01 2026-09-30",
    "Q1-3 2026": "2026-01-01 2026-09-30",
    "two weeks ago": "2026-10-12 2026-10-18",
    # the last whole one
    "the latest month": "2026-10-01 2026-10-31",
    "the last full week": "2026-10-19 2026-10-25",
    "most recent quarter": "2026-07-01 2026-09-30",
    "last whole month": "2026-10-01 2026-10-31",
    # ranges
    "between May and July": "2026-05-01 2026-07-31",
    "from May to July 2025": "2025-05-01 2025-07-31",
    "May-July 2026": "2026-05-01 2026-07-31",
    "May – July": "2026-05-01 2026-07-31",
    "January through March": "2026-01-01 2026-03-31",
    "November to February": "2025-11-01 2026-02-28",
    "November to February 2025": "2024-11-01 2025-02-28",
    "Nov 2025 to Feb 2026": "2025-11-01 2026-02-28",
    "from 3 to 17 August 2026": "2026-08-03 2026-08-17",
    "3-17 August": "2026-08-03 2026-08-17",
    "August 3-17, 2025": "2025-08-03 2025-08-17",
    "between October 1st and October 15th": "2026-10-01 2026-10-15",
    "between 2026-01-01 and 2026-03-31": "2026-01-01 2026-03-31",
    "2023 to 2025": "2023-01-01 2025-12-31",
    "2024-2025": "2024-01-01 2025-12-31",
    "Q1 to Q3 2025": "2025-01-01 2025-09-30",
    "weeks 40 to 42": "2026-09-28 2026-10-18",
    "from March to today": "2026-03-01 2026-10-31",
    "between June and now": "2026-06-01 2026-10-31",
    "Monday until Wednesday last week": "2026-10-19 2026-10-21",
    "from Monday to Wednesday of last week": "2026-10-19 2026-10-21",
    "Monday through Friday": "2026-10-26 2026-10-30",
    "from last Monday to Wednesday": "2026-10-26 2026-10-28",
    "from January up to and including March 2026": "2026-01-01 2026-03-31",
    "from March right through to May 2026": "2026-03-01 2026-05-31",
    # open ends
    "up to and including June": ". 2026-06-30",
    "since March": "2026-03-01 2026-10-31",
    "since 2024": "2024-01-01 2026-10-31",
    "since last year": "2025-01-01 2026-10-31",
    "since the beginning of the year": "2026-01-01 2026-10-31",
    "since the end of June": "2026-07-01 2026-10-31",
    "from March on": "2026-03-01 2026-10-31",
    "from January 2025 onwards": "2025-01-01 2026-10-31",
    "since Monday": "2026-10-26 2026-10-31",
    "until June": ". 2026-06-30",
    "up to Q2 2026": ". 2026-06-30",
    "by 30 June": ". 2026-06-30",
    "before 2025": ". 2024-12-31",
    "before October": ". 2026-09-30",
    "prior to 5 May 2026": ". 2026-05-04",
    "after October": "2025-11-01 2026-10-31",
    "after 3 May 2026": "2026-05-04 2026-10-31",
    # parts
    "first half of 2025": "2025-01-01 2025-06-30",
    "second half of last year": "2025-07-01 2025-12-31",
    "first half of October": "2026-10-01 2026-10-15",
    "last 3 months of 2025": "2025-10-01 2025-12-31",
    "the first 10 days of October": "2026-10-01 2026-10-10",
    "first week of October": "2026-10-01 2026-10-07",
    "last week of September": "2026-09-24 2026-09-30",
    "last day of Q3": "2026-09-30 2026-09-30",
    "the second month of Q3": "2026-08-01 2026-08-31",
    "the week before Christmas": "2025-12-18 2025-12-24",
    "3 days after Black Friday": "2025-11-29 2025-12-01",
    "the last year and a half": "2025-05-01 2026-10-31",
    "YTD September": "2026-01-01 2026-09-30",
    "rest of the year": "2026-11-01 2026-12-31",
    # spelt wrong
    "Ocotber": "2026-10-01 2026-10-31",
    "septmber 2025": "2025-09-01 2025-09-30",
    "yesteday": "2026-10-30 2026-10-30",
    "Febuary": "2026-02-01 2026-02-28",
    "last qaurter": "2026-07-01 2026-09-30",
    # a month that may be a verb, an ordinal in words, a weekday beside its date
    "jan to may this year": "2026-01-01 2026-05-31",
    "since the first of March": "2026-03-01 2026-10-31",
    "from Monday 3 August to Sunday 4 October 2026": "2026-08-03 2026-10-04",
    "from Sunday 3 August to Saturday 4 October 2025": "2025-08-03 2025-10-04",
    "since monday 2 march 2026": "2026-03-02 2026-10-31",
    "the four quarters of last year": "2025-01-01 2025-12-31",
    "each of the last six full weeks (Monday to Sunday)": "2026-09-14 2026-10-25",
}


@pytest.mark.parametrize("text", SEEN_FROM_31_OCTOBER_2026)
def test_a_period_alone_and_within_a_question(text: str) -> None:
    expected = SEEN_FROM_31_OCTOBER_2026[text]
    alone = _one(text)
    assert alone.kind is TimeKind.PERIOD
    assert _days(alone.period) == expected
    assert alone.text == text
    within = _one(f"What was churn {text}?")
    assert _days(within.period) == expected


@pytest.mark.parametrize("text", SEEN_FROM_31_OCTOBER_2026)
@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
def test_case_changes_nothing(text: str, change: object) -> None:
    assert callable(change)
    assert _days(_one(change(text)).period) == SEEN_FROM_31_OCTOBER_2026[text]


FROM_OTHER_DAYS = [
    # mid-month: what is under way is not whole
    ("2026-10-15", "last month", "2026-09-01 2026-09-30"),
    ("2026-10-15", "last 6 months", "2026-04-01 2026-09-30"),
    ("2026-10-15", "this month", "2026-10-01 2026-10-15"),
    ("2026-10-15", "the latest month", "2026-09-01 2026-09-30"),
    ("2026-10-15", "last 4 quarters", "2025-10-01 2026-09-30"),
    ("2026-10-15", "October", "2026-10-01 2026-10-31"),
    ("2026-10-15", "last October", "2025-10-01 2025-10-31"),
    ("2026-10-01", "October", "2026-10-01 2026-10-31"),
    ("2026-09-30", "October", "2025-10-01 2025-10-31"),
    ("2026-09-30", "last 2 quarters", "2026-04-01 2026-09-30"),
    # a Sunday ends its week
    ("2026-10-25", "last week", "2026-10-12 2026-10-18"),
    ("2026-10-25", "last 2 weeks", "2026-10-12 2026-10-25"),
    ("2026-10-26", "last 2 weeks", "2026-10-12 2026-10-25"),
    ("2026-10-26", "this week", "2026-10-26 2026-10-26"),
    ("2026-10-26", "last Monday", "2026-10-19 2026-10-19"),
    # borders of years
    ("2026-01-01", "last month", "2025-12-01 2025-12-31"),
    ("2026-01-01", "last week", "2025-12-22 2025-12-28"),
    ("2026-01-01", "last quarter", "2025-10-01 2025-12-31"),
    ("2026-01-01", "year to date", "2026-01-01 2026-01-01"),
    ("2025-12-31", "last 12 months", "2025-01-01 2025-12-31"),
    ("2025-12-31", "last 2 years", "2024-01-01 2025-12-31"),
    ("2026-01-15", "summer", "2025-06-01 2025-08-31"),
    ("2026-01-15", "winter", "2025-12-01 2026-02-28"),
    ("2026-01-15", "Q4", "2025-10-01 2025-12-31"),
    ("2026-01-15", "last Christmas", "2025-12-25 2025-12-25"),
    ("2026-01-15", "between November and January", "2025-11-01 2026-01-31"),
    # leap days
    ("2024-02-29", "this month", "2024-02-01 2024-02-29"),
    ("2024-02-29", "last year", "2023-01-01 2023-12-31"),
    ("2024-02-29", "last 1 month", "2024-02-01 2024-02-29"),
    ("2024-02-29", "YTD 2023", "2023-01-01 2023-02-28"),
    ("2024-03-31", "last month", "2024-02-01 2024-02-29"),
    ("2025-03-01", "29 February", "2024-02-29 2024-02-29"),
    # ISO week 53
    ("2021-01-02", "week 53", "2020-12-28 2021-01-03"),
    ("2021-01-02", "last week", "2020-12-21 2020-12-27"),
    ("2021-01-10", "week 1", "2021-01-04 2021-01-10"),
]


@pytest.mark.parametrize(("as_of", "text", "expected"), FROM_OTHER_DAYS)
def test_a_period_seen_from_another_day(as_of: str, text: str, expected: str) -> None:
    assert _days(_one(text, dt.date.fromisoformat(as_of)).period) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FY26", "2025-07-01 2026-06-30"),
        ("fiscal Q2", "2026-10-01 2026-12-31"),
        ("Q1 FY26", "2025-07-01 2025-09-30"),
        ("this fiscal year", "2026-07-01 2026-10-31"),
        ("last fiscal year", "2025-07-01 2026-06-30"),
        ("FYTD", "2026-07-01 2026-10-31"),
        ("last fiscal quarter", "2026-07-01 2026-09-30"),
        ("2026", "2026-01-01 2026-12-31"),
    ],
)
def test_a_fiscal_year_from_july(text: str, expected: str) -> None:
    assert _days(_one(text, calendar=Calendar(fiscal_year_start_month=7)).period) == expected


def test_a_plain_quarter_beside_fiscal_ones_has_another_reading() -> None:
    found = _one("Q1", calendar=Calendar(fiscal_year_start_month=7))
    assert _days(found.period) == "2026-01-01 2026-03-31"
    assert [_days(period) for period in found.alternatives] == ["2026-07-01 2026-09-30"]


def test_weeks_may_start_on_sunday() -> None:
    assert _days(_one("last week", calendar=Calendar(week_start="sunday")).period) == "2026-10-18 2026-10-24"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in July, August and September", ["2026-07-01", "2026-08-01", "2026-09-01"]),
        ("Q1 and Q2 2025", ["2025-01-01", "2025-04-01"]),
        ("2023, 2024 or 2025", ["2023-01-01", "2024-01-01", "2025-01-01"]),
        ("last October and this October", ["2025-10-01", "2026-10-01"]),
        ("this month and last month", ["2026-10-01", "2026-09-01"]),
    ],
)
def test_listed_periods(text: str, expected: list[str]) -> None:
    found = _one(text)
    assert [period.start.isoformat() for period in found.periods if period.start] == expected
    assert found.period is None


COMPARISONS = [
    ("vs last year", "1 year", "2025-01-01 2025-12-31"),
    ("compared with September", None, "2026-09-01 2026-09-30"),
    ("compared to the previous quarter", "1 quarter", "2026-07-01 2026-09-30"),
    ("against last month", "1 month", "2026-09-01 2026-09-30"),
    ("than a year ago", "1 year", "2025-01-01 2025-12-31"),
    ("than in 2024", None, "2024-01-01 2024-12-31"),
    ("year over year", "1 year", None),
    ("year-on-year", "1 year", None),
    ("YoY", "1 year", None),
    ("y/y", "1 year", None),
    ("MoM", "1 month", None),
    ("month-over-month", "1 month", None),
    ("QoQ", "1 quarter", None),
    ("week on week", "1 week", None),
    ("same period last year", "1 year", None),
    ("vs the same month a year ago", "1 year", None),
    ("this time last year", "1 year", None),
    ("versus the year before", "1 year", None),
    ("two years earlier", "2 years", None),
]


@pytest.mark.parametrize(("text", "offset", "days"), COMPARISONS, ids=[case[0] for case in COMPARISONS])
def test_comparisons(text: str, offset: str | None, days: str | None) -> None:
    found = _one(f"GMV {text}" if text.split()[0] in ("vs", "than") else text)
    assert found.kind is TimeKind.COMPARISON
    assert found.offset == (Duration.model_validate(offset) if offset else None)
    assert (_days(found.period) if found.period else None) == days


@pytest.mark.parametrize(
    "text", ["vs the previous period", "the prior period", "than before", "compared with the one before"]
)
def test_the_period_before(text: str) -> None:
    assert _one(f"sales {text}").previous


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("compare Q3 to Q2", ["period Q3", "comparison to Q2"]),
        ("compare October with September", ["period October", "comparison with September"]),
        ("compare 2025 and 2024 by month", ["period 2025", "comparison and 2024", "grain by month"]),
        ("2025 vs 2024", ["period 2025", "comparison vs 2024"]),
        ("up 4% on last month", ["comparison on last month"]),
        ("growth over last year", ["comparison over last year"]),
        ("sales over the last year", ["period over the last year"]),
        ("last month by week vs last year", ["period last month", "grain by week", "comparison vs last year"]),
        ("which month in 2025 was best ever", ["grain month", "period in 2025", "all_time ever"]),
        ("did GMV fall in October", ["period in October"]),
        ("weekly trend since March", ["grain weekly", "period since March"]),
    ],
)
def test_several_expressions_stand_apart(text: str, kinds: list[str]) -> None:
    assert [f"{item.kind.value} {item.text}" for item in find_time_expressions(text, AS_OF)] == kinds


GRAINS: list[tuple[str, TimeGrain | None, bool]] = [
    ("by month", TimeGrain.MONTH, False),
    ("monthly", TimeGrain.MONTH, False),
    ("per day", TimeGrain.DAY, False),
    ("each quarter", TimeGrain.QUARTER, False),
    ("for every week", TimeGrain.WEEK, False),
    ("by year and month", TimeGrain.MONTH, False),
    ("month by month", TimeGrain.MONTH, False),
    ("on a weekly basis", TimeGrain.WEEK, False),
    ("over time", None, False),
    ("orders a day", TimeGrain.DAY, False),
    ("montly", TimeGrain.MONTH, False),
    ("hourly", TimeGrain.HOUR, False),
    ("over the years", TimeGrain.YEAR, False),
    ("which month", TimeGrain.MONTH, True),
    ("best quarter", TimeGrain.QUARTER, True),
    ("top 5 days", TimeGrain.DAY, True),
    ("months above target", TimeGrain.MONTH, True),
    ("how many days", TimeGrain.DAY, True),
]


@pytest.mark.parametrize(("text", "grain", "asks"), GRAINS, ids=[case[0] for case in GRAINS])
def test_grains(text: str, grain: TimeGrain | None, asks: bool) -> None:
    found = _one(text)
    assert (found.kind, found.grain, found.asks_which) == (TimeKind.GRAIN, grain, asks)


PARTS: list[tuple[str, TimePart, tuple[str | int, ...]]] = [
    ("by weekday", TimePart.WEEKDAY, ()),
    ("by day of the week", TimePart.WEEKDAY, ()),
    ("which weekday", TimePart.WEEKDAY, ()),
    ("hour of the day", TimePart.HOUR_OF_DAY, ()),
    ("by month of the year", TimePart.MONTH_OF_YEAR, ()),
    ("on weekends", TimePart.WEEKDAY, ("Saturday", "Sunday")),
    ("on weekdays", TimePart.WEEKDAY, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    ("on Mondays", TimePart.WEEKDAY, ("Monday",)),
    ("Saturdays and Sundays", TimePart.WEEKDAY, ("Saturday", "Sunday")),
    ("every Tuesday", TimePart.WEEKDAY, ("Tuesday",)),
    ("every December", TimePart.MONTH_OF_YEAR, ("December",)),
    ("in December of each year", TimePart.MONTH_OF_YEAR, ("December",)),
    ("Q4 of every year", TimePart.QUARTER_OF_YEAR, (4,)),
]


@pytest.mark.parametrize(("text", "part", "values"), PARTS, ids=[case[0] for case in PARTS])
def test_parts(text: str, part: TimePart, values: tuple[str | int, ...]) -> None:
    found = _one(text)
    assert (found.kind, found.part, found.part_values) == (TimeKind.PART, part, values)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", "2026-10-31"),
        ("right now", "2026-10-31"),
        ("currently", "2026-10-31"),
        ("as of 30 June", "2026-06-30"),
        ("as of last month", "2026-09-30"),
        ("as of the end of Q3", "2026-09-30"),
        ("at the end of September", "2026-09-30"),
        ("end of 2025", "2025-12-31"),
        ("at year-end 2025", "2025-12-31"),
        ("as of October", "2026-10-31"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    found = _one(text) if "year-end" not in text else find_time_expressions(text, AS_OF)[0]
    assert found.kind is TimeKind.AS_OF
    if "year-end" not in text:
        assert found.moment == dt.date.fromisoformat(moment)


@pytest.mark.parametrize("text", ["ever", "of all time", "since inception", "to date", "in our history"])
def test_all_time(text: str) -> None:
    assert _one(f"loans {text}").kind is TimeKind.ALL_TIME


NOTHING = [
    "what may cause this",
    "you may also see revenue",
    "the rise and fall of sales",
    "did revenue fall",
    "march on",
    "top 2000 customers",
    "orders over 2000 USD",
    "more than 2025 orders",
    "between 5 and 10 orders",
    "90-day churn rate",
    "3-month rolling average of GMV",
    "older than 90 days",
    "within 30 days",
    "the second one",
    "customers who sat down in the sun",
    "merch sales",
    "order 20261031",
    "at least 12 orders",
    "product 4711",
    "",
    "   ",
    "🙂 ¿?",
    "99.99.9999",
    "2026-13-45",
    "0/0/0000",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_time(text: str) -> None:
    assert find_time_expressions(text, AS_OF) == ()


def test_flags() -> None:
    assert _one("October").implicit_year and not _one("October 2026").implicit_year
    assert _one("2026").incomplete and not _one("this year").incomplete and not _one("2025").incomplete
    assert _one("Ocotber").corrected and not _one("October").corrected
    assert _one("10/5/2026").alternatives and not _one("10/31/2026").alternatives
    assert _one("Oct 26").alternatives
    assert _one("each of the last 6 months").grain is TimeGrain.MONTH
    assert _one("from September to October").endpoints[0].label == "September 2026"
    assert _one("the current stock").weak


@pytest.mark.parametrize(
    ("main", "compared", "expected"),
    [
        ("this year", "vs last year", "2025-01-01 2025-10-31"),
        ("2026", "vs last year", "2025-01-01 2025-10-31"),
        ("2026", "vs 2025", "2025-01-01 2025-10-31"),
        ("2025", "vs 2024", "2024-01-01 2024-12-31"),
        ("October", "vs last year", "2025-10-01 2025-10-31"),
        ("October", "vs last month", "2026-09-01 2026-09-30"),
        ("Q3", "vs the previous period", "2026-04-01 2026-06-30"),
        ("last 30 days", "vs the previous period", "2026-09-02 2026-10-01"),
        ("last 30 days", "vs the previous 30 days", "2026-09-02 2026-10-01"),
        ("last 3 months", "against the prior 3 months", "2026-05-01 2026-07-31"),
        ("last month", "vs previous month", "2026-08-01 2026-08-31"),
        ("last week", "WoW", "2026-10-12 2026-10-18"),
        ("last week", "vs last year", "2025-10-20 2025-10-26"),
        ("February 2024", "YoY", "2023-02-01 2023-02-28"),
        ("last 6 months", "vs the previous period", "2025-11-01 2026-04-30"),
    ],
)
def test_what_a_period_is_compared_with(main: str, compared: str, expected: str) -> None:
    period = _one(main).period
    assert period is not None
    found = comparison_period(period, _one(f"sales {compared}"), AS_OF)
    assert _days(found) == expected


def test_mid_month_is_compared_with_the_same_days() -> None:
    as_of = dt.date(2026, 10, 15)
    period = _one("this month", as_of).period
    assert period is not None
    assert _days(comparison_period(period, _one("vs last month", as_of), as_of)) == "2026-09-01 2026-09-15"
    assert _days(comparison_period(period, _one("vs last year", as_of), as_of)) == "2025-10-01 2025-10-15"
