"""Samples that several tests look at, generated once a session."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from catalog.samples.novamart import GenerationReport, generate

TINY_SCALE = 0.001


@pytest.fixture(scope="session")
def tiny_report(tmp_path_factory: pytest.TempPathFactory) -> GenerationReport:
    return generate(tmp_path_factory.mktemp("tiny") / "novamart.duckdb", scale=TINY_SCALE)


@pytest.fixture(scope="session")
def default_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("default") / "novamart.duckdb").path


@pytest.fixture(scope="session")
def uneventful_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uneventful")
    (folder / "events.yaml").write_text("version: 1\nevents: []\n")
    return generate(folder / "novamart.duckdb", events=folder / "events.yaml").path


@pytest.fixture
def tiny(tiny_report: GenerationReport) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tiny_report.path), read_only=True) as connection:
        yield connection
