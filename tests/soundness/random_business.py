"""Random businesses and questions: tables with nulls, dangling references and repeated values, metrics of every kind."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.models import AggregateMetric, Catalog, CumulativeMetric, DerivedMetric, PerEntityMetric

NOUNS = ("orders", "lines", "people", "places", "things", "visits")
KINDS = ("alpha", "beta", "gamma", None)
FIRST_DAY = dt.date(2026, 1, 1)
DAYS = 100

Row = dict[str, Any]


@dataclass(frozen=True)
class Test:
    """A condition as data, so that the evaluator need not read SQL: a field, an operator, values."""

    field: str
    operator: str
    values: tuple[Any, ...]

    def sql(self) -> str:
        """The condition as a catalog would write it."""
        shown = [f"'{value}'" if isinstance(value, str) else str(value) for value in self.values]
        if self.operator == "in":
            return f"{self.field} IN ({', '.join(shown)})"
        sign = {"eq": "=", "ne": "<>", "gt": ">", "le": "<="}[self.operator]
        return f"{self.field} {sign} {shown[0]}"


@dataclass
class Business:
    """A catalog, its rows, and the filters of its metrics as data."""

    catalog: Catalog
    rows: dict[str, list[Row]]
    filters: dict[str, Test]

    def create_sql(self) -> list[str]:
        """Statements that make the tables."""
        found = []
        for dataset in self.catalog.datasets:
            columns = ", ".join(f"{item.name} {_SQL_TYPES[item.type.value]}" for item in dataset.fields)
            found.append(f"CREATE OR REPLACE TABLE {dataset.name} ({columns})")
            lines = [
                "(" + ", ".join(_sql_value(row[item.name]) for item in dataset.fields) + ")"
                for row in self.rows[dataset.name]
            ]
            if lines:
                found.append(f"INSERT INTO {dataset.name} VALUES {', '.join(lines)}")
        return found


_SQL_TYPES = {
    "string": "VARCHAR",
    "integer": "INTEGER",
    "number": "DECIMAL(10,2)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def _sql_value(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    kind = "TIMESTAMP " if isinstance(value, dt.datetime) else "DATE " if isinstance(value, dt.date) else ""
    return f"{kind}'{value}'"


def random_business(chance: random.Random) -> Business:
    """Three to six datasets in a random acyclic net of references, and a dozen metrics on them."""
    names = list(NOUNS[: chance.randint(3, 6)])
    chance.shuffle(names)
    datasets, relationships = [], []
    rows: dict[str, list[Row]] = {}
    for index, name in enumerate(names):
        parents = names[:index]
        chance.shuffle(parents)
        chosen = parents[: chance.randint(1, 2)] if parents else []
        timed = chance.choice(("date", "timestamp", "timestamp", None))
        fields = [_field(f"{name}_id", "integer", "key")]
        for parent in chosen:
            fields.append(_field(f"{parent}_ref", "integer", "key"))
            one_to_one = chance.random() < 0.1
            relationships.append(_relationship(name, parent, one_to_one))
        fields += [
            _field("kind", "string", "dimension", shared=chance.random() < 0.4),
            _field("size", "integer", "measure"),
            _field("amount", "number", "measure"),
            _field("flag", "boolean", "dimension"),
        ]
        if timed:
            fields.append(_field("happened", timed, "time"))
        datasets.append(
            {
                "name": name,
                "source": name,
                "label": name,
                "singular": name,
                "primary_key": [f"{name}_id"],
                "time_field": "happened" if timed else None,
                "fields": fields,
            }
        )
        one_to_one_to = {
            item["to_dataset"] for item in relationships if item["from_dataset"] == name and item["one_to_one"]
        }
        rows[name] = _rows(chance, name, chosen, rows, timed, one_to_one_to)
    metrics, filters = _metrics(chance, datasets, relationships)
    catalog = Catalog.model_validate(
        {
            "name": "random",
            "label": "Random",
            "datasets": datasets,
            "relationships": relationships,
            "metrics": metrics,
        }
    )
    return Business(catalog, rows, filters)


def _field(name: str, kind: str, role: str, shared: bool = False) -> dict[str, Any]:
    field = {"name": name, "expression": name, "type": kind, "role": role, "label": name}
    return {**field, "shared_dimension": "kind"} if shared else field


def _relationship(child: str, parent: str, one_to_one: bool) -> dict[str, Any]:
    return {
        "name": f"{child}_{parent}",
        "from_dataset": child,
        "to_dataset": parent,
        "from_fields": [f"{parent}_ref"],
        "to_fields": [f"{parent}_id"],
        "one_to_one": one_to_one,
    }


def _rows(
    chance: random.Random,
    name: str,
    parents: list[str],
    rows: dict[str, list[Row]],
    timed: str | None,
    one_to_one: set[str],
) -> list[Row]:
    found: list[Row] = []
    free = {parent: [row[f"{parent}_id"] for row in rows[parent]] for parent in one_to_one}
    for number in range(chance.randint(0, 14) + 4 * len(parents)):
        row: Row = {f"{name}_id": number}
        for parent in parents:
            if parent in free:
                chance.shuffle(free[parent])
                row[f"{parent}_ref"] = free[parent].pop() if free[parent] and chance.random() < 0.8 else None
            elif chance.random() < 0.1 or not rows[parent]:
                row[f"{parent}_ref"] = chance.choice((None, 999))
            else:
                row[f"{parent}_ref"] = chance.choice(rows[parent])[f"{parent}_id"]
        row["kind"] = chance.choice(KINDS)
        row["size"] = chance.choice((None, 0, 1, 1, 2, 3, 5))
        row["amount"] = chance.choice(
            (None, Decimal("0.50"), Decimal("1.00"), Decimal("2.50"), Decimal("-1.00"), Decimal("4.00"))
        )
        row["flag"] = chance.choice((None, True, False))
        if timed:
            row["happened"] = _moment(chance, timed)
        found.append(row)
    return found


def _moment(chance: random.Random, timed: str) -> dt.date | dt.datetime | None:
    if chance.random() < 0.05:
        return None
    day = FIRST_DAY + dt.timedelta(days=chance.choice((0, 30, 31, 58, 59, 89, 90, chance.randrange(DAYS))))
    if timed == "date":
        return day
    return dt.datetime.combine(day, dt.time(*chance.choice(((0, 0), (12, 30), (23, 59)))))


def _metrics(
    chance: random.Random, datasets: list[dict[str, Any]], relationships: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, Test]]:
    metrics: list[dict[str, Any]] = []
    filters: dict[str, Test] = {}
    timed = [dataset["name"] for dataset in datasets if dataset["time_field"]]
    simple: list[str] = []
    for dataset in datasets:
        for _ in range(2):
            name = f"m{len(metrics)}"
            metrics.append(_aggregate(chance, name, dataset["name"]))
            simple.append(name)
            if chance.random() < 0.4:
                filters[name] = random_test(chance, dataset["name"])
                metrics[-1]["filter"] = filters[name].sql()
    for dataset in chance.sample(timed, k=min(2, len(timed))):
        name = f"m{len(metrics)}"
        take = chance.choice(("last", "first", "average"))
        level = {"over": f"{dataset}.happened", "take": take}
        base = {"kind": "aggregate", "name": name, "label": name, "dataset": dataset}
        metrics.append({**base, "aggregation": "sum", "expression": f"{dataset}.amount", "semi_additive": level})
    for formula in ("a / b", "a - b", "(a + 1) / (b - 1)"):
        name = f"m{len(metrics)}"
        one, two = chance.choice(simple), chance.choice(simple)
        inputs = [{"name": "a", "metric": one}, {"name": "b", "metric": two}]
        metrics.append({"kind": "derived", "name": name, "label": name, "formula": formula, "inputs": inputs})
    over = [item["name"] for item in metrics if item.get("dataset") in timed and "semi_additive" not in item]
    if over:
        window = chance.choice(
            ({"window": "2 months"}, {"window": "10 days"}, {"to_date": "month"}, {"to_date": "year"}, {})
        )
        name = f"m{len(metrics)}"
        metrics.append({"kind": "cumulative", "name": name, "label": name, "metric": chance.choice(over), **window})
        name = f"m{len(metrics)}"
        one = chance.choice(over)
        offset = chance.choice(("1 month", "7 days", "1 quarter"))
        inputs = [{"name": "a", "metric": one}, {"name": "b", "metric": one, "offset": offset}]
        metrics.append({"kind": "derived", "name": name, "label": name, "formula": "a / b", "inputs": inputs})
    if relationships:
        relation = chance.choice(relationships)
        child = relation["from_dataset"]
        inner = chance.choice(
            [item["name"] for item in metrics if item.get("dataset") == child and "semi_additive" not in item]
        )
        name = f"m{len(metrics)}"
        entity = [f"{child}.{relation['from_fields'][0]}"]
        step = {"kind": "per_entity", "name": name, "label": name, "entity": entity, "metrics": [inner]}
        metrics.append({**step, "expression": f"AVG(CASE WHEN {inner} > 1 THEN 1.0 ELSE 0 END)"})
    return metrics, filters


def _aggregate(chance: random.Random, name: str, dataset: str) -> dict[str, Any]:
    kind, column = chance.choice(
        (
            ("sum", "amount"),
            ("sum", "size"),
            ("count", "*"),
            ("count", "size"),
            ("count_distinct", "kind"),
            ("count_distinct", f"{dataset}_id"),
            ("average", "size"),
            ("min", "amount"),
            ("max", "size"),
            ("median", "size"),
            ("percentile", "size"),
            ("sum_boolean", "flag"),
        )
    )
    expression = column if column == "*" else f"{dataset}.{column}"
    metric = {"kind": "aggregate", "name": name, "label": name, "dataset": dataset, "aggregation": kind}
    more = {"percentile": 0.75, "percentile_discrete": chance.random() < 0.5} if kind == "percentile" else {}
    return {**metric, "expression": expression, **more}


def random_test(chance: random.Random, dataset: str) -> Test:
    """A condition on one of a dataset's fields."""
    return chance.choice(
        (
            Test(f"{dataset}.kind", "eq", ("alpha",)),
            Test(f"{dataset}.kind", "ne", ("beta",)),
            Test(f"{dataset}.kind", "in", ("alpha", "gamma")),
            Test(f"{dataset}.size", "gt", (1,)),
            Test(f"{dataset}.size", "le", (2,)),
        )
    )


