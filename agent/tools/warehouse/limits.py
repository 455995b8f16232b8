"""What a warehouse may use: limits for one query, and the settings of the whole."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from agent.settings import Settings
from catalog.models import RoleLimits

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Limits of one query: wall-clock seconds, resident memory, rows and bytes of the result."""

    deadline_s: float = 30.0
    memory_mb: int = 2048
    rows: int = 10_000
    result_bytes: int = 32 * MEBIBYTE

    def within(self, limits: RoleLimits) -> QueryLimits:
        """These limits, no wider than a role's."""
        return replace(
            self,
            deadline_s=min(self.deadline_s, limits.seconds or self.deadline_s),
            memory_mb=min(self.memory_mb, limits.memory_mb or self.memory_mb),
            rows=min(self.rows, limits.rows or self.rows),
        )


@dataclass(frozen=True, slots=True)
class WarehouseSettings:
    """How a warehouse runs.

    `workers` statements run at once through the compiled door; up to `queue_length` more wait. `standby` processes are
    kept warm so that one that was killed costs the next question nothing. `copies` permitted copies are kept for the
    free door, one a user, each in a process of its own; building one may take `copy_deadline_s` and
    reads larger tables `batch_rows` at a time.
    """

    limits: QueryLimits = QueryLimits()
    workers: int = 1
    standby: int = 1
    queue_length: int = 16
    copies: int = 4
    copy_deadline_s: float = 120.0
    threads: int = min(4, os.cpu_count() or 1)
    spill_mb: int = 20_480
    batch_rows: int = 2_000_000

    @classmethod
    def from_settings(cls, settings: Settings, *, workers: int = 1, standby: int = 1) -> WarehouseSettings:
        """What the environment asks for."""
        limits = QueryLimits(
            deadline_s=settings.query_deadline_s, memory_mb=settings.query_memory_mb, rows=settings.query_rows
        )
        return cls(limits=limits, workers=workers, standby=standby)
