"""Files under the store: whole or not there, and never a failure of the question when the disk is read-only or full."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes `path`'s place when the block ends well; OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Any) -> bool:
    """Writes JSON whole; False where the folder cannot be written."""
    try:
        with replacing(path) as file:
            file.write(json.dumps(value, ensure_ascii=False).encode())
    except OSError:
        return False
    return True


def read_json(path: Path) -> Any:
    """The file's JSON; None where it is missing, unreadable or no JSON."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
