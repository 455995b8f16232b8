"""How any sample is written: one DuckDB file that appears only when it is complete, whatever stops the work."""

import contextlib
import dataclasses
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb

from catalog.samples.errors import SampleError, SampleSpaceError
from catalog.samples.target_file import check_target, replaced_at_the_end

LARGEST_SCALE = 10.0
_LARGEST_SEED = 2**63 - 1

# What the engine raises when memory or disk runs out, also while it writes its log or closes a transaction.
_NO_ROOM = (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)

ProgressCallback = Callable[[str, float], None]
# Does the work on an open file, telling each stage before it starts with the fraction of the work done by then.
Stages = Callable[[duckdb.DuckDBPyConnection], Iterator[tuple[str, float]]]


@dataclasses.dataclass(frozen=True)
class SampleReport:
    """What was made: the file, its rows by table, and how long it took."""

    path: Path
    scale: float
    seed: int
    rows: dict[str, int]
    file_bytes: int
    seconds: float


@dataclasses.dataclass(frozen=True)
class EngineSettings:
    """What the engine may take: `memory_limit` is DuckDB's (such as "8GB"); `threads` defaults to the machine's."""

    memory_limit: str | None = None
    threads: int | None = None


def check_scale_and_seed(scale: float, seed: int, smallest_scale: float) -> None:
    """Raises SampleError for a scale or seed that cannot be used."""
    if not math.isfinite(scale) or not smallest_scale <= scale <= LARGEST_SCALE:
        raise SampleError(f"scale must lie between {smallest_scale} and {LARGEST_SCALE:g}, not {scale}")
    if not 0 <= seed <= _LARGEST_SEED:
        raise SampleError(f"seed must be a whole number from 0 to {_LARGEST_SEED}, not {seed}")


def write_sample(
    out: Path,
    scale: float,
    seed: int,
    stages: Stages,
    tables: Iterable[str],
    bytes_needed: int,
    progress: ProgressCallback | None = None,
    engine: EngineSettings = EngineSettings(),
) -> SampleReport:
    """Run the stages on a new file and put it in the place of `out`, replacing an older one, only when it is complete.

    Raises SampleError for a target or setting that cannot be used, SampleSpaceError when the disk is full.
    """
    started = time.monotonic()
    target = Path(os.path.abspath(out.expanduser()))  # noqa: PTH100  (a link to the file is to be followed below)
    target = target.resolve() if target.is_symlink() else target
    check_target(target, bytes_needed)
    tell = progress or (lambda stage, done: None)
    with replaced_at_the_end(target) as partial, _told_apart(target):
        rows = _write(partial, stages, tables, tell, engine)
    tell("done", 1.0)
    return SampleReport(target, scale, seed, rows, target.stat().st_size, time.monotonic() - started)


@contextlib.contextmanager
def _told_apart(target: Path) -> Iterator[None]:
    """What the engine raises while it writes, as what the person who asked can mend."""
    try:
        yield
    except _NO_ROOM as error:
        raise _space_error(error, target) from error
    except RuntimeError as error:
        if "interrupted" in str(error).lower():  # how the engine passes on Ctrl-C
            raise KeyboardInterrupt from error
        raise


def _space_error(error: duckdb.Error, target: Path) -> SampleError:
    text = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return SampleError(f"not enough memory for this scale: {text}; raise memory_limit or choose a smaller scale")
    return SampleSpaceError(f"cannot write the sample beside {target}: {text}")


def _write(
    partial: Path, stages: Stages, tables: Iterable[str], tell: ProgressCallback, engine: EngineSettings
) -> dict[str, int]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(partial) + ".spill",
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
    }
    if engine.memory_limit is not None:
        settings["memory_limit"] = engine.memory_limit
    if engine.threads is not None:
        settings["threads"] = engine.threads
    try:
        connection = duckdb.connect(str(partial), config=settings)
    except (duckdb.ParserException, duckdb.InvalidInputException, duckdb.SyntaxException) as error:
        raise SampleError(f"the database engine refuses a setting: {str(error).splitlines()[0]}") from error
    with connection:
        connection.execute("SET enable_progress_bar = false")  # it would write to the standard output
        for stage, done in stages(connection):
            tell(stage, done)
        connection.execute("CHECKPOINT")
        return {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]) for name in tables}
