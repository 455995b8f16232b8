"""A scenario's model: trees and influences over the actual values, with levers and elasticities left open.

Influenced figures are what their tree gives, times (cause / cause now) ^ elasticity. Where elasticities differ by segment,
the influenced figure and every sum above it is computed for each segment and added up: dear and cheap segments answer
differently, and their average would not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.errors import QueryError
from agent.tools.analysis.scenario.assumptions import Assumption, Correlation, draw
from agent.tools.analysis.scenario.driver_model import DriverModel
from agent.tools.analysis.scenario.formula_compile import literal, names_in, quoted
from agent.tools.analysis.scenario.grounds import Ground, Segment
from agent.tools.analysis.scenario.identities import Identity, IdentityBook, renamed
from catalog.models import AggregateMetric, Aggregation


@dataclass(frozen=True)
class ActualValues:
    """What the figures are now: as a whole, and by segment of the field that grounds are split by."""

    total: Mapping[str, float]
    by_segment: Mapping[Segment, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenarioModel:
    """`levers` (figures) and `assumptions` are its inputs; `actual` what the outcomes are in the data."""

    model: DriverModel
    outcomes: tuple[str, ...]
    levers: Mapping[str, float]  # figure -> value now
    assumptions: tuple[Assumption, ...]
    actual: Mapping[str, float]
    correlations: tuple[Correlation, ...] = ()

    def drawn(self, levers: Mapping[str, Any]) -> dict[str, Any]:
        """The outcomes over the draws of the assumptions, one figure a draw."""
        return self.evaluate(levers, draw(self.assumptions, self.correlations))

    def evaluate(self, levers: Mapping[str, Any], assumptions: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The outcomes with some levers set (the others as they are), at the central assumptions or at given ones."""
        values: dict[str, Any] = {_lever(name): value for name, value in {**self.levers, **levers}.items()}
        values.update({_elasticity(item.name): item.central for item in self.assumptions})
        values.update({_elasticity(name): value for name, value in (assumptions or {}).items()})
        found = self.model.evaluate(values)
        return {name: found[name] for name in self.outcomes}

    def mismatch(self, outcome: str) -> float:
        """How far the model at today's values is from the actual figure, relative to it."""
        actual = self.actual[outcome]
        return float(abs(self.evaluate({})[outcome] - actual) / max(abs(actual), 1e-300))


