"""Recorded runs: every answer of a run as a line of JSON, to be judged and compared again without asking anyone.

The first line says what was asked: {"recorded": 1, "catalog": ..., "database": ...}. Each other line is one answer:
{"planner", "run", "question", "history", "role", "user", "as_of", "latency_ms", "answer"}.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.errors import UsageError
from evals.asker import Asked, Asker
from evals.errors import ReportFileError
from evals.report import write_text

_VERSION = 1
_Key = tuple[str, int, str, tuple[str, ...], str | None, str | None, str | None]


@dataclass
class RecordingAsker:
    """An Asker that keeps what another answers; `run` counts the repeats from 0."""

    asker: Asker
    run: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def catalog(self) -> str:
        return self.asker.catalog

    @property
    def database(self) -> Path:
        return self.asker.database

    @property
    def planner(self) -> str:
        return self.asker.planner

    def ask(
        self, question: str, *, history: tuple[str, ...], role: str | None, user: str | None, as_of: dt.date | None
    ) -> Asked:
        """As the Protocol says; the answer is kept."""
        asked = self.asker.ask(question, history=history, role=role, user=user, as_of=as_of)
        self.lines.append(
            {
                "planner": self.planner,
                "run": self.run,
                "question": question,
                "history": list(history),
                "role": role,
                "user": user,
                "as_of": as_of.isoformat() if as_of is not None else None,
                "latency_ms": round(asked.latency_ms, 3),
                "answer": asked.answer,
            }
        )
        return asked


def write_recorded(path: Path, catalog: str, database: Path, lines: list[dict[str, Any]]) -> None:
    """Writes a recorded run."""
    header = {"recorded": _VERSION, "catalog": catalog, "database": str(database)}
    write_text(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (header, *lines)))


@dataclass(frozen=True)
class RecordedRun:
    """A recorded run as it was read."""

    path: Path
    catalog: str
    database: Path
    answers: dict[_Key, Asked]
    planners: tuple[str, ...]
    runs: int

    def asker(self, planner: str, run: int, database: Path | None) -> RecordedAsker:
        """What answers in place of a service; gold is read from `database`, else from where the run's was."""
        return RecordedAsker(self, planner, run, database or self.database)


@dataclass(frozen=True)
class RecordedAsker:
    """An Asker that gives recorded answers. UsageError for a question that the file does not hold."""

    recorded: RecordedRun
    planner: str
    run: int
    database: Path

    @property
    def catalog(self) -> str:
        return self.recorded.catalog

    def ask(
        self, question: str, *, history: tuple[str, ...], role: str | None, user: str | None, as_of: dt.date | None
    ) -> Asked:
        """As the Protocol says."""
        day = as_of.isoformat() if as_of is not None else None
        found = self.recorded.answers.get((self.planner, self.run, question, history, role, user, day))
        if found is None:
            raise UsageError(f"{self.recorded.path} holds no answer of the {self.planner} planner to {question!r}")
        return found


def read_recorded(path: Path) -> RecordedRun:
    """A recorded run; ReportFileError where the file is none."""
    try:
        lines = list(_objects(path))
        header, rest = lines[0], lines[1:]
        if header.get("recorded") != _VERSION:
            raise KeyError("recorded")
        answers = {_key(line): Asked(line["answer"], float(line["latency_ms"])) for line in rest}
        planners = tuple(dict.fromkeys(str(line["planner"]) for line in rest))
        runs = 1 + max((int(line["run"]) for line in rest), default=0)
        return RecordedRun(path, str(header["catalog"]), Path(header["database"]), answers, planners, runs)
    except OSError as error:
        raise ReportFileError(path, f"cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ReportFileError(path, f"is no JSON: {error}") from error
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise ReportFileError(path, "is no run of `plumbline eval run --record`") from error


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _key(line: dict[str, Any]) -> _Key:
    return (
        line["planner"],
        int(line["run"]),
        line["question"],
        tuple(line["history"]),
        line["role"],
        line["user"],
        line["as_of"],
    )
