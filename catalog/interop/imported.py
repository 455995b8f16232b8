"""What an import gives: a catalog, and by name whatever of the source it could not carry over."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.models import Catalog
from catalog.query import MetricQuery


@dataclass(frozen=True, slots=True)
class Imported:
    """A catalog read from another format. `not_carried` names every item that has no equal here, and why."""

    catalog: Catalog
    not_carried: tuple[str, ...] = ()
    saved_queries: dict[str, MetricQuery] = field(default_factory=dict)
