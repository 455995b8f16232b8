"""The database file under the warehouse: replaced, written in place, gone, or no database at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.errors import DatabaseUnavailableError
from agent.tools.guard.free import guard_free
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.fingerprint import explain_open_failure
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView

pytestmark = pytest.mark.alone

Asked = Callable[[str], GuardedStatement]


def test_a_replaced_database_is_picked_up(
    own: Warehouse, own_database: Path, asked: Asked, open_view: CatalogView
) -> None:
    count = asked("SELECT count(*) AS n FROM vendors")
    free = guard_free("SELECT count(*) AS n FROM vendors", open_view)
    assert own.run(count).rows == own.run(free).rows == ((8,),)
    before = own.fingerprint()
    _replace(own_database, "INSERT INTO vendors VALUES (9, 'Ninth')")
    assert own.fingerprint() != before
    assert own.run(count).rows == own.run(free).rows == ((9,),)


def test_a_database_written_in_place_is_picked_up(
    own_database: Path, asked: Asked, small_settings: WarehouseSettings
) -> None:
    with Warehouse.open(own_database, small_settings) as warehouse:
        assert warehouse.run(asked("SELECT count(*) AS n FROM vendors")).rows == ((8,),)
        changed = own_database.with_name("changed.duckdb")
        shutil.copy(own_database, changed)
        with duckdb.connect(str(changed)) as connection:
            connection.execute("DELETE FROM vendors WHERE vendor_id > 2")
        own_database.write_bytes(changed.read_bytes())
        assert warehouse.run(asked("SELECT count(*) AS n FROM vendors")).rows == ((2,),)


def test_a_database_replaced_under_a_running_question_is_read_again(
    own: Warehouse, own_database: Path, asked: Asked
) -> None:
    slow = (
        "SELECT (SELECT count(*) FROM vendors) AS n, count(*) AS m FROM range(60000000) AS t(i) WHERE hash(i) % 7 = 1"
    )
    own.run(asked("SELECT 1 AS n"))
    timer = threading.Timer(0.05, _replace, (own_database, "INSERT INTO vendors VALUES (9, 'Ninth')"))
    timer.start()
    result = own.run(asked(slow), limits=QueryLimits(deadline_s=20))
    timer.join()
    assert result.rows[0][0] == 9


def _replace(database: Path, change: str) -> None:
    fresh = database.with_name(f"fresh-{time.monotonic_ns()}.duckdb")
    shutil.copy(database, fresh)
    with duckdb.connect(str(fresh)) as connection:
        connection.execute(change)
    fresh.replace(database)


def test_a_database_that_goes_away_says_so(own: Warehouse, own_database: Path, asked: Asked) -> None:
    own.run(asked("SELECT 1 AS n"))
    own_database.unlink()
    for ask in (lambda: own.run(asked("SELECT 1 AS n")), own.fingerprint, own.tables):
        with pytest.raises(DatabaseUnavailableError, match="there is no database at"):
            ask()


def _nothing(path: Path, real: Path) -> None:
    """No file at all."""


def _folder(path: Path, real: Path) -> None:
    path.mkdir()


def _text(path: Path, real: Path) -> None:
    path.write_text("id,amount\n1,2\n")


def _empty(path: Path, real: Path) -> None:
    path.touch()


def _cut_short(path: Path, real: Path) -> None:
    path.write_bytes(real.read_bytes()[:6000])


def _being_written(path: Path, real: Path) -> subprocess.Popen[str]:
    shutil.copy(real, path)
    program = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    return writer


UNUSABLE = [
    (_nothing, "there is no database at"),
    (_folder, "is a folder"),
    (_text, "is not a DuckDB file"),
    (_empty, "is not a DuckDB file"),
    (_cut_short, "damaged"),
    (_being_written, "another program is writing"),
]


@pytest.mark.parametrize(("make", "says"), UNUSABLE, ids=[make.__name__ for make, _ in UNUSABLE])
def test_an_unusable_database_says_why(
    tmp_path: Path, shop_database: Path, asked: Asked, make: Callable[[Path, Path], Any], says: str
) -> None:
    path = tmp_path / "unusable.duckdb"
    held = make(path, shop_database)
    with pytest.raises(DatabaseUnavailableError, match=says) as error, Warehouse.open(path) as warehouse:
        warehouse.run(asked("SELECT 1 AS n"))
    assert str(path) in str(error.value)
    if held is not None:
        held.communicate("")


FAILURES = [
    ('IO Error: Could not set lock on file "x": Conflicting lock is held in PID 7', "another program is writing"),
    (
        "Trying to read a database file with version number 99, but we can only read versions between 64 and 68.",
        "another storage",
    ),
    ("Serialization Error: Failed to deserialize: expected end of object", "damaged"),
    ("Corrupt database file: computed checksum 1 does not match stored checksum 2 in block 0", "damaged"),
]


@pytest.mark.parametrize(("detail", "says"), FAILURES)
def test_what_the_engine_says_of_a_file_is_put_plainly(detail: str, says: str) -> None:
    assert says in str(explain_open_failure(Path("shop.duckdb"), detail))


def _children() -> set[str]:
    """The processes that this one has started and that are not gone."""
    return {pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are listed under /proc")
def test_a_closed_warehouse_has_let_go_of_the_file(
    own_database: Path, small_settings: WarehouseSettings, asked: Callable[[str], GuardedStatement]
) -> None:
    """A process that is killed and not yet gone holds its lock on the database."""
    others = _children()
    with Warehouse.open(own_database, small_settings) as warehouse:
        warehouse.run(asked("SELECT 1 AS one"))
        own = _children() - others
        assert own
    assert not own & _children()
    with duckdb.connect(str(own_database)) as connection:
        connection.execute("CREATE TABLE written_behind AS SELECT 1 AS one")