def random_query(chance: random.Random, business: Business) -> dict[str, Any]:
    """A question as plain data. It may ask for what must be refused."""
    catalog = business.catalog
    metrics = chance.sample([metric.name for metric in catalog.metrics], k=chance.choice((1, 1, 1, 2, 3)))
    names = [dataset.name for dataset in catalog.datasets]
    group_by: list[dict[str, Any]] = []
    near = _near(catalog, metrics[0])
    for number in range(chance.choice((0, 1, 1, 2))):
        field = chance.choice(("kind", "kind", "flag", "size"))
        dataset = chance.choice(near if chance.random() < 0.7 else names)
        group_by.append({"kind": "field", "field": f"{dataset}.{field}", "alias": f"k{number}"})
    timed = chance.random() < 0.4
    if timed:
        group_by.append({"kind": "time", "grain": chance.choice(("month", "month", "day", "week", "quarter", "year"))})
    elif chance.random() < 0.1:
        group_by.append({"kind": "time", "part": chance.choice(("weekday", "month_of_year", "day_of_month"))})
    query: dict[str, Any] = {"metrics": [{"metric": name} for name in metrics], "group_by": group_by}
    if chance.random() < 0.5:
        query["where"] = random_condition(chance, near if chance.random() < 0.6 else names, 2)
    if chance.random() < 0.5:
        start = FIRST_DAY + dt.timedelta(days=chance.choice((0, 31, 45)))
        query["period"] = {"start": start, "end": start + dt.timedelta(days=chance.choice((28, 31, 50)))}
    if chance.random() < 0.25 and ("period" in query or timed):
        query["compare"] = [{"offset": chance.choice(("1 month", "31 days", "1 week"))}]
    if "period" in query and chance.random() < 0.15:
        start = query["period"]["start"] - dt.timedelta(days=chance.choice((31, 28, 10)))
        other = {"start": start, "end": start + (query["period"]["end"] - query["period"]["start"])}
        query.setdefault("compare", []).append({"name": "other", "period": other})
    if chance.random() < 0.15:
        query["metrics"][0]["where"] = random_condition(chance, near or names, 1)
    if group_by and chance.random() < 0.3:
        within = [_name(chance.choice(group_by))] if chance.random() < 0.4 and len(group_by) > 1 else []
        kind = chance.choice(("share", "rank", "growth") if timed else ("share", "rank"))
        query["calculations"] = [{"kind": kind, "metric": metrics[0], "within": within, "alias": "calculated"}]
    if chance.random() < 0.15:
        query["having"] = [{"column": metrics[0], "operator": chance.choice(("gt", "le")), "values": [1]}]
    if chance.random() < 0.4:
        query["order_by"] = [{"column": metrics[0], "descending": chance.random() < 0.5}]
    if group_by and chance.random() < 0.3:
        query["limit"] = chance.randint(1, 3)
        if len(group_by) > 1 and chance.random() < 0.4:
            query["limit_within"] = [_name(group_by[0])]
        query["others"] = chance.random() < 0.5 and not query.get("calculations")
    if group_by and not query.get("others") and chance.random() < 0.15:
        query["totals"] = chance.choice(("grand", "subtotals"))
    return query


