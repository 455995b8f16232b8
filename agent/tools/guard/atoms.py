"""The statements that look for an atom of too few owners among the cells a user was answered and asks for.

Two looks. The first leaves out all that is sensitive and takes every other condition apart: who is set apart by what anyone
may know of them must be many, answered or not, so that a refusal tells nothing about a few known people either.

    pay of all but person 7     number <> 7: true | false     the second has one owner: refused, whoever person 7 is

The second takes the cells as they are, sensitive conditions and keys included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.compile.aggregate import field_key, is_own_time, row_period
from agent.tools.compile.builder import Builder
from agent.tools.compile.compiled import CompiledQuery, Explanation
from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import all_of, columns_of, parse
from agent.tools.compile.keys import key_of
from agent.tools.compile.reach import Reach, Unreachable, reaches
from agent.tools.compile.request import leaves
from agent.tools.compile.scan import Scan
from agent.tools.compile.scope import Scope
from agent.tools.compile.timeline import Span, within
from agent.tools.guard.compiler_view import compiler_view
from agent.tools.guard.group_size import RULE, Cells, sensitive_fields
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation
from catalog.query import AllOf, Condition, Dimension, FieldCondition, SqlCondition


def known_atoms(view: CatalogView, cells: tuple[Cells, ...], owner: str, size: int) -> CompiledQuery:
    """A row where what is not sensitive about the cells, all of one dataset, sets fewer than `size` owners apart."""
    sensitive = frozenset(sensitive_fields(view))
    looking = _Looking(view, cells[0].dataset)
    labels: list[exp.Expr] = []
    for item in cells:
        apart = [leaf for leaf in leaves(item.conditions) if not _reads(leaf, item.dataset, sensitive)]
        labels += [looking.holds(item, (leaf,)) for leaf in apart]
        if item.time_field is not None and (item.start is not None or item.end is not None):
            labels.append(looking.holds(item, (), timed=True))
        keys = [key for key in item.keys if not (key.field and key.field in sensitive)]
        labels += [looking.key_within(item, key) for key in keys]
    return looking.for_fewer(labels, [], owner, size)


def full_atoms(view: CatalogView, cells: tuple[Cells, ...], owner: str, size: int) -> CompiledQuery:
    """A row where the cells, all of one dataset, make an atom of fewer than `size` owners."""
    looking = _Looking(view, cells[0].dataset)
    labels: list[exp.Expr] = []
    inside: list[exp.Expr] = []
    for item in cells:
        found = looking.holds(item, item.conditions, timed=True)
        inside.append(found)
        labels.append(found.copy())
        labels += [
            exp.Case(ifs=[exp.If(this=found.copy(), true=value)])
            for value in (looking.key(item, key) for key in item.keys)
        ]
    return looking.for_fewer(labels, inside, owner, size)


def owners_of(view: CatalogView, item: Cells, owner: str) -> CompiledQuery:
    """A row for each cell, with its keys in order and how many owners it has."""
    looking = _Looking(view, item.dataset)
    inside = looking.holds(item, item.conditions, timed=True)
    return looking.counted([looking.key(item, key) for key in item.keys], inside, owner)


def _reads(condition: Condition, dataset: str, sensitive: frozenset[str]) -> bool:
    if isinstance(condition, FieldCondition):
        return condition.field in sensitive
    if isinstance(condition, SqlCondition):
        return any(
            f"{item.table or dataset}.{item.name}" in sensitive for item in columns_of(parse(condition.expression))
        )
    return False


def _conjuncts(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions that must all hold, taken out of each other."""
    for item in conditions:
        if isinstance(item, AllOf):
            yield from _conjuncts(item.conditions)
        else:
            yield item


