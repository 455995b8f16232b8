"""How hostile statements are judged: run on two shops that differ only in what their asker must not see, and by the clock."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from agent.errors import DeadlineError
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.errors import PlumblineError

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
RULES: dict[str, dict[str, str | None]] = {
    "null": {"access": "mask", "mask": "null"},
    "constant": {"access": "mask", "mask": "constant"},
    "token": {"access": "mask", "mask": "token"},
    "deny": {"access": "deny", "mask": None},
    "count": {"access": "aggregate_only", "mask": None},
}
GRACE_S = 0.2
# The folder with statements of others (adversarial_sql.jsonl) and the shop they were written for (shop.sql).
FOLDER = os.environ.get("PLUMBLINE_SECURITY") or None


def our_statements() -> tuple[tuple[str, str], ...]:
    """The kind and the text of each line of hostile_statements.txt."""
    lines = Path(__file__).with_name("hostile_statements.txt").read_text(encoding="utf-8").splitlines()
    return tuple((line[0], line[2:]) for line in lines)


def statements_of_others(folder: str) -> tuple[tuple[str, str], ...]:
    """The kind and the text of each statement of a folder."""
    lines = (Path(folder) / "adversarial_sql.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return tuple((item["category"][0], item["sql"]) for item in entries)


class TwoShops:
    """Two open databases, equal but for hidden data, and the folder that they lie in."""

    def __init__(self, folder: Path, one: Warehouse, two: Warehouse, deadline_s: float) -> None:
        self.folder = folder
        self.one = one
        self.two = two
        self.deadline_s = deadline_s

    def state(self) -> dict[str, str]:
        """Every file in the folder, and a hash of what it holds."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def text(self, sql: str, warehouse: Warehouse) -> str:
        """The statement with the paths that it may try."""
        return sql.replace("@DB@", str(warehouse.database)).replace("@TMP@", str(self.folder / "scratch"))

    def outcome(self, warehouse: Warehouse, sql: str, view: CatalogView) -> tuple[object, ...]:
        """All that its writer learns: columns and rows, or the error's kind, rule and words."""
        try:
            result = warehouse.run(guard_free(self.text(sql, warehouse), view, token_salt="session"))
        except PlumblineError as error:
            return type(error), getattr(error, "rule", None), str(error).replace(str(warehouse.database), "")
        return tuple(column.name for column in result.columns), result.rows

    def told(self, statements: Iterable[str], view: CatalogView) -> dict[str, object]:
        """The statements that tell the two shops apart, with what they told.

        One that takes about as long as it may, whatever the data, ends at the deadline now here and now there. What ended so is
        asked twice more of both: only what tells the shops apart in the same way each time has told anything.
        """
        found: dict[str, object] = {}
        for sql in statements:
            pair = self._both(sql, view)
            if pair[0] == pair[1]:
                continue
            if DeadlineError in (pair[0][0], pair[1][0]) and any(self._both(sql, view) != pair for _ in range(2)):
                continue
            found[sql] = pair
        return found

    def _both(self, sql: str, view: CatalogView) -> tuple[tuple[object, ...], tuple[object, ...]]:
        return self.outcome(self.one, sql, view), self.outcome(self.two, sql, view)

    def late(self, statements: Iterable[str], view: CatalogView) -> tuple[dict[str, float], list[object]]:
        """The statements that took longer than they may, in seconds; and how each one ended.

        What took too long is timed twice more and judged by the median: the machine may pause once, a statement that
        cannot be stopped is late each time.
        """
        late: dict[str, float] = {}
        ends: list[object] = []
        for sql in statements:
            end, took = self._timed(sql, view)
            ends.append(end)
            if took > self.deadline_s + GRACE_S:
                took = sorted([took, self._timed(sql, view)[1], self._timed(sql, view)[1]])[1]
            if took > self.deadline_s + GRACE_S:
                late[sql] = round(took, 3)
        return late, ends

    def _timed(self, sql: str, view: CatalogView) -> tuple[object, float]:
        # A statement that ended its process takes the permitted copy along: what is timed is the statement.
        self.one.run(guard_free("SELECT count(*) FROM orders", view, token_salt="session"))
        started = time.monotonic()
        end = self.outcome(self.one, sql, view)[0]
        return end, time.monotonic() - started


@contextlib.contextmanager
def two_shops(folder: Path, shop_sql: Path, deadline_s: float) -> Iterator[TwoShops]:
    """Builds the shops in the folder and opens both."""
    (folder / "scratch").mkdir()
    for name, changes in (("as_is", ""), ("other", OTHER_HIDDEN_DATA)):
        with duckdb.connect(str(folder / f"{name}.duckdb")) as connection:
            connection.execute(shop_sql.read_text(encoding="utf-8"))
            connection.execute(changes or "SELECT 1")
    settings = WarehouseSettings(limits=QueryLimits(deadline_s=deadline_s, memory_mb=1024), copies=6, threads=2)
    with (
        Warehouse.open(folder / "as_is.duckdb", settings) as one,
        Warehouse.open(folder / "other.duckdb", settings) as two,
    ):
        yield TwoShops(folder, one, two, deadline_s)
