"""The fields that a condition is about."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.query import AllOf, AnyOf, Condition, FieldCondition, Not


def fields_of(condition: Condition | None) -> Iterator[str]:
    """The references of a condition's fields, in order; none for conditions on figures."""
    match condition:
        case FieldCondition():
            yield condition.field
        case Not():
            yield from fields_of(condition.condition)
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from fields_of(part)
        case _:
            return
