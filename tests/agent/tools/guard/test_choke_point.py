"""Nothing but what the guard made reaches an engine."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pytest

from agent.tools.guard import statement as statements
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.statement import GuardedStatement, require_guarded
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView

ROOT = Path(statements.__file__).parents[3]


def _without_the_seal() -> object:
    return GuardedStatement("SELECT 1", "compiled", ())


def _with_another_seal() -> object:
    return GuardedStatement("SELECT 1", "compiled", (), seal=object())


@pytest.mark.parametrize("make", [_without_the_seal, _with_another_seal])
def test_only_the_guard_makes_one(make: Any) -> None:
    with pytest.raises(TypeError, match="only the guard"):
        make()


def _forged(real: GuardedStatement) -> object:
    fake = object.__new__(GuardedStatement)
    for field in dataclasses.fields(real):
        object.__setattr__(fake, field.name, getattr(real, field.name))
    object.__setattr__(fake, "sql", "DROP TABLE orders")
    return fake


class _Pretender:
    def __init__(self, real: GuardedStatement) -> None:
        self.__dict__.update({field.name: getattr(real, field.name) for field in dataclasses.fields(real)})


@pytest.mark.parametrize(
    "forge", [lambda real: real.sql, _forged, _Pretender, copy.copy, copy.deepcopy, lambda _: None]
)
def test_the_warehouse_refuses_what_the_guard_did_not_make(shop: Warehouse, open_view: CatalogView, forge: Any) -> None:
    real = guard_compiled("SELECT 1 AS one", open_view)
    assert shop.run(real).rows == ((1,),)
    with pytest.raises(TypeError, match="guarded statements only"):
        shop.run(forge(real))


def test_a_guarded_statement_cannot_be_changed(open_view: CatalogView) -> None:
    real = guard_compiled("SELECT 1 AS one", open_view)
    with pytest.raises(dataclasses.FrozenInstanceError):
        real.sql = "DROP TABLE orders"  # type: ignore[misc]
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(real, sql="DROP TABLE orders")
    with pytest.raises(TypeError):
        require_guarded(pickle.loads(pickle.dumps(real)))


def test_only_the_two_doors_mint_statements() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/**/*.py")
        if ".venv" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "agent.tools.guard.statement"
        and any(name.name in ("mint", "_SEAL", "_MINTED") for name in node.names)
    }
    assert users == {"agent/tools/guard/compiled.py", "agent/tools/guard/free.py"}


def test_the_engine_is_opened_in_the_worker_and_to_make_a_database_of_files_alone() -> None:
    rooms = ("agent", "ui", "semantic_context")
    users = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(name.name in ("duckdb", "_duckdb") for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("duckdb", "_duckdb"))
    }
    assert users == {"agent/tools/warehouse/worker.py", "agent/tools/warehouse/table_files.py"}
