"""kill -9 while the service answers: every answer that was shown has its receipt, and the chain holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent.tools.audit import AuditLog

HOSPITAL = Path(__file__).parents[1] / "foreign" / "hospital"
ROOT = Path(__file__).parents[2]
# Shows the receipt of each answer as soon as it may be shown: after the service gave it.
ASKING = """
import itertools, os, sys
from pathlib import Path
from agent.service import PlumblineService
from agent.settings import Settings
home, catalog, database = (Path(item) for item in sys.argv[1:])
questions = ("Admissions in 2024", "Admissions in 2019", "drop table stays", "Billed charges by department in 2024")
with PlumblineService.open(Settings(home=home, model=None), catalog=catalog, database=database) as service:
    service.ask(questions[0])
    os.write(1, b"ready\\n")
    for question in itertools.cycle(questions):
        os.write(1, (service.ask(question).receipt + "\\n").encode())
"""


def _children_of(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except (OSError, IndexError):  # it ended meanwhile
            continue
    return found


def _shown_before_the_kill(home: Path, database: Path, delay_s: float) -> list[str]:
    """The receipts of the answers that a service showed before it was killed."""
    command = [sys.executable, "-c", ASKING, str(home), str(HOSPITAL / "catalog"), str(database)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as asked:
        assert asked.stdout is not None
        assert asked.stdout.readline() == b"ready\n"
        first = asked.stdout.readline().decode()  # however slow the machine, something was shown before the kill
        time.sleep(delay_s)
        workers = _children_of(asked.pid)
        asked.send_signal(signal.SIGKILL)
        lines = [first.strip(), *asked.stdout.read().decode().splitlines()]
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()], "a worker outlived its service"
    return [line for line in lines if line.startswith("R")]


def _kill_again_and_again(times: int, home: Path, database: Path) -> None:
    chance = random.Random(7)
    shown: list[str] = []
    for _ in range(times):
        shown += _shown_before_the_kill(home, database, 0.1 + chance.random() * 0.5)
    log = AuditLog.open(home)
    found = log.verify()
    assert found.holds, found.faults
    assert len(shown) >= times
    assert found.receipts >= len(shown)
    for receipt in shown:
        assert log.show(receipt).id == receipt
    log.close()


def test_killed_thrice_no_receipt_is_lost(tmp_path: Path, hospital_database: Path) -> None:
    _kill_again_and_again(3, tmp_path / "home", hospital_database)


@pytest.mark.slow
def test_killed_fifty_times_no_receipt_is_lost(tmp_path: Path, hospital_database: Path) -> None:
    _kill_again_and_again(50, tmp_path / "home", hospital_database)
