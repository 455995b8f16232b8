"""`plumbline catalog draft`: a first catalog of a database nobody has described yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def draft(
    database: Annotated[
        Path, typer.Option("--database", help="A DuckDB file, or a folder of CSV or Parquet files.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to (default: the catalog's name, here).")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="The catalog's name (default: the database's).")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite an earlier draft.")] = False,
) -> None:
    """Draft a first catalog from the data: keys, relationships, metrics, personal data, and what to confirm."""
    from agent.admin import draft_catalog

    report = draft_catalog(database, out, name, replace=replace, progress=_progress)
    catalog = report.catalog
    print(
        f"{report.folder}: {len(catalog.datasets)} datasets, {len(catalog.relationships)} relationships, "
        f"{sum(not metric.hidden for metric in catalog.metrics)} metrics ({', '.join(report.files)})"
    )
    if report.to_confirm:
        counted = ", ".join(f"{topic.lower()} {count}" for topic, count in report.to_confirm.items())
        print(f"to confirm (CONFIRM.md): {counted}")
    for table, reason in report.skipped.items():
        print(f"left out: {table}: {reason}")
    print(f'ask: plumbline ask "..." --catalog {report.folder} --database {report.database}')


def _progress(stage: str, done: float) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= 1 else ""
        sys.stderr.write(f"\r\x1b[K{done:4.0%} {stage}{end}")
        sys.stderr.flush()
