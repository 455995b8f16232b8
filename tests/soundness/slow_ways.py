"""How rows are related, and which conditions hold of them: the slow evaluator's walk along relationships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.query import AllOf, AnyOf, Condition, FieldCondition, Not
from tests.soundness.random_business import Business, Row, Test
from tests.soundness.slow_values import compared

Path = tuple[tuple[str, str], ...]  # (relationship, dataset it leads to)


class Refused(Exception):
    """The question has no sound answer."""


@dataclass
class RelatedRows:
    """The rows of one business, walked from one to the other."""

    business: Business

    def path(self, base: str, reference: str) -> tuple[str, Path]:
        """The field read and the way to it."""
        dataset = reference.partition(".")[0]
        if dataset == base:
            return reference, ()
        ways = shortest(self._ways(base, dataset, down=False))
        if len(ways) > 1:
            raise Refused("several ways")
        if ways:
            return reference, ways[0]
        shared = self._shared(base, reference)
        if shared is not None:
            return shared
        ways = shortest(self._ways(base, dataset, down=True))
        if len(ways) != 1:
            raise Refused("no way, or several down")
        return reference, ways[0]

    def _shared(self, base: str, reference: str) -> tuple[str, Path] | None:
        asked = self.business.catalog.field(reference)
        if asked.shared_dimension is None:
            return None
        found: list[tuple[str, Path]] = []
        for dataset in self.business.catalog.datasets:
            for item in dataset.fields:
                if item.shared_dimension != asked.shared_dimension or dataset.name == reference.partition(".")[0]:
                    continue
                if dataset.name == base:
                    found.append((f"{base}.{item.name}", ()))
                    continue
                ways = shortest(self._ways(base, dataset.name, down=False))
                if len(ways) > 1:
                    raise Refused("several ways")
                found += [(f"{dataset.name}.{item.name}", way) for way in ways]
        if not found:
            return None
        nearest = [item for item in found if len(item[1]) == min(len(way) for _, way in found)]
        if len(nearest) > 1:
            raise Refused("several shared fields")
        return nearest[0]

    def _ways(self, base: str, target: str, down: bool) -> list[Path]:
        """All simple ways: up only, or down at least once and then up; one-to-one references go anywhere."""
        found: list[Path] = []

        def walk(at: str, way: Path, fanned: bool, up: bool, seen: frozenset[str]) -> None:
            if at == target and way:
                if fanned or not down:
                    found.append(way)
                return
            for relation in self.business.catalog.relationships:
                if relation.from_dataset == at and relation.to_dataset not in seen:
                    nearer = relation.to_dataset
                    walk(
                        nearer, (*way, (relation.name, nearer)), fanned, up or not relation.one_to_one, seen | {nearer}
                    )
                if relation.to_dataset == at and relation.from_dataset not in seen:
                    nearer = relation.from_dataset
                    if relation.one_to_one:
                        walk(nearer, (*way, (relation.name, nearer)), fanned, up, seen | {nearer})
                    elif down and not up:
                        walk(nearer, (*way, (relation.name, nearer)), True, up, seen | {nearer})

        walk(base, (), False, False, frozenset({base}))
        return found

    def fans(self, way: Path, base: str) -> list[Path]:
        """The beginnings of a way that end with a step to many."""
        found = []
        at = base
        for index, (name, to) in enumerate(way):
            relation = next(item for item in self.business.catalog.relationships if item.name == name)
            if relation.to_dataset == at and relation.from_dataset == to and not relation.one_to_one:
                found.append(way[: index + 1])
            at = to
        return found

    def step(self, row: Row | None, at: str, name: str) -> list[Row]:
        """The rows that a row of `at` is related to."""
        if row is None:
            return []
        relation = next(item for item in self.business.catalog.relationships if item.name == name)
        here, there = relation.from_fields[0], relation.to_fields[0]
        to = relation.to_dataset
        if relation.to_dataset == at:
            here, there, to = there, here, relation.from_dataset
        if row[here] is None:
            return []
        return [other for other in self.business.rows[to] if other[there] == row[here]]

    def spread(self, row: Row, base: str, ways: Iterable[Path]) -> list[dict[Path, Row | None]]:
        """The row with what it is related to along ways: several times where they lead to many, not where to none."""
        needed = sorted({way[: index + 1] for way in ways for index in range(len(way))}, key=len)
        found: list[dict[Path, Row | None]] = [{(): row}]
        for way in needed:
            at = way[-2][1] if len(way) > 1 else base
            many = way in self.fans(way, base)
            following: list[dict[Path, Row | None]] = []
            for item in found:
                others: list[Row | None] = list(self.step(item[way[:-1]], at, way[-1][0]))
                following += [{**item, way: other} for other in (others if many else (others[:1] or [None]))]
            found = following
        return found

    # Conditions

    def holds(self, condition: Condition | Test, base: str, item: dict[Path, Row | None]) -> bool | None:
        """Three-valued, of a spread row; what lies down a way not spread holds if it does of some row there."""
        if isinstance(condition, Test):
            row = item[()]
            assert row is not None
            return compared(row[condition.field.partition(".")[2]], condition.operator, condition.values)
        if isinstance(condition, Not):
            return self.holds(condition.condition, base, item) is not True
        if isinstance(condition, AnyOf):
            results = [self.holds(part, base, item) for part in condition.conditions]
            return True if True in results else None if None in results else False
        if isinstance(condition, AllOf):
            return self._all_hold(condition, base, item)
        assert isinstance(condition, FieldCondition)
        return self._all_hold(AllOf(conditions=(condition,)), base, item)

    def _all_hold(self, condition: AllOf, base: str, item: dict[Path, Row | None]) -> bool | None:
        results: list[bool | None] = []
        together: dict[Path, list[tuple[FieldCondition, str, Path]]] = {}
        for part in condition.conditions:
            if not isinstance(part, FieldCondition):
                results.append(self.holds(part, base, item))
                continue
            reference, way = self.path(base, part.field)
            unspread = [fan for fan in self.fans(way, base) if fan not in item]
            if unspread:
                together.setdefault(unspread[0], []).append((part, reference, way))
            else:
                results.append(compared(self._follow(item, base, way, reference), part.operator, part.values))
        for parts in together.values():
            start = item[()]
            assert start is not None
            candidates = [
                spread
                for spread in self.spread(start, base, [way for _, _, way in parts])
                if all(spread[way] is item[way] for way in item if way in spread)
            ]
            results.append(
                any(
                    all(
                        compared(self._read(spread[way], reference), part.operator, part.values) is True
                        for part, reference, way in parts
                    )
                    for spread in candidates
                )
            )
        return False if False in results else None if None in results else True

    def _follow(self, item: dict[Path, Row | None], base: str, way: Path, reference: str) -> Any:
        known = max((known for known in item if way[: len(known)] == known), key=len)
        row, at = item[known], known[-1][1] if known else base
        for name, to in way[len(known) :]:
            related = self.step(row, at, name)
            row, at = related[0] if related else None, to
        return self._read(row, reference)

    @staticmethod
    def _read(row: Row | None, reference: str) -> Any:
        return None if row is None else row[reference.partition(".")[2]]


def shortest(ways: list[Path]) -> list[Path]:
    return [way for way in ways if len(way) == min(len(other) for other in ways)]
