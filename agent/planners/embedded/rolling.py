"""Figures over a window that moves along time: "rolling 3-month revenue", "7-day moving average of orders"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.durations import TimeGrain

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "nine": 9, "ten": 10, "twelve": 12}
_NUMBER = r"(?P<count>\d{1,3}|" + "|".join(_COUNTS) + ")"
_UNIT = r"(?P<unit>day|week|month|quarter)s?"
_KIND = r"(?:\s+(?P<kind>average|avg|mean|sum|total)(?:\s+of)?\b)?"
_WINDOWS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:rolling|moving)\s+{_NUMBER}[\s-]*{_UNIT}{_KIND}",
        rf"\b{_NUMBER}[\s-]*{_UNIT}\s+(?:rolling|moving){_KIND}",
    )
)


@dataclass(frozen=True)
class Rolling:
    """A window of `rows` steps of `grain`; the mean of its rows where `average`, else their total."""

    rows: int
    grain: TimeGrain
    average: bool


def take_rolling(text: str) -> tuple[str, Rolling | None]:
    """The text without its phrase of a moving window (blanks in its place), and the window.

    >>> take_rolling("7-day moving average of orders")
    ('                        orders', Rolling(rows=7, grain=<TimeGrain.DAY: 'day'>, average=True))
    """
    for pattern in _WINDOWS:
        found = pattern.search(text)
        if found is None:
            continue
        rows = _COUNTS.get(found["count"].lower()) or int(found["count"])
        average = (found["kind"] or "").lower() in ("average", "avg", "mean")
        if rows >= 2:
            blank = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
            return blank, Rolling(rows, TimeGrain(found["unit"].lower()), average)
    return text, None
