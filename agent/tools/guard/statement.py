"""GuardedStatement: the only thing the warehouse runs, and only the guard can make one."""

from __future__ import annotations

import weakref
from dataclasses import InitVar, dataclass, field
from typing import Literal

from catalog.access import CatalogView
from catalog.models import RoleLimits

Door = Literal["compiled", "free"]

_SEAL = object()
_MINTED: weakref.WeakSet[GuardedStatement]


@dataclass(frozen=True, slots=True)
class PermittedTable:
    """One table of a permitted copy: its name there, the columns it holds, and the trusted SELECT that fills it."""

    name: str
    columns: tuple[str, ...]
    select: str  # over the attached database; row filters and masks are applied in it
    batch: str | None = (
        None  # the same for the source's rows from number $1 up to and without $2, where rows have numbers
    )
    extent: str = ""  # the number after the source's last row


@dataclass(frozen=True, slots=True)
class PermittedCopy:
    """The data a free statement may touch: only permitted rows and columns, masks applied.

    `key` names whose data these are (user, role, attributes, catalog version, salt); two copies of one key agree on every
    table that both hold.
    """

    key: str
    tables: tuple[PermittedTable, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class GuardedStatement:
    """A statement that passed the guard. `sql` is the exact text that runs.

    `policies` says what was applied, for the receipt; `user` is whose statement it is. A free statement runs on its
    `copy`, never on the database.
    """

    sql: str
    door: Door
    datasets: tuple[str, ...]
    policies: tuple[str, ...] = ()
    limits: RoleLimits = field(default_factory=RoleLimits)
    copy: PermittedCopy | None = None
    user: str = ""
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only the guard makes a GuardedStatement: see guard_compiled and guard_free")
        if (self.door == "free") != (self.copy is not None):
            raise TypeError("a free statement has a permitted copy, a compiled one has none")
        _MINTED.add(self)


_MINTED = weakref.WeakSet()


def mint(
    sql: str,
    door: Door,
    datasets: tuple[str, ...],
    policies: tuple[str, ...],
    view: CatalogView,
    copy: PermittedCopy | None = None,
) -> GuardedStatement:
    """A guarded statement, for the guard's own modules alone (tests/agent/tools/guard/test_choke_point.py watches)."""
    return GuardedStatement(sql, door, datasets, policies, view.role.limits, copy, view.principal.user, seal=_SEAL)


def require_guarded(statement: object) -> GuardedStatement:
    """The statement itself, if the guard made this very object; TypeError otherwise."""
    if type(statement) is not GuardedStatement or statement not in _MINTED:
        raise TypeError("the warehouse runs guarded statements only: see agent/tools/guard")
    return statement
