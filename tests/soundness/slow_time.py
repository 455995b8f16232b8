"""Which rows count and when, for the slow evaluator: spans, offsets, grains, windows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import CumulativeMetric
from catalog.query import Condition, TimeDimension
from tests.soundness.random_business import Test
from tests.soundness.slow_values import MONTHS, WEEKDAYS

Moment = dt.date | dt.datetime


@dataclass(frozen=True)
class Setting:
    """Which rows and when: conditions, the data's span, the result's period, offsets, a window."""

    conditions: tuple[Condition | Test, ...] = ()
    span: tuple[Moment | None, Moment | None] = (None, None)
    period: tuple[Moment | None, Moment | None] = (None, None)
    offsets: tuple[Duration, ...] = ()
    window: CumulativeMetric | None = None

    def earlier(self, offset: Duration) -> Setting:
        start, end = (None if moment is None else moved(moment, offset, -1) for moment in self.span)
        return replace(self, span=(start, end), offsets=(*self.offsets, offset))


def instant(moment: Moment) -> dt.datetime:
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


def day_of(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def inside(moment: Moment | None, span: tuple[Moment | None, Moment | None]) -> bool:
    start, end = span
    if start is None and end is None:
        return True
    if moment is None:
        return False
    return (start is None or instant(moment) >= instant(start)) and (end is None or instant(moment) < instant(end))


def one(grain: TimeGrain) -> Duration:
    return Duration(count=1, grain=grain)


def moved(moment: Moment, duration: Duration, times: int) -> Moment:
    size = {"month": 1, "quarter": 3, "year": 12}.get(duration.grain.value)
    if size is None:
        return moment + dt.timedelta(days={"day": 1, "week": 7}[duration.grain.value] * duration.count * times)
    index = moment.year * 12 + moment.month - 1 + size * duration.count * times
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=index // 12, month=index % 12 + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def truncated(moment: Moment, grain: TimeGrain) -> dt.date:
    day = day_of(moment)
    if grain is TimeGrain.WEEK:
        return day - dt.timedelta(days=day.weekday())
    if grain is TimeGrain.MONTH:
        return day.replace(day=1)
    if grain is TimeGrain.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if grain is TimeGrain.YEAR else day


def uneven(keys: list[Any], setting: Setting) -> bool:
    """Whether days look back by months: each day looks at the same day of an earlier month, or at its last."""
    days = any(isinstance(key, TimeDimension) and key.grain is TimeGrain.DAY for key in keys)
    return days and any(offset.grain.value in ("month", "quarter", "year") for offset in setting.offsets)


def window_start(window: CumulativeMetric, end: Moment) -> Moment | None:
    if window.window is not None:
        return moved(end, window.window, -1)
    if window.to_date is not None:
        return truncated(instant(end) - dt.timedelta(microseconds=1), window.to_date)
    return None


def time_key(moment: Moment | None, key: TimeDimension, offsets: tuple[Duration, ...]) -> Any:
    """The period of the result that a moment counts for: shifted as a period where the offset is whole ones."""
    if moment is None:
        return None
    if key.part is not None:
        cycles = {
            TimePart.WEEKDAY: TimeGrain.WEEK,
            TimePart.DAY_OF_MONTH: TimeGrain.MONTH,
            TimePart.MONTH_OF_YEAR: TimeGrain.YEAR,
        }
        for offset in offsets:
            if offset.grain.rank < cycles[key.part].rank:
                moment = moved(moment, offset, 1)
        day = day_of(moment)
        names: dict[TimePart, Any] = {
            TimePart.WEEKDAY: WEEKDAYS[day.weekday()],
            TimePart.DAY_OF_MONTH: day.day,
            TimePart.MONTH_OF_YEAR: MONTHS[day.month - 1],
        }
        return names[key.part]
    grain = key.grain
    assert grain is not None
    months = {"month": 1, "quarter": 3, "year": 12}
    if all(whole(grain, offset, months) for offset in offsets):
        found: Moment = truncated(moment, grain)
        for offset in offsets:
            found = moved(found, offset, 1)
        return found
    for offset in offsets:
        moment = moved(moment, offset, 1)
    return truncated(moment, grain)


def whole(grain: TimeGrain, offset: Duration, months: dict[str, int]) -> bool:
    if offset.grain.value in months:
        return grain.value in months and months[offset.grain.value] * offset.count % months[grain.value] == 0
    days = {"day": 1, "week": 7}
    return grain.value in days and days[offset.grain.value] * offset.count % days[grain.value] == 0
