"""Who answers a suite's questions. The runner knows this Protocol alone; `service_asker.py` is the real one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Asked:
    """An answer's JSON and how long the last question took; the history's time does not count."""

    answer: dict[str, Any]
    latency_ms: float


class Asker(Protocol):
    """Answers the questions of cases, over one catalog and database, with one planner."""

    @property
    def catalog(self) -> str:
        """The catalog's name or folder, for the report."""
        ...

    @property
    def database(self) -> Path:
        """The database that answers read, and gold SQL with them."""
        ...

    @property
    def planner(self) -> str:
        """Which planner answers, for the report."""
        ...

    def ask(
        self, question: str, *, history: tuple[str, ...], role: str | None, user: str | None, as_of: dt.date | None
    ) -> Asked:
        """Asks the history's questions in a thread of their own, then `question`, and gives the last answer."""
        ...
