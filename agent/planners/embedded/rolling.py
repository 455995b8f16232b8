"""Figures over a window that moves along time: "rolling 3-month revenue", "7-day moving average of orders"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.durations import TimeGrain

COUNTS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_NUMBER = r"(?P<count>\d{1,3}|" + "|".join(COUNTS) + ")"
_UNIT = r"(?P<unit>day|week|month|quarter)s?"
_KIND = r"(?:\s+(?P<kind>average|avg|mean|sum|total)(?:\s+of)?\b)?"
_WINDOWS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:rolling|moving)\s+{_NUMBER}[\s-]*{_UNIT}{_KIND}",
        rf"\b{_NUMBER}[\s-]*{_UNIT}\s+(?:rolling|moving){_KIND}",
    )
)


# "(each month averaged with the two before it)": the same window said once more.
_AND_THOSE_BEFORE = re.compile(
    rf"\s*[(,]\s*(?:i\.e\.,? |that is,? )?(?:each|every|a) (?:day|week|month|quarter) (?:(?:is )?(?:averaged|added|taken"
    rf"|summed)(?: up)? )?"
    rf"(?:together )?(?:with|and) (?:the|its) {_NUMBER} (?:(?:days|weeks|months|quarters|ones) )?(?:before|preceding"
    rf"|previous)(?: it)?\)?",
    re.IGNORECASE,
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
        rows = COUNTS.get(found["count"].lower()) or int(found["count"])
        text = _with_those_before(text, rows)
        average = (found["kind"] or "").lower() in ("average", "avg", "mean")
        if rows >= 2:
            blank = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
            return blank, Rolling(rows, TimeGrain(found["unit"].lower()), average)
    return text, None


def _with_those_before(text: str, rows: int) -> str:
    """The text without what says again that a window of so many steps is each step and those before it."""
    found = _AND_THOSE_BEFORE.search(text)
    said = (COUNTS.get(found["count"].lower()) or int(found["count"])) + 1 if found is not None else rows
    return _AND_THOSE_BEFORE.sub(lambda same: " " * len(same[0]), text) if said == rows else text
