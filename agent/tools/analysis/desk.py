"""The desk: what an analysis works with. Every row it reads comes through the policies of whoever asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from agent.errors import QueryError, StoreError
from agent.stores.decisions import DecisionBook
from agent.tools.compile.compiled import CompiledQuery
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.sources import source_key
from agent.tools.guard.statement import GuardedStatement
from agent.tools.guard.uncounted import uncounted
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.query import MetricQuery

Span = tuple[dt.date, dt.date]


@dataclass
class Record:
    """What the queries of one analysis used: policies and caveats, each once, in order."""

    policies: dict[str, None] = field(default_factory=dict)
    caveats: dict[str, None] = field(default_factory=dict)
    queries: int = 0


@dataclass(frozen=True)
class AnalysisDesk:
    """One analysis for one principal. The first query counts towards the role's queries a minute, the others do not."""

    view: CatalogView
    as_of: dt.date
    run: Callable[[GuardedStatement, tuple[ResultColumn, ...], str], ResultTable]
    protect: Callable[[MetricQuery, dt.date], None]  # PolicyRefusal where a figure would tell about too few
    span_of: Callable[[tuple[str, ...]], Span | None]  # the days that metrics have data for, as the principal sees them
    say: Callable[[str], None] = lambda label: None  # progress, for a person
    record: Record = field(default_factory=Record)
    open_decisions: Callable[[], DecisionBook] | None = None
    keeps: bool = True  # False where an analysis is run again to check it: nothing is saved then

    @property
    def decisions(self) -> DecisionBook:
        """What the user has saved: scenarios and forecasts. StoreError where nothing can be kept."""
        if self.open_decisions is None:
            raise StoreError("nothing can be saved here: there is no home folder")
        return self.open_decisions()

    def query(self, query: MetricQuery, name: str = "answer", *, takes_a_part: bool = False) -> ResultTable:
        """The rows of a query, under the role's policies. QueryError, PolicyRefusal, WarehouseError.

        All of them: where a limit cuts rows off, figures over the rest would pass for those of all, so that is a QueryError.
        With `takes_a_part` the caller gets the first rows and looks at `truncated` itself.
        """
        compiled = self._compiled(query, name)
        self.protect(query, self.as_of)
        table = self.run(guard_compiled(compiled, self._counted()), compiled.columns, name)
        return table if takes_a_part else _whole(table)

    def query_over(
        self,
        queries: Mapping[str, MetricQuery],
        outer: exp.Select,
        columns: Sequence[ResultColumn],
        name: str = "answer",
        *,
        takes_a_part: bool = False,
    ) -> ResultTable:
        """The rows of `outer`, a SELECT over the named queries alone: work per entity that stays inside the engine.

        WITH per_customer AS (<the query, compiled under the role's policies>) SELECT orders, COUNT(*) FROM per_customer
        GROUP BY orders

        Each name stands for a query's columns as `query` gives them. `columns` describe what `outer` selects, in order.
        Rows that are cut off are dealt with as `query` does.
        """
        taken = {source_key(dataset.source)[1] for dataset in self.view.whole.datasets}
        taken |= {dataset.name.lower() for dataset in self.view.whole.datasets}
        names = {asked: _free_name(asked, taken) for asked in queries}
        select = outer.copy()
        _free_own_names(select, taken | {name.lower() for name in names.values()})
        _read_only(select, names)
        parts = {asked: self._compiled(query, names[asked]) for asked, query in queries.items()}
        for query in queries.values():
            self.protect(query, self.as_of)
        named = [
            exp.CTE(this=_unordered(parts[asked].expression), alias=exp.TableAlias(this=exp.to_identifier(name)))
            for asked, name in names.items()
        ]
        select.set("with_", exp.With(expressions=[*named, *select.ctes]))
        first = next(iter(parts.values()))
        whole = replace(
            first,
            sql=select.sql(dialect="duckdb", pretty=True),
            expression=select,
            columns=tuple(columns),
            datasets=tuple(dict.fromkeys(item for part in parts.values() for item in part.datasets)),
        )
        table = self.run(guard_compiled(whole, self._counted()), tuple(columns), name)
        return table if takes_a_part else _whole(table)

    def _compiled(self, query: MetricQuery, name: str) -> CompiledQuery:
        compiled = compile_permitted(self.view, query, name=name, as_of=self.as_of)
        self.record.policies.update(dict.fromkeys(compiled.explanation.policies))
        self.record.caveats.update(dict.fromkeys(compiled.caveats))
        return compiled

    def _counted(self) -> CatalogView:
        self.record.queries += 1
        return self.view if self.record.queries == 1 else uncounted(self.view)


def _whole(table: ResultTable) -> ResultTable:
    if table.truncated:
        raise QueryError(
            f"this needs more than the {len(table.rows):,} rows that may be read here; narrow it down with a filter"
        )
    return table


def _unordered(expression: exp.Expr) -> exp.Expr:
    """A query as a part of another: its order says nothing there, and sorting many cells takes longer than finding them."""
    part = expression.copy()
    if part.args.get("limit") is None:
        part.set("order", None)
    return part


def _free_name(asked: str, taken: set[str]) -> str:
    name = asked
    while name.lower() in taken:
        name += "_rows"
    return name


def _free_own_names(select: exp.Select, taken: set[str]) -> None:
    """Renames the CTEs of the outer SELECT that are called like a table of the business; what they are known by stays."""
    own = {cte.alias: cte.alias for cte in select.find_all(exp.CTE)}
    for name in own:
        if name.lower() in taken:
            own[name] = _free_name(
                name, taken | {item.lower() for item in own} | {item.lower() for item in own.values()}
            )
    for cte in select.find_all(exp.CTE):
        cte.set("alias", exp.TableAlias(this=exp.to_identifier(own[cte.alias])))
    for table in select.find_all(exp.Table):
        if isinstance(table.this, exp.Identifier) and not table.db and own.get(table.name, table.name) != table.name:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("this", exp.to_identifier(own[table.name]))


def _read_only(select: exp.Select, names: Mapping[str, str]) -> None:
    """Renames the tables of the outer SELECT; QueryError where it reads anything but the named queries and its own CTEs."""
    own = {cte.alias for cte in select.find_all(exp.CTE)}
    for table in select.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or table.db or table.name in own:
            continue
        if table.name not in names:
            raise QueryError(f"an analysis reads {table.name!r}, which is none of its queries")
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("this", exp.to_identifier(names[table.name]))
