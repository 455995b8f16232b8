"""What was measured of a database: tables, columns, keys, containment. The ground a first catalog is drafted on."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from pydantic import Field

from catalog.models import FieldType, Frozen

Value = bool | int | float | dt.datetime | dt.date | str


class ColumnProfile(Frozen):
    """One column. Counts are of rows; where its table is `sampled`, of the sampled rows.

    `samples` are its most frequent values, at most 12 (300 where all are codes of up to three signs), most frequent first;
    `patterns` gives, for text, the fraction of up to 300 distinct values that look like an email, a phone, a person_name, ...
    """

    name: str
    database_type: str
    type: FieldType | None  # None: a list, a struct or another type that no field can have
    nulls: int
    distinct: int
    minimum: Value | None = None
    maximum: Value | None = None
    average_length: float | None = None  # characters, of text
    samples: tuple[Value, ...] = ()
    patterns: dict[str, float] = Field(default_factory=dict)
    read_as: str = ""

    @property
    def said(self) -> str:
        """Its name in whole words, where it was read; else its name."""
        return self.read_as or self.name

    @property
    def is_day_in_text(self) -> bool:
        """Whether its values are days, kept as text."""
        return self.type is FieldType.DATE and "iso_date" in self.patterns

    @property
    def is_whole(self) -> bool:
        """Whether its type holds whole numbers alone."""
        return self.type is FieldType.INTEGER or self.database_type.replace(" ", "").endswith(",0)")


class KeyProfile(Frozen):
    """Columns whose values, none of them null, are different in every row; not `exact`: in every sampled row."""

    columns: tuple[str, ...]
    exact: bool = True


class TimePair(Frozen):
    """Two times of one row: the rows that have both, those in which the second is not before the first, and between the two
    the median seconds."""

    first: str
    second: str
    both: int
    in_order: int
    median_s: float | None = None


class KnownTogether(Frozen):
    """A column that says something in just the rows that have a time: a number that is there once it is done; with `value`, a
    column that holds this value in just those rows: the status completed where there is a time of completion."""

    column: str
    time: str
    value: str | None = None


class TableProfile(Frozen):
    """One table or view; `sampled` where its columns were measured on some of its rows."""

    name: str  # with its schema, unless that is main
    rows: int
    columns: tuple[ColumnProfile, ...]
    keys: tuple[KeyProfile, ...] = ()  # single columns first, then at most one of several columns
    sampled: bool = False
    read_as: str = ""  # its name in whole words
    time_pairs: tuple[TimePair, ...] = ()
    known_together: tuple[KnownTogether, ...] = ()

    @property
    def said(self) -> str:
        """Its name in whole words, where it was read; else its name."""
        return self.read_as or self.name

    @cached_property
    def column_by_name(self) -> dict[str, ColumnProfile]:
        return {item.name: item for item in self.columns}

    def said_of(self, column: str) -> str:
        """A column's name in whole words; KeyError where there is none of the name."""
        return self.column_by_name[column].said


class Containment(Frozen):
    """How many of the distinct values (not null) of a table's columns stand in another's key: `contained` of `values`.

    `rows` of them have a value, in `contained_rows` it is there; where nobody counted, both are 0.
    """

    table: str
    columns: tuple[str, ...]
    of_table: str
    of_columns: tuple[str, ...]
    values: int
    contained: int
    rows: int = 0
    contained_rows: int = 0

    @property
    def row_fraction(self) -> float:
        """Of the rows with a value, from 0 to 1: a few rows may hold many values that are gone."""
        return self.contained_rows / self.rows if self.rows else self.fraction

    @property
    def fraction(self) -> float:
        """From 0 to 1; 1 where there are no values to be tested."""
        return self.contained / self.values if self.values else 1.0


class DatabaseProfile(Frozen):
    """A measured database. `skipped` says which tables could not be measured, and why."""

    name: str
    tables: tuple[TableProfile, ...]
    containments: tuple[Containment, ...] = ()
    skipped: dict[str, str] = Field(default_factory=dict)
    measured_on: dt.date

    @cached_property
    def table_by_name(self) -> dict[str, TableProfile]:
        return {item.name: item for item in self.tables}
