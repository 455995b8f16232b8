"""The warehouse on real files: typed rows, limits that hold, and processes that come and go."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from agent.errors import (
    DeadlineError,
    MemoryLimitError,
    PolicyRefusal,
    QueryCancelledError,
    WarehouseBusyError,
    WarehouseError,
)
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.process import Cancellation
from agent.tools.warehouse.result import ResultColumn
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal
from catalog.models import CatalogField, FieldRole, FieldType, RoleLimits

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[4]
ENDLESS = "SELECT sum(a.i * b.i) AS s FROM range(10000000) AS a(i), range(10000000) AS b(i)"
DEAF = "SELECT levenshtein(repeat('ab', 60000), repeat('ba', 60000)) + length(lpad('x', 500000000, 'y')) AS n"
GREEDY = "SELECT length(string_agg(repeat('x', 1000), ',')) AS n FROM range(10000000)"


Asked = Callable[[str], GuardedStatement]


TYPED = [
    ("42", "INTEGER", 42),
    ("170141183460469231731687303715884105727::HUGEINT", "HUGEINT", 2**127 - 1),
    ("1.10::DECIMAL(10, 2)", "DECIMAL(10,2)", Decimal("1.10")),
    ("0.1::DOUBLE", "DOUBLE", 0.1),
    ("'infinity'::DOUBLE", "DOUBLE", float("inf")),
    ("true", "BOOLEAN", True),
    ("NULL::DATE", "DATE", None),
    ("'naïve \u2028 \\\"quoted\\\"'", "VARCHAR", 'naïve \u2028 \\"quoted\\"'),
    ("DATE '2026-10-31'", "DATE", dt.date(2026, 10, 31)),
    ("DATE '0044-03-15 (BC)'", "DATE", "0044-03-15 (BC)"),
    ("TIMESTAMP '2026-10-31 01:02:03.000004'", "TIMESTAMP", dt.datetime(2026, 10, 31, 1, 2, 3, 4)),
    ("TIMESTAMPTZ '2026-10-31 02:00:00+02'", "TIMESTAMP WITH TIME ZONE", dt.datetime(2026, 10, 31, tzinfo=dt.UTC)),
    ("TIME '01:02:03'", "TIME", dt.time(1, 2, 3)),
    ("INTERVAL 3 DAY", "INTERVAL", "3 days, 0:00:00"),
    ("'\\xAA'::BLOB", "BLOB", "aa"),
    ("[1.5, NULL]", "DECIMAL(2,1)[]", "[1.5, null]"),
    ("[DATE '2026-10-31']", "DATE[]", '["2026-10-31"]'),
    ("{'a': 1, 'b': ['x']}", "STRUCT(a INTEGER, b VARCHAR[])", '{"a": 1, "b": ["x"]}'),
    ("MAP {'k': 1}", "MAP(VARCHAR, INTEGER)", '{"k": 1}'),
    ("'x'::ENUM('x', 'y')", "ENUM('x', 'y')", "x"),
]


@pytest.mark.parametrize(("expression", "type_name", "value"), TYPED)
def test_values_keep_their_types(shop: Warehouse, asked: Asked, expression: str, type_name: str, value: object) -> None:
    result = shop.run(asked(f"SELECT {expression} AS v"))
    assert result.columns == (ResultColumn(name="v", type=type_name),)
    assert result.rows == ((value,),)
    assert type(result.rows[0][0]) is type(value)


def test_columns_keep_what_they_are_for(shop: Warehouse, asked: Asked) -> None:
    columns = (
        ResultColumn(name="status", type="", role="key"),
        ResultColumn(name="revenue", type="", unit="EUR", metric="revenue"),
    )
    statement = asked("SELECT status, sum(amount) AS revenue FROM orders GROUP BY 1 ORDER BY 1")
    result = shop.run(statement, columns, name="answer")
    assert [(item.role, item.unit, item.type) for item in result.columns] == [
        ("key", None, "VARCHAR"),
        ("measure", "EUR", "DECIMAL(38,2)"),
    ]
    assert (result.name, result.sql, result.truncated) == ("answer", statement.sql, False)
    assert 0 < result.elapsed_ms < 5000
    with pytest.raises(WarehouseError, match="other columns"):
        shop.run(statement, columns[:1])


ROWS = "SELECT i, repeat('x', 100) AS s FROM range(20000) AS t(i) ORDER BY i"


@pytest.mark.parametrize(
    ("limits", "rows", "truncated"),
    [
        (QueryLimits(rows=20_000), 20_000, True),
        (QueryLimits(rows=20_001), 20_000, False),
        (QueryLimits(rows=1), 1, True),
        (QueryLimits(rows=20_001, result_bytes=100_000), None, True),
        (QueryLimits(rows=20_001, result_bytes=10), 0, True),
    ],
)
def test_results_are_cut_at_a_row_and_say_so(
    shop: Warehouse, asked: Asked, limits: QueryLimits, rows: int | None, truncated: bool
) -> None:
    result = shop.run(asked(ROWS), limits=limits)
    if limits.rows != 20_000:
        assert result.truncated is truncated
    assert rows is None or len(result.rows) == rows
    assert [row[0] for row in result.rows] == list(range(len(result.rows)))


@pytest.mark.parametrize("sql", [ENDLESS, DEAF], ids=["endless", "deaf"])
def test_a_deadline_holds_and_the_next_question_is_answered(own: Warehouse, asked: Asked, sql: str) -> None:
    assert own.run(asked("SELECT 1 AS n")).rows == ((1,),)
    started = time.monotonic()
    with pytest.raises(DeadlineError, match=r"stopped after 0\.5 s"):
        own.run(asked(sql), limits=QueryLimits(deadline_s=0.5, memory_mb=2000))
    assert time.monotonic() - started < 1.2  # 0.5 + 0.2, and a busy machine's allowance
    assert own.run(asked("SELECT 1 AS n")).rows == ((1,),)


def test_a_memory_limit_holds(own: Warehouse, asked: Asked) -> None:
    with pytest.raises(MemoryLimitError, match="700 MB"):
        own.run(asked(GREEDY))
    with pytest.raises(MemoryLimitError, match="200 MB"):
        own.run(asked("SELECT length(repeat('x', 400000000)) AS n"), limits=QueryLimits(memory_mb=200))
    assert own.run(asked("SELECT 1 AS n")).rows == ((1,),)


def test_a_roles_limits_are_narrower(own: Warehouse, shop_view: Callable[..., CatalogView]) -> None:
    view = shop_view(limits=RoleLimits(rows=3, seconds=0.3))
    assert len(own.run(guard_compiled("SELECT order_id FROM orders", view)).rows) == 3
    with pytest.raises(DeadlineError, match=r"0\.3 s"):
        own.run(guard_compiled(ENDLESS, view))


def test_a_question_can_be_called_off(own: Warehouse, asked: Asked) -> None:
    cancellation = Cancellation()
    threading.Timer(0.2, cancellation.cancel).start()
    started = time.monotonic()
    with pytest.raises(QueryCancelledError):
        own.run(asked(ENDLESS), limits=QueryLimits(deadline_s=20), cancellation=cancellation)
    assert time.monotonic() - started < 1.5
    assert own.run(asked("SELECT 1 AS n")).rows == ((1,),)


def test_cancelling_a_task_stops_its_statement(own: Warehouse, asked: Asked) -> None:
    async def called_off() -> None:
        task = asyncio.create_task(own.run_async(asked(ENDLESS), limits=QueryLimits(deadline_s=20)))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await own.run_async(asked("SELECT 2 AS n"))).rows == ((2,),)

    started = time.monotonic()
    asyncio.run(called_off())
    assert time.monotonic() - started < 5


def test_too_many_questions_are_told_to_come_back(own_database: Path, asked: Asked) -> None:
    settings = WarehouseSettings(limits=QueryLimits(deadline_s=2), workers=1, queue_length=1, standby=0, threads=1)
    outcomes: list[object] = []

    def ask(warehouse: Warehouse, sql: str) -> None:
        try:
            outcomes.append(warehouse.run(asked(sql)).rows)
        except WarehouseError as error:
            outcomes.append(type(error))

    with Warehouse.open(own_database, settings) as warehouse:
        warehouse.run(asked("SELECT 1 AS n"))
        threads = [threading.Thread(target=ask, args=(warehouse, ENDLESS))]
        threads += [threading.Thread(target=ask, args=(warehouse, "SELECT 1 AS n")) for _ in range(2)]
        for thread in threads:
            thread.start()
            time.sleep(0.15)
        for thread in threads:
            thread.join()
    assert outcomes[0] is WarehouseBusyError
    assert DeadlineError in outcomes


def test_many_threads_get_each_their_own_answer(own_database: Path, asked: Asked) -> None:
    settings = WarehouseSettings(workers=2, queue_length=100)
    answers: dict[int, int] = {}
    with Warehouse.open(own_database, settings) as warehouse:

        def ask(number: int) -> None:
            for _ in range(5):
                answers[number] = warehouse.run(asked(f"SELECT {number} AS n FROM orders LIMIT 1")).rows[0][0]

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {number: number for number in range(12)}


def test_a_worker_that_dies_is_replaced(own: Warehouse, asked: Asked) -> None:
    for _ in range(3):
        own.run(asked("SELECT 1 AS n"))
        os.kill(own._workforce._idle[0].process.pid, signal.SIGKILL)
        time.sleep(0.05)
    threading.Timer(0.3, lambda: os.kill(_running(own), signal.SIGKILL)).start()
    with pytest.raises(WarehouseError):
        own.run(asked(ENDLESS), limits=QueryLimits(deadline_s=10))
    assert own.run(asked("SELECT 1 AS n")).rows == ((1,),)


def _running(warehouse: Warehouse) -> int:
    children = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    idle = {worker.process.pid for worker in warehouse._workforce._idle} | {
        process.pid for process in warehouse._workforce._standby
    }
    mine = [int(line.split()[0]) for line in children.stdout.splitlines() if "warehouse.worker" in line]
    busy = [
        pid for pid in mine if pid not in idle and Path(f"/proc/{pid}/fd").is_dir() and _holds(pid, warehouse.database)
    ]
    return busy[0]


def _holds(pid: int, database: Path) -> bool:
    return any(os.path.realpath(entry) == str(database) for entry in Path(f"/proc/{pid}/fd").iterdir())


def test_tables_and_values(shop: Warehouse, open_view: CatalogView) -> None:
    tables = shop.tables()
    assert set(tables) == {"app_users", "customers", "orders", "products", "vendors"}
    assert dict(tables["vendors"]) == {"vendor_id": "INTEGER", "name": "VARCHAR"}
    orders = open_view.whole.dataset_by_name["orders"]
    assert shop.distinct_values(orders, orders.field_by_name["status"], 10) == ("new", "paid", "refunded")
    assert shop.distinct_values(orders, orders.field_by_name["status"], 2) == ("new", "paid")
    coded = CatalogField(
        name="size",
        expression="nullif(amount > 40, false)",
        type=FieldType.BOOLEAN,
        role=FieldRole.DIMENSION,
        label="Size",
    )
    assert shop.distinct_values(orders.model_copy(update={"fields": (*orders.fields, coded)}), coded, 5) == (True,)


def test_an_engines_error_is_told_apart_from_its_detail(shop: Warehouse, asked: Asked) -> None:
    with pytest.raises(WarehouseError) as error:
        shop.run(asked("SELECT CAST(title AS INTEGER) AS n FROM products"))
    assert "Product" not in str(error.value)
    assert "Product" in error.value.detail


# The process


def test_the_worker_inherits_nothing(monkeypatch: pytest.MonkeyPatch, own_database: Path, asked: Asked) -> None:
    monkeypatch.setenv("PLUMBLINE_MODEL_API_KEY", "secret")
    with Warehouse.open(own_database) as warehouse:
        warehouse.run(asked("SELECT 1 AS n"))
        pid = warehouse._workforce._idle[0].process.pid
        assert b"secret" not in Path(f"/proc/{pid}/environ").read_bytes()


PARENT = """
import sys, threading, time
from pathlib import Path
from agent.tools.guard.compiled import guard_compiled
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import Principal, view_for
from catalog.models import Catalog
view = view_for(Catalog(name="none", label="None", datasets=()), Principal())
warehouse = Warehouse.open(Path(sys.argv[1]))
warehouse.run(guard_compiled("SELECT 1 AS n", view))
threading.Thread(target=lambda: warehouse.run(guard_compiled(sys.argv[2], view)), daemon=True).start()
time.sleep(0.3)
print(warehouse._workforce._spill, flush=True)
time.sleep(60)
"""


def test_workers_end_with_their_parent_and_their_spill_is_swept(own_database: Path, asked: Asked) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(own_database), ENDLESS],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    spill = Path(parent.stdout.readline().strip())
    assert spill.is_dir()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while _workers_on(own_database) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _workers_on(own_database)
    with Warehouse.open(own_database):
        assert not spill.exists()


def _workers_on(database: Path) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if _holds(int(folder.parent.name), database):
                found.append(int(folder.parent.name))
        except OSError:
            continue
    return found


def test_the_compiled_door_may_spill_to_a_folder_of_its_own(own_database: Path, asked: Asked) -> None:
    settings = WarehouseSettings(limits=QueryLimits(memory_mb=200, deadline_s=60), threads=1, standby=0)
    with Warehouse.open(own_database, settings) as warehouse:
        spill = warehouse._workforce._spill
        assert spill.stat().st_mode & 0o077 == 0
        rows = "SELECT repeat(hash(i)::VARCHAR, 3) AS s FROM range(3000000) AS t(i)"
        wide = f"SELECT count(DISTINCT s) AS n FROM ({rows})"
        assert warehouse.run(asked(wide)).rows == ((3_000_000,),)
    assert not spill.exists()


# Permitted copies


def test_a_copy_grows_by_the_tables_it_is_asked_for(own: Warehouse, open_view: CatalogView) -> None:
    own.run(guard_free("SELECT 1 FROM vendors", open_view))
    first = next(iter(own._copies._copies.values())).process
    own.run(guard_free("SELECT count(*) FROM vendors v, vendors w", open_view))
    copy = next(iter(own._copies._copies.values()))
    assert copy.process is first
    assert own.run(guard_free("SELECT count(*) FROM orders JOIN vendors USING (vendor_id)", open_view)).rows == (
        (8000,),
    )
    assert set(copy.tables) == {"orders", "vendors"}
    assert len(own._copies._copies) == 1


@pytest.mark.parametrize("batch_rows", [500, 700, 8_000, 9_000])
def test_a_copy_read_in_batches_holds_every_row_in_its_order(
    own_database: Path, open_view: CatalogView, batch_rows: int
) -> None:
    with duckdb.connect(str(own_database)) as connection:
        connection.execute("DELETE FROM orders WHERE order_id % 5 = 0 OR order_id BETWEEN 2000 AND 5000")
        connection.execute("ALTER TABLE vendors RENAME TO all_vendors; CREATE VIEW vendors AS FROM all_vendors")
        expected = connection.execute("SELECT order_id FROM orders").fetchall()
    settings = WarehouseSettings(batch_rows=batch_rows)
    with Warehouse.open(own_database, settings) as warehouse:
        assert list(warehouse.run(guard_free("SELECT order_id FROM orders", open_view)).rows) == expected
        assert warehouse.run(guard_free("SELECT count(*) FROM vendors", open_view)).rows == ((8,),)


def test_each_principal_has_a_copy_and_unused_ones_make_room(
    own_database: Path, vendor_view: Callable[..., CatalogView]
) -> None:
    settings = WarehouseSettings(copies=2, limits=QueryLimits(deadline_s=1.5))
    with Warehouse.open(own_database, settings) as warehouse:
        for vendor in (1, 2, 3, 1):
            view = vendor_view(vendor=vendor)
            found = warehouse.run(guard_free("SELECT min(vendor_id), max(vendor_id) FROM orders", view))
            assert found.rows == ((vendor, vendor),)
        assert len(warehouse._copies._copies) == 2
        busy = [
            threading.Thread(target=_expect_deadline, args=(warehouse, guard_free(ENDLESS, vendor_view(vendor=vendor))))
            for vendor in (1, 3)
        ]
        for thread in busy:
            thread.start()
        time.sleep(0.5)
        with pytest.raises(WarehouseBusyError, match="2 people"):
            warehouse.run(guard_free("SELECT 1", vendor_view(vendor=2)))
        for thread in busy:
            thread.join()
        assert warehouse.run(guard_free("SELECT 1", vendor_view(vendor=2))).rows == ((1,),)


def _expect_deadline(warehouse: Warehouse, statement: GuardedStatement) -> None:
    with pytest.raises(DeadlineError):
        warehouse.run(statement)


def test_a_hostile_statement_of_one_user_keeps_no_other_waiting(
    own: Warehouse, vendor_view: Callable[..., CatalogView], asked: Asked
) -> None:
    other = guard_free("SELECT count(*) FROM vendors", vendor_view(vendor=2))
    own.run(other)
    hostile = threading.Thread(target=_expect_deadline, args=(own, guard_free(ENDLESS, vendor_view(vendor=1))))
    hostile.start()
    time.sleep(0.3)
    started = time.monotonic()
    assert own.run(other).rows == own.run(asked("SELECT 1 AS n")).rows == ((1,),)
    assert time.monotonic() - started < 0.7
    assert hostile.is_alive()
    hostile.join()


def test_a_role_may_run_so_many_a_minute(own: Warehouse, shop_view: Callable[..., CatalogView]) -> None:
    view = shop_view(limits=RoleLimits(queries_per_minute=2))
    for door in (guard_compiled, guard_free):
        own.run(door("SELECT 1 AS n", view))
    with pytest.raises(PolicyRefusal, match="2 queries a minute; try again in") as refusal:
        own.run(guard_compiled("SELECT 1 AS n", view))
    assert refusal.value.rule == "queries_per_minute"
    other = CatalogView(whole=view.whole, principal=Principal(user="other"), role=view.role)
    assert own.run(guard_compiled("SELECT 1 AS n", other)).rows == ((1,),)


def test_a_statement_stopped_in_time_leaves_its_copy(own: Warehouse, open_view: CatalogView) -> None:
    vendors = guard_free("SELECT count(*) FROM vendors", open_view)
    assert own.run(vendors).rows == ((8,),)
    copy = next(iter(own._copies._copies.values()))
    before = copy.process
    with pytest.raises(DeadlineError):
        own.run(guard_free(ENDLESS, open_view), limits=QueryLimits(deadline_s=0.3))
    assert own.run(vendors).rows == ((8,),)
    assert copy.process is before
    with pytest.raises(DeadlineError):
        own.run(guard_free(DEAF, open_view), limits=QueryLimits(deadline_s=0.3, memory_mb=2000))
    assert own.run(vendors).rows == ((8,),)
    assert copy.process is not before


def test_a_copys_process_reaches_no_file(own: Warehouse, open_view: CatalogView) -> None:
    """Past the guard: what its engine itself would do with a hostile statement."""
    own.run(guard_free("SELECT 1 FROM vendors", open_view))
    process = next(iter(own._copies._copies.values())).process
    assert process is not None
    from agent.tools.warehouse.process import Patience

    for sql in (
        f"SELECT * FROM read_blob('{own.database}')",
        "SELECT * FROM read_text('/etc/hostname')",
        f"ATTACH '{own.database}' AS again",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "COPY (SELECT 1) TO '/dev/stdout'",
        "SET enable_external_access = true",
        "SET disabled_filesystems = ''",
        "LOAD httpfs",
        "SELECT count(*) FROM source.main.app_users",
    ):
        header = process.ask(
            "run", Patience(time.monotonic() + 5), 1 << 20, sql=sql, rows=10, result_bytes=1 << 20, memory_mb=500
        ).header
        assert "error" in header, sql
    assert _workers_on(own.database) == [worker.process.pid for worker in own._workforce._idle]
