"""Changes to users.yaml: each reads the file, changes one user and writes it anew in one step, for its owner's eyes alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from agent.errors import StoreError
from agent.stores.home import open_home
from agent.stores.users import Attribute, User, read_users
from catalog.errors import UnknownNameError, UsageError
from semantic_context.build_lock import build_lock

_NAME = re.compile(r"[^\s/\\:\x00-\x1f][^/\\:\x00-\x1f]{0,99}")
_HEAD = "# Who may ask (docs/users.md). Passwords are hashes: `plumbline users password NAME` sets one.\n"


def known_users(home: Path) -> dict[str, User]:
    """The users by name; none where there is no file yet. CatalogError for a file that is wrong."""
    return read_users(home) if (home / "users.yaml").exists() else {}


def add_user(home: Path, name: str, role: str, attributes: dict[str, Attribute], password: str | None) -> None:
    """A new user, with the hash of their password where they may sign in. UsageError for a name that is taken."""
    if not _NAME.fullmatch(name) or name != name.strip():
        raise UsageError("a user's name has 1 to 100 characters, no slash or colon, and no space at its ends")

    def change(users: dict[str, User]) -> None:
        if name in users:
            raise UsageError(f"there is a user {name!r} already; `plumbline users password` sets another password")
        users[name] = User(name=name, role=role, attributes=attributes, password=password)

    _change(home, change)


def remove_user(home: Path, name: str) -> None:
    """The user is gone: they may neither sign in nor ask. UnknownNameError where there is none."""

    def change(users: dict[str, User]) -> None:
        _known(users, name)
        del users[name]

    _change(home, change)


def set_password(home: Path, name: str, password: str) -> None:
    """Another password hash for a user. UnknownNameError where there is none."""

    def change(users: dict[str, User]) -> None:
        users[name] = _known(users, name).model_copy(update={"password": password})

    _change(home, change)


def _known(users: dict[str, User], name: str) -> User:
    if name not in users:
        raise UnknownNameError("user", name, tuple(users)[:5])
    return users[name]


def _change(home: Path, change: Callable[[dict[str, User]], None]) -> None:
    path = open_home(home).users_file
    try:
        with build_lock(home):
            users = known_users(home)
            change(users)
            _write(path, users)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error


def _write(path: Path, users: dict[str, User]) -> None:
    text = _HEAD + yaml.safe_dump(
        {"users": {user.name: _entry(user) for user in users.values()}}, sort_keys=False, allow_unicode=True
    )
    temporary = path.with_name(f".users.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(path)


def _entry(user: User) -> dict[str, Any] | str:
    if user.role is not None and not user.attributes and user.password is None:
        return user.role
    entry: dict[str, Any] = {"role": user.role} if user.role is not None else {}
    if user.attributes:
        entry["attributes"] = dict(user.attributes)
    if user.password is not None:
        entry["password"] = user.password
    return entry