@dataclass
class ModelAssembly:
    """Writes the formulas of a model, figure by figure."""

    book: IdentityBook
    actual: ActualValues
    levers: frozenset[str]
    grounds: tuple[Ground, ...]
    identities: Mapping[str, Identity]
    formulas: dict[str, str] = field(default_factory=dict)
    assumptions: dict[str, Assumption] = field(default_factory=dict)

    def build(self, outcomes: tuple[str, ...]) -> ScenarioModel:
        """The model of the outcomes; QueryError where figures go in a circle or have no value."""
        figures: dict[str, None] = dict.fromkeys(outcomes)
        for name, identity in self.identities.items():
            figures.update(dict.fromkeys((name, *identity.parts)))
        for ground in self.grounds:
            figures.setdefault(ground.cause)
        figures.update(dict.fromkeys(sorted(self.levers)))
        split = split_figures(self.book, self.identities, self.grounds)
        for figure in figures:
            self._write(figure, split)
        return ScenarioModel(
            model=DriverModel(self.formulas),
            outcomes=outcomes,
            levers={name: self._now(name) for name in sorted(self.levers) if name in self.formulas},
            assumptions=tuple(self.assumptions.values()),
            actual={name: self._now(name) for name in outcomes},
            correlations=self._correlations(),
        )

    def _correlations(self) -> tuple[Correlation, ...]:
        """Every two segments' elasticities of a ground whose elasticities move together."""
        found = []
        for ground in self.grounds:
            cause, effect = self.book.label(ground.cause), self.book.label(ground.effect)
            names = [ground.assumption(cause, effect, segment) for segment in ground.ranges]
            used = [name for name in names if name in self.assumptions] if ground.correlation else []
            found += [Correlation(one, other, ground.correlation) for one, other in itertools.combinations(used, 2)]
        return tuple(found)

    def _write(self, figure: str, split: frozenset[str]) -> None:
        if figure in self.levers:
            self.formulas[figure] = quoted(_lever(figure))
            return
        identity = self.identities.get(figure)
        core = literal(self._now(figure)) if identity is None else identity.formula
        mine = [ground for ground in self.grounds if ground.effect == figure]
        if figure in split:
            self._write_split(figure, core, mine, split)
            return
        for ground in mine:
            core = f"({core}) * {self._answer(ground, None)}"
        self.formulas[figure] = core

    def _write_split(self, figure: str, core: str, mine: list[Ground], split: frozenset[str]) -> None:
        pieces = []
        for segment in self.actual.by_segment:
            if mine:
                whole = self._core(figure, core)
                piece = f"{literal(self._part(figure, segment))} * ({quoted(whole)} / {literal(self._now(figure))})"
                for ground in mine:
                    piece = f"{piece} * {self._answer(ground, segment)}"
            else:
                names = {part: self._split_part(part, segment, split) for part in names_in(core)}
                piece = renamed(core, names) or core
            name = _piece(figure, segment)
            self.formulas[name] = piece
            pieces.append(quoted(name))
        self.formulas[figure] = " + ".join(pieces)

    def _core(self, figure: str, formula: str) -> str:
        """The figure before it is influenced, under a name of its own."""
        name = f"{figure} as its parts give it"
        self.formulas.setdefault(name, formula)
        return name

    def _split_part(self, part: str, segment: Segment, split: frozenset[str]) -> str:
        name = _piece(part, segment)
        if part in split or name in self.formulas:
            return name
        now, here = self._now(part), self._part(part, segment)
        self.formulas[name] = literal(here) if now == 0 else f"{literal(here)} * ({quoted(part)} / {literal(now)})"
        return name

    def _answer(self, ground: Ground, segment: Segment) -> str:
        key = segment if ground.by is not None else None
        known = ground.ranges.get(key) or ground.ranges.get(None)
        if known is None:
            raise QueryError(
                f"no elasticity of {self.book.label(ground.effect)} is known for {segment}; declare one for it"
            )
        name = ground.assumption(self.book.label(ground.cause), self.book.label(ground.effect), key)
        self.assumptions.setdefault(name, Assumption(name, known.elasticity, known.low, known.high, known.shape))
        now = self._now(ground.cause)
        if now <= 0:
            raise QueryError(f"{self.book.label(ground.cause)} is {now:g} here, so that no elasticity applies")
        return f"POWER({quoted(ground.cause)} / {literal(now)}, {quoted(_elasticity(name))})"

    def _now(self, figure: str) -> float:
        value = self.actual.total.get(figure)
        if value is None or value != value:
            raise QueryError(f"there is no figure for {self.book.label(figure)} in this period")
        return value

    def _part(self, figure: str, segment: Segment) -> float:
        value = self.actual.by_segment[segment].get(figure)
        return 0.0 if value is None or value != value else value


def split_figures(book: IdentityBook, identities: Mapping[str, Identity], grounds: Iterable[Ground]) -> frozenset[str]:
    """The figures that are computed by segment: those influenced so, and the sums above them. QueryError where grounds are
    split by more than one field."""
    split = [ground for ground in grounds if ground.by is not None]
    fields = {str(ground.by) for ground in split}
    if len(fields) > 1:
        raise QueryError(f"influences are declared by {' and by '.join(sorted(fields))}: one field at a time")
    found = {ground.effect for ground in split}
    changed = bool(found)
    while changed:
        changed = False
        for figure, identity in identities.items():
            if figure not in found and _is_sum(book, figure) and found & set(identity.parts):
                found.add(figure)
                changed = True
    return frozenset(found)


def split_needs(book: IdentityBook, identities: Mapping[str, Identity], grounds: Iterable[Ground]) -> tuple[str, ...]:
    """The figures whose values by segment a model needs."""
    split = split_figures(book, identities, grounds)
    parts = [part for figure in split if figure in identities for part in identities[figure].parts]
    return tuple(dict.fromkeys([*sorted(split), *parts]))


def _is_sum(book: IdentityBook, figure: str) -> bool:
    metric = book.view.whole.metric_by_name.get(figure)
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM


def _lever(figure: str) -> str:
    return f"lever: {figure}"


def _elasticity(name: str) -> str:
    return f"elasticity: {name}"


def _piece(figure: str, segment: Segment) -> str:
    return f"{figure} | {segment}"
