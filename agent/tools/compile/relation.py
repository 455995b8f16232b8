"""A relation being written: rows for a set of keys, with a value for each atom; inline, or as a CTE."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from agent.tools.compile.expressions import grouped, identifier
from agent.tools.compile.scope import Atom


@dataclass
class Relation:
    """FROM, WHERE and the expressions of keys and values, before projection. `grouped` where the values aggregate.

    Grain: one row for each combination of the keys, nulls being a value; a single row without keys.
    """

    name: str  # what a person would call it as a CTE
    select: exp.Select
    keys: dict[str, exp.Expr]
    values: dict[Atom, exp.Expr]
    grouped: bool

    def project(self, values: dict[str, exp.Expr]) -> exp.Select:
        """The SELECT of the keys and these values, grouped by the keys where it aggregates."""
        projections = [aliased(expression, name) for name, expression in self.keys.items()]
        projections += [aliased(expression, name) for name, expression in values.items()]
        select = self.select
        select.set("expressions", projections)
        if self.grouped and self.keys:
            positions: list[exp.Expr] = [exp.Literal.number(index + 1) for index in range(len(self.keys))]
            select.set("group", exp.Group(expressions=positions))
        return select


def aliased(expression: exp.Expr, name: str) -> exp.Expr:
    """expression AS name; a column of that very name stands bare."""
    if isinstance(expression, exp.Column) and expression.name == name:
        return expression
    return exp.Alias(this=expression, alias=identifier(name))


def filled(formula: exp.Expr, values: dict[int, exp.Expr]) -> exp.Expr:
    """The formula with its placeholders replaced by the atoms' expressions, by number."""
    formula = formula.copy()
    for placeholder in list(formula.find_all(exp.Placeholder)):
        new = values[int(placeholder.this)].copy()
        if placeholder.parent is None:
            return new
        if isinstance(placeholder.parent, exp.Coalesce) and isinstance(new, exp.Coalesce):
            new = new.this  # the outer default holds
        placeholder.replace(grouped(new, placeholder.parent))
    return formula
