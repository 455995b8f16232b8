"""Runs suites with one planner or both, once or several times, by asking or from a recorded run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from catalog.errors import UsageError
from evals.asker import Asker
from evals.recorded import RecordedRun, RecordingAsker
from evals.report import SuiteReport
from evals.runner import Progress, run_suite
from evals.service_asker import PlannerName, open_service_asker
from evals.suite import Suite

ProgressLine = Callable[[], AbstractContextManager[Progress | None]]


@dataclass(frozen=True)
class PlannedRun:
    """How suites are to be run. `recorded` gives the answers in place of a service."""

    planners: tuple[PlannerName, ...]
    database: Path | None = None
    as_of: dt.date | None = None
    only: str | None = None
    repeat: int = 1
    recorded: RecordedRun | None = None


@dataclass(frozen=True)
class RunOutcome:
    """Reports in the order of planners and suites, and the answers as lines of a recorded run."""

    reports: tuple[SuiteReport, ...]
    lines: tuple[dict[str, Any], ...]
    catalog: str
    database: Path


def run_planned(suites: Sequence[tuple[str | None, Suite]], planned: PlannedRun, progress: ProgressLine) -> RunOutcome:
    """Runs each catalog's suites with each planner. UsageError where a recorded run does not hold what is to be run."""
    by_catalog: dict[str | None, list[Suite]] = {}
    for catalog, suite in suites:
        by_catalog.setdefault(catalog, []).append(suite)
    reports: list[SuiteReport] = []
    lines: list[dict[str, Any]] = []
    opened: list[Asker] = []
    for planner in planned.planners:
        for catalog, members in by_catalog.items():
            with _asker(planned, planner, catalog) as asker_of, progress() as show:
                runs: list[list[SuiteReport]] = []
                for number in range(planned.repeat):
                    recording = RecordingAsker(asker_of(number), number)
                    runs.append(
                        [
                            run_suite(item, recording, as_of=planned.as_of, only=planned.only, progress=show)
                            for item in members
                        ]
                    )
                    lines += recording.lines
                    opened.append(recording)
            for place, first in enumerate(runs[0]):
                reports.append(replace(first, again=tuple(run[place].cases for run in runs[1:])))
    if planned.only is not None and not any(report.cases for report in reports):
        raise UsageError(f"--only {planned.only!r}: no case has that id or tag")
    catalogs = ", ".join(dict.fromkeys(item.catalog for item in opened))
    return RunOutcome(tuple(reports), tuple(lines), catalogs, opened[0].database)


@contextmanager
def _asker(planned: PlannedRun, planner: PlannerName, catalog: str | None) -> Iterator[Callable[[int], Asker]]:
    """Gives the asker of each repeat."""
    if planned.recorded is not None:
        recorded = planned.recorded
        if planner not in recorded.planners or planned.repeat > recorded.runs:
            held = f"{recorded.runs} run(s) of {', '.join(recorded.planners)}"
            raise UsageError(f"{recorded.path} holds {held}, not {planned.repeat} of {planner}")
        yield lambda number: recorded.asker(planner, number, planned.database)
        return
    with open_service_asker(catalog, planned.database, planner) as asker:
        yield lambda _number: asker
