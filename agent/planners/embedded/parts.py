"""The query in the making, and the questions that no query says."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.planners.embedded.draft import Draft
from catalog.plan import Choice, QuestionShape
from catalog.query import (
    AllOf,
    Calculation,
    ComparePeriod,
    Condition,
    Dimension,
    Having,
    OrderBy,
    Period,
)


class UnsupportedError(Exception):
    """A question that was understood but cannot be asked as a query; `reason` is fit for a person."""

    def __init__(
        self,
        reason: str,
        words: tuple[str, ...] = (),
        *,
        is_final: bool = False,
        choices: tuple[Choice, ...] = (),
        wants_groups: bool = False,
    ) -> None:
        self.reason = reason
        self.wants_groups = wants_groups  # nothing says what is to be compared
        self.choices = choices  # what to ask instead
        self.is_final = is_final  # what was meant is plain: no weaker reading of the words is tried
        self.words = words
        super().__init__(reason)


@dataclass
class Parts:
    """The query in the making."""

    metrics: tuple[str, ...]
    groups: list[Dimension] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    having: list[Having] = field(default_factory=list)
    calculations: list[Calculation] = field(default_factory=list)
    compare: tuple[ComparePeriod, ...] = ()
    order_by: list[OrderBy] = field(default_factory=list)
    limit: int | None = None
    limit_within: tuple[str, ...] = ()
    others: bool = False
    shape: QuestionShape = "value"
    caveats: list[str] = field(default_factory=list)
    period: Period | None = None
    period_is_taken: bool = False
    adds_shares: str = ""  # the words of a part of time whose share of the whole is asked for
    counts_groups: bool = False  # the groups themselves are counted
    variants: list[tuple[str, Condition]] = field(default_factory=list)  # each metric once for each, side by side


def role_alias(draft: Draft, reference: str, path: tuple[str, ...]) -> str | None:
    """The column's name where a role tells it from another of the same field ("origin_depot_name")."""
    roles = [item.role for item in draft.view.whole.relationships if item.name in path and item.role]
    return f"{roles[0]}_{reference.partition('.')[2]}".replace(" ", "_") if roles else None


def all_of(conditions: list[Condition]) -> Condition | None:
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else AllOf(conditions=tuple(conditions))
