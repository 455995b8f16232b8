"""Random policies and questions: the compiled door gives what a copy of the data gives from which all that is hidden is gone.

policy                          the copy
row filter on orders            only the rows it lets through
mask on people.kind             the mask in place of each value
people.size denied              no value at all
things denied                   no row at all
places.kind aggregate-only      other values, as many of them
questions that read what is denied, or count on what is masked: refused, and no others
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pytest

from agent.errors import PolicyRefusal, QueryError
from agent.tools.compile import compile_query
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.permitted import session_of
from catalog.access import Principal, view_for
from catalog.errors import UnknownNameError
from catalog.models import AggregateMetric, Catalog, FieldRule, Metric, Role, RowFilter
from catalog.query import MetricQuery
from tests.soundness.random_business import Business, Row, random_business, random_query
from tests.soundness.test_random_queries import same, shown

QUESTIONS_A_BUSINESS = 10
SALT = "the session's"
_EXPRESSIONS = {
    "value": "{0}.kind <> 'gamma'",
    "attribute": "{0}.kind = user.kind",
    "size": "{0}.size > 0 OR {0}.flag",
}
_KEEPS: dict[str, Callable[[Row], bool]] = {
    "value": lambda row: row["kind"] not in (None, "gamma"),
    "attribute": lambda row: row["kind"] == "alpha",
    "size": lambda row: (row["size"] or 0) > 0 or row["flag"] is True,
}
NAMED = re.compile(r"\b([a-z]+)\.([a-z_0-9]+)\b")


@dataclass
class Policy:
    """A role, its user's attributes, and what the role may not see as data."""

    role: Role
    attributes: dict[str, Any]
    restricted: dict[str, FieldRule]  # dataset.field
    kept: dict[str, list[Row]]  # what the row filters let through


def random_policy(chance: random.Random, business: Business) -> Policy:
    """Rules over random fields, filters over random rows, perhaps a dataset or a metric that is denied."""
    restricted: dict[str, FieldRule] = {}
    for dataset in business.catalog.datasets:
        for item in dataset.fields:
            if item.role.value == "key" or chance.random() < (0.7 if item.name == "kind" else 0.88):
                continue
            reference = f"{dataset.name}.{item.name}"
            access = chance.choice(("mask", "mask", "deny", "aggregate_only"))
            kinds = {"kind": ("null", "constant", "token"), "happened": ("year", "null")}.get(item.name, ("null",))
            mask = chance.choice(kinds) if access == "mask" else None
            restricted[reference] = FieldRule.model_validate({"fields": (reference,), "access": access, "mask": mask})
    filters, kept = _row_filters(chance, business)
    if chance.random() < 0.5:
        filters, kept = _shared_filters(business) or (filters, kept)
    names = [dataset.name for dataset in business.catalog.datasets if dataset.name not in _read_by(filters)]
    denied = (chance.choice(names),) if names and chance.random() < 0.15 else ()
    metrics = [metric.name for metric in business.catalog.metrics]
    role = Role(
        name="tried",
        label="Tried",
        default=True,
        datasets=("*",),
        metrics=("*",),
        denied_datasets=denied,
        denied_metrics=(chance.choice(metrics),) if chance.random() < 0.2 else (),
        row_filters=tuple(filters),
        field_rules=tuple(restricted.values()),
    )
    return Policy(role, {"kind": "alpha"}, restricted, kept)


def _row_filters(chance: random.Random, business: Business) -> tuple[list[RowFilter], dict[str, list[Row]]]:
    filters: list[RowFilter] = []
    kept = dict(business.rows)
    for dataset in business.catalog.datasets:
        name = dataset.name
        if chance.random() < 0.6:
            continue
        parents = [item for item in business.catalog.relationships if item.from_dataset == name]
        kind = chance.choice(("value", "attribute", "size", "parent") if parents else ("value", "attribute", "size"))
        if kind == "parent":
            relation = chance.choice(parents)
            if sum(item.to_dataset == relation.to_dataset for item in parents) > 1:
                continue
            good = {
                row[relation.to_fields[0]]
                for row in business.rows[relation.to_dataset]
                if row["kind"] in ("alpha", "beta")
            }
            filters.append(RowFilter(dataset=name, expression=f"{relation.to_dataset}.kind IN ('alpha', 'beta')"))
            kept[name] = [row for row in business.rows[name] if row[relation.from_fields[0]] in good]
            continue
        filters.append(RowFilter(dataset=name, expression=_EXPRESSIONS[kind].format(name)))
        kept[name] = [row for row in business.rows[name] if _KEEPS[kind](row)]
    return filters, kept


