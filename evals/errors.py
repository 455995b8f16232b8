"""Errors of the evals room: each is mended by whoever wrote the suite or called the command."""

from __future__ import annotations

from pathlib import Path

from catalog.errors import UsageError


class SuiteError(UsageError):
    """A suite that cannot be used: every problem found, one a line, each with its file and line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class GoldSqlError(UsageError):
    """A gold statement that did not run on the database; the message is the engine's, with the case's id."""


class ReportFileError(UsageError):
    """A report or baseline that cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
