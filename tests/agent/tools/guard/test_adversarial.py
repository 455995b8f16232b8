"""Statements written to break out: nothing hidden comes out, nothing is written, everything ends.

`PLUMBLINE_SECURITY` names the folder that holds `adversarial_sql.jsonl` and `shop.sql`.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.errors import PlumblineError

FOLDER = os.environ.get("PLUMBLINE_SECURITY")
DEADLINE_S = 1.0
# What a role of vendor 1 cannot see, changed in every way that leaves what it sees as it was.
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

pytestmark = pytest.mark.skipif(FOLDER is None, reason="PLUMBLINE_SECURITY names no folder of adversarial statements")


def _statements(categories: str) -> list[tuple[str, str]]:
    if FOLDER is None:
        return []
    lines = (Path(FOLDER) / "adversarial_sql.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [(item["id"], item["sql"]) for item in entries if item["category"][0] in categories]


def _folder_state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("attacked")
    (made / "scratch").mkdir()
    for name, changes in (("as_is", ""), ("other", OTHER_HIDDEN_DATA)):
        with duckdb.connect(str(made / f"{name}.duckdb")) as connection:
            connection.execute((Path(FOLDER or "") / "shop.sql").read_text(encoding="utf-8"))
            connection.execute(changes or "SELECT 1")
    return made


@pytest.fixture(scope="module")
def warehouses(folder: Path) -> Iterator[tuple[Warehouse, Warehouse]]:
    settings = WarehouseSettings(limits=QueryLimits(deadline_s=DEADLINE_S, memory_mb=1024), copies=5, threads=2)
    with (
        Warehouse.open(folder / "as_is.duckdb", settings) as one,
        Warehouse.open(folder / "other.duckdb", settings) as two,
    ):
        yield one, two


def _outcome(warehouse: Warehouse, sql: str, view: CatalogView) -> tuple[object, ...]:
    text = sql.replace("@DB@", str(warehouse.database)).replace("@TMP@", str(warehouse.database.parent / "scratch"))
    try:
        result = warehouse.run(guard_free(text, view, token_salt="session"))
    except PlumblineError as error:
        return type(error), getattr(error, "rule", None), str(error).replace(str(warehouse.database), "")
    return tuple(column.name for column in result.columns), result.rows


RULES: dict[str, dict[str, str | None]] = {
    "null": {"access": "mask", "mask": "null"},
    "constant": {"access": "mask", "mask": "constant"},
    "token": {"access": "mask", "mask": "token"},
    "deny": {"access": "deny", "mask": None},
    "count": {"access": "aggregate_only", "mask": None},
}


@pytest.mark.parametrize("rule", RULES)
def test_no_statement_tells_what_is_hidden(
    warehouses: tuple[Warehouse, Warehouse], vendor_view: Callable[..., CatalogView], folder: Path, rule: str
) -> None:
    view = vendor_view(vendor=1, **RULES[rule])
    before = _folder_state(folder)
    told = []
    for name, sql in _statements("cd"):
        one, two = (_outcome(warehouse, sql, view) for warehouse in warehouses)
        if one != two:
            told.append((name, sql))
    assert not told
    assert _folder_state(folder) == before


def test_reading_files_and_writing_is_refused(
    warehouses: tuple[Warehouse, Warehouse], vendor_view: Callable[..., CatalogView], folder: Path
) -> None:
    before = _folder_state(folder)
    outcomes = {name: _outcome(warehouses[0], sql, vendor_view(vendor=1)) for name, sql in _statements("ab")}
    assert len(outcomes) == 80
    assert not {name: outcome for name, outcome in outcomes.items() if outcome[0] not in (PolicyRefusal, QueryError)}
    assert _folder_state(folder) == before


def test_exhausting_the_machine_ends_in_time_while_others_are_answered(
    warehouses: tuple[Warehouse, Warehouse], vendor_view: Callable[..., CatalogView]
) -> None:
    view = vendor_view(vendor=1)
    warehouse = warehouses[0]
    late = []
    for name, sql in _statements("e"):
        # A statement that ended its process takes the permitted copy along: what is timed is the statement.
        warehouse.run(guard_free("SELECT count(*) FROM orders", view, token_salt="session"))
        started = time.monotonic()
        _outcome(warehouse, sql, view)
        took = time.monotonic() - started
        if took > DEADLINE_S + 0.2:
            late.append((name, took))
    assert not late
    assert warehouse.run(guard_free("SELECT count(*) AS n FROM vendors", view)).rows == ((1,),)
