"""The rows past a limit as one row named "other": which rows those are, and the keys that stand for them.

The figures are aggregated anew over everything the row stands for, so that counts of distinct things and ratios hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from agent.tools.compile.literals import number_literal
from agent.tools.compile.scan import Scan, relation_column

OTHER = "other"
IS_OTHER = "is_other"


@dataclass(frozen=True, slots=True)
class Kept:
    """A CTE of all rows by their keys with their place; those up to `limit` keep their keys, the others share one."""

    relation: str
    place: str
    limit: int
    keys: tuple[str, ...]
    replaced: tuple[str, ...]  # the keys that become "other"; those the limit holds within stay

    def applied(self, scan: Scan, keys: dict[str, exp.Expr]) -> dict[str, exp.Expr]:
        """The keys over a scan, those past the limit replaced, and which they are as one more key."""
        matches: list[exp.Expr] = [
            exp.NullSafeEQ(this=keys[name].copy(), expression=relation_column(self.relation, name))
            for name in self.keys
        ]
        scan.join_relation(self.relation, matches, kind="inner")
        past = exp.GT(this=relation_column(self.relation, self.place), expression=number_literal(self.limit))
        found = dict(keys)
        for name in self.replaced:
            text = exp.cast(keys[name], "text", copy=False)
            found[name] = exp.Case(ifs=[exp.If(this=past.copy(), true=exp.Literal.string(OTHER))], default=text)
        found[IS_OTHER] = past
        return found

    def holds_for(self, keys: Iterable[str]) -> bool:
        """Whether a relation by these keys has other rows."""
        return set(self.keys) <= set(keys)
