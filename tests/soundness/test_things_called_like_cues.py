"""Things that are called by a word that asks elsewhere: falls, drops, shares and targets are counted as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.service import PlumblineService
from tests.soundness.drafted_business import asked_as_drafted, by_hand, tables_at

TABLES = """
    CREATE TABLE falls AS SELECT n::INTEGER AS fall_id, ['Oak', 'Elm', 'Ash'][1 + n % 3] AS wing,
      TIMESTAMP '2024-01-01 08:00:00' + to_days((n * 3 % 700)::INTEGER) AS fell_at FROM range(1, 301) t(n);
    CREATE TABLE drops AS SELECT n::INTEGER AS drop_id, ['van', 'bike'][1 + n % 2] AS vehicle,
      DATE '2024-01-01' + (n * 2 % 700)::INTEGER AS dropped_on FROM range(1, 401) t(n);
    CREATE TABLE shares AS SELECT n::INTEGER AS share_id, ['A', 'B'][1 + n % 2] AS share_class,
      DATE '2024-01-01' + (n * 7 % 700)::INTEGER AS issued_on FROM range(1, 101) t(n);
    CREATE TABLE targets AS SELECT n::INTEGER AS target_id, ['North', 'South'][1 + n % 2] AS area,
      DATE '2024-01-01' + (n * 7 % 700)::INTEGER AS hit_on FROM range(1, 120) t(n);
    CREATE TABLE moves AS SELECT n::INTEGER AS move_id, ['Leeds', 'York'][1 + n % 2] AS depot,
      DATE '2024-01-01' + (n * 7 % 700)::INTEGER AS moved_on FROM range(1, 120) t(n);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables_at(tmp_path_factory.mktemp("cues") / "business.duckdb", TABLES)


@pytest.fixture(scope="module")
def service(database: Path) -> Iterator[PlumblineService]:
    with asked_as_drafted(database) as opened:
        yield opened


@pytest.mark.parametrize(
    ("things", "at", "kind"),
    [
        ("falls", "fell_at", "wing"),
        ("drops", "dropped_on", "vehicle"),
        ("shares", "issued_on", "share class"),
        ("targets", "hit_on", "area"),
        ("moves", "moved_on", "depot"),
    ],
)
def test_they_are_counted(service: PlumblineService, database: Path, things: str, at: str, kind: str) -> None:
    """Falls and drops were held against the year before, moves split by month, shares told as parts of a whole."""
    column = kind.replace(" ", "_")
    when = f"WHERE {at} >= DATE '2024-01-01' AND {at} < DATE '2025-01-01'"
    for question, sql in (
        (f"how many {things} in 2024", f"SELECT COUNT(*) FROM {things} {when}"),
        (f"{things} by {kind} in 2024", f"SELECT {column}, COUNT(*) FROM {things} {when} GROUP BY 1 ORDER BY 1"),
    ):
        answer = service.ask(question)
        assert answer.status == "answer", answer.headline
        found = answer.results[0]
        kept = [place for place, shown in enumerate(found.columns) if shown.role != "context"]
        assert sorted(tuple(row[place] for place in kept) for row in found.rows) == by_hand(database, sql)


def test_one_of_them_is_no_decline(service: PlumblineService) -> None:
    """What is offered for "who had a fall" was held against the month before."""
    asked = service.ask("how many people had a fall in May 2024").clarification
    assert asked is not None
    assert asked.options == ("Number of falls, May 2024",)
