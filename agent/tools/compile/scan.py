"""A dataset being read, with the joins that its columns ask for. Every column of a query comes through here.

Joins along many-to-one hops are LEFT joins, so that no row is lost; down one-to-many hops only rows that have children
count, for the groups are the children's. What a policy hides of the joined dataset counts as
absent, as it would on a copy of the data without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import all_of, column, identifier
from agent.tools.compile.inner_joins import required
from agent.tools.compile.reach import Reach, Unreachable
from agent.tools.compile.routes import Hop, Route, describe
from agent.tools.compile.timeline import moved
from catalog.durations import Duration
from catalog.models import FieldType


@dataclass
class Join:
    """A table joined to the scan, and how."""

    table: exp.Expr
    on: exp.Expr | None
    kind: str = "left"


@dataclass
class Scan:
    """FROM one dataset with joins on demand. Its SELECT has no projections yet."""

    draft: Draft
    dataset: str
    raw: bool = False  # reads what policies hide: only to decide what they hide
    alias: str = ""  # what its table is called here
    outer: frozenset[str] = frozenset()  # aliases of enclosing queries
    time: exp.Expr | None = None  # when a row happened: joins by validity ask for it
    time_type: FieldType | None = None
    shift: tuple[Duration, ...] = ()  # the result's time is the data's and these later
    time_field: str | None = None  # dataset.field of its time
    period: exp.Expr | None = None  # the period a row counts for, where that is not a matter of its own time
    window_end: exp.Expr | None = None  # where a window looks back from, without it
    fan_out: bool = False  # whether joins may multiply rows
    full: bool = False  # whether joins keep rows that nothing refers to
    weighted: bool = False  # whether bridges share out the rows they multiply
    where: list[exp.Expr] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    semi_joins: int = 0  # how many predicates hold subqueries

    @classmethod
    def of_relation(cls, draft: Draft, name: str) -> Scan:
        """A scan of a CTE, which has no dataset to reach fields from."""
        return cls(draft, "", alias=name)

    def __post_init__(self) -> None:
        self._aliases: set[str] = set(self.outer)
        self._alias_of: dict[Route, str] = {}
        self._periods: dict[tuple[str, str], str] = {}  # a day's expression and its spine -> the alias joined
        self.alias = self._free(self.alias or self.dataset)
        if not self.dataset:
            self.table: exp.Table = table_of(self.alias)
            return
        self.table, visible = self.draft.table(self.draft.dataset(self.dataset), self.alias, self.raw)
        if visible is not None:
            self.where.append(visible)

    def _free(self, name: str) -> str:
        chosen, number = name, 2
        while chosen in self._aliases:
            chosen, number = f"{name}_{number}", number + 1
        self._aliases.add(chosen)
        return chosen

    @property
    def result_time(self) -> exp.Expr:
        """When a row counts: its time, on the result's side of any offset."""
        if self.time is None:
            raise QueryError(f"{self.dataset} has no time to filter by")
        if self.period is not None:
            return self.period.copy()
        found = self.time.copy()
        for duration in self.shift:
            found = moved(found, duration, as_date=False)
        return found

    @property
    def aliases(self) -> frozenset[str]:
        """The aliases in scope, enclosing queries' included."""
        return frozenset(self._aliases)

    # Columns

    def reach(self, reference: str, path: tuple[str, ...] = ()) -> Reach:
        """How this scan's dataset reaches the field; QueryError where it cannot."""
        reaches = self.draft.all_reaches if self.raw else self.draft.reaches
        found = reaches.reach(self.dataset, reference, path)
        if isinstance(found, Unreachable):
            raise QueryError(found.reason)
        return found

    def column(self, reach: Reach) -> exp.Expr:
        """The reached field as an expression, its dataset joined."""
        dataset, _, name = reach.field.partition(".")
        alias = self.join(reach.route)
        return self.draft.read_field(self.draft.dataset(dataset), name, alias, self.raw)

    def read(self, found: exp.Column) -> exp.Expr:
        """A column of a catalog expression: dataset.field, or a bare name of the scan's own dataset."""
        if not found.table:
            return self.draft.read_field(self.draft.dataset(self.dataset), found.name, self.alias, self.raw)
        return self.column(self.reach(f"{found.table}.{found.name}"))

    def type_of(self, reach: Reach) -> FieldType | None:
        """The reached field's type; None for a bare column."""
        return self.draft.type_of(reach.field)

    # Joins

    def joined(self, route: Route) -> bool:
        """Whether the route's fan-out is joined already."""
        return route in self._alias_of

    def join(self, route: Route) -> str:
        """The alias of the dataset at the route's end, joined along it."""
        if not route:
            return self.alias
        if route in self._alias_of:
            return self._alias_of[route]
        hop = route[-1]
        if hop.fans_out and not self.fan_out:
            raise QueryError(f"joining {hop.target} would repeat rows of {hop.source}")
        near = self.join(route[:-1])
        far = self._free(f"{hop.role}_{hop.target}" if hop.role else hop.target)
        self._alias_of[route] = far
        dataset = self.draft.dataset(hop.target)
        table, visible = self.draft.table(dataset, far, self.raw)
        predicates = self.matches(hop, near, far)
        if visible is not None:
            predicates.append(visible)
        self.draft.used.joins[describe(route)] = None
        kept = hop.mandatory and dataset.validity is None and not self.draft.hides_rows(dataset.name)
        kind = "full" if self.full else "inner" if hop.fans_out or (kept and self._is_kept(route[:-1])) else "left"
        self.joins.append(Join(table, all_of(predicates), kind))
        return far

    def _is_kept(self, route: Route) -> bool:
        """Whether every row of the scan has one at the route's end."""
        return all(hop.mandatory and not self.draft.hides_rows(hop.target) for hop in route)

    def weights(self) -> list[exp.Expr] | None:
        """The shares that joined bridges declare for a row; None where rows are not shared out."""
        if not self.weighted:
            return None
        fans = [(route[-1], alias) for route, alias in self._alias_of.items() if route[-1].fans_out]
        return [self.draft.read_field(self.draft.dataset(hop.target), hop.weight or "", alias) for hop, alias in fans]

    def matches(self, hop: Hop, near: str, far: str) -> list[exp.Expr]:
        """The predicates of a hop from the near alias to the far one, validity included."""
        source, target = self.draft.dataset(hop.source), self.draft.dataset(hop.target)
        found: list[exp.Expr] = [
            exp.EQ(
                this=self.draft.read_field(source, here, near, self.raw),
                expression=self.draft.read_field(target, there, far, self.raw),
            )
            for here, there in zip(hop.source_fields, hop.target_fields, strict=True)
        ]
        if target.validity is not None and not hop.fans_out and self.time is not None:
            valid_from = self.draft.read_field(target, target.validity.valid_from, far, self.raw)
            valid_to = self.draft.read_field(target, target.validity.valid_to, far, self.raw)
            found.append(exp.GTE(this=self.time.copy(), expression=valid_from))
            found.append(
                exp.paren(
                    exp.or_(
                        exp.LT(this=self.time.copy(), expression=valid_to),
                        exp.Is(this=valid_to.copy(), expression=exp.null()),
                        copy=False,
                    ),
                    copy=False,
                )
            )
        return found

    def custom_period(self, day: exp.Expr, grain: str) -> exp.Expr:
        """The business's own period that a day lies in, from the time spine that has it."""
        spine = next(spine for spine in self.draft.catalog.time_spines if grain in spine.custom_grains)
        dataset = self.draft.dataset(spine.dataset)
        known = (day.sql(), spine.dataset)
        if known not in self._periods:
            alias = self._free(dataset.name)
            self._periods[known] = alias
            table, _ = self.draft.table(dataset, alias, self.raw)
            on = exp.EQ(this=day, expression=self.draft.read_field(dataset, spine.field, alias, self.raw))
            self.joins.append(Join(table, on))
        return self.draft.read_field(dataset, spine.custom_grains[grain], self._periods[known], self.raw)

    def join_relation(self, name: str, on: list[exp.Expr], kind: str = "left") -> None:
        """Joins a CTE under its own name; `on` speaks of it by that name."""
        if name not in self._aliases:
            self._aliases.add(name)
            self.joins.append(Join(exp.to_table(name), all_of(on), kind))

    # The statement

    def select(self) -> exp.Select:
        """FROM, joins and WHERE; the caller adds projections and grouping."""
        select = exp.Select().from_(self.table, copy=False)
        needed = required(self.where)
        for join in reversed(self.joins):
            if join.kind == "left" and join.table.alias_or_name in needed:
                join.kind = "inner"
            if join.kind == "inner" and join.on is not None:
                needed |= required([join.on])
        for join in self.joins:
            if join.on is None:
                select.append("joins", exp.Join(this=join.table, kind="CROSS"))
            else:
                side = {} if join.kind == "inner" else {"side": join.kind.upper()}
                select.append("joins", exp.Join(this=join.table, on=join.on, **side))
        predicate = all_of(self.where)
        if predicate is not None:
            select.set("where", exp.Where(this=predicate))
        return select


def relation_column(relation: str, name: str) -> exp.Column:
    """A column of a CTE."""
    return column(relation, name)


def table_of(name: str) -> exp.Table:
    """A CTE as a table."""
    return exp.Table(this=identifier(name))
