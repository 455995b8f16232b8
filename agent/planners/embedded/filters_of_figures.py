"""What a figure's own filter says of single fields: the values that it takes, and those that it leaves out."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


@dataclass(frozen=True)
class _Test:
    """A field that is held to values, or denied them."""

    field: str
    values: frozenset[str]
    denied: bool

    def passes(self, value: object) -> bool:
        return (_text(value) in self.values) is not self.denied


def lets_pass(predicate: str, field: str, value: object) -> bool:
    """Whether a predicate of ANDed comparisons can hold for a field's value; what it cannot read, it lets pass."""
    return all(test is None or test.field != field or test.passes(value) for test in _tests(predicate))


def fields_tested(predicate: str) -> frozenset[str]:
    """The fields that a predicate holds to values, one by one and together; none where it asks for anything else."""
    tests = _tests(predicate)
    return frozenset(test.field for test in tests if test is not None) if all(tests) else frozenset()


def leaves_out_only(predicate: str, field: str, values: tuple[object, ...]) -> bool:
    """Whether a predicate leaves out nothing but rows whose field has one of the values, or none."""
    tests = _tests(predicate)
    said = {_text(value) for value in values}
    return all(test is not None and test.field == field and test.denied and test.values <= said for test in tests)


@functools.lru_cache(maxsize=4096)
def _tests(predicate: str) -> tuple[_Test | None, ...]:
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(predicate, dialect="duckdb")
    return tuple(_test(part) for part in (tree.flatten() if isinstance(tree, exp.And) else (tree,)))


def _test(part: exp.Expr) -> _Test | None:
    """ "status <> 'void'", "kind IN ('new', 'used')", "NOT refunded"; None for what is none of these."""
    from sqlglot import exp

    part = part.unnest()
    if isinstance(part, exp.Not):
        inner = _test(part.this)
        return _Test(inner.field, inner.values, not inner.denied) if inner is not None else None
    if isinstance(part, exp.Column):
        return _Test(_name(part), frozenset(("true",)), False)
    if not isinstance(part, exp.EQ | exp.NEQ | exp.In) or not isinstance(part.this, exp.Column):
        return None
    values = tuple(_values(part.expressions if isinstance(part, exp.In) else [part.expression]))
    if not values or None in values:
        return None
    return _Test(_name(part.this), frozenset(value for value in values if value), isinstance(part, exp.NEQ))


def _values(literals: list[exp.Expr]) -> Iterator[str | None]:
    from sqlglot import exp

    for item in literals:
        if isinstance(item, exp.Boolean):
            yield _text(item.this)
        else:
            yield item.name if isinstance(item, exp.Literal) else None


def _name(column: exp.Column) -> str:
    return f"{column.table}.{column.name}"


def _text(value: object) -> str:
    return str(value).casefold() if isinstance(value, bool) else str(value)
