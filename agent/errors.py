"""Errors of the agent room, sorted by who can mend them (see catalog/errors.py for the base classes)."""

from __future__ import annotations

from catalog.errors import PlumblineError, UserError


class QueryError(UserError):
    """A MetricQuery that cannot be computed right: the message says why and what would work."""


class PolicyRefusal(PlumblineError):
    """Policy forbids it; `rule` is its short stable name."""

    exit_code = 4

    def __init__(self, rule: str, reason: str) -> None:
        self.rule = rule
        super().__init__(reason)


class WarehouseError(PlumblineError):
    """The engine failed. `str()` is generic; `detail` is for the audit log only, as it may quote data."""

    def __init__(self, message: str, detail: str = "") -> None:
        self.detail = detail
        super().__init__(message)


class DeadlineError(WarehouseError):
    """A query passed its deadline and was stopped."""


class MemoryLimitError(WarehouseError):
    """A query passed its memory limit and was stopped."""


class WarehouseBusyError(WarehouseError):
    """Too many questions wait already; asking again in a moment helps."""


class QueryCancelledError(WarehouseError):
    """The person who asked called it off."""


class DatabaseUnavailableError(UserError):
    """The database file is missing, unreadable or lacks the catalog's tables; the message says which."""

    exit_code = 2


class StoreError(PlumblineError):
    """A store under PLUMBLINE_HOME cannot be read or written; the message says which and what to do."""
