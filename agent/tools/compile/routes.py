"""Ways along relationships from one dataset to another: which are shortest, and which multiply rows.

A route that only follows many-to-one and one-to-one hops keeps the grain of its base. One that goes down a one-to-many
hop multiplies base rows, so only aggregations that do not count a row twice may group through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from catalog.models import Catalog, Relationship


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a relationship, from `source` to `target`; it fans out where many target rows may match."""

    relationship: str
    source: str
    target: str
    source_fields: tuple[str, ...]
    target_fields: tuple[str, ...]
    fans_out: bool
    one_to_one: bool = False
    mandatory: bool = False  # every source row has a target row
    role: str | None = None
    weight: str | None = None  # field of the target that shares a source row among the many
    preferred: bool = False
    identifying: bool = False  # the many side is a part of the one side: its key holds the reference
    in_a_role: bool = False  # the target is the source's in some role of its own: a member's home site

    @property
    def goes_up(self) -> bool:
        """From many to one: what follows is shared with other rows."""
        return not self.fans_out and not self.one_to_one


Route = tuple[Hop, ...]


class Direction(Enum):
    """Which hops a route may take: only those that keep the grain, down and then up, or any (an explicit path)."""

    KEEPS_GRAIN = "keeps_grain"
    FANS_OUT = "fans_out"
    ANY = "any"


class RouteMap:
    """All shortest routes of a catalog, found when first asked for and kept."""

    def __init__(self, catalog: Catalog) -> None:
        self._hops: dict[str, list[Hop]] = {dataset.name: [] for dataset in catalog.datasets}
        self._found: dict[tuple[str, Direction, tuple[str, ...]], dict[str, tuple[Route, ...]]] = {}
        for relation in catalog.relationships:
            child = catalog.dataset_by_name.get(relation.from_dataset)
            if child is None or relation.to_dataset not in self._hops:
                continue
            shared = (relation.role, relation.weight, relation.preferred)
            identifying = bool(child.primary_key) and set(relation.from_fields) < set(child.primary_key)
            self._hops[relation.from_dataset].append(
                Hop(
                    relation.name,
                    relation.from_dataset,
                    relation.to_dataset,
                    relation.from_fields,
                    relation.to_fields,
                    False,
                    relation.one_to_one,
                    relation.mandatory,
                    relation.role,
                    None,
                    relation.preferred,
                    in_a_role=not relation.preferred and plays_a_role(relation, catalog),
                )
            )
            self._hops[relation.to_dataset].append(
                Hop(
                    relation.name,
                    relation.to_dataset,
                    relation.from_dataset,
                    relation.to_fields,
                    relation.from_fields,
                    not relation.one_to_one,
                    relation.one_to_one,
                    False,
                    *shared,
                    identifying,
                )
            )

    def routes(self, base: str, direction: Direction, path: tuple[str, ...] = ()) -> Mapping[str, tuple[Route, ...]]:
        """The shortest routes from `base` to each dataset that take the relationships of `path`, in its order.

        Without a path, one that keeps the grain and by which the dataset is what something on the way has in a role of its own
        gives way to one without, be it as long or longer: the site of a ticket is that of its showing, not the home site of the
        member who bought it.
        """
        key = (base, direction, path)
        if key not in self._found:
            found = self._search(base, direction, path)
            if not path and direction is Direction.KEEPS_GRAIN:
                roleless: dict[str, tuple[Route, ...]] | None = None
                for dataset, routes in found.items():
                    if all(any(hop.in_a_role for hop in route[1:]) for route in routes):
                        roleless = (
                            roleless if roleless is not None else self._search(base, direction, path, roles=False)
                        )
                        found[dataset] = roleless.get(dataset, routes)
                    else:  # of ways as long, one in a role that a column's name alone tells of; a declared one is asked about
                        plain = (
                            route for route in routes if not any(hop.in_a_role and not hop.role for hop in route[1:])
                        )
                        found[dataset] = tuple(plain) or routes
            self._found[key] = found
        return self._found[key]

    def _search(
        self, base: str, direction: Direction, path: tuple[str, ...], *, roles: bool = True
    ) -> dict[str, tuple[Route, ...]]:
        """Breadth first over (dataset, relationships of the path taken, whether it has gone up), keeping ties.

        Without `roles` no step behind the first is one to what its source has in a role of its own.
        """
        start = (base, 0, False, False)
        depth_of = {start: 0}
        level: list[tuple[tuple[str, int, bool, bool], Route]] = [(start, ())]
        arrived: dict[str, list[Route]] = {}
        best: dict[str, int] = {}
        while level:
            following: list[tuple[tuple[str, int, bool, bool], Route]] = []
            for (dataset, taken, fanned, gone_up), route in level:
                complete = taken == len(path) and (route or path)
                wanted = complete and (direction is not Direction.FANS_OUT or fanned)
                if wanted and best.get(dataset, len(route)) == len(route):
                    best[dataset] = len(route)
                    arrived.setdefault(dataset, []).append(route)
                for hop in self._hops.get(dataset, ()):
                    if not path and (hop.target == base or any(step.target == hop.target for step in route)):
                        continue
                    if not roles and route and hop.in_a_role:
                        continue
                    if hop.fans_out and (
                        direction is Direction.KEEPS_GRAIN or (direction is Direction.FANS_OUT and gone_up)
                    ):
                        continue
                    follows = taken < len(path) and hop.relationship == path[taken]
                    state = (hop.target, taken + follows, fanned or hop.fans_out, gone_up or hop.goes_up)
                    if depth_of.setdefault(state, len(route) + 1) == len(route) + 1:
                        following.append((state, (*route, hop)))
            level = following
        return {dataset: tuple(dict.fromkeys(routes)) for dataset, routes in arrived.items()}


def plays_a_role(relation: Relationship, catalog: Catalog) -> bool:
    """Whether a relationship is declared to be of a role, or its column says one before the other's key: "home_site_id"."""
    target = catalog.dataset_by_name[relation.to_dataset]
    if relation.role is not None:
        return True
    if len(relation.from_fields) != 1 or len(relation.to_fields) != 1:
        return False
    column, key = relation.from_fields[0], relation.to_fields[0]
    singular = target.singular.replace(" ", "_").lower()
    return any(column.endswith(f"_{name}") for name in (f"{singular}_{key}", key) if "_" in name)


def best_of(routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """Of equally long routes those of highest standing: preferred relationships first, then parts of their whole."""
    if len(routes) < 2:
        return routes
    preferred = max(sum(hop.preferred for hop in route) for route in routes)
    kept = tuple(route for route in routes if sum(hop.preferred for hop in route) == preferred)
    parts = max(sum(hop.identifying for hop in route) for route in kept)
    return tuple(route for route in kept if sum(hop.identifying for hop in route) == parts)


def describe(route: Route) -> str:
    """A route as the datasets it passes, relationships named: "orders > customers (billing)"."""
    words = [route[0].source] if route else []
    words += [f"{hop.target} ({hop.relationship})" for hop in route]
    return " > ".join(words)
