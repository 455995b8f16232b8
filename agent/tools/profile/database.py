"""Measures a database: what a first catalog of it is drafted on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from agent.errors import WarehouseError
from agent.tools.profile.columns import measure_columns, source_for
from agent.tools.profile.containments import measure_containments
from agent.tools.profile.keys import find_keys
from agent.tools.profile.measuring import Measuring, Source
from agent.tools.profile.times import measure_known_together, measure_time_pairs
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.drafting.reading import NameReading, read_names
from catalog.errors import UsageError
from catalog.profile import DatabaseProfile, TableProfile
from catalog.rules.matches_database import family_of

_LIMITS = QueryLimits(deadline_s=120.0)
MOST_TABLES = 500
_UNREADABLE = re.compile(r'["\x00]|^[^.]*\.[^.]*\.')


def profile_database(database: Path, progress: Callable[[str, float], None] | None = None) -> DatabaseProfile:
    """The profile of a DuckDB file. `progress` is told each table as it begins and the fraction done by then.

    Tables past two million rows are measured on half a million of them, in slices that are the same each time; their keys
    are tested on all rows up to a hundred million. A table that the engine cannot read is left out and named in `skipped`.
    DatabaseUnavailableError where there is no such file; UsageError where it holds no table, or more than 500.
    """
    tell = progress or (lambda stage, done: None)
    with Warehouse.open(database, WarehouseSettings(limits=_LIMITS)) as warehouse:
        columns = {name: dict(found) for name, found in warehouse.tables().items()}
        if not columns:
            raise UsageError(f"{database} holds no table to draft a catalog from")
        if len(columns) > MOST_TABLES:
            raise UsageError(f"{database} holds {len(columns):,} tables; a catalog is drafted of at most {MOST_TABLES}")
        skipped = {name: "its name holds a quote or several dots" for name in columns if _UNREADABLE.search(name)}
        measuring = Measuring(warehouse, {name: found for name, found in columns.items() if name not in skipped})
        tables: list[TableProfile] = []
        sources: dict[str, Source] = {}
        reading = read_names(
            {
                name: {column: family_of(kind) for column, kind in found.items()}
                for name, found in measuring.tables.items()
            }
        )
        main_first = sorted(measuring.tables.items(), key=lambda item: ("." in item[0], item[0]))
        for number, (name, found) in enumerate(main_first):
            tell(name, number / (len(columns) + 1))
            try:
                source = source_for(measuring, name, found)
                tables.append(_measured(measuring, source, reading))
                sources[name] = source
            except WarehouseError as error:
                skipped[name] = str(error)
        tell("relationships", len(columns) / (len(columns) + 1))
        containments = measure_containments(measuring, tuple(tables), sources)
    tell("done", 1.0)
    return DatabaseProfile(
        name=database.stem,
        tables=tuple(tables),
        containments=containments,
        skipped=skipped,
        measured_on=dt.date.today(),
    )


def _measured(measuring: Measuring, source: Source, reading: NameReading) -> TableProfile:
    columns = tuple(
        column.model_copy(update={"read_as": reading.columns[source.name][column.name]})
        for column in measure_columns(measuring, source)
    )
    return TableProfile(
        name=source.name,
        rows=source.rows,
        columns=columns,
        keys=find_keys(measuring, source, columns),
        sampled=source.sampled,
        read_as=reading.tables[source.name],
        time_pairs=measure_time_pairs(measuring, source, columns),
        known_together=measure_known_together(measuring, source, columns),
    )
