"""Levers move metrics that exist; influences run between levers and metrics, on grounds that can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, Metric
from catalog.rules.cycles import cycles
from catalog.rules.findings import error, unknown, unknown_field, warning
from catalog.strategy.influences import Influence, PricePanel

RULE = "levers_and_influences_resolve"


def levers_and_influences_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for names that are nowhere, levers of one name, influences in a circle; warnings for odd elasticities."""
    metrics = catalog.metric_by_name
    levers = {lever.name: lever for lever in catalog.strategy.levers}
    seen: set[str] = set()
    for lever in catalog.strategy.levers:
        if lever.name in seen:
            yield _fault(f"two levers are called {lever.name!r}")
        seen.add(lever.name)
        if lever.moves not in metrics:
            yield _fault(f"lever {lever.name}: {unknown('metric', lever.moves, list(metrics))}")
        elif lever.name in metrics and lever.moves != lever.name:
            yield _fault(f"lever {lever.name} has the name of a metric that it does not move")
    for name in catalog.strategy.scenario_outcomes:
        if name not in metrics:
            yield _fault(f"scenario_outcomes: {unknown('metric', name, list(metrics))}")
    for influence in catalog.strategy.influences:
        for message in _faults(catalog, influence, levers.keys() | metrics.keys()):
            yield _fault(f"influence of {influence.cause} on {influence.effect}: {message}")
        yield from _doubts(metrics, influence)
    moves = {lever.name: lever.moves for lever in catalog.strategy.levers}
    edges: dict[str, list[str]] = {}
    for influence in catalog.strategy.influences:
        edges.setdefault(moves.get(influence.cause, influence.cause), []).append(influence.effect)
    for cycle in cycles(edges):
        yield _fault(f"influences go in a circle: {' -> '.join(cycle)}")


def _faults(catalog: Catalog, influence: Influence, causes: set[str]) -> Iterator[str]:
    metrics = catalog.metric_by_name
    if influence.cause not in causes:
        yield unknown("lever or metric", influence.cause, sorted(causes))
    if influence.effect not in metrics:
        yield unknown("metric", influence.effect, list(metrics))
    fields = [influence.by] if influence.by is not None else []
    named = []
    if isinstance(influence.estimate, PricePanel):
        fields.append(influence.estimate.entity)
        named = [influence.estimate.price, influence.estimate.instrument]
    for reference in fields:
        message = unknown_field(catalog, reference)
        if message is not None:
            yield message
    for name in named:
        if name is not None and name not in metrics:
            yield unknown("metric", name, list(metrics))


def _doubts(metrics: dict[str, Metric], influence: Influence) -> Iterator[CatalogIssue]:
    known = [influence.given] if influence.given is not None else list(influence.elasticities.values())
    if any(abs(item.elasticity) > 10 for item in known):
        yield warning(
            RULE,
            f"influence of {influence.cause} on {influence.effect}: an elasticity beyond 10; it is percent of effect for one "
            "percent of cause",
            "strategy",
            "influences",
        )


def _fault(message: str) -> CatalogIssue:
    return error(RULE, message, "strategy")