class _Looking:
    """One statement over the rows of a dataset that the view may see."""

    def __init__(self, view: CatalogView, dataset: str) -> None:
        self.draft = Draft(compiler_view(view), None, "duckdb")
        self.builder = Builder(self.draft)
        self.scan = Scan(self.draft, dataset)

    def holds(self, item: Cells, conditions: tuple[Condition, ...], timed: bool = False) -> exp.Expr:
        """Whether a row meets the conditions and, where asked, lies in the cells' time: never null."""
        span = Span(item.start, item.end)
        scope = Scope(period=span, span=span)
        parts = [self.builder.predicates.build(self.scan, condition, scope) for condition in conditions]
        if timed and item.time_field is not None:
            parts += within(self.scan.column(self.scan.reach(item.time_field)), span)
        return exp.Coalesce(this=all_of(parts) or exp.true(), expressions=[exp.false()])

    def key(self, item: Cells, dimension: Dimension) -> exp.Expr:
        """A key of the cells over a row."""
        key = key_of(dimension)
        if not is_own_time(self.builder, _rows_of(item), key):
            return field_key(self.builder, self.scan, key)
        return row_period(self.scan, self.scan.column(self.scan.reach(item.time_field or "")), key, item.shift)

    def key_within(self, item: Cells, dimension: Dimension) -> exp.Expr:
        """A key over a row, none where the cells' conditions on the key's own field leave the row out: of the values left out
        nothing is told one by one."""
        own = tuple(
            each
            for each in _conjuncts(item.conditions)
            if isinstance(each, FieldCondition) and (each.field, each.path) == (dimension.field, dimension.path)
        )
        key = self.key(item, dimension)
        return exp.Case(ifs=[exp.If(this=self.holds(item, own), true=key)]) if own else key

    def for_fewer(self, labels: list[exp.Expr], inside: list[exp.Expr], owner: str, size: int) -> CompiledQuery:
        """SELECT 1 where the labels set fewer than `size` owners apart, among the rows inside."""
        counted = exp.Count(this=exp.Distinct(expressions=[self._owner(owner)]))
        if inside:
            self.scan.where.append(exp.paren(exp.or_(*inside), copy=False))
        select = self.scan.select().select("1", copy=False)
        if labels:
            select.set("group", exp.Group(expressions=[*labels]))
        few = exp.Between(this=counted, low=exp.Literal.number(1), high=exp.Literal.number(size - 1))
        select.set("having", exp.Having(this=few))
        return self._finished(select.limit(1, copy=False))

    def counted(self, keys: list[exp.Expr], inside: exp.Expr, owner: str) -> CompiledQuery:
        """SELECT keys, owners of the rows inside by keys."""
        counted = exp.Count(this=exp.Distinct(expressions=[self._owner(owner)]))
        self.scan.where.append(inside)
        named = [exp.alias_(key, f"key{place}") for place, key in enumerate(keys)]
        select = self.scan.select().select(*named, exp.alias_(counted, "owners"), copy=False)
        if keys:
            select.set("group", exp.Group(expressions=[key.copy() for key in keys]))
        return self._finished(select)

    def _finished(self, select: exp.Select) -> CompiledQuery:
        statement = self.draft.finish(select)
        used = self.draft.used
        explanation = Explanation(policies=tuple(used.policies))
        text = statement.sql(dialect="duckdb")
        return CompiledQuery(text, statement, (), tuple(used.datasets), (), "duckdb", explanation)

    def _owner(self, owner: str) -> exp.Expr:
        """Who a row is about: the owner's key where a row has one owner, else the row's own."""
        for name in (owner, self.scan.dataset):
            key = self.draft.dataset(name).primary_key
            found = [reaches(self.draft.catalog).reach(self.scan.dataset, f"{name}.{item}") for item in key]
            if not found or any(isinstance(item, Unreachable) or item.fans_out for item in found):
                continue
            values = [self.scan.column(item) for item in found if isinstance(item, Reach)]
            if len(values) == 1:
                return values[0]
            texts = [exp.cast(value, "varchar") for value in values]
            return exp.func("concat_ws", exp.Literal.string("/"), *texts, dialect="duckdb")
        raise PolicyRefusal(
            RULE, "the catalog does not say whom these rows are about, so groups cannot be kept large enough"
        )


def _rows_of(item: Cells) -> AggregateMetric:
    return AggregateMetric(
        name="rows",
        label="Rows",
        dataset=item.dataset,
        aggregation=Aggregation.COUNT,
        expression="*",
        time_field=item.time_field,
    )
