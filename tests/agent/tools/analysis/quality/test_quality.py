"""Data checks on a shop whose faults are planted: a batch that came twice, one that lost a third, lost references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.service import PlumblineService
from agent.settings import Settings
from agent.tools.analysis.quality.batches import batch_results
from agent.tools.analysis.quality.check_result import CheckResult
from catalog.loader import load_catalog
from catalog.models import Calendar
from catalog.strategy.quality import DatasetExpectations

AS_OF = dt.date(2026, 6, 28)
DOUBLED, SHORT = dt.date(2026, 3, 2), dt.date(2026, 4, 13)
CATALOG = """
name: laundry
label: Laundry
datasets:
  wash:
    source: bronze.wash
    primary_key: wash_id
    time: washed_on
    fields:
      wash_id: {type: integer}
      machine: {type: integer}
      washed_on: {type: date}
      price: {type: number, unit: EUR}
  machine:
    primary_key: machine
    time: none
    fields:
      machine: {type: integer}
      maker: {type: string}
relationships:
- {name: wash_machine, from: wash, to: machine, from_columns: machine}
metrics:
  washes: {label: Washes, expression: COUNT(*), dataset: wash, unit: count}
  takings: {label: Takings, expression: SUM(wash.price), unit: EUR}
strategy:
  quality:
  - {dataset: wash, fresh_within: 3 days, ranges: [{field: price, least: 0, most: 50}]}
"""


@pytest.fixture(scope="module")
def laundry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlumblineService]:
    folder = tmp_path_factory.mktemp("laundry")
    (folder / "catalog").mkdir()
    (folder / "catalog" / "catalog.yaml").write_text(CATALOG)
    with duckdb.connect(str(folder / "laundry.duckdb")) as connection:
        connection.execute(
            """
            CREATE SCHEMA bronze;
            CREATE TABLE machine AS SELECT range AS machine, 'maker ' || range % 3 AS maker FROM range(10);
            CREATE TABLE bronze.wash AS
            SELECT row_number() OVER () AS wash_id, (n % 10)::INTEGER AS machine, day::DATE AS washed_on, 4.0 + n % 5 AS price
            FROM range(DATE '2023-01-02', DATE '2026-06-29', INTERVAL 1 DAY) days(day), range(30) draws(n)
            WHERE hash(n, day) % 1000 / 1000.0 < 0.7 + 0.2 * sin(2 * pi() * dayofyear(day) / 365.25);
            INSERT INTO bronze.wash SELECT * FROM bronze.wash WHERE washed_on BETWEEN '2026-03-02' AND '2026-03-08';
            DELETE FROM bronze.wash WHERE washed_on BETWEEN '2026-04-13' AND '2026-04-19' AND wash_id % 3 = 0;
            UPDATE bronze.wash SET machine = 77 WHERE wash_id IN (5, 6, 7);
            UPDATE bronze.wash SET price = -1 WHERE wash_id = 9;
            """
        )
    settings = Settings(home=folder / "home", model=None)
    with PlumblineService.open(settings, catalog=folder / "catalog", database=folder / "laundry.duckdb") as service:
        yield service


@pytest.fixture(scope="module")
def results(laundry: PlumblineService) -> tuple[CheckResult, ...]:
    return laundry.check_data(as_of=AS_OF)


def found(results: tuple[CheckResult, ...], check: str) -> dict[object, CheckResult]:
    return {item.period or item.subject: item for item in results if item.check == check and item.verdict != "pass"}


def test_the_planted_batches_are_found_and_no_others(results: tuple[CheckResult, ...]) -> None:
    batches = found(results, "row_count")
    assert set(batches) == {DOUBLED, SHORT}
    assert batches[DOUBLED].verdict == "fail" and batches[DOUBLED].deviation == pytest.approx(1.0, abs=0.2)
    assert batches[SHORT].verdict == "warn" and batches[SHORT].deviation == pytest.approx(-1 / 3, abs=0.12)
    assert batches[DOUBLED].layer == "bronze" and batches[DOUBLED].table == "wash"


def test_keys_references_ranges_and_freshness(results: tuple[CheckResult, ...], laundry: PlumblineService) -> None:
    with duckdb.connect(str(laundry.database), read_only=True) as connection:
        twice = connection.execute(
            "SELECT COUNT(*) FROM (SELECT wash_id FROM bronze.wash GROUP BY 1 HAVING COUNT(*) > 1)"
        ).fetchall()[0][0]
    assert found(results, "keys")["wash_id"].observed == twice
    assert found(results, "references")["wash_machine"].observed == 3
    assert found(results, "references")["wash_machine"].verdict == "warn"
    assert found(results, "ranges")["price"].observed == 1
    assert not found(results, "freshness")
    late = laundry.check_data(("wash",), as_of=dt.date(2026, 7, 20))
    assert [item.verdict for item in late if item.check == "freshness"] == ["fail"]


def test_answers_warn_of_the_batches_that_they_touch_and_of_no_others(
    results: tuple[CheckResult, ...], laundry: PlumblineService
) -> None:
    touched = laundry.ask("takings in March 2026", as_of=AS_OF)
    assert any("2 March 2026" in item for item in touched.caveats), touched.caveats
    other = laundry.ask("takings in January 2026", as_of=AS_OF)
    assert not any("week of" in item for item in other.caveats)


def test_it_is_reached_by_question(laundry: PlumblineService) -> None:
    answer = laundry.ask("any data quality problems?", as_of=AS_OF)
    assert answer.status == "answer"
    verdict = next(at for at, item in enumerate(answer.results[0].columns) if item.name == "verdict")
    assert answer.results[0].rows[0][verdict] == "fail"
    fresh = laundry.ask("is the data fresh?", as_of=AS_OF)
    assert {row[0] for row in fresh.results[0].rows} == {"freshness"}


def test_declared_row_counts_are_bounds() -> None:
    weeks = {dt.date(2026, 1, 5) + dt.timedelta(weeks=place): 100 for place in range(8)}
    weeks[dt.date(2026, 2, 2)] = 40
    expected = DatasetExpectations(dataset="wash", fewest_rows=80)
    failed = [item for item in batch_results(weeks, AS_OF, expected, Calendar()) if item.verdict == "fail"]
    assert [item.figures["period"] for item in failed] == [dt.date(2026, 2, 2)]


def test_a_missing_week_counts_as_none() -> None:
    weeks = {dt.date(2023, 1, 2) + dt.timedelta(weeks=place): 1000 + place % 7 * 10 for place in range(150)}
    del weeks[dt.date(2025, 3, 3)]
    failed = [
        item for item in batch_results(weeks, AS_OF, DatasetExpectations(dataset="wash"), Calendar())
        if item.check == "row_count" and item.verdict == "fail"
    ]  # fmt: skip
    assert [item.figures["period"] for item in failed] == [dt.date(2025, 3, 3)]


def test_a_catalog_that_expects_what_there_is_not_is_refused(tmp_path: Path) -> None:
    from catalog.errors import CatalogError

    (tmp_path / "catalog.yaml").write_text(CATALOG.replace("field: price", "field: prize"))
    with pytest.raises(CatalogError, match="no field 'prize'"):
        load_catalog(tmp_path)