def _near(catalog: Catalog, metric: str) -> list[str]:
    """The datasets of a metric and those they refer to."""
    found = catalog.metric_by_name[metric]
    if isinstance(found, AggregateMetric):
        parents = [item.to_dataset for item in catalog.relationships if item.from_dataset == found.dataset]
        return [found.dataset, *parents]
    inner = found.metric if isinstance(found, CumulativeMetric) else None
    if isinstance(found, DerivedMetric):
        inner = found.inputs[0].metric
    return (
        _near(catalog, inner)
        if inner
        else [found.entity[0].partition(".")[0]]
        if isinstance(found, PerEntityMetric)
        else []
    )


def _name(dimension: dict[str, Any]) -> str:
    return str(dimension.get("alias") or dimension.get("grain") or dimension.get("part"))


def random_condition(chance: random.Random, datasets: list[str], depth: int) -> dict[str, Any]:
    """A condition tree as plain data."""
    if depth and chance.random() < 0.4:
        kind = chance.choice(("and", "or", "not"))
        if kind == "not":
            return {"kind": "not", "condition": random_condition(chance, datasets, depth - 1)}
        parts = [random_condition(chance, datasets, depth - 1) for _ in range(2)]
        return {"kind": kind, "conditions": parts}
    dataset = chance.choice(datasets)
    if chance.random() < 0.2:
        operator = chance.choice(("is_null", "is_not_null"))
        return {"kind": "field", "field": f"{dataset}.{chance.choice(('kind', 'flag'))}", "operator": operator}
    if chance.random() < 0.2:
        operator = chance.choice(("in", "not_in"))
        return {"kind": "field", "field": f"{dataset}.kind", "operator": operator, "values": ["beta", None]}
    test = random_test(chance, dataset)
    return {"kind": "field", "field": test.field, "operator": test.operator, "values": list(test.values)}
