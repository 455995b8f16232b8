"""The audit log keeps what was written, shows what was tampered with, and survives a kill."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import StoreError
from agent.tools.audit import AuditLog, ModelCall, QueryRun, Receipt, query_run, result_sha256
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.errors import UnknownNameError, UsageError

ROOT = Path(__file__).parents[4]
ASKED_AT = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def _receipt(question: str = "What was revenue?", user: str = "anna", **parts: object) -> Receipt:
    known = {
        "status": "answer",
        "role": "executive",
        "asked_at": ASKED_AT,
        "catalog": "shop",
        "catalog_sha256": "c" * 64,
    }
    return Receipt.model_validate({"question": question, "user": user} | known | parts)


def _table(*rows: tuple[object, ...]) -> ResultTable:
    columns = tuple(ResultColumn(name=f"c{n}", type="VARCHAR") for n in range(len(rows[0])))
    return ResultTable(name="answer", sql="SELECT 1", columns=columns, rows=rows)


def _file(home: Path) -> Path:
    return home / "audit" / "receipts.sqlite"


def test_a_receipt_comes_back_as_it_was_written(tmp_path: Path) -> None:
    receipt = _receipt(
        "Größe \ud800 'quoted'; DROP TABLE receipts",
        as_of=dt.date(2026, 10, 31),
        plan={"metrics": ["revenue"], "limit": 3, "share": 0.5},
        queries=(QueryRun(name="answer", sql="SELECT 1", row_count=1, result_sha256="d" * 64),),
        policies=("orders: vendor_id = 1",),
        timings_ms={"compile": 1.5},
        model_calls=(ModelCall(model="m", input_tokens=3),),
        failure="Conversion Error: Could not convert string 'secret'",
    )
    log = AuditLog.open(tmp_path)
    name = log.append(receipt)
    log.close()
    found = AuditLog.open(tmp_path).show(name)
    assert found.receipt == receipt
    assert found.id == name
    assert found.recorded_at.tzinfo is not None


def test_ids_in_short_and_in_full_and_of_nobody(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path)
    names = [log.append(_receipt(f"question {n}", user="anna" if n % 2 else "ben")) for n in range(6)]
    assert log.show("3").id == log.show("R000003").id == names[2]
    assert [item.id for item in log.latest(2)] == [names[5], names[4]]
    assert [item.receipt.user for item in log.latest(9, user="ben")] == ["ben"] * 3
    assert log.show(names[1], user="anna").id == names[1]
    for wrong in ("99", "R000003-00000000"):
        with pytest.raises(UnknownNameError):
            log.show(wrong)
    with pytest.raises(UnknownNameError, match="R000006"):
        log.show(names[0], user="anna")
    with pytest.raises(UsageError, match="no receipt"):
        log.show("x'; --")


def test_an_untouched_log_verifies(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path)
    assert log.verify().holds
    last = [log.append(_receipt(str(n))) for n in range(1203)][-1]
    report = log.verify()
    assert (report.receipts, report.holds) == (1203, True)
    assert last.endswith(report.last_hash[:8])


TAMPERINGS = [
    ("UPDATE receipts SET body = replace(body, 'question 2', 'question 9') WHERE sequence = 3", "changed after"),
    ("UPDATE receipts SET user = 'ben' WHERE sequence = 3", "changed after"),
    ("UPDATE receipts SET recorded_at = '2020-01-01T00:00:00+00:00' WHERE sequence = 3", "changed after"),
    ("DELETE FROM receipts WHERE sequence = 3", "receipt 3 is missing"),
    ("DELETE FROM receipts WHERE sequence IN (2, 3)", "receipts 2 to 3 are missing"),
    ("DELETE FROM receipts WHERE sequence > 3", "receipts 4 to 5 are missing at the end"),
    ("DELETE FROM receipts", "receipts 1 to 5 are missing at the end"),
    ("UPDATE receipts SET previous_hash = hash || 'x' WHERE sequence = 3", "not linked"),
    ("UPDATE receipts SET sequence = 9 WHERE sequence = 5", "missing"),
]


@pytest.mark.parametrize(("tampering", "reason"), TAMPERINGS)
def test_tampering_shows(tmp_path: Path, tampering: str, reason: str) -> None:
    log = AuditLog.open(tmp_path)
    for number in range(5):
        log.append(_receipt(f"question {number}"))
    log.close()
    with sqlite3.connect(_file(tmp_path)) as connection:
        connection.execute("DROP TRIGGER receipts_are_not_changed")
        connection.execute("DROP TRIGGER receipts_are_not_removed")
        connection.execute(tampering)
    connection.close()
    faults = AuditLog.open(tmp_path).verify().faults
    assert any(reason in fault.reason for fault in faults)


@pytest.mark.parametrize("change", ["UPDATE receipts SET user = 'x'", "DELETE FROM receipts"])
def test_the_log_lets_nobody_change_it(tmp_path: Path, change: str) -> None:
    AuditLog.open(tmp_path).append(_receipt())
    with sqlite3.connect(_file(tmp_path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(change)
    connection.close()


def test_an_export_can_be_checked_elsewhere(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path)
    names = [log.append(_receipt(str(n))) for n in range(3)]
    out = io.StringIO()
    assert log.export(out) == 3
    entries = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [entry["id"] for entry in entries] == names
    assert [entry["previous_hash"] for entry in entries[1:]] == [entry["hash"] for entry in entries[:-1]]
    assert json.loads(entries[2]["body"])["question"] == "2"


def test_many_writers_make_one_chain(tmp_path: Path) -> None:
    logs = [AuditLog.open(tmp_path) for _ in range(3)]
    threads = [threading.Thread(target=lambda log=log: [log.append(_receipt()) for _ in range(15)]) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = logs[0].verify()
    assert (report.receipts, report.holds) == (45, True)


WRITER = """
import sys, datetime as dt
from pathlib import Path
from agent.tools.audit import AuditLog, Receipt
log = AuditLog.open(Path(sys.argv[1]))
while True:
    name = log.append(Receipt(question="q", status="answer", user="u", role="r", catalog="c", catalog_sha256="h",
                              asked_at=dt.datetime.now(dt.UTC)))
    print(name, flush=True)