def _shared_filters(business: Business) -> tuple[list[RowFilter], dict[str, list[Row]]] | None:
    """Rows of two datasets, one referring to the other, seen by what a third says: a join of the two implies one filter."""
    of = {
        dataset.name: [item for item in business.catalog.relationships if item.from_dataset == dataset.name]
        for dataset in business.catalog.datasets
    }
    for child, relations in of.items():
        if len(relations) != 1 or len(of[relations[0].to_dataset]) != 1:
            continue
        up = relations[0]
        top = of[up.to_dataset][0]
        expression = f"{top.to_dataset}.kind IN ('alpha', 'beta')"
        good = {row[top.to_fields[0]] for row in business.rows[top.to_dataset] if row["kind"] in ("alpha", "beta")}
        parents = [row for row in business.rows[up.to_dataset] if row[top.from_fields[0]] in good]
        seen = {row[up.to_fields[0]] for row in parents}
        children = [row for row in business.rows[child] if row[up.from_fields[0]] in seen]
        filters = [RowFilter(dataset=name, expression=expression) for name in (child, up.to_dataset)]
        return filters, {**business.rows, child: children, up.to_dataset: parents}
    return None


def _read_by(filters: list[RowFilter]) -> set[str]:
    return {name for item in filters for name, _ in NAMED.findall(item.expression)}


def physical_copy(business: Business, policy: Policy) -> Business:
    """The business with everything hidden taken out of its rows."""
    rows: dict[str, list[Row]] = {}
    for dataset in business.catalog.datasets:
        granted = dataset.name not in policy.role.denied_datasets
        rows[dataset.name] = [dict(row) for row in policy.kept[dataset.name]] if granted else []
        for item in dataset.fields:
            rule = policy.restricted.get(f"{dataset.name}.{item.name}")
            if rule is not None:
                _hide(rows[dataset.name], item.name, rule)
    return replace(business, rows=rows)


def _hide(rows: list[Row], name: str, rule: FieldRule) -> None:
    ranks: dict[Any, int] = {}
    for row in rows:
        value = row[name]
        if value is not None:
            ranks.setdefault(value, len(ranks) + 1)
        if rule.access == "aggregate_only" and value is not None and name in ("kind", "size"):
            row[name] = f"v{ranks[value]}" if name == "kind" else 100 + ranks[value]
        elif rule.access == "aggregate_only":
            continue
        elif rule.mask == "constant":
            row[name] = "***"
        elif rule.mask == "token":
            row[name] = None if value is None else f"{session_of(SALT)}-{ranks[value]:09d}"
        elif rule.mask == "year":
            row[name] = value if value is None else _new_year(value)
        else:
            row[name] = None


def _new_year(value: dt.date) -> dt.date:
    first = dt.date(value.year, 1, 1)
    return dt.datetime.combine(first, dt.time()) if isinstance(value, dt.datetime) else first


def refusable(catalog: Catalog, policy: Policy, query: MetricQuery, lineage: set[str]) -> bool:
    """Whether the question reads what its asker may not: by its metrics, by name, or by what stands in for a name."""
    hidden = {name for name, rule in policy.restricted.items() if rule.access in ("deny", "aggregate_only")}
    text = query.model_dump_json()
    metrics = [part for use in query.metrics for part in _tree(catalog, use.metric)]
    reads = {found for metric in metrics for found in _reads(catalog, metric)}
    named = {f"{dataset}.{item}" for dataset, item in NAMED.findall(text)}
    return bool(
        reads & policy.restricted.keys()
        or (named | lineage) & hidden
        or {metric.name for metric in metrics} & set(policy.role.denied_metrics)
        or {name.partition(".")[0] for name in reads | named | lineage} & set(policy.role.denied_datasets)
    )


