"""The Asker of real runs: the service, opened once in this process."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from catalog.errors import UsageError
from evals.asker import Asked

if TYPE_CHECKING:
    from agent.service import PlumblineService
    from agent.settings import Settings

PlannerName = Literal["embedded", "model"]


@dataclass(frozen=True)
class ServiceAsker:
    """Asks the service: each case in a new thread, its history first."""

    service: PlumblineService
    settings: Settings
    catalog: str
    database: Path
    planner: PlannerName

    def ask(
        self, question: str, *, history: tuple[str, ...], role: str | None, user: str | None, as_of: dt.date | None
    ) -> Asked:
        """As the Protocol says."""
        from agent.admin import principal_for

        principal = principal_for(self.settings, user, role)
        thread = f"eval-{uuid.uuid4()}"
        for earlier in history:
            self.service.ask(earlier, principal=principal, thread=thread, as_of=as_of)
        started = time.perf_counter()
        answer = self.service.ask(question, principal=principal, thread=thread, as_of=as_of)
        return Asked(answer.to_json(), (time.perf_counter() - started) * 1000)


@contextmanager
def open_service_asker(catalog: str | None, database: Path | None, planner: PlannerName) -> Iterator[ServiceAsker]:
    """The service on a catalog and database (None: as the environment says), with one planner.

    UsageError where the model planner is asked for and no model is set.
    """
    from agent.service import PlumblineService
    from agent.settings import Settings

    settings = Settings()
    if planner == "embedded":
        settings = settings.model_copy(update={"model": None})
    elif settings.model is None:
        raise UsageError("--planner model needs a model: set PLUMBLINE_MODEL (and PLUMBLINE_MODEL_BASE_URL, a key)")
    with PlumblineService.open(settings, catalog=catalog, database=database) as service:
        opened = service.database
        yield ServiceAsker(service, settings, str(catalog or settings.catalog), opened, planner)