"""


def test_a_kill_loses_no_receipt_that_was_promised(tmp_path: Path) -> None:
    promised: list[str] = []
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert writer.stdout is not None
        promised.append(writer.stdout.readline().strip())
        time.sleep(0.05)
        writer.send_signal(signal.SIGKILL)
        promised += [line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        writer.wait()
        writer.stdout.close()
    log = AuditLog.open(tmp_path)
    assert log.verify().holds
    assert [log.show(name).id for name in promised] == promised
    assert len(promised) >= 3


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="writable"):
        AuditLog.open(home)


def test_a_file_in_the_way_says_so(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened"):
        AuditLog.open(tmp_path)


def test_a_damaged_log_says_so(tmp_path: Path) -> None:
    _file(tmp_path).parent.mkdir()
    _file(tmp_path).write_bytes(b"not a database, but long enough to be looked at" * 30)
    with pytest.raises(StoreError, match="damaged"):
        AuditLog.open(tmp_path)


def test_a_log_of_a_newer_version_says_so(tmp_path: Path) -> None:
    AuditLog.open(tmp_path).close()
    with sqlite3.connect(_file(tmp_path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        AuditLog.open(tmp_path)


def test_a_log_that_stops_taking_receipts_says_so(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path)
    log.append(_receipt())
    log._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="without one no answer is shown"):
        log.append(_receipt())
    log._connection.execute("PRAGMA query_only = OFF")
    log.append(_receipt())
    assert log.verify().receipts == 2


SAME = [
    (_table(("a", 1)), _table(("a", 1)), True),
    (_table(("a", 1)), _table(("a", 2)), False),
    (_table(("a",), ("b",)), _table(("b",), ("a",)), False),
    (_table((Decimal("1.50"),)), _table((1.5,)), True),
    (_table((None,)), _table(("None",)), False),
    (_table(("0123ab-000000007",), ("0123ab-000000009",)), _table(("ffffff-000000002",), ("ffffff-000000005",)), True),
    (_table(("0123ab-000000007",), ("0123ab-000000007",)), _table(("ffffff-000000002",), ("ffffff-000000005",)), False),
]


@pytest.mark.parametrize(("one", "two", "same"), SAME)
def test_equal_results_have_equal_hashes_whatever_their_tokens(one: ResultTable, two: ResultTable, same: bool) -> None:
    assert (result_sha256((one,)) == result_sha256((two,))) is same
    assert query_run(one).row_count == len(one.rows)
