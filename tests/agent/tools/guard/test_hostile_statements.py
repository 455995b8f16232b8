"""More statements written to break out, in forms of the engine's own: none reads, writes, tells or stays.

Each line of hostile_statements.txt is a letter and a statement: a reads files, settings or other tables, b writes, c tells of
masked fields, d of filtered rows, e exhausts the machine. They are judged as tests/agent/tools/guard/test_adversarial.py
judges those of others.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.errors import DeadlineError, PolicyRefusal, QueryError
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.errors import PlumblineError

LINES = Path(__file__).with_name("hostile_statements.txt").read_text(encoding="utf-8").splitlines()
DEADLINE_S = 0.5
OTHER_HIDDEN_DATA = """
UPDATE customers SET name = 'N' || id, email = 'zz' || id || '@elsewhere', phone = '0' || id;
UPDATE orders SET amount = amount * 3 + 7, status = 'hidden', ordered_at = ordered_at + INTERVAL 3 YEAR WHERE vendor_id <> 1;
DELETE FROM orders WHERE vendor_id IN (3, 4);
INSERT INTO orders SELECT 900000 + n, 2, 1 + n % 1000, 1 + n % 300, 5, 'more', TIMESTAMP '2001-01-01' FROM range(777) t(n);
UPDATE products SET title = 'hidden ' || product_id, price = price + 1000 WHERE vendor_id <> 1;
UPDATE vendors SET name = 'hidden' WHERE vendor_id <> 1;
INSERT INTO vendors VALUES (99, 'hidden vendor');
UPDATE customers SET country = 'ZZ' WHERE id NOT IN (SELECT customer_id FROM orders WHERE vendor_id = 1);
UPDATE app_users SET password_hash = 'another';
"""
RULES: dict[str, dict[str, str | None]] = {
    "null": {"access": "mask", "mask": "null"},
    "token": {"access": "mask", "mask": "token"},
    "deny": {"access": "deny", "mask": None},
    "count": {"access": "aggregate_only", "mask": None},
}


def statements(kinds: str) -> list[str]:
    return [line[2:] for line in LINES if line[:1] in kinds]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shop_builder: Callable[..., Path]) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    (made / "scratch").mkdir()
    shop_builder(made / "as_is.duckdb")
    shop_builder(made / "other.duckdb", OTHER_HIDDEN_DATA)
    return made


@pytest.fixture(scope="module")
def warehouses(folder: Path) -> Iterator[tuple[Warehouse, Warehouse]]:
    settings = WarehouseSettings(limits=QueryLimits(deadline_s=DEADLINE_S, memory_mb=1024), copies=6, threads=2)
    with (
        Warehouse.open(folder / "as_is.duckdb", settings) as one,
        Warehouse.open(folder / "other.duckdb", settings) as two,
    ):
        yield one, two


def _state(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _outcome(warehouse: Warehouse, sql: str, view: CatalogView) -> tuple[object, ...]:
    text = sql.replace("@DB@", str(warehouse.database)).replace("@TMP@", str(warehouse.database.parent / "scratch"))
    try:
        result = warehouse.run(guard_free(text, view, token_salt="session"))
    except PlumblineError as error:
        return type(error), getattr(error, "rule", None), str(error).replace(str(warehouse.database), "")
    return tuple(column.name for column in result.columns), result.rows


def test_there_are_enough_of_each_kind() -> None:
    assert len(set(LINES)) == len(LINES) > 200
    assert min(len(statements(kind)) for kind in "abcde") >= 40


def test_reading_elsewhere_and_writing_is_refused(vendor_view: Callable[..., CatalogView], folder: Path) -> None:
    before = _state(folder)
    view, passed = vendor_view(vendor=1), []
    for sql in statements("ab"):
        text = sql.replace("@DB@", str(folder / "as_is.duckdb")).replace("@TMP@", str(folder / "scratch"))
        try:
            guard_free(text, view)
        except (PolicyRefusal, QueryError):
            continue
        passed.append(sql)
    assert not passed  # the guard's own word: none gets as far as the engine
    assert _state(folder) == before


@pytest.mark.parametrize("rule", RULES)
def test_nothing_hidden_is_told(
    warehouses: tuple[Warehouse, Warehouse], vendor_view: Callable[..., CatalogView], folder: Path, rule: str
) -> None:
    view = vendor_view(vendor=1, **RULES[rule])
    before = _state(folder)
    told = {}
    for sql in statements("cd"):
        one, two = (_outcome(warehouse, sql, view) for warehouse in warehouses)
        if one != two:
            told[sql] = (one, two)
    assert not told
    assert _state(folder) == before


def test_everything_ends_in_time_while_others_are_answered(
    warehouses: tuple[Warehouse, Warehouse], vendor_view: Callable[..., CatalogView]
) -> None:
    warehouse, view, other = warehouses[0], vendor_view(vendor=1), vendor_view(vendor=2)
    waited: list[float] = []
    over = threading.Event()

    def ask_meanwhile() -> None:
        while not over.wait(0.05):
            started = time.monotonic()
            assert warehouse.run(guard_free("SELECT count(*) AS n FROM vendors", other)).rows == ((1,),)
            waited.append(time.monotonic() - started)

    someone_else = threading.Thread(target=ask_meanwhile)
    someone_else.start()
    late: dict[str, float] = {}
    ran = 0
    try:
        for sql in statements("e"):
            # A statement that ended its process takes the permitted copy along: what is timed is the statement.
            warehouse.run(guard_free("SELECT count(*) FROM orders", view, token_salt="session"))
            started = time.monotonic()
            outcome = _outcome(warehouse, sql, view)
            took = time.monotonic() - started
            ran += outcome[0] is DeadlineError
            if took > DEADLINE_S + 0.2:
                late[sql] = round(took, 3)
    finally:
        over.set()
        someone_else.join(10)
    assert not late
    assert ran > 15
    assert len(waited) > 50 and sorted(waited)[len(waited) // 2] < 0.25 and max(waited) < 3
