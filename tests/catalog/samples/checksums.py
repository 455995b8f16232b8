"""Sums over the rows of a sample's tables, by which two samples are known to be the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def checksums(database: Path, tables: Iterable[str]) -> dict[str, str]:
    """A sum over the rows' MD5s by table: the same for the same rows in whatever order."""
    sums = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in tables:
            names = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
            row_text = " || '|' || ".join(f"coalesce(\"{name}\"::VARCHAR, '-')" for name in names)
            rows = connection.execute(f"SELECT sum(md5_number_lower({row_text})::HUGEINT) FROM {table}").fetchall()
            sums[table] = str(rows[0][0])
    return sums
