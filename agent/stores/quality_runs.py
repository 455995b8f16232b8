"""The last data-quality run over each database, kept in the home folder so that answers can warn of what they touch."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agent.tools.analysis.quality.check_result import CheckResult
from semantic_context.atomic_files import read_json, write_json

_RESULTS: TypeAdapter[tuple[CheckResult, ...]] = TypeAdapter(tuple[CheckResult, ...])


def runs_file(home: Path, catalog: str, fingerprint: str) -> Path:
    """Where the results of a catalog over a database are."""
    key = hashlib.sha256(f"{catalog}\n{fingerprint}".encode()).hexdigest()[:24]
    return home / "quality" / f"{key}.json"


def write_run(path: Path, as_of: dt.date, results: Iterable[CheckResult]) -> bool:
    """Keeps a run's results; False where the folder cannot be written."""
    dumped = _RESULTS.dump_python(tuple(results), mode="json")
    return write_json(path, {"as_of": as_of.isoformat(), "results": dumped})


def read_run(path: Path, as_of: dt.date | None = None) -> tuple[CheckResult, ...] | None:
    """The results kept; None where there are none, they cannot be read, or they are of another day."""
    kept = read_json(path)
    if not isinstance(kept, dict) or (as_of is not None and kept.get("as_of") != as_of.isoformat()):
        return None
    try:
        return _RESULTS.validate_python(kept.get("results"))
    except ValidationError:
        return None
