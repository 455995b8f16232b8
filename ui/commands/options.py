"""Flags that several commands share, written once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def parse_date(text: str | dt.date) -> dt.date:
    """An ISO date; typer.BadParameter says what one looks like."""
    if isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as year-month-day, such as 2026-10-31") from None


def database_file(path: Path | None) -> Path | None:
    """The path of a database; typer.BadParameter says what to do with a folder of files."""
    if path is not None and path.is_dir():
        raise typer.BadParameter(
            f"{str(path)!r} is a folder; `plumbline catalog draft --database {path} --out FOLDER` makes a database of the CSV or "
            "parquet files in it and says where it lies"
        )
    return path


RoleOption = Annotated[str | None, typer.Option("--role", help="Ask as this role (default: the catalog's).")]
UserOption = Annotated[
    str | None, typer.Option("--user", help="Ask as this user of users.yaml in PLUMBLINE_HOME: role and attributes.")
]
CatalogOption = Annotated[str | None, typer.Option("--catalog", help="A shipped catalog's name or a folder of YAML.")]
DatabaseOption = Annotated[Path | None, typer.Option("--database", help="A DuckDB file.", callback=database_file)]
AsOfOption = Annotated[
    dt.date | None, typer.Option("--as-of", parser=parse_date, metavar="DATE", help="The day that counts as today.")
]
ThreadOption = Annotated[
    str | None, typer.Option("--thread", help="Go on with this conversation, or answer what it asked back.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
