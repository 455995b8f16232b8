"""How long a question takes in a warm process, and the command line from cold, beside the limits they must keep.

    python -m benchmarks.questions [--database PATH]

Asks the KPI suite's questions one after another (each in its own conversation), five rounds after a warm-up; prints the
median and p95 of the whole answer and of understanding alone, in milliseconds and as ratios to the limit. Then times the
command line as a whole process: one question, and --help. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from agent.admin import generate_sample
from agent.service import PlumblineService
from agent.settings import Settings

SUITE = Path(__file__).parents[1] / "evals" / "suites" / "novamart_kpis.yaml"
LIMIT_ANSWER_MS = 150.0
LIMIT_UNDERSTANDING_MS = 50.0
LIMIT_COMMAND_S = 2.5
LIMIT_HELP_S = 0.3
ROUNDS = 5


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def line(name: str, value: float, limit: float, unit: str) -> str:
    """One measured figure beside its limit."""
    return f"{name:<42}{value:>10.2f} {unit}   {value / limit:5.2f} of the limit of {limit:g} {unit}"


def ask_questions(settings: Settings, database: Path) -> None:
    """Times the suite's questions in one process."""
    questions = [case["question"] for case in yaml.safe_load(SUITE.read_text())["cases"] if not case.get("history")]
    whole: list[float] = []
    understanding: list[float] = []
    with PlumblineService.open(settings, catalog="novamart", database=database) as service:
        for question in questions:
            service.ask(question)
        for _ in range(ROUNDS):
            for question in questions:
                started = time.perf_counter()
                answer = service.ask(question)
                whole.append((time.perf_counter() - started) * 1000)
                understanding.append(answer.timings_ms.get("understand", 0.0))
    print(f"{len(questions)} questions, {ROUNDS} rounds, warm process, scale 0.01")
    print(line("answer, p50", statistics.median(whole), LIMIT_ANSWER_MS, "ms"))
    print(line("answer, p95", percentile(whole, 0.95), LIMIT_ANSWER_MS, "ms"))
    print(line("understanding, p50", statistics.median(understanding), LIMIT_UNDERSTANDING_MS, "ms"))
    print(line("understanding, p95", percentile(understanding, 0.95), LIMIT_UNDERSTANDING_MS, "ms"))


def run_commands(home: Path, database: Path) -> None:
    """Times whole processes."""
    environment = {"PLUMBLINE_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home)}
    base = [sys.executable, "-m", "ui.cli"]
    asked = [*base, "ask", "What was GMV in September 2026 by channel?", "--database", str(database)]
    for name, command, limit in (
        ("plumbline ask, cold", asked, LIMIT_COMMAND_S),
        ("plumbline --help", [*base, "--help"], LIMIT_HELP_S),
    ):
        taken = []
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            taken.append(time.perf_counter() - started)
        print(line(f"{name}, median", statistics.median(taken[1:]), limit, "s"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, help="a NovaMart database; one at scale 0.01 is made otherwise")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = given.database or home / "novamart.duckdb"
        if given.database is None:
            generate_sample("novamart", database)
        ask_questions(Settings(home=home, model=None), database)
        run_commands(home, database)


if __name__ == "__main__":
    main()
