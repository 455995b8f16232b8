"""A function that the guard lets through means to the engine what its writer meant: nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot.errors import SqlglotError

from agent.errors import PolicyRefusal
from agent.tools.guard.functions import FUNCTION_NAMES
from agent.tools.guard.nodes import check_nodes

ROWS = "(VALUES (3, 1, 'b'), (1, 2, 'a'), (2, 3, 'c'), (2, 4, 'a')) AS t(x, y, s)"
ARGUMENTS = [
    "", "3", "-2.5", "7, 3", "2.5, 1", "x", "x, y", "y, x", "x, 0.5", "x, 2", "x, 2, 0", "s", "s, '-' ORDER BY y",
    "x ORDER BY y DESC", "true", "NULL", "NULL, 2", "1, NULL, 3", "x > 1",
    "'Hello World'", "'Hello World', 'o'", "'Hello World', 'o', 'x'", "'Hello', 'Hallo', 0.9", "'Hello World', 2",
    "'Hello World', 2, 3", "'abc', 5, 'x'", "'a,b', ',', 2", "'Hello', 'l+', 'L', 'g'", "'Hello', '(l)(l)', 1",
    "DATE '2025-03-31'", "TIMESTAMP '2025-03-31 13:14:15.678'", "'month', DATE '2025-03-31'", "'dow', DATE '2025-03-30'",
    "'week', TIMESTAMP '2025-03-30 13:00:00'", "'day', DATE '2025-01-01', DATE '2025-03-01'",
    "'month', DATE '2025-01-31', DATE '2025-03-01'", "'year', TIMESTAMP '2025-01-31', TIMESTAMP '2026-01-30'",
    "'hour', TIMESTAMP '2025-01-31 10:59:00', TIMESTAMP '2025-01-31 12:01:00'", "DATE '2025-01-31', INTERVAL 1 MONTH",
    "INTERVAL '2 days', TIMESTAMP '2025-03-31 13:14:15'", "DATE '2025-03-31', '%Y/%m/%d %A %j'", "'2025-03-31', '%Y-%m-%d'",
    "2025, 3, 31", "2025, 3, 31, 10, 11, 12.5", "[3, 1, NULL, 2]", "[3, 1, 2], 2", "[3, 1, 2], [2, 3]", "[3, 1, 2], 1, 2",
    "[3, 1, 2], 'DESC', 'NULLS FIRST'", "['a', 'b'], '-'", "[[1], [2, 3]]", "[3, 1, 2], lambda v: v + 1",
    "[3, 1, 2], lambda v: v > 1", "MAP {'a': 1, 'b': 2}", "MAP {'a': 1}, 'a'", "['a', 'b'], [1, 2]", "{'a': 1, 'b': 'x'}, 'a'",
    "'{\"a\": {\"b\": [1, 2]}}', '$.a.b'", "'{\"a\": 1}', 'a'", "'ff'", "0, 10, 3, true", "a := 1",
]  # fmt: skip
# The time of asking, and an order that is the engine's to choose.
_UNSETTLED = {name for name in FUNCTION_NAMES if "current" in name or "local" in name} | {
    "now",
    "transaction_timestamp",
}


_GRAMMAR = """
case cast coalesce current_time current_timestamp exists extract grouping grouping_id ifnull localtime localtimestamp
percentile_cont percentile_disc try try_cast
""".split()


@pytest.fixture(scope="module")
def engine() -> Any:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def _answer(engine: Any, sql: str) -> str | None:
    try:
        cursor = engine.execute(sql)
        return f"{[str(item[1]) for item in cursor.description]} {cursor.fetchall()}"
    except duckdb.Error:
        return None


def _through_the_guard(sql: str) -> str | None:
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        check_nodes(tree)
        return tree.sql(dialect="duckdb")
    except (SqlglotError, PolicyRefusal):
        return None


def _changed(engine: Any, calls: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Calls that give another answer after the guard. An error in place of one is a nuisance, another would be a lie."""
    changed: list[tuple[str, ...]] = []
    for name, arguments in calls:
        sql = f"SELECT {name}({arguments}) AS v FROM {ROWS}"
        guarded = _through_the_guard(sql)
        if guarded is None or (plain := _answer(engine, sql)) is None:
            continue
        if (other := _answer(engine, guarded)) is not None and other != plain:
            changed.append((sql, plain, guarded, other))
    return changed


CALLS = [(name, arguments) for name in sorted(FUNCTION_NAMES - _UNSETTLED) for arguments in ARGUMENTS]


def test_a_function_keeps_its_meaning(engine: Any) -> None:
    assert not _changed(engine, CALLS[::7])


@pytest.mark.slow
def test_every_function_keeps_its_meaning(engine: Any) -> None:
    assert not _changed(engine, CALLS)


def test_every_function_is_one_of_the_engine_or_of_sql(engine: Any) -> None:
    known = {row[0].lower() for row in engine.execute("SELECT function_name FROM duckdb_functions()").fetchall()}
    assert FUNCTION_NAMES - known == set(_GRAMMAR)


FORBIDDEN = """
checkpoint create_sort_key current_catalog current_connection_id current_database current_query current_role current_schema
current_schemas current_setting current_user currval duckdb_columns duckdb_settings error assert_true gen_random_uuid getenv
getvariable glob in_search_path inet_client_addr json_deserialize_sql json_execute_serialized_sql json_serialize_plan
json_serialize_sql nextval parquet_metadata pg_get_viewdef pg_sleep pragma_storage_info query query_table random read_blob
read_csv read_json read_parquet read_text repeat_row reservoir_quantile seq_scan session_user setseed setval sleep_ms sniff_csv
stats summary test_all_types txid_current user uuid uuidv4 uuidv7 vector_type version which_secret write_log
""".split()


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_reads_or_changes_anything_else_is_not_on_the_list(name: str) -> None:
    for sql in (f"SELECT {name}()", f"SELECT {name}(1)", f"SELECT {name}('a', 'b')", f"SELECT * FROM {name}('a')"):
        try:
            tree = sqlglot.parse_one(sql, read="duckdb")
        except SqlglotError:
            continue
        if tree.find(sqlglot.exp.Func) is None and tree.find(sqlglot.exp.Table) is None:
            continue
        with pytest.raises(PolicyRefusal):
            check_nodes(tree)
