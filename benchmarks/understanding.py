"""Understanding on a large catalog: 2,000 metrics, 100,000 indexed values, beside the limits it must keep.

    python -m benchmarks.understanding [--metrics N] [--values N]

Generates a catalog and a database in a temporary folder, builds the indexes from nothing, opens them again, then plans the
same questions over and over in a warm process. Prints the times beside their limits. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
import yaml

from agent.service import LOCAL, PlumblineService
from agent.settings import Settings
from benchmarks.questions import line, percentile

LIMIT_P50_MS = 30.0
LIMIT_P95_MS = 80.0
LIMIT_BUILD_S = 60.0
DATASETS = 20
ROUNDS = 5
AS_OF = dt.date(2026, 10, 31)
_FIRST = "amber birch cobalt dune ember fjord garnet heron indigo juniper kelp lunar maple north opal".split()
_SECOND = (
    "anchor bridge canyon delta engine forge garden harbor island jacket kernel ladder mirror needle orbit".split()
)
_NOUNS = "loads trips calls parts hours tests visits scans seats pages".split()
_ASPECTS = "planned booked final gross net late early open closed peak".split()


def make(folder: Path, metrics: int, values: int) -> Path:
    """The catalog's folder with its database beside it."""
    catalog, database = folder / "catalog", folder / "large.duckdb"
    catalog.mkdir()
    each = values // DATASETS
    datasets, measured = {}, {}
    with duckdb.connect(str(database)) as connection:
        for number in range(DATASETS):
            name = f"{_FIRST[number % 15]}_{_SECOND[number * 7 % 15]}_{number}"
            words = name.rsplit("_", 1)[0].replace("_", " ")
            connection.execute(
                f"CREATE TABLE {name} AS SELECT range AS id, DATE '2024-01-01' + CAST(range % 1000 AS INTEGER) AS day, "
                f"'{_FIRST[number % 15]} ' || hash(range * {number + 3}) % 1000000 || ' place' AS place, "
                f"'kind ' || range % 12 AS kind, range % 97 AS amount FROM range({each})"
            )
            datasets[name] = {
                "label": f"{words} records {number}",
                "singular": f"{words} record {number}",
                "description": f"Records of the {words}.",
                "primary_key": "id",
                "time": "day",
                "fields": {
                    "id": {"type": "integer", "role": "key"},
                    "day": {"type": "date", "label": "Day"},
                    "place": {"type": "string", "label": f"{words} place", "description": "Where it happened."},
                    "kind": {"type": "string", "label": f"{words} kind", "description": "What kind it is."},
                    "amount": {"type": "number", "label": f"{words} amount"},
                },
            }
            for place in range(metrics // DATASETS):
                label = f"{_ASPECTS[place % 10]} {words} {_NOUNS[place // 10 % 10]}"
                measured[f"{name}_m{place}"] = {
                    "label": f"{label} {number}" if number >= 15 else label,
                    "description": f"The {label} of the period, after corrections.",
                    "expression": f"SUM({name}.amount)",
                    "synonyms": [f"{label} total", f"sum of {label}"],
                    "unit": "count",
                }
    head = {"name": "large", "label": "Large", "as_of": AS_OF.isoformat(), "currency": "EUR"}
    for file, content in (("catalog", head), ("datasets", {"datasets": datasets}), ("metrics", {"metrics": measured})):
        (catalog / f"{file}.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
    return database


def questions(count: int = 40) -> list[str]:
    """Questions over many of the metrics, in several shapes; some hold a typo or a word that nothing explains."""
    asked = []
    for number in range(count):
        words = f"{_FIRST[number % 15]} {_SECOND[number * 7 % 15]}"
        metric = f"{_ASPECTS[number % 10]} {words} {_NOUNS[number // 10 % 10]}"
        asked.append(
            (
                f"What were the {metric} in September 2026 by {words} kind?",
                f"top 5 {words} places by {metric} this year",
                f"{metric} last month vs the month before, only kind {number % 12}",
                f"show me {metric.replace('planned', 'plannd')} by month in 2025",
                f"how did the {metric} of the flurbs develop over time",
            )[number % 5]
        )
    return asked


def measure(metrics: int, values: int) -> None:
    """Prints the times of building, opening and understanding."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        database = make(folder, metrics, values)
        settings = Settings(home=folder / "home")
        for name, limit in (
            ("indexes built and first question", LIMIT_BUILD_S),
            ("opened again, first question", 10.0),
        ):
            started = time.perf_counter()
            with PlumblineService.open(settings, catalog=folder / "catalog", database=database) as service:
                planner = service.business.planner(service.view(LOCAL))
                planner.plan("how did the flurbs develop", AS_OF)
            print(line(name, time.perf_counter() - started, limit, "s"))
        with PlumblineService.open(settings, catalog=folder / "catalog", database=database) as service:
            planner = service.business.planner(service.view(LOCAL))
            asked = questions()
            answered = sum(planner.plan(question, AS_OF).clarification is None for question in asked)
            taken = []
            for _ in range(ROUNDS):
                for question in asked:
                    started = time.perf_counter()
                    planner.plan(question, AS_OF)
                    taken.append((time.perf_counter() - started) * 1000)
        print(f"{len(asked)} questions, {answered} understood, {ROUNDS} rounds, {metrics:,} metrics, {values:,} values")
        print(line("understanding, p50", statistics.median(taken), LIMIT_P50_MS, "ms"))
        print(line("understanding, p95", percentile(taken, 0.95), LIMIT_P95_MS, "ms"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--metrics", type=int, default=2000)
    parser.add_argument("--values", type=int, default=100_000)
    arguments = parser.parse_args()
    measure(arguments.metrics, arguments.values)


if __name__ == "__main__":
    main()
