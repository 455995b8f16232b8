"""A file that appears whole or not at all."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from catalog.samples.errors import SampleError, SampleSpaceError


def check_target(target: Path, bytes_needed: int) -> None:
    """Whether a file of that size can be put there. Raises SampleError or SampleSpaceError saying what stands against
    it: a folder in its place, a missing or read-only folder, too little room."""
    folder = target.parent
    if target.is_dir():
        raise SampleError(f"{target} is a folder; name a file, such as {target / 'sample.duckdb'}")
    if not folder.is_dir():
        raise SampleError(f"the folder {folder} does not exist; create it or name another file")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SampleError(f"the folder {folder} cannot be written to; name a file elsewhere")
    free = shutil.disk_usage(folder).free
    if free < bytes_needed:
        raise SampleSpaceError(
            f"{folder} has {free / 1e9:.1f} GB free and the sample needs about {bytes_needed / 1e9:.1f} GB;"
            " free some room, name a file elsewhere, or choose a smaller scale"
        )


@contextlib.contextmanager
def replaced_at_the_end(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to, which takes the target's place when the block ends without an error.

    What the block leaves behind otherwise is removed, and so is what earlier runs that were killed left there.
    """
    _remove_leftovers(target)
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        yield partial
        _sync(partial)
        # A log beside the former file belongs to that one and would be replayed into the new.
        target.with_name(target.name + ".wal").unlink(missing_ok=True)
        partial.replace(target)
        _sync(target.parent)
    finally:
        _remove(partial)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(partial: Path) -> None:
    partial.unlink(missing_ok=True)
    partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(partial.with_name(partial.name + ".spill"), ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    pattern = re.compile(re.escape(f".{target.name}.partial-") + r"(\d+)")
    for path in target.parent.glob(f".{target.name}.partial-*"):
        found = pattern.match(path.name)
        if found and not _runs(int(found.group(1))):
            _remove(path.with_name(found.group(0)))


def _runs(process_id: int) -> bool:
    if process_id == os.getpid():
        return False
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
