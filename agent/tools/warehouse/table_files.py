"""A folder of CSV and Parquet files as one DuckDB file: how data that is no database yet becomes one.

The only place beside the worker where an engine is opened: on a new file of its own, with statements written here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UsageError

_READERS = {
    ".csv": "read_csv({path}, sample_size = -1)",
    ".tsv": "read_csv({path}, sample_size = -1)",
    ".csv.gz": "read_csv({path}, sample_size = -1)",
    ".parquet": "read_parquet({path})",
}
FORMATS = tuple(_READERS)
MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file and the table it becomes."""

    path: Path
    table: str
    reader: str


def table_files(folder: Path) -> tuple[TableFile, ...]:
    """The files of a folder that become tables, by name; a table is called as its file.

    UsageError where there are none, more than 500, or two for the same table.
    """
    found: dict[str, TableFile] = {}
    for path in sorted(folder.iterdir()):
        ending = next((ending for ending in _READERS if path.name.lower().endswith(ending)), None)
        if ending is None or not path.is_file() or path.name.startswith("."):
            continue
        table = re.sub(r"[^A-Za-z0-9_]+", "_", path.name[: -len(ending)]).strip("_") or "data"
        table = f"t{table}" if table[0].isdigit() else table
        if table.lower() in found:
            raise UsageError(
                f"{found[table.lower()].path.name} and {path.name} would both become the table {table}; rename one"
            )
        found[table.lower()] = TableFile(path, table, _READERS[ending])
    if not found:
        raise UsageError(f"the folder {folder} holds no file that can become a table ({', '.join(FORMATS)})")
    if len(found) > MOST_FILES:
        raise UsageError(f"the folder {folder} holds {len(found):,} files; at most {MOST_FILES} become a database")
    return tuple(found.values())


def database_of_files(folder: Path, out: Path, progress: Callable[[str, float], None] | None = None) -> dict[str, int]:
    """Write the folder's files as tables of the DuckDB file `out`; gives each table's number of rows.

    All rows of a CSV file are read to tell its types. The file appears only when it is complete, replacing an older one.
    UsageError names the file that cannot be read and why.
    """
    import duckdb

    files = table_files(folder)
    tell = progress or (lambda stage, done: None)
    rows: dict[str, int] = {}
    with _complete_at_the_end(out) as partial, duckdb.connect(str(partial)) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would write to the standard output
        for number, file in enumerate(files):
            tell(file.path.name, number / len(files))
            source = file.reader.format(path="'" + str(file.path.resolve()).replace("'", "''") + "'")
            try:
                connection.execute(f'CREATE TABLE "{file.table}" AS SELECT * FROM {source}')
                rows[file.table] = connection.execute(f'SELECT count(*) FROM "{file.table}"').fetchall()[0][0]
            except duckdb.Error as error:
                raise UsageError(f"{file.path} cannot be read: {str(error).partition(chr(10))[0]}") from error
    tell("done", 1.0)
    return rows


@contextmanager
def _complete_at_the_end(out: Path) -> Iterator[Path]:
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
