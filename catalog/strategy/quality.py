"""What a catalog expects of its data, beyond what keys, relationships and time fields already say."""

from __future__ import annotations

from pydantic import Field

from catalog.durations import WrittenDuration
from catalog.frozen import Frozen


class ValueRange(Frozen):
    """The least and the most a field's values may be."""

    field: str  # a field of the dataset
    least: float | None = None
    most: float | None = None


class DatasetExpectations(Frozen):
    """One dataset's: `batch` is the field that says which load a row came with (else its time field, by week)."""

    dataset: str
    batch: str | None = None
    fresh_within: WrittenDuration | None = None  # the last row may be this much older than today
    fewest_rows: int | None = Field(default=None, ge=0)  # in a whole batch
    most_rows: int | None = Field(default=None, ge=0)
    ranges: tuple[ValueRange, ...] = ()
    skip: tuple[str, ...] = ()  # checks that are not to be made: row_count, season, freshness, keys, references
