"""Driver trees and related metrics name metrics, parts and fields that exist."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, parse_expression
from catalog.models import Catalog
from catalog.rules.cycles import cycles
from catalog.rules.findings import error, unknown, unknown_field
from catalog.strategy.drivers import DriverPart, DriverTree

RULE = "drivers_resolve"


def drivers_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for trees of what is no metric or part, formulas that cannot be read, and trees that go in circles."""
    part_names = {part.name for tree in catalog.strategy.drivers for part in tree.parts}
    for tree in catalog.strategy.drivers:
        for message in _faults(catalog, tree, part_names):
            yield error(RULE, f"drivers of {tree.metric}: {message}", "strategy", "drivers")
    edges: dict[str, tuple[str, ...]] = {}
    for tree in catalog.strategy.drivers:
        edges.setdefault(tree.metric, _names(tree.formula))  # a further tree of it is another way to write it
    for cycle in cycles(edges):
        yield error(RULE, f"driver trees go in a circle: {' -> '.join(cycle)}", "strategy", "drivers")
    for item in catalog.strategy.related:
        for name in (item.metric, *item.look_at):
            if name not in catalog.metric_by_name:
                message = unknown("metric", name, list(catalog.metric_by_name))
                yield error(RULE, f"related to {item.metric}: {message}", "strategy", "related")


def _faults(catalog: Catalog, tree: DriverTree, part_names: set[str]) -> Iterator[str]:
    if tree.metric not in catalog.metric_by_name and tree.metric not in part_names:
        yield unknown("metric", tree.metric, [*catalog.metric_by_name, *sorted(part_names)])
    own = [part.name for part in tree.parts]
    for name in sorted({name for name in own if own.count(name) > 1}):
        yield f"the part {name!r} is there twice"
    yield from _formula_faults(catalog, tree.formula, {part.name for part in tree.parts})
    for part in tree.parts:
        yield from (f"part {part.name}: {message}" for message in _part_faults(catalog, part))


def _part_faults(catalog: Catalog, part: DriverPart) -> Iterator[str]:
    if part.name in catalog.metric_by_name:
        yield "it is named like a metric"
    if (part.metric is None) == (part.formula is None):
        yield "it takes a metric (perhaps with `where`) or a formula, one of them"
        return
    if part.metric is not None and part.metric not in catalog.metric_by_name:
        yield unknown("metric", part.metric, list(catalog.metric_by_name))
    if part.formula is not None:
        others = {item.name for tree in catalog.strategy.drivers for item in tree.parts} - {part.name}
        yield from _formula_faults(catalog, part.formula, others)
    for condition in part.where:
        fault = unknown_field(catalog, condition.field)
        if fault:
            yield fault


def _formula_faults(catalog: Catalog, formula: str, parts: set[str]) -> Iterator[str]:
    try:
        named = column_names(parse_expression(formula))
    except ExpressionError as fault:
        yield f"its formula: {fault}"
        return
    for table, name in named:
        if table:
            yield f"its formula reads the field {table}.{name}; formulas read metrics and parts"
        elif name not in parts and name not in catalog.metric_by_name:
            yield unknown("metric or part", name, [*catalog.metric_by_name, *sorted(parts)])
    if not named:
        yield "its formula names no metric"


def _names(formula: str) -> tuple[str, ...]:
    try:
        return tuple(name for table, name in column_names(parse_expression(formula)) if not table)
    except ExpressionError:
        return ()
