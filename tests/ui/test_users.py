"""`plumbline users`, and where the chat is served to whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "correct horse battery"


def run(home: Path, *line: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *line],
        env={"PLUMBLINE_HOME": str(home), "PATH": ""},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_users_are_added_listed_and_removed(tmp_path: Path) -> None:
    added = run(
        tmp_path,
        *("users", "add", "ben", "--role", "regional_manager", "--attribute", "region=West", "--password-stdin"),
        stdin=PASSWORD + "\n",
    )
    assert (added.returncode, added.stdout.strip()) == (0, "ben is added as regional_manager and may sign in"), (
        added.stderr
    )
    assert run(tmp_path, "users", "add", "carl", "--role", "executive", "--no-password").returncode == 0
    listed = run(tmp_path, "users", "list").stdout.splitlines()
    assert listed == ["ben  regional_manager  region=West  may sign in", "carl  executive  no password"]
    assert PASSWORD not in (tmp_path / "users.yaml").read_text()
    assert run(tmp_path, "users", "password", "carl", "--password-stdin", stdin=PASSWORD).returncode == 0
    assert run(tmp_path, "users", "remove", "ben").returncode == 0
    assert run(tmp_path, "users", "list").stdout.splitlines() == ["carl  executive  may sign in"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("add", "ben", "--role", "boss", "--no-password"), "executive"),
        (("add", "ben", "--role", "executive", "--attribute", "region", "--no-password"), "region=West"),
        (("add", "ben", "--role", "executive", "--password-stdin"), "10 to 200"),
        (("add", "ben", "--role", "executive"), "--password-stdin"),
        (("remove", "nobody"), "nobody"),
        (("password", "nobody", "--password-stdin"), "10 to 200"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, line: tuple[str, ...], says: str) -> None:
    done = run(tmp_path, "users", *line, stdin="short\n")
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "users.yaml").exists()


def test_without_accounts_others_are_not_served(business_home: Path, tmp_path: Path) -> None:
    for line in (("--host", "0.0.0.0"), ("--host", "192.168.7.7"), ("--name", "plumbline.example.org")):
        done = run(tmp_path, "chat", *line)
        assert done.returncode == 2
        assert "plumbline users add" in done.stderr
