"""Drafts a catalog of a database, or of a folder of files, and writes it down."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.settings import Settings
from catalog.errors import UsageError
from catalog.models import Catalog

_DRAFTED = re.compile(r"(datasets|metrics)(_\d+)?\.yaml|relationships\.yaml")
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What was drafted: the catalog, the folder and its files, the database, and how many things to confirm by topic."""

    catalog: Catalog
    folder: Path
    files: tuple[str, ...]
    database: Path
    to_confirm: dict[str, int]
    skipped: dict[str, str]


def draft_to_folder(
    source: Path,
    out: Path | None,
    name: str | None,
    settings: Settings,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> DraftReport:
    """Profile `source` and write the first catalog to `out`, by default a folder of the catalog's name, here.

    A folder of files becomes <home>/data/<name>.duckdb first. UsageError where there is nothing to draft from, or where
    something would be overwritten and `replace` is not set.
    """
    from agent.tools.profile.database import profile_database
    from catalog.draft import draft_catalog
    from catalog.drafting.names import identifier_of

    if not source.exists():
        raise UsageError(f"there is no file or folder {source}")
    called = identifier_of(name or (source.resolve().name if source.is_dir() else source.stem))
    folder = out or Path(called)
    _require_free(folder, called, replace)
    database = _database_of(source, called, settings, replace, progress) if source.is_dir() else source
    profile = profile_database(database, progress)
    draft = draft_catalog(profile, called)
    _write(folder, draft.files)
    counts: dict[str, int] = {}
    for item in draft.confirmations:
        counts[item.topic] = counts.get(item.topic, 0) + 1
    return DraftReport(draft.catalog, folder, tuple(draft.files), database, counts, dict(profile.skipped))


def _require_free(folder: Path, name: str, replace: bool) -> None:
    from catalog.loader import shipped_catalogs

    if name in shipped_catalogs():
        raise UsageError(f"{name!r} is a shipped catalog's name; choose another with --name")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; --out is a folder")
    if not replace and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"the folder {folder} is not empty; choose another with --out, or overwrite with --replace")


def _database_of(folder: Path, name: str, settings: Settings, replace: bool, progress: Progress | None) -> Path:
    from agent.locations import default_database
    from agent.stores.home import open_home
    from agent.tools.warehouse.table_files import database_of_files

    open_home(settings.home)
    database = default_database(settings, name)
    if database.exists() and not replace:
        raise UsageError(f"{database} exists already; choose another --name, or overwrite it with --replace")
    database_of_files(folder, database, progress)
    return database


def _write(folder: Path, files: dict[str, str]) -> None:
    """Each file appears whole or not at all; what an earlier draft had more of goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        partial = folder / f".{name}.{os.getpid()}"
        partial.write_text(text, encoding="utf-8")
        partial.replace(folder / name)
    for path in folder.iterdir():
        if _DRAFTED.fullmatch(path.name) and path.name not in files:
            path.unlink()
