"""How a field is reached from a metric's base dataset: its own, joined, through a shared dimension, or by fanning out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.tools.compile.routes import Direction, Route, RouteMap, best_of, describe
from catalog.models import Catalog

How = Literal["own", "join", "shared", "fan_out"]


@dataclass(frozen=True, slots=True)
class Reach:
    """A field as a base dataset reaches it. `field` differs from what was asked for where a shared dimension stands in."""

    field: str  # dataset.field
    route: Route
    how: How

    @property
    def fans_out(self) -> bool:
        return any(hop.fans_out for hop in self.route)

    def by_reference(self) -> Reach:
        """The same by the reference that leads there, where the field is what the last hop matches: one join less."""
        if not self.route or self.fans_out:
            return self
        hop = self.route[-1]
        if hop.target_fields != (self.field.partition(".")[2],):
            return self
        return Reach(f"{hop.source}.{hop.source_fields[0]}", self.route[:-1], "join")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why a field cannot be reached; `routes` are the choices where there are too many."""

    reason: str
    routes: tuple[Route, ...] = ()


class Reaches:
    """A catalog's reaches, found when first asked for and kept.

    `seen` are the datasets that their reader may see, None for all. Of equally short ways those through others do not
    exist for the reader; where every shortest way leads through others there is none: a longer one would mean something else.
    """

    def __init__(self, catalog: Catalog, seen: frozenset[str] | None = None) -> None:
        self._catalog = catalog
        self._seen = seen
        self._routes = RouteMap(catalog)
        self._found: dict[tuple[str, str, tuple[str, ...]], Reach | Unreachable] = {}
        self._shared: dict[str, list[tuple[str, str]]] = {}
        for dataset in catalog.datasets:
            for item in dataset.fields:
                if item.shared_dimension:
                    self._shared.setdefault(item.shared_dimension, []).append((dataset.name, item.name))

    def reach(self, base: str, reference: str, path: tuple[str, ...] = ()) -> Reach | Unreachable:
        """How `base` reaches `dataset.field`, along `path` where one is given."""
        key = (base, reference, path)
        if key not in self._found:
            self._found[key] = self._find(base, reference, path)
        return self._found[key]

    def _find(self, base: str, reference: str, path: tuple[str, ...]) -> Reach | Unreachable:
        dataset = reference.partition(".")[0]
        if dataset == base and not path:
            return Reach(reference, (), "own")
        directions = (Direction.KEEPS_GRAIN, Direction.FANS_OUT, Direction.ANY) if path else (Direction.KEEPS_GRAIN,)
        for direction in directions:
            shortest = best_of(self._routes.routes(base, direction, path).get(dataset, ()))
            routes = self._open(shortest)
            if len(routes) == 1:
                return Reach(reference, routes[0], "join" if direction is Direction.KEEPS_GRAIN else "fan_out")
            if routes:
                return self._ambiguous(base, dataset, routes)
            if shortest:
                return Unreachable(f"{base} is not related to {dataset}")
        if path:
            names = ", ".join(path)
            return Unreachable(f"no way from {base} to {dataset} takes the relationships {names} in this order")
        return self._through_shared_dimension(base, reference) or self._fanning_out(base, reference, dataset)

    def _open(self, routes: tuple[Route, ...]) -> tuple[Route, ...]:
        """The routes that pass nothing hidden."""
        seen = self._seen
        return routes if seen is None else tuple(route for route in routes if all(hop.target in seen for hop in route))

    def _ambiguous(self, base: str, dataset: str, routes: tuple[Route, ...]) -> Unreachable:
        ways = "; ".join(describe(route) for route in routes)
        return Unreachable(f"several ways lead from {base} to {dataset}: {ways}. Say which with a path", routes)

    def _through_shared_dimension(self, base: str, reference: str) -> Reach | Unreachable | None:
        dataset, _, name = reference.partition(".")
        home = self._catalog.dataset_by_name.get(dataset)
        item = home.field_by_name.get(name) if home else None
        if item is None or item.shared_dimension is None:
            return None
        keeping = self._routes.routes(base, Direction.KEEPS_GRAIN)
        found: list[Reach] = []
        for other, other_name in self._shared[item.shared_dimension]:
            stand_in = f"{other}.{other_name}"
            if other == base:
                found.append(Reach(stand_in, (), "shared"))
            elif other != dataset:
                routes = self._open(best_of(keeping.get(other, ())))
                if len(routes) > 1:
                    return self._ambiguous(base, other, routes)
                found.extend(Reach(stand_in, route, "shared") for route in routes)
        if not found:
            return None
        nearest = min(len(reach.route) for reach in found)
        best = [reach for reach in found if len(reach.route) == nearest]
        if len(best) > 1:
            names = ", ".join(reach.field for reach in best)
            return Unreachable(f"{base} has {reference} through several fields: {names}. Say which one")
        return best[0]

    def _fanning_out(self, base: str, reference: str, dataset: str) -> Reach | Unreachable:
        routes = self._open(best_of(self._routes.routes(base, Direction.FANS_OUT).get(dataset, ())))
        if len(routes) == 1:
            return Reach(reference, routes[0], "fan_out")
        if routes:
            return self._ambiguous(base, dataset, routes)
        return Unreachable(f"{base} is not related to {dataset}")


class _ByContent:
    def __init__(self, catalog: Catalog, seen: frozenset[str] | None) -> None:
        self.catalog = catalog
        self.seen = seen

    def __hash__(self) -> int:
        return hash((self.catalog.content_hash, self.seen))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _ByContent):
            return False
        return other.catalog.content_hash == self.catalog.content_hash and other.seen == self.seen


@lru_cache(maxsize=32)
def _reaches(key: _ByContent) -> Reaches:
    return Reaches(key.catalog, key.seen)


def reaches(catalog: Catalog, seen: Collection[str] | None = None) -> Reaches:
    """The catalog's reaches over the datasets `seen` (all where it is None), made once for its content."""
    if seen is None or len(seen) == len(catalog.datasets):
        return _reaches(_ByContent(catalog, None))
    return _reaches(_ByContent(catalog, frozenset(seen)))
