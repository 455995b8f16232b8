"""Lengths of time and grains, as the catalog and its queries write them ("12 months", "week")."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema, model_validator


class TimeGrain(StrEnum):
    """A period's size, finest first; weeks start on the catalog's week_start."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def rank(self) -> int:
        """Position from finest (0) to coarsest."""
        return list(TimeGrain).index(self)


class TimePart(StrEnum):
    """A recurring part of time: weekdays and months as English names, hours 0 to 23, the rest as numbers."""

    HOUR_OF_DAY = "hour_of_day"
    WEEKDAY = "weekday"
    DAY_OF_MONTH = "day_of_month"
    DAY_OF_YEAR = "day_of_year"
    WEEK_OF_YEAR = "week_of_year"
    MONTH_OF_YEAR = "month_of_year"
    QUARTER_OF_YEAR = "quarter_of_year"
    YEAR_NUMBER = "year_number"


_DURATION = re.compile(r"^\s*(-?\d+)\s*(second|minute|hour|day|week|month|quarter|year)s?\s*$", re.IGNORECASE)


class Duration(BaseModel):
    """A count of grains; written as text ("90 days") or as {count, grain}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int
    grain: TimeGrain

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            match = _DURATION.match(value)
            if match is None:
                raise ValueError(
                    f"{value!r} is no duration; write a number and a grain, such as '90 days' or '1 month'"
                )
            return {"count": int(match[1]), "grain": match[2].lower()}
        return value

    def __str__(self) -> str:
        return f"{self.count} {self.grain.value}{'' if abs(self.count) == 1 else 's'}"


# A duration in a file: its text, as the JSON Schema tells editors.
WrittenDuration = Annotated[
    Duration,
    WithJsonSchema(
        {"type": "string", "pattern": r"^\s*-?\d+\s*(second|minute|hour|day|week|month|quarter|year)s?\s*$"},
        mode="validation",
    ),
]
