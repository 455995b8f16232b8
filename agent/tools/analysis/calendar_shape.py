"""What the calendar says of a series: the cycles of its grain, and where the catalog's holidays fall."""

from __future__ import annotations

import datetime as dt

import numpy as np

from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.analysis.history import Window
from catalog.durations import TimeGrain
from catalog.models import Holiday

CYCLES_BY_GRAIN: dict[TimeGrain, tuple[float, ...]] = {
    TimeGrain.DAY: (7.0, 365.25),
    TimeGrain.WEEK: (365.25 / 7,),
    TimeGrain.MONTH: (12.0,),
    TimeGrain.QUARTER: (4.0,),
}
_LONGEST_HOLIDAY_DAYS = 7  # a longer one is a season, which the year's cycle holds
_FEWEST_TIMES = 2


def calendar_shape(window: Window, horizon: int) -> SeriesShape:
    """The shape of series over the window and `horizon` periods more."""
    marks = holiday_marks(window, horizon) if window.grain in (TimeGrain.DAY, TimeGrain.WEEK) else None
    return SeriesShape(cycles=CYCLES_BY_GRAIN.get(window.grain, ()), marks=marks)


def holiday_marks(window: Window, horizon: int) -> FloatArray | None:
    """One column a holiday that the window holds at least twice: the share of its days in each period. None for none."""
    length = window.length
    columns: list[FloatArray] = []
    for holiday in window.calendar.holidays:
        if holiday.days > _LONGEST_HOLIDAY_DAYS:
            continue
        column = np.zeros(length + horizon)
        for day in _days(holiday, window.start, window.first_day(length + horizon)):
            column[window.place(day)] += 1 / holiday.days
        if (column[:length] > 0).sum() >= _FEWEST_TIMES * (holiday.days if window.grain is TimeGrain.DAY else 1):
            columns.append(column)
    return np.stack(columns, axis=1) if columns else None


def _days(holiday: Holiday, start: dt.date, end: dt.date) -> list[dt.date]:
    firsts = list(holiday.dates)
    if not firsts and holiday.month is not None and holiday.day is not None:
        for year in range(start.year - 1, end.year + 1):
            try:
                firsts.append(dt.date(year, holiday.month, holiday.day))
            except ValueError:  # 29 February
                continue
    days = (first + dt.timedelta(days=place) for first in firsts for place in range(holiday.days))
    return [day for day in days if start <= day < end]