def _tree(catalog: Catalog, name: str) -> list[Metric]:
    metric = catalog.metric_by_name[name]
    parts = [item.metric for item in metric.inputs] if metric.kind == "derived" else []
    parts += [metric.metric] if metric.kind == "cumulative" else []
    parts += list(metric.metrics) if metric.kind == "per_entity" else []
    return [metric, *(found for part in parts for found in _tree(catalog, part))]


def _reads(catalog: Catalog, metric: Metric) -> set[str]:
    found = {f"{dataset}.{item}" for dataset, item in NAMED.findall(metric.model_dump_json())}
    if isinstance(metric, AggregateMetric):
        dataset = catalog.dataset_by_name[metric.dataset]
        found.add(f"{metric.dataset}.{dataset.time_field or ''}")
    return found


def check(seed: int) -> dict[str, int]:
    """Asks one business under one policy; counts what was answered and what was refused."""
    chance = random.Random(seed)
    business = random_business(chance)
    policy = random_policy(chance, business)
    catalog = business.catalog.model_copy(update={"roles": (policy.role,)})
    view = view_for(catalog, Principal(attributes=policy.attributes, token_salt=SALT))
    plain = view_for(business.catalog, Principal())
    counts = {"answered": 0, "masked": 0, "refused": 0, "rows": 0}
    with duckdb.connect() as whole, duckdb.connect() as copy:
        for connection, data in ((whole, business), (copy, physical_copy(business, policy))):
            for statement in data.create_sql():
                connection.execute(statement)
        for _ in range(QUESTIONS_A_BUSINESS):
            query = MetricQuery.model_validate(_question(chance, business))
            try:
                expected = compile_query(plain, query)
            except QueryError:
                continue
            lineage = {name for names in expected.explanation.lineage.values() for name in names}
            try:
                compiled = compile_permitted(view, query)
                guarded = guard_compiled(compiled, view)
            except (PolicyRefusal, QueryError, UnknownNameError) as error:
                if not refusable(catalog, policy, query, lineage):
                    pytest.fail(f"seed {seed}: refused without need: {query!r}\n{policy}\n{error}")
                counts["refused"] += 1
                continue
            mine, theirs = whole.execute(guarded.sql).fetchall(), copy.execute(expected.sql).fetchall()
            if not same(mine, theirs):
                pytest.fail(
                    f"seed {seed}: {query!r}\n{policy.role!r}\n{guarded.sql}\ngave {shown(mine)}\nnot  {shown(theirs)}"
                )
            counts["answered"] += 1
            counts["masked"] += bool(lineage & policy.restricted.keys())
            counts["rows"] += len(mine)
    return counts


def _question(chance: random.Random, business: Business) -> dict[str, Any]:
    query = random_query(chance, business)
    timed = [item.name for item in business.catalog.datasets if item.time_field]
    if timed and chance.random() < 0.25:
        key = {"kind": "time", "field": f"{chance.choice(timed)}.happened", "grain": chance.choice(("year", "month"))}
        query["group_by"] = [*query["group_by"], {**key, "alias": "moment"}]
    return query


def run(seeds: range, at_least: int) -> None:
    totals = {"answered": 0, "masked": 0, "refused": 0, "rows": 0}
    for seed in seeds:
        for name, count in check(seed).items():
            totals[name] += count
    assert totals["answered"] + totals["refused"] >= at_least, totals
    assert totals["answered"] > at_least / 4, totals
    assert totals["masked"] > at_least / 50, totals
    assert totals["rows"] > totals["answered"], totals


def test_a_hundred_questions_under_random_policies() -> None:
    run(range(1, 23), 100)


@pytest.mark.slow
def test_a_thousand_questions_under_random_policies() -> None:
    run(range(1000, 1200), 1000)
