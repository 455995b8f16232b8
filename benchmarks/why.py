"""How long a "why" takes over all dimensions, beside the limit it must keep. Run: python -m benchmarks.why [--database PATH]

Asks for the cause of October's dip in a NovaMart at scale 0.1 (made where no database is given): once in a fresh process,
then five times more. Prints the first answer, the median of the five, each as seconds and as a ratio to the limit, and how
many dimensions and segments were searched. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from agent.admin import generate_sample
from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings

QUESTION = "Why did GMV dip in October?"
SCALE = 0.1
LIMIT_S = 3.0
FEWEST_DIMENSIONS = 8
ROUNDS = 5


def searched(answer: Answer) -> tuple[int, int]:
    """How many dimensions and segments an answer says were searched."""
    table = next(item for item in answer.results if item.name == "judgement")
    row = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    return int(row["dimensions"]), int(row["segments_looked_at"])


def line(name: str, value_s: float) -> str:
    """One measured figure beside the limit."""
    return f"{name:<24}{value_s:>8.2f} s   {value_s / LIMIT_S:5.2f} of the limit of {LIMIT_S:g} s"


def measure(home: Path, database: Path) -> None:
    """Prints the figures; SystemExit where fewer dimensions were searched than the limit is set for."""
    taken = []
    with PlumblineService.open(Settings(home=home, model=None), catalog="novamart", database=database) as service:
        service.ask("What was GMV in October?")  # what any first question of a process pays for
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            answer = service.ask(QUESTION)
            taken.append(time.perf_counter() - started)
    dimensions, segments = searched(answer)
    print(f"{answer.headline}\n{segments} segments along {dimensions} dimensions")
    print(line("first", taken[0]))
    print(line(f"median of {ROUNDS} more", statistics.median(taken[1:])))
    if dimensions < FEWEST_DIMENSIONS:
        raise SystemExit(f"only {dimensions} dimensions were searched; the limit is for {FEWEST_DIMENSIONS}")


def main() -> None:
    """Makes the sample where none is given, and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        database = options.database
        if database is None:
            database = Path(scratch) / "novamart.duckdb"
            generate_sample("novamart", database, scale=SCALE)
        measure(Path(scratch) / "home", database)


if __name__ == "__main__":
    main()
