"""The home folder and the users it knows."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from agent.errors import StoreError
from agent.stores.home import LAYOUT_VERSION, open_home
from agent.stores.sqlite_store import open_store
from agent.stores.users import User, read_users
from catalog.errors import CatalogError, UsageError


def test_a_home_is_made_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "home"
    assert open_home(path) == open_home(path)
    assert (path / "version").read_text() == f"{LAYOUT_VERSION}\n"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("version", "says"), [("99", "newer version"), ("one", "holds no version")])
def test_a_home_of_another_kind_is_left_alone(tmp_path: Path, version: str, says: str) -> None:
    (tmp_path / "version").write_text(version)
    with pytest.raises(StoreError, match=says):
        open_home(tmp_path)
    assert (tmp_path / "version").read_text() == version


def test_a_file_where_the_home_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreError, match="PLUMBLINE_HOME"):
        open_home(tmp_path / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_home_that_can_only_be_read_is_given_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert open_home(tmp_path).path == tmp_path
    tmp_path.chmod(0o700)


def test_a_store_goes_through_each_migration_once(tmp_path: Path) -> None:
    first = ("CREATE TABLE kept (n INTEGER);; INSERT INTO kept VALUES (1)",)
    second = (*first, "ALTER TABLE kept ADD COLUMN note TEXT DEFAULT 'added'")
    path = tmp_path / "store.sqlite"
    open_store(path, "store", first).close()
    open_store(path, "store", second).close()
    connection = open_store(path, "store", second)
    assert connection.execute("SELECT * FROM kept").fetchall() == [(1, "added")]
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(path, "store", first)


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    open_store(path, "store", ("CREATE TABLE kept (n INTEGER)",)).close()
    with pytest.raises(StoreError):
        open_store(
            path, "store", ("CREATE TABLE kept (n INTEGER)", "CREATE TABLE more (n INTEGER);; CREATE TABLE more (n)")
        )
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("kept",)]
    connection.close()


def test_users(tmp_path: Path) -> None:
    (tmp_path / "users.yaml").write_text(
        "users:\n  anna: executive\n  ben:\n    role: regional_manager\n    attributes: {region: North, floor: 3}\n  cora: {}\n"
    )
    assert read_users(tmp_path) == {
        "anna": User(name="anna", role="executive"),
        "ben": User(name="ben", role="regional_manager", attributes={"region": "North", "floor": 3}),
        "cora": User(name="cora"),
    }


WRONG = [
    ("anna: executive\n", "users.yaml:1: .*mapping `users:`"),
    ("users: {}\nroles: {}\n", "users.yaml:2: .*only `users` does"),
    ("- anna\n", "users.yaml:1: .*mapping `users:`"),
    ("users:\n  anna: [a]\n", "users.yaml:2: .*anna is a role's name"),
    ("users:\n  anna:\n    rol: executive\n", "users.yaml:3: .*did you mean role"),
    ("users:\n  anna:\n    role: 3\n", "users.yaml:3: .*role's name"),
    ("users:\n  anna:\n    attributes: {region: [a, b]}\n", "users.yaml:3: .*region of anna"),
    ("users:\n  anna: a\n  anna: b\n", "users.yaml:3: .*anna"),
    ("users:\n  anna: {\n", "not valid YAML"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_a_wrong_file_of_users_says_where(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "users.yaml").write_text(text)
    with pytest.raises(CatalogError, match=says):
        read_users(tmp_path)


def test_no_file_of_users(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        read_users(tmp_path)
