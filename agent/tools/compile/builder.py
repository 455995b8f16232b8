"""Puts relations together: which atoms one scan can give, what each kind of metric needs, and the join on the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregate import aggregate_relation, is_own_time, period_key, repetition
from agent.tools.compile.combine import column_names, combine
from agent.tools.compile.conversion import conversion_relation
from agent.tools.compile.day_windows import adds_up_by_day, day_window_relation
from agent.tools.compile.draft import Draft
from agent.tools.compile.entities import per_entity_relation, state_relation
from agent.tools.compile.expand import Atoms, metric_named, shown_as_zero
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.others import IS_OTHER, Kept
from agent.tools.compile.periods import axis
from agent.tools.compile.predicates import Predicates
from agent.tools.compile.reach import Unreachable
from agent.tools.compile.relation import Relation, filled
from agent.tools.compile.running_windows import adds_up_by_period, reads_own_time, running_relation
from agent.tools.compile.scan import Scan, relation_column, table_of
from agent.tools.compile.scope import Atom, Scope
from agent.tools.compile.shared_periods import overlapping_groups, slices
from agent.tools.compile.time_keys import finest_of
from agent.tools.compile.within_periods import base_period_relation, needs_base_periods
from catalog.models import AggregateMetric, ConversionMetric, Metric, PerEntityMetric, StateMetric
from catalog.query import AllOf, AnyOf, Condition, FieldCondition, MetricCondition, Not


class Builder:
    """Relations of one statement."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.atoms = Atoms(draft)
        self.predicates = Predicates(self._entity_figures)
        self.kept: Kept | None = None  # the rows that keep their keys where the rest are "other"
        self.period_names: dict[Scope, str] = {}  # what the scopes of other periods are called

    # What the kinds of metric ask for

    def aggregate_metric(self, atom: Atom) -> AggregateMetric:
        metric = metric_named(self.draft, atom.metric)
        assert isinstance(metric, AggregateMetric)
        return metric

    def time_field(self, metric: AggregateMetric) -> str | None:
        """dataset.field of the metric's time; None where it has none."""
        if metric.time_field:
            return metric.time_field
        dataset = self.draft.dataset(metric.dataset)
        return f"{dataset.name}.{dataset.time_field}" if dataset.time_field else None

    def scan(self, metric: AggregateMetric) -> Scan:
        """A scan of the metric's dataset that knows its time."""
        scan = Scan(self.draft, metric.dataset)
        time_field = self.time_field(metric)
        if time_field is not None:
            self.draft.purpose = metric.name
            reach = scan.reach(time_field)
            scan.time = scan.column(reach)
            scan.time_type = scan.type_of(reach)
            scan.time_field = time_field
        return scan

    def key_names(self, keys: tuple[Key, ...]) -> list[str]:
        """The names of a relation's keys."""
        names = [key.name for key in keys]
        return [*names, IS_OTHER] if self.kept is not None and self.kept.holds_for(names) else names

    def fans_out(self, metric: AggregateMetric, keys: tuple[Key, ...]) -> bool:
        """Whether the keys repeat the metric's rows."""
        return repetition(self, metric, keys) != "none"

    # Relations

    def relation(self, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
        """One relation with a value for every atom, for each combination of the keys that any atom has rows for."""
        groups: dict[object, list[Atom]] = {}
        for atom in atoms:
            groups.setdefault(self._group(atom, keys), []).append(atom)
        relations = self._relations(keys, list(groups.values()))
        for relation, group in zip(relations, groups.values(), strict=True):
            other = self.period_names.get(replace(group[0].scope, conditions=(), window=None))
            if other is not None:
                relation.name = f"{relation.name}_{other}"
        relations += self._spines(keys, groups.values(), relations)
        if len(relations) == 1:
            return relations[0]
        return combine(self.draft, relations, {atom: self._empty(atom) for atom in atoms})

    def _relations(self, keys: tuple[Key, ...], groups: list[list[Atom]]) -> list[Relation]:
        """A relation for each group of atoms, in their order; those that differ in overlapping periods alone share a scan."""
        made: dict[tuple[Atom, ...], Relation] = {}
        for shared in overlapping_groups(self, keys, groups):
            first = shared.groups[0]
            whole = [replace(atom, scope=replace(atom.scope, span=shared.span, shift=())) for atom in first]
            made |= dict(zip(shared.groups, slices(self, keys, shared, self._single(keys, whole)), strict=True))
        return [made.get(tuple(group)) or self._single(keys, group) for group in groups]

    def reads_time(self, metric: AggregateMetric, atoms: list[Atom]) -> bool:
        """Whether conditions of the atoms are about the metric's own time."""
        return any(reads_own_time(self, metric, atom) for atom in atoms)

    def _spines(self, keys: tuple[Key, ...], groups: Iterable[list[Atom]], relations: list[Relation]) -> list[Relation]:
        """Periods of their own for metrics whose periods without rows must appear: for each group there is."""
        found: list[Relation] = []
        for group, relation in zip(groups, list(relations), strict=True):
            metric = metric_named(self.draft, group[0].metric)
            if not isinstance(metric, AggregateMetric) or not metric.fill_time_spine:
                continue
            timed = tuple(key for key in keys if is_own_time(self, metric, key))
            finest_key = finest_of(timed)
            time_field = self.time_field(metric)
            if finest_key is None or time_field is None or any(key.part or key.custom_grain for key in timed):
                continue
            periods = axis(self.draft, finest_key, group[0].scope, time_field)
            select = exp.Select().from_(table_of(periods.relation), copy=False)
            expressions = {key.name: period_key(self, periods, key) for key in timed}
            others = [key.name for key in keys if key not in timed]
            if others:
                source = self.draft.cte(relation.name, relation.project(_named(relation)))
                distinct = exp.Select().from_(table_of(source), copy=False)
                distinct.set("expressions", [relation_column(source, name) for name in others])
                every = self.draft.cte(f"{relation.name}_groups", distinct.distinct(copy=False))
                select.append("joins", exp.Join(this=table_of(every), kind="CROSS"))
                expressions |= {name: relation_column(every, name) for name in others}
            ordered = {key.name: expressions[key.name] for key in keys}
            found.append(Relation("every_period", select, ordered, {}, True))
        return found

    def figures(self, keys: tuple[Key, ...], formulas: dict[str, exp.Expr]) -> tuple[Relation, dict[str, exp.Expr]]:
        """A relation and, over it, the value of each formula."""
        atoms = list(dict.fromkeys(atom for formula in formulas.values() for atom in self.atoms.of(formula)))
        relation = self.relation(keys, atoms)
        values = {self.atoms.numbered.index(atom): relation.values[atom] for atom in atoms}
        return relation, {name: filled(formula, values) for name, formula in formulas.items()}

    def _group(self, atom: Atom, keys: tuple[Key, ...]) -> object:
        """What atoms must agree on to come from one scan."""
        metric = metric_named(self.draft, atom.metric)
        if not isinstance(metric, AggregateMetric):
            return atom
        hard = tuple(item for item in atom.scope.conditions if self._needs_own_scan(metric.dataset, item))
        own_level = metric.filter if metric.semi_additive else None
        bare = replace(atom.scope, conditions=hard)
        with _about(metric):
            repeated = repetition(self, metric, keys)
        return (metric.dataset, self.time_field(metric), metric.semi_additive, own_level, bare, repeated)

    def _needs_own_scan(self, dataset: str, condition: Condition) -> bool:
        """Whether a condition reads more than the row: such a one cannot stand in an aggregate's FILTER."""
        if isinstance(condition, MetricCondition):
            return True
        if isinstance(condition, AllOf | AnyOf):
            return any(self._needs_own_scan(dataset, item) for item in condition.conditions)
        if isinstance(condition, Not):
            return self._needs_own_scan(dataset, condition.condition)
        if isinstance(condition, FieldCondition):
            if "." not in condition.field:
                return False
            found = self.draft.reaches.reach(dataset, condition.field, condition.path)
            return isinstance(found, Unreachable) or found.fans_out
        from agent.tools.compile.expressions import references

        names = [name for name in references(condition.expression) if "." in name]
        reached = [self.draft.reaches.reach(dataset, name) for name in names]
        return any(isinstance(found, Unreachable) or found.fans_out for found in reached)

    def _single(self, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
        metric = metric_named(self.draft, atoms[0].metric)
        with _about(metric):
            if isinstance(metric, AggregateMetric):
                if needs_base_periods(self, keys, metric, atoms[0]):
                    return base_period_relation(self, keys, atoms)
                if adds_up_by_period(self, keys, metric, atoms):
                    return running_relation(self, keys, atoms)
                if adds_up_by_day(self, keys, metric, atoms):
                    return day_window_relation(self, keys, atoms)
                return aggregate_relation(self, keys, atoms)
            if isinstance(metric, PerEntityMetric):
                return per_entity_relation(self, keys, atoms[0], metric)
            if isinstance(metric, StateMetric):
                return state_relation(self, keys, atoms[0], metric)
            if isinstance(metric, ConversionMetric):
                return conversion_relation(self, keys, atoms[0], metric)
        raise QueryError(f"{metric.label} has no aggregation of its own")

    def _empty(self, atom: Atom) -> exp.Expr | None:
        """What the atom is in a row it has no data for; None for null."""
        return number_literal(0) if shown_as_zero(metric_named(self.draft, atom.metric)) else None

    def _entity_figures(
        self, keys: tuple[Key, ...], metric: str, scope: Scope, rows: bool
    ) -> tuple[str, exp.Expr | None]:
        formula = self.atoms.rows_of(metric, scope) if rows else self.atoms.expand(metric, scope)
        relation, values = self.figures(keys, {metric: formula})
        name = self.draft.cte(f"{metric}_by_{keys[0].name}", relation.project(values))
        empty = self._empty(self.atoms.of(formula)[0]) if isinstance(formula, exp.Placeholder) else None
        return name, empty


def _named(relation: Relation) -> dict[str, exp.Expr]:
    return {name: relation.values[atom] for atom, name in column_names(relation).items()}


@contextmanager
def _about(metric: Metric) -> Iterator[None]:
    """Lets an error within say which metric it is about."""
    try:
        yield
    except QueryError as error:
        text = str(error)
        raise QueryError(text if metric.label in text else f"{metric.label}: {text}") from error
