"""`plumbline catalog import` and `export` as a person calls them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from catalog.loader import load_catalog
from tests.ui.test_command_line import PLUMBLINE, ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PLUMBLINE, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_what_is_exported_to_metricflow_can_be_imported(tmp_path: Path) -> None:
    exported = run("catalog", "export", "novamart", "--to", "metricflow", "--out", str(tmp_path / "project"))
    assert exported.returncode == 0
    assert "left out: role executive: MetricFlow has no policies" in exported.stderr
    imported = run("catalog", "import", str(tmp_path / "project"), "--out", str(tmp_path / "catalog"))
    assert imported.returncode == 0, imported.stderr
    assert run("catalog", "check", str(tmp_path / "catalog")).returncode == 0
    assert {"order_count", "on_time_rate"} <= set(load_catalog(tmp_path / "catalog").metric_by_name)


def test_an_ossie_model_is_imported(tmp_path: Path) -> None:
    assert run("catalog", "export", "novamart", "--to", "ossie", "--out", str(tmp_path / "ossie")).returncode == 0
    imported = run("catalog", "import", str(tmp_path / "ossie"), "--out", str(tmp_path / "catalog"))
    assert imported.returncode == 0, imported.stderr
    assert {"order_count", "on_time_rate"} <= set(load_catalog(tmp_path / "catalog").metric_by_name)


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = run("catalog", "import", str(tmp_path), "--out", str(tmp_path))
    assert refused.returncode == 2
    assert "not empty" in refused.stderr
    assert run("catalog", "export", "novamart", "--out", str(tmp_path)).returncode == 0
    again = run("catalog", "export", "novamart", "--out", str(tmp_path))
    assert again.returncode == 2
    assert "--replace" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "/nowhere", "--out", "x"), "there is no file or folder /nowhere"),
        (("export", "novamart", "--to", "cube"), "metricflow, ossie, plumbline"),
        (("export", "no_such"), "shipped are"),
    ],
)
def test_a_wrong_call_names_what_is_valid(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    outcome = run("catalog", *arguments)
    assert outcome.returncode == 2
    assert said in outcome.stderr
    assert not Path("x").exists()
