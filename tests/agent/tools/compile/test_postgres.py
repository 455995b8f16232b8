"""The cases of the cinema chain on a real PostgreSQL: the same rows as the SQL written by hand gives on DuckDB."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from agent.tools.compile import compile_query
from catalog.query import MetricQuery
from tests.agent.tools.compile.cinema import DATA, cinema_view
from tests.agent.tools.compile.test_compile import HERE

PROGRAMS = [*Path("/usr/lib/postgresql").glob("*/bin")]
CASES = [case for case in yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8")) if "error" not in case]

pytestmark = pytest.mark.skipif(
    not PROGRAMS or shutil.which("psql") is None, reason="there is no PostgreSQL server here, so its SQL was not run"
)


def run_server(command: list[str], *, check: bool = True) -> None:
    """The command as a user who may run a server: it refuses to be run by root."""
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, user=user, extra_groups=() if user else None)


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="plumbline-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "nobody")
    programs = PROGRAMS[-1]
    initialise = [str(programs / "initdb"), "-D", str(home / "data"), "-U", "tester", "-A", "trust"]
    run_server(initialise)
    control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w"]
    options = ["-o", f"-k {home} -h ''", "-l", str(home / "log")]
    run_server([*control, *options, "start"])
    try:
        run(home, DATA)
        yield home
    finally:
        run_server([*control, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(home, ignore_errors=True)


def run(socket: Path, sql: str) -> list[list[str]]:
    """The rows of a statement as text."""
    command = [
        "psql",
        "-h",
        str(socket),
        "-U",
        "tester",
        "-d",
        "postgres",
        "--csv",
        "-t",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
    ]
    done = subprocess.run([*command, "-c", sql], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout)))


def as_text(value: Any) -> str:
    """A cell as both sides show it."""
    if value is None or value == "":
        return ""
    try:
        return f"{float(value):.6g}"
    except (ValueError, TypeError):
        return str(value)


def test_the_cases(socket: Path) -> None:
    reference = duckdb.connect()
    reference.execute(DATA)
    different = {}
    for case in CASES:
        compiled = compile_query(cinema_view(), MetricQuery.model_validate(case["query"]), dialect="postgres")
        found = [[as_text(cell) for cell in row] for row in run(socket, compiled.sql)]
        expected = [[as_text(cell) for cell in row] for row in reference.execute(case["sql"]).fetchall()]
        if found != expected:
            different[case["id"]] = (found, expected)
    assert not different
