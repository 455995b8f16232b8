"""Holidays fall on days there are, as_of can be computed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.errors import CatalogIssue
from catalog.models import Catalog, Holiday
from catalog.rules.findings import error
from catalog.rules.targets_can_be_met import unknown_sources

RULE = "calendar_is_possible"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def calendar_is_possible(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for impossible days, unknown time zones, and an as_of that names what does not exist."""
    for holiday in catalog.calendar.holidays:
        message = _fault(holiday)
        if message is not None:
            yield error(RULE, f"holiday {holiday.name}: {message}", "catalog", "calendar", "holidays", holiday.name)
    zone = catalog.calendar.time_zone
    if zone is not None and not _zone_exists(zone):
        yield error(
            RULE, f"no time zone is called {zone!r}; write one as Africa/Lagos", "catalog", "calendar", "time_zone"
        )
    if catalog.as_of is not None:
        for message in _as_of_faults(catalog, catalog.as_of):
            yield error(RULE, f"as_of: {message}", "catalog", "as_of")


def _fault(holiday: Holiday) -> str | None:
    if bool(holiday.dates) == (holiday.month is not None) or (holiday.month is None) != (holiday.day is None):
        return "it has a month and a day, or dates"
    if holiday.month is not None and holiday.day is not None:
        try:
            dt.date(2024, holiday.month, holiday.day)  # a leap year: 29 February is a day
        except ValueError:
            return f"there is no day {holiday.day} in month {holiday.month}"
    return None


def _zone_exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _as_of_faults(catalog: Catalog, as_of: str) -> Iterator[str]:
    if not _DATE.fullmatch(as_of):
        yield from unknown_sources(catalog, as_of)
        return
    try:
        dt.date.fromisoformat(as_of)
    except ValueError:
        yield f"{as_of} is no date"
