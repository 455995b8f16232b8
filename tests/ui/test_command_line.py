"""The command line as a person meets it: exit codes, one clear line for every mistake, nothing heavy for --help."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUMBLINE = [sys.executable, "-m", "ui.cli"]
HEAVY = (
    "chainlit",
    "langgraph",
    "chromadb",
    "duckdb",
    "pandas",
    "plotly",
    "rich",
    "sqlglot",
    "numpy",
    "pydantic",
    "asyncio",
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUMBLINE_")}
    return {**kept, "PLUMBLINE_HOME": str(tmp_path / "home"), "COLUMNS": "120"}


def run(arguments: list[str], environment: dict[str, str], **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*PLUMBLINE, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, **options
    )


def test_help_names_every_command_and_imports_nothing_heavy(environment: dict[str, str]) -> None:
    code = (
        "import sys; from ui.cli import run; code = run(['--help']); "
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout
    assert "HEAVY [] 0" in shown
    for command in ("ask", "sql", "query", "chat", "sample", "catalog", "eval", "audit", "replay"):
        assert f"\n  {command} " in shown


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["aks", "x"], "'ask'"),
        (["ask"], "question"),
        (["ask", "--colour", "x"], "--colour"),
        (["ask", "--as-of", "yesterday", "x"], "2026-10-31"),
        (["chat", "--port", "70000"], "--port"),
        (["chat", "--host", "0.0.0.0"], "127.0.0.1"),
        (["sql", "--run", "--dialect", "spark", "SELECT 1"], "--dialect"),
        (["catalog", "chekc"], "'check'"),
        (["sample", "novamart", "--scale", "much"], "--scale"),
        (["sample", "novamart", "--events", "no-such-file.yaml"], "no-such-file.yaml"),
        (["query", "no-such-file.yaml"], "no-such-file.yaml"),
        (["ask", "--catalog", "no-such-catalog", "x"], "no-such-catalog"),
        (["ask", "--database", "no-such-file.duckdb", "x"], "no-such-file.duckdb"),
        (["eval", "run"], "suites"),
        (["eval", "run", "no-such-suite"], "no-such-suite"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_2(
    arguments: list[str], named: str, environment: dict[str, str]
) -> None:
    finished = run(arguments, environment)
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    assert "Traceback" not in finished.stderr
    assert "defect" not in finished.stderr
    assert named in finished.stderr


def test_a_folder_for_a_database_is_told_the_way(environment: dict[str, str], tmp_path: Path) -> None:
    finished = run(["ask", "--database", str(tmp_path), "Revenue in 2026"], environment)
    assert finished.returncode == 2
    assert "is a folder; `plumbline catalog draft --database" in finished.stderr


def test_settings_that_cannot_be_read_are_named(environment: dict[str, str]) -> None:
    finished = run(["ask", "GMV"], {**environment, "PLUMBLINE_QUERY_ROWS": "many"})
    assert finished.returncode == 2
    assert "PLUMBLINE_QUERY_ROWS" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_the_reader_may_go_away(environment: dict[str, str]) -> None:
    command = f"{' '.join(PLUMBLINE)} catalog schema | head -c 10"
    shell = ["bash", "-c", f"set -o pipefail; {command}; echo ${{PIPESTATUS[0]}}"]
    finished = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert finished.stderr == ""
    assert finished.stdout.endswith("1\n")


def test_ctrl_c_is_quiet(environment: dict[str, str]) -> None:
    waiting = subprocess.Popen(
        [*PLUMBLINE, "ask", "-"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)
    waiting.send_signal(signal.SIGINT)
    _, stderr = waiting.communicate(timeout=30)
    assert waiting.returncode == 130, stderr
    assert stderr == ""


def test_a_defect_is_one_line_unless_asked_for_more(environment: dict[str, str]) -> None:
    code = "import sys; sys.argv = ['x']; import ui.cli; ui.cli.run = lambda _: 1 / 0; ui.cli.main([])"
    for debug, expected in (("", "error: a defect"), ("1", "Traceback")):
        finished = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**environment, "PLUMBLINE_DEBUG": debug},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert finished.returncode == 1
        assert expected in finished.stderr
        assert ("Traceback" in finished.stderr) == bool(debug)


def test_a_defect_is_told_without_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.cli import report_defect

    monkeypatch.delenv("PLUMBLINE_DEBUG", raising=False)
    report_defect(ValueError, ValueError("Ada Lovelace"), None)
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "Ada" not in told
