"""Saved decisions: each user's own, under the role they were made with, named without regard to case."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from agent.errors import StoreError
from agent.stores.decisions import DecisionStore, Expectation, SavedDecision, decision_name
from catalog.access import CatalogView, Principal, view_for
from catalog.models import Catalog, Role
from catalog.query import Period

OCTOBER = Period(start=dt.date(2026, 10, 1), end=dt.date(2026, 11, 1))
CATALOG = Catalog.model_validate(
    {
        "name": "shop",
        "datasets": (),
        "relationships": (),
        "metrics": (),
        "label": "Shop",
        "roles": [
            Role(name="boss", label="Boss", default=True, datasets=("*",), metrics=("*",)),
            Role(name="clerk", label="Clerk", datasets=("*",), metrics=("*",)),
        ],
    }
)


def view(user: str, role: str = "boss", **attributes: str) -> CatalogView:
    return view_for(CATALOG, Principal(user=user, role=role, attributes=dict(attributes)))


def decision(name: str, value: float = 1.0) -> SavedDecision:
    return SavedDecision(
        name=name,
        kind="scenario",
        as_of=dt.date(2026, 10, 31),
        saved_at=dt.datetime(2026, 10, 31, 12, 0, tzinfo=dt.UTC),
        request={"kind": "scenario"},
        expectations=(Expectation(metric="gmv", period=OCTOBER, value=value, low=0.5, high=2.0, level=0.9),),
    )


@pytest.fixture
def store(tmp_path: Path) -> DecisionStore:
    return DecisionStore.open(tmp_path / "decisions.sqlite")


def test_what_is_saved_is_found_by_its_user_alone(store: DecisionStore) -> None:
    store.book(view("anna")).save(decision("Base plus price"))
    found = store.book(view("anna")).find("base PLUS price")
    assert found == decision("Base plus price")
    assert store.book(view("ben")).find("Base plus price") is None
    assert store.book(view("ben")).saved() == ()
    assert not store.book(view("ben")).forget("Base plus price")


def test_another_role_or_region_does_not_open_it(store: DecisionStore) -> None:
    store.book(view("anna", region="North")).save(decision("x", 1.0))
    assert store.book(view("anna", role="clerk", region="North")).saved() == ()
    assert store.book(view("anna", region="South")).find("x") is None
    store.book(view("anna", region="South")).save(decision("x", 2.0))
    found = store.book(view("anna", region="North")).find("x")
    assert found is not None
    assert found.expectations[0].value == 1.0


def test_a_name_is_kept_once_and_can_be_forgotten(store: DecisionStore) -> None:
    book = store.book(view("anna"))
    book.save(decision("plan A", 1.0))
    book.save(decision("Plan a", 3.0))
    assert [item.name for item in book.saved("scenario")] == ["Plan a"]
    assert book.saved("forecast") == ()
    assert book.forget("PLAN A")
    assert book.saved() == ()


def test_it_outlives_the_process_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    store = DecisionStore.open(path)
    store.book(view("anna")).save(decision("x"))
    store.close()
    assert DecisionStore.open(path).book(view("anna")).find("x") is not None
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE decision SET content = '{}'")
    with pytest.raises(StoreError, match="unreadable"):
        DecisionStore.open(path).book(view("anna")).find("x")
    path.write_text("no database at all, but long enough to be taken for one " * 40)
    with pytest.raises(StoreError, match="damaged"):
        DecisionStore.open(path)


def test_names_are_one_line() -> None:
    assert decision_name(" 'Base  plus\nprice' ") == "Base plus price"
    for text in ("", "''", "x" * 81, "a\x07b"):
        with pytest.raises(ValueError, match="characters"):
            decision_name(text)
