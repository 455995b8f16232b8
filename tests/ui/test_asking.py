"""Questions on the command line, from the shell to the figure: the real service on the sample business."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ui.cli import run

ROOT = Path(__file__).resolve().parents[2]

GMV_BY_CHANNEL = """
    SELECT orders.channel, sum(order_items.quantity * order_items.unit_price)
    FROM orders JOIN order_items USING (order_id)
    WHERE orders.status <> 'cancelled' AND orders.order_date >= '2026-09-01' AND orders.order_date < '2026-10-01'
    GROUP BY 1
"""


@dataclass(frozen=True)
class Finished:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def plumbline(
    business_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Finished]:
    """Runs a command in this process, so that each need not import everything again."""
    monkeypatch.setenv("PLUMBLINE_HOME", str(business_home))

    def finished(*arguments: str, typed: bytes | None = None) -> Finished:
        if typed is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        code = run(list(arguments))
        written = capsys.readouterr()
        return Finished(code, written.out, written.err)

    return finished


def gold(home: Path) -> dict[Any, Any]:
    with duckdb.connect(str(home / "data" / "novamart.duckdb"), read_only=True) as connection:
        return dict(connection.execute(GMV_BY_CHANNEL).fetchall())


def test_a_question_equals_hand_written_sql_to_the_cent(
    business_home: Path, business_environment: dict[str, str]
) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "ui.cli", "ask", "--json", "What was GMV in September 2026 by channel?"],
        cwd=ROOT,
        env=business_environment,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert finished.stderr == b""
    answer = json.loads(finished.stdout)
    assert answer["status"] == "answer"
    assert answer["as_of"] == "2026-10-31"
    table = answer["results"][0]
    names = [column["name"] for column in table["columns"]]
    roles = {column["name"]: column["role"] for column in table["columns"]}
    channel, gmv = names.index("channel"), names.index("gmv")
    assert (roles["channel"], roles["gmv"]) == ("key", "measure")
    expected = gold(business_home)
    assert expected
    assert {row[channel]: Decimal(str(row[gmv])) for row in table["rows"]} == expected


def test_a_query_file_gives_the_same(tmp_path: Path, business_home: Path, plumbline: Callable[..., Finished]) -> None:
    file = tmp_path / "september.yaml"
    file.write_text("metrics: [gmv]\ngroup_by: [orders.channel]\nperiod: {start: 2026-09-01, through: 2026-09-30}\n")
    finished = plumbline("query", str(file), "--json")
    assert finished.code == 0, finished.err
    rows = json.loads(finished.out)["results"][0]["rows"]
    assert {row[0]: Decimal(str(row[1])) for row in rows} == gold(business_home)
    assert "orders.status <> 'cancelled'" in plumbline("query", str(file), "--explain").out


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("metrics: [gmw]\n", "gmv"),
        ("metrics: [gmv]\ngroup_by: [orders.chanel]\n", "orders.channel"),
        ("metric: gmv\n", "metrics"),
        ("metrics: [gmv\n", "YAML"),
        ("- gmv\n", "mapping"),
        ("metrics: [gmv]\nperiod: {start: 2026-10-01, through: 2026-09-01}\n", "period"),
    ],
)
def test_a_query_file_that_is_wrong_says_what_is_valid(
    content: str, named: str, tmp_path: Path, plumbline: Callable[..., Finished]
) -> None:
    file = tmp_path / "query.yaml"
    file.write_text(content)
    finished = plumbline("query", str(file))
    assert finished.code in (2, 3)
    assert named in finished.out + finished.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "GMV last month"], 0),
        (["ask", "GMV in 2025", "--as-of", "2026-03-01"], 0),
        (["ask", ""], 3),
        (["ask", "   "], 3),
        (["ask", "What is our EBITDA?"], 3),
        (["ask", "\u6536\u5165\u662f\u591a\u5c11"], 3),
        (["ask", "G" * 10_000], 3),
        (["ask", "show me customer emails"], 4),
        (["ask", "SELECT * FROM orders"], 4),
        (["ask", "--role", "nobody", "GMV"], 2),
        (["ask", "--user", "nobody", "GMV"], 2),
        (["sql", "GMV by channel last month"], 0),
        (["sql", "GMV by channel last month", "--dialect", "postgres"], 0),
        (["sql", "GMV", "--dialect", "nope"], 2),
        (["sql", "--run", "SELECT count(*) FROM orders", "--role", "analyst"], 0),
        (["sql", "--run", "DROP TABLE orders", "--role", "analyst"], 4),
        (["catalog", "check"], 0),
        (["catalog", "show", "gmv"], 0),
        (["catalog", "show", "gmw"], 2),
        (["catalog", "check", "no-such-catalog"], 2),
        (["catalog", "search", "money back"], 0),
        (["sample", "novamart", "--check"], 0),
        (["sample", "novamart", "--if-absent"], 0),
        (["sample", "novamart", "--scale", "0"], 2),
        (["audit", "show"], 0),
        (["audit", "show", "R999999999"], 2),
        (["audit", "show", "x"], 2),
        (["audit", "verify"], 0),
    ],
)
def test_exit_codes_say_what_came_of_it(arguments: list[str], code: int, plumbline: Callable[..., Finished]) -> None:
    finished = plumbline(*arguments)
    assert finished.code == code, finished.out + finished.err
    if code == 2:
        assert finished.err.startswith("error: ")
        assert finished.out == ""


def test_a_conversation_goes_on_by_its_name(plumbline: Callable[..., Finished]) -> None:
    asked = plumbline("ask", "--thread", "mine", "How is performance?")
    assert asked.code == 3
    assert "plumbline ask --thread mine 1" in asked.out
    answered = plumbline("ask", "--thread", "mine", "--json", "1")
    assert answered.code == 0, answered.out
    first = asked.out.split("1. ")[1].splitlines()[0]
    assert json.loads(answered.out)["interpretation"].startswith(first)


def test_a_question_from_standard_input_may_hold_any_bytes(plumbline: Callable[..., Finished]) -> None:
    assert plumbline("ask", "-", typed=b"GMV last month\n").code == 0
    strange = plumbline("ask", "-", "--json", typed=b"GMV \xff\xfe\x00 last month")
    assert strange.code in (0, 3)
    json.loads(strange.out)
    assert plumbline("ask", "GMV \udcff last month").code in (0, 3)


def test_today_is_what_the_flag_says(plumbline: Callable[..., Finished]) -> None:
    answer = json.loads(plumbline("ask", "--json", "--as-of", "2025-06-15", "GMV last month").out)
    assert dt.date.fromisoformat(answer["as_of"]) == dt.date(2025, 6, 15)
    assert "May 2025" in answer["interpretation"]


def test_every_answer_leaves_a_receipt(tmp_path: Path, plumbline: Callable[..., Finished]) -> None:
    answer = json.loads(plumbline("ask", "--json", "GMV last month").out)
    assert json.loads(plumbline("audit", "show", answer["receipt"]).out)["question"] == "GMV last month"
    exported = tmp_path / "receipts.jsonl"
    assert plumbline("audit", "export", "--out", str(exported)).code == 0
    assert answer["receipt"] in exported.read_text("utf-8")
