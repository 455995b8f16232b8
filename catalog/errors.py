"""Errors of the catalog room, sorted by who can mend them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


class PlumblineError(Exception):
    """Anything Plumbline raises on purpose. `str(error)` is fit for a person; it never prints a hidden value."""

    exit_code = 1


class UserError(PlumblineError):
    """The person asking, or writing the catalog, can mend this; the message names what is valid."""


class UsageError(UserError):
    """A command was called wrongly (a path, a name, a value)."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a catalog's files something stands; lines and columns count from 1."""

    file: Path
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class CatalogIssue:
    """One thing a rule or the loader found wrong with a catalog."""

    rule: str
    message: str
    location: Location | None = None
    severity: str = "error"
    subject: tuple[str, ...] = ()  # what it is about: kind, name and key ("metric", "gmv", "expression")

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        return f"{where}{self.severity}: {self.message} [{self.rule}]"


@dataclass(eq=False)
class CatalogError(UserError):
    """A catalog that cannot be used: every issue found, in file order."""

    issues: tuple[CatalogIssue, ...] = field(default_factory=tuple)

    exit_code = 2

    def __str__(self) -> str:
        return "\n".join(str(issue) for issue in self.issues) or "the catalog cannot be used"


class UnknownNameError(UserError):
    """A name that the catalog, as this principal may see it, does not hold; carries the nearest that it does."""

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.nearest = nearest
        hint = f"; the nearest {'is' if len(nearest) == 1 else 'are'} {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no {kind} is called {name!r}{hint}")
