"""Gold figures: rows given outright, or SQL run live on the database that the answers read."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evals.errors import GoldSqlError
from evals.suite import Case
from evals.tables import GoldTable

if TYPE_CHECKING:
    import duckdb

GOLD_DEADLINE_S = 120.0


def given_gold(case: Case) -> GoldTable | None:
    """The table of a case's gold rows; None where it has none."""
    if case.gold is None or case.gold.rows is None:
        return None
    width = len(case.gold.rows[0]) if case.gold.rows else len(case.gold.columns)
    return GoldTable(case.gold.columns or tuple(f"column_{index + 1}" for index in range(width)), case.gold.rows)


def run_gold_sql(database: Path, cases: Iterable[Case]) -> dict[str, GoldTable | GoldSqlError]:
    """The table of each case with gold_sql, by case id, or the error that came in its place.

    The database is opened read-only without access to other files, and closed before this returns. GoldSqlError where it
    cannot be opened at all.
    """
    wanted = [case for case in cases if case.gold_sql]
    if not wanted:
        return {}
    import duckdb

    if not database.is_file():
        raise GoldSqlError(f"no database at {database}")
    try:
        connection = duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"})
    except duckdb.Error as error:
        raise GoldSqlError(f"{database} cannot be opened as a DuckDB file: {error}") from error
    with connection:
        return {case.id: _run(connection, case) for case in wanted}


def _run(connection: duckdb.DuckDBPyConnection, case: Case) -> GoldTable | GoldSqlError:
    import duckdb

    deadline = threading.Timer(GOLD_DEADLINE_S, connection.interrupt)
    deadline.start()
    try:
        result = connection.execute(case.gold_sql or "")
        names = tuple(column[0] for column in result.description or ())
        return GoldTable(names, tuple(result.fetchall()))
    except duckdb.Error as error:
        return GoldSqlError(f"case {case.id}: gold_sql did not run: {error}")
    finally:
        deadline.cancel()
