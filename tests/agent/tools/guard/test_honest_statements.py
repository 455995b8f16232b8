"""What an analyst writes passes the free door, and means there what it means to the engine."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.tools.guard.free import guard_free
from agent.tools.warehouse.warehouse import Warehouse
from agent.tools.warehouse.wire import DECODERS, codec_for, encode_column
from catalog.access import CatalogView

STATEMENTS = [
    line.removesuffix(";")
    for line in Path(__file__).with_name("honest_statements.sql").read_text(encoding="utf-8").splitlines()
    if line
]


@pytest.fixture(scope="module")
def engine(shop_database: Path) -> Any:
    with duckdb.connect(str(shop_database), read_only=True, config={"threads": 1}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def _rows(cursor: Any) -> list[tuple[Any, ...]]:
    codecs = [codec_for(str(item[1])) for item in cursor.description]
    rows = cursor.fetchall()
    if not rows:
        return []
    columns = zip(*rows, strict=True)
    return list(
        zip(
            *(DECODERS[codec](encode_column(codec, column)) for codec, column in zip(codecs, columns, strict=True)),
            strict=True,
        )
    )


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9) or (math.isnan(left) and math.isnan(right))
    return bool(left == right)


@pytest.mark.parametrize("sql", STATEMENTS)
def test_it_passes_and_keeps_its_meaning(shop: Warehouse, open_view: CatalogView, engine: Any, sql: str) -> None:
    answered = shop.run(guard_free(sql, open_view))
    expected = _rows(engine.execute(sql))
    assert len(answered.rows) == len(expected)
    ordered = "order by" in sql.lower()
    pairs = zip(
        answered.rows if ordered else sorted(answered.rows, key=str),
        expected if ordered else sorted(expected, key=str),
        strict=True,
    )
    assert all(_same(mine, theirs) for row in pairs for mine, theirs in zip(*row, strict=True))


def test_there_are_enough_of_them() -> None:
    assert len(set(STATEMENTS)) >= 120
