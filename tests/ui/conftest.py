"""A home folder with the sample business, made once for all tests of the surfaces."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.admin import generate_sample


@pytest.fixture(scope="session")
def business_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PLUMBLINE_HOME with the NovaMart sample at scale 0.01."""
    home = tmp_path_factory.mktemp("home")
    (home / "data").mkdir()
    generate_sample("novamart", home / "data" / "novamart.duckdb", scale=0.01)
    return home


@pytest.fixture(scope="session")
def business_environment(business_home: Path) -> dict[str, str]:
    """The environment of a process that works with that home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "CHAINLIT_"))}
    return {**kept, "PLUMBLINE_HOME": str(business_home), "COLUMNS": "120"}
