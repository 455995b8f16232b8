"""The file appears whole or not at all, and what cannot work is said before the work begins."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from catalog.samples.errors import SampleError, SampleSpaceError
from catalog.samples.novamart import generate
from catalog.samples.target_file import check_target, replaced_at_the_end

RUN = "import sys, pathlib; from catalog.samples.novamart import generate; generate(pathlib.Path(sys.argv[1]), scale=0.05)"
SHORT_OF_ROOM = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000)); " + RUN.replace(
    "0.05", "0.005"
)
ROOT = Path(__file__).parents[4]

UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "zero": ({"scale": 0}, "scale must lie between 0.001 and 10"),
    "negative scale": ({"scale": -1}, "scale must lie"),
    "absurd scale": ({"scale": 1000}, "scale must lie"),
    "no number": ({"scale": float("nan")}, "scale must lie"),
    "infinite": ({"scale": float("inf")}, "scale must lie"),
    "negative seed": ({"seed": -1}, "seed must be a whole number from 0"),
    "huge seed": ({"seed": 2**70}, "seed must be"),
    "memory": ({"memory_limit": "much"}, "refuses a setting"),
    "threads": ({"threads": 0}, "refuses a setting"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_settings_that_cannot_work_are_named(tmp_path: Path, case: str) -> None:
    arguments, expected = UNUSABLE[case]
    with pytest.raises(SampleError, match=expected):
        generate(tmp_path / "novamart.duckdb", **arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="is a folder; name a file"):
        generate(tmp_path)
    with pytest.raises(SampleError, match=r"the folder .*nowhere does not exist"):
        generate(tmp_path / "nowhere" / "novamart.duckdb")
    with pytest.raises(SampleError, match="does not exist"):
        generate(Path("/proc/self/cmdline/novamart.duckdb"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SampleError, match="cannot be written to"):
        generate(tmp_path / "novamart.duckdb")


def test_too_little_room_is_said_beforehand(tmp_path: Path) -> None:
    with pytest.raises(SampleSpaceError, match=r"needs about 1000000000\.0 GB"):
        check_target(tmp_path / "novamart.duckdb", 10**18)


def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "novamart.duckdb"
    target.write_text("the former sample")
    run = subprocess.run([sys.executable, "-c", SHORT_OF_ROOM, str(target)], cwd=ROOT, capture_output=True, text=True)
    assert "SampleSpaceError: cannot write the sample beside" in run.stderr
    assert target.read_text() == "the former sample"
    assert [path.name for path in tmp_path.iterdir()] == ["novamart.duckdb"]


def started(target: Path) -> subprocess.Popen[bytes]:
    run = subprocess.Popen([sys.executable, "-c", RUN, str(target)], cwd=ROOT, stderr=subprocess.PIPE)
    partial = target.with_name(f".{target.name}.partial-{run.pid}")
    deadline = time.monotonic() + 60
    while not partial.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert partial.exists()
    time.sleep(0.5)
    return run


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "novamart.duckdb"
    run = started(target)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)
    assert errors.splitlines()[-1] == b"KeyboardInterrupt"
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_leaves_no_sample_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    target = tmp_path / "novamart.duckdb"
    run = started(target)
    run.kill()
    run.wait(60)
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".wal"] == [
        f".novamart.duckdb.partial-{run.pid}"
    ]
    with replaced_at_the_end(target) as partial:
        assert list(tmp_path.iterdir()) == []
        partial.write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["novamart.duckdb"]
    assert target.read_text() == "whole"


def test_the_leftover_of_a_run_that_still_goes_on_stays(tmp_path: Path) -> None:
    other = tmp_path / f".novamart.duckdb.partial-{os.getppid()}"
    other.write_text("at work")
    with replaced_at_the_end(tmp_path / "novamart.duckdb") as partial:
        partial.write_text("whole")
    assert other.exists()


def test_an_old_sample_is_replaced_with_the_log_that_belonged_to_it(tmp_path: Path) -> None:
    target = tmp_path / "novamart.duckdb"
    target.write_text("the former sample")
    target.with_name("novamart.duckdb.wal").write_text("its log")
    stages: list[tuple[str, float]] = []
    report = generate(target, scale=0.001, progress=lambda stage, done: stages.append((stage, done)))
    assert [path.name for path in tmp_path.iterdir()] == ["novamart.duckdb"]
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM orders").fetchall() == [(report.rows["orders"],)]
    assert [done for _, done in stages] == sorted(done for _, done in stages)
    assert stages[0][1] == 0
    assert stages[-1] == ("done", 1.0)
    assert {"clickstream 2025-11", "clickstream 2026-10"} <= {stage for stage, _ in stages}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "novamart.duckdb"
    link.symlink_to(tmp_path / "elsewhere" / "real.duckdb")
    report = generate(link, scale=0.001)
    assert link.is_symlink()
    assert report.path == tmp_path / "elsewhere" / "real.duckdb"
    assert report.path.is_file()
