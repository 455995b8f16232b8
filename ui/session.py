"""What a command or a chat session starts from: settings, a principal, an open service."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.errors import PlumblineError, UsageError

if TYPE_CHECKING:
    from agent.service import PlumblineService
    from agent.settings import Settings
    from catalog.access import Principal


def load_settings() -> Settings:
    """Settings of the environment; UsageError names the variable that cannot be read."""
    from pydantic import ValidationError

    from agent.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        problems = (f"PLUMBLINE_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise UsageError("; ".join(problems)) from None


def open_service(
    catalog: str | None, database: Path | None, settings: Settings | None = None, workers: int = 1
) -> PlumblineService:
    """The service over a catalog and its data; what is not named comes from the settings. `workers` statements run at once."""
    from agent.admin import SAMPLES
    from agent.locations import default_database
    from agent.service import PlumblineService

    settings = settings or load_settings()
    name = catalog or settings.catalog
    if database is None and settings.database is None and name in SAMPLES:
        usual = default_database(settings, name)
        if not usual.exists():
            raise UsageError(
                f"there is no database at {usual} yet: `plumbline sample {name}` generates the sample, "
                "--database names a file of your own"
            )
    return PlumblineService.open(settings, catalog=catalog, database=database, workers=workers)


@contextlib.contextmanager
def asked_service(
    question: str, principal: Principal, catalog: str | None, database: Path | None, settings: Settings
) -> Iterator[PlumblineService]:
    """The service for one question, closed after it; a business that cannot be opened leaves the question's receipt."""
    from agent.admin import record_unanswered

    try:
        service = open_service(catalog, database, settings)
    except PlumblineError as error:
        record_unanswered(settings, catalog, question, principal, error)
        raise
    with service:
        yield service
