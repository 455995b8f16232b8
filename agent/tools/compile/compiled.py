"""What a compilation gives: the statement, its columns, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from agent.tools.warehouse.result import ResultColumn


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a statement rests on, in the catalog's words; `lineage` leads from a column to table.column."""

    definitions: dict[str, str] = field(default_factory=dict)  # metric -> definition
    joins: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    lineage: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """One statement. Its rows have one value for each of `columns`: keys, then measures with what stands beside them."""

    sql: str
    expression: exp.Expr
    columns: tuple[ResultColumn, ...]
    datasets: tuple[str, ...]
    caveats: tuple[str, ...]
    dialect: str
    explanation: Explanation
