"""The purchases of the followed entities as one relation, read under the role's policies."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.analysis.customers.customer_base import FollowedBase
from agent.tools.analysis.customers.purchase_history import select_of
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.compile.request import leaves
from agent.tools.warehouse.result import ResultColumn
from catalog.durations import TimeGrain
from catalog.query import Condition, FieldCondition, FieldDimension, MetricQuery, MetricUse, Period, TimeDimension

PURCHASE_ROWS = "purchase_rows"
MEMBER_ROWS = "member_rows"
START_ROWS = "start_rows"


def column(name: str, role: str = "measure", unit: str | None = None, label: str | None = None) -> ResultColumn:
    """A column of an analysis' table."""
    return ResultColumn.model_validate({"name": name, "type": "", "role": role, "unit": unit, "label": label})


def purchase_query(
    base: FollowedBase, where: Condition | None, until: dt.date, since: dt.date | None = None, with_value: bool = True
) -> MetricQuery:
    """One row an entity and day with events before `until`: entity, day, orders and, with a value, amount."""
    metrics = [MetricUse(metric=base.events, alias="orders")]
    if with_value and base.value is not None:
        metrics.append(MetricUse(metric=base.value, alias="amount"))
    return MetricQuery(
        metrics=tuple(metrics),
        group_by=(FieldDimension(field=base.entity, alias="entity"), TimeDimension(grain=TimeGrain.DAY, alias="day")),
        where=where,
        period=Period(start=since, end=until),
        as_of=until - dt.timedelta(days=1),
    )


def member_query(base: FollowedBase, dimension: FieldDimension) -> MetricQuery:
    """One row an entity: entity, member_group. Only a property of the entity itself puts each of them in one group."""
    if base.member is None:
        raise QueryError(f"{base.entity} points at no dataset, so there is nothing to group by")
    return MetricQuery(
        group_by=(
            FieldDimension(field=base.member, alias="entity"),
            dimension.model_copy(update={"alias": "member_group"}),
        )
    )


def start_query(base: FollowedBase, where: Condition | None) -> MetricQuery:
    """One row an entity: entity, cohort (the day it began, as declared)."""
    assert base.member is not None and base.start is not None
    return MetricQuery(
        group_by=(
            FieldDimension(field=base.member, alias="entity"),
            TimeDimension(field=base.start, grain=TimeGrain.DAY, alias="cohort"),
        ),
        where=where,
    )


def over_purchases(select: exp.Select, with_value: bool, *others: tuple[str, str]) -> exp.Select:
    """The SELECT with `purchases` (and `others`: name and text of more relations) put before its own relations.

    Entities without a key (anonymous ones) are nobody's history and are left out.
    """
    amount = "CAST(amount AS DOUBLE)" if with_value else "CAST(NULL AS DOUBLE)"
    first = [
        (
            "purchases",
            f"SELECT entity, CAST(day AS DATE) AS day, orders, {amount} AS amount FROM {PURCHASE_ROWS} "
            "WHERE entity IS NOT NULL AND day IS NOT NULL AND orders > 0",
        ),
        *others,
    ]
    whole = select.copy()
    ctes = [exp.CTE(this=select_of(text), alias=exp.TableAlias(this=exp.to_identifier(name))) for name, text in first]
    whole.set("with_", exp.With(expressions=[*ctes, *whole.ctes]))
    return whole


MEMBERS = ("members", f"SELECT entity, member_group FROM {MEMBER_ROWS} WHERE entity IS NOT NULL")


def is_of_members(where: Condition | None, base: FollowedBase) -> bool:
    """Whether a condition is about what the entities are, and not about their events."""
    if where is None or base.dataset is None:
        return False
    conditions = tuple(leaves((where,)))
    return all(isinstance(item, FieldCondition) and item.field.partition(".")[0] == base.dataset for item in conditions)


def observed_days(base: FollowedBase, desk: AnalysisDesk) -> tuple[dt.date, dt.date] | None:
    """The first and the last day to look at: those with events, none after as_of; None without any."""
    span = desk.span_of((base.events,))
    if span is None or span[0] > desk.as_of:
        return None
    return span[0], min(span[1], desk.as_of)


def base_caveats(base: FollowedBase) -> tuple[str, ...]:
    """What was taken for granted about the base."""
    if not base.inferred:
        return ()
    worth = f", worth by {base.value_label}" if base.value is not None else ""
    return (
        f"The catalog declares no base for customer analyses: {base.entity} with {base.events_label} as events{worth} "
        "was inferred from its metrics.",
    )
