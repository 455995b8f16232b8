"""The home folder (`PLUMBLINE_HOME`): what lies where, and which version of that it is.

version      the layout's version, one number
users.yaml   who may ask, with their role and attributes; with a hash of their password where they may sign in
feedback.sqlite  whether answers helped, by receipt and user
audit/       receipts, append only
guard/       which groups each user was answered about, where a policy sets a minimum size
decisions.sqlite  scenarios and forecasts that users saved, each their own
data/        sample databases
index/       what can be rebuilt from catalog and data
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.errors import StoreError

Migration = Callable[[Path], None]

# Each takes a home of version n (its place here, from 1) to n + 1.
_MIGRATIONS: tuple[Migration, ...] = ()
LAYOUT_VERSION = len(_MIGRATIONS) + 1


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder whose layout is today's."""

    path: Path

    @property
    def users_file(self) -> Path:
        return self.path / "users.yaml"

    @property
    def audit_log(self) -> Path:
        return self.path / "audit" / "receipts.sqlite"

    @property
    def decisions(self) -> Path:
        return self.path / "decisions.sqlite"

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def index(self) -> Path:
        return self.path / "index"


def open_home(path: Path) -> Home:
    """The home folder, made where it is missing and brought to today's layout.

    A folder that can be read but not written is given as it is: what must be written there says so when it comes to it.
    StoreError where it cannot be made or read, or is of a newer version.
    """
    version = _version(path)
    if version > LAYOUT_VERSION:
        raise StoreError(
            f"{path} was laid out by a newer version of Plumbline (layout {version}); update, or set PLUMBLINE_HOME"
        )
    if version == LAYOUT_VERSION:
        return Home(path)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        for migrate in _MIGRATIONS[max(0, version - 1) :] if version else ():
            migrate(path)
        _write_version(path)
    except OSError as error:
        if not path.is_dir() or version:
            raise StoreError(
                f"{path} cannot be prepared: {error.strerror}; set PLUMBLINE_HOME to a folder of yours"
            ) from error
    return Home(path)


def _version(path: Path) -> int:
    """0 for a folder without one: new, or not ours yet."""
    try:
        text = (path / "version").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}; set PLUMBLINE_HOME to a folder of yours") from error
    if not text.isdigit():
        raise StoreError(f"{path / 'version'} holds no version; if the folder is not Plumbline's, set PLUMBLINE_HOME")
    return int(text)


def _write_version(path: Path) -> None:
    temporary = path / f".version.{os.getpid()}"
    temporary.write_text(f"{LAYOUT_VERSION}\n", encoding="ascii")
    temporary.replace(path / "version")
