"""The hospital with a scripted model beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.models.breaker import CircuitBreaker
from agent.models.dialect import Dialect
from agent.service import PlumblineService
from agent.settings import Settings
from tests.agent.endpoint.server import ScriptedEndpoint
from tests.conftest import HOSPITAL

DEADLINE_S = 2.0
ROLES = """
roles:
  reader: {default: true, datasets: "*", metrics: "*"}
  writer: {datasets: "*", metrics: "*", free_sql: true}
  quiet: {datasets: "*", metrics: "*", egress: none}
"""


@pytest.fixture(scope="session")
def endpoint() -> Iterator[ScriptedEndpoint]:
    """One scripted endpoint for all; each test gives it its script."""
    with ScriptedEndpoint() as opened:
        yield opened


@pytest.fixture(scope="session")
def _advised(
    endpoint: ScriptedEndpoint, hospital_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PlumblineService]:
    made = tmp_path_factory.mktemp("advised")
    shutil.copytree(HOSPITAL / "catalog", made / "catalog")
    (made / "catalog" / "roles.yaml").write_text(ROLES, encoding="utf-8")
    settings = Settings(
        home=made / "home",
        model="scripted",
        model_base_url=endpoint.base_url,
        model_deadline_s=DEADLINE_S,
        model_input_price=1.0,
        model_output_price=2.0,
    )
    with PlumblineService.open(settings, catalog=made / "catalog", database=hospital_database) as service:
        client = service.business.model_client()
        assert client is not None
        client.warm_up()
        service.ask("Admissions in May 2025")  # what is opened once is opened
        yield service


@pytest.fixture
def advised(_advised: PlumblineService) -> PlumblineService:
    """The hospital with a model; its breaker is closed."""
    client = _advised.business.model_client()
    assert client is not None
    client.breaker = CircuitBreaker()
    client.dialect = Dialect.of(client.settings)
    return _advised
