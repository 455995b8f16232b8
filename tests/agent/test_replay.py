"""A receipt run again: the same where nothing changed, and data, definition and policy told apart where something did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.errors import UnknownNameError, UsageError

CATALOG = Path(__file__).parents[1] / "foreign" / "hospital" / "catalog"
ROLES = """
roles:
  nurse:
    default: true
    datasets: "*"
    metrics: "*"
    free_sql: true
    FILTERS
"""


@pytest.fixture
def place(tmp_path: Path, hospital_database: Path) -> Path:
    """A home, a database and a catalog with a role, to be changed by the test."""
    shutil.copy(hospital_database, tmp_path / "live.duckdb")
    shutil.copytree(CATALOG, tmp_path / "catalog")
    _write_role(tmp_path, "")
    return tmp_path


def _write_role(place: Path, filters: str) -> None:
    (place / "catalog" / "roles.yaml").write_text(ROLES.replace("FILTERS", filters), encoding="utf-8")


@contextmanager
def _opened(place: Path) -> Iterator[PlumblineService]:
    settings = Settings(home=place / "home", model=None)
    with PlumblineService.open(settings, catalog=place / "catalog", database=place / "live.duckdb") as service:
        yield service


def _answered(place: Path) -> str:
    with _opened(place) as service:
        answer = service.ask("Admissions by department in 2024", principal=Principal(user="ann"))
    assert answer.status == "answer"
    assert answer.receipt is not None
    return answer.receipt


def _less_data(place: Path) -> None:
    with duckdb.connect(str(place / "live.duckdb")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT * FROM stays WHERE month(admitted_at) <> 6")
        connection.execute("ALTER TABLE stays RENAME TO stays_before; ALTER TABLE kept RENAME TO stays")


def _other_definition(place: Path) -> None:
    path = place / "catalog" / "metrics.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("expression: COUNT(stays.stay_id)\n", "expression: COUNT(DISTINCT stays.patient_id)\n", 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def _other_policy(place: Path) -> None:
    _write_role(place, "row_filters: {stays: stays.total_charges > 5000}")


CHANGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("data", _less_data, "by_data"),
    ("definition", _other_definition, "by_meaning"),
    ("policy", _other_policy, "by_meaning"),
]


def test_nothing_changed_is_said(place: Path) -> None:
    receipt = _answered(place)
    with _opened(place) as service:
        found = service.replay(receipt)
    assert (found.same, found.changed) == (True, ())
    assert found.lines()[0].endswith("the same result as then")


@pytest.mark.parametrize(("cause", "change", "part"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_what_changed_is_told_apart(place: Path, cause: str, change: Callable[[Path], None], part: str) -> None:
    receipt = _answered(place)
    change(place)
    with _opened(place) as service:
        found = service.replay(receipt)
    assert not found.same
    assert cause in found.changed
    assert ("data" in found.changed) == (cause == "data")
    figure = next(item for item in found.figures if item.column == "admissions")
    assert figure.then is not None and figure.now is not None and figure.now < figure.then
    assert getattr(figure, part) == figure.now - figure.then
    assert f"changed: {' and '.join(found.changed)}" in found.lines()[0]


def test_a_free_statement_is_run_again(place: Path) -> None:
    with _opened(place) as service:
        answer = service.run_sql("SELECT count(*) AS n FROM stays", principal=Principal(user="ann"))
        assert answer.receipt is not None
        assert service.replay(answer.receipt).same
    _less_data(place)
    with _opened(place) as service:
        assert service.replay(answer.receipt).changed == ("data",)


def test_what_ran_nothing_cannot_be_run_again(place: Path) -> None:
    with _opened(place) as service:
        refused = service.ask("drop table stays")
        assert refused.receipt is not None
        with pytest.raises(UsageError, match="refusal"):
            service.replay(refused.receipt)
        with pytest.raises(UnknownNameError):
            service.replay("R999999")
