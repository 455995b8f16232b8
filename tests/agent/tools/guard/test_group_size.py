"""Minimum group sizes: no question, no pair and no series of questions tells about fewer people than the policy's minimum.

The oracle knows the rows: it forms every sum of answered groups and takes it from every other, as someone would who wants
to know about one person.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.errors import PolicyRefusal
from agent.tools.guard.answered_cells import AnsweredCells
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.guard.large_groups import ProtectedQuery, admitted
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView, Principal, view_for
from catalog.models import Catalog, FieldRule, Role
from catalog.query import MetricQuery

K = 5
PEOPLE = 160
CITIES = ("Ulm", "Bonn", "Kiel")
TEAMS = ("red", "blue", "green", "grey")
ILLNESSES = ("none", "cold", "flu", "rare")


@dataclass(frozen=True)
class Person:
    """One row, and the bit that stands for it in a set of people."""

    number: int
    city: str
    team: str
    age: int
    illness: str
    pay: int
    since: dt.date


def _people() -> list[Person]:
    chance = random.Random(11)
    return [
        Person(
            number,
            chance.choices(CITIES, (6, 3, 1))[0],
            chance.choices(TEAMS, (5, 5, 5, 1))[0],
            chance.randint(20, 64),
            chance.choices(ILLNESSES, (10, 6, 5, 1))[0],
            chance.randint(20, 90) * 100,
            dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(180)),
        )
        for number in range(PEOPLE)
    ]


PERSONS = _people()


def _field(name: str, kind: str, role: str) -> dict[str, str]:
    return {"name": name, "expression": name, "type": kind, "role": role, "label": name}


def _catalog() -> Catalog:
    metric = {"kind": "aggregate", "dataset": "people"}
    fields = [
        _field("number", "integer", "key"),
        _field("city", "string", "dimension"),
        _field("team", "string", "dimension"),
        _field("age", "integer", "measure"),
        _field("illness", "string", "dimension"),
        _field("pay", "integer", "measure"),
        _field("since", "date", "time"),
    ]
    visits = [
        _field("visit", "integer", "key"),
        _field("number", "integer", "key"),
        _field("cost", "integer", "measure"),
    ]
    rule = FieldRule(fields=("people.illness", "people.pay"), access="show", minimum_group_size=K)
    role = Role(
        name="tried",
        label="Tried",
        default=True,
        datasets=("*",),
        metrics=("*",),
        field_rules=(rule,),
        free_sql=True,
    )
    return Catalog.model_validate(
        {
            "name": "clinic",
            "label": "Clinic",
            "datasets": [
                {
                    "name": "people",
                    "source": "people",
                    "label": "people",
                    "singular": "person",
                    "primary_key": ["number"],
                    "time_field": "since",
                    "fields": fields,
                },
                {
                    "name": "visits",
                    "source": "visits",
                    "label": "visits",
                    "singular": "visit",
                    "primary_key": ["visit"],
                    "fields": visits,
                },
            ],
            "relationships": [
                {
                    "name": "whose",
                    "from_dataset": "visits",
                    "to_dataset": "people",
                    "from_fields": ["number"],
                    "to_fields": ["number"],
                }
            ],
            "metrics": [
                {**metric, "name": "heads", "label": "Heads", "aggregation": "count", "expression": "*"},
                {**metric, "name": "payroll", "label": "Payroll", "aggregation": "sum", "expression": "people.pay"},
                {**metric, "name": "top_pay", "label": "Top pay", "aggregation": "max", "expression": "people.pay"},
                {
                    "kind": "derived",
                    "name": "mean_pay",
                    "label": "Mean pay",
                    "formula": "payroll / heads",
                    "inputs": [{"name": "payroll", "metric": "payroll"}, {"name": "heads", "metric": "heads"}],
                },
                {
                    "kind": "aggregate",
                    "dataset": "visits",
                    "name": "visit_count",
                    "label": "Visits",
                    "aggregation": "count",
                    "expression": "*",
                },
            ],
            "roles": [role.model_dump()],
        }
    )


CATALOG = _catalog()


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE TABLE people (number INT, city VARCHAR, team VARCHAR, age INT, illness VARCHAR, pay INT, since DATE)"
        )
        opened.executemany(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(p.number, p.city, p.team, p.age, p.illness, p.pay, p.since) for p in PERSONS],
        )
        opened.execute("CREATE TABLE visits AS SELECT i AS visit, i % 160 AS number, i AS cost FROM range(700) t(i)")
        yield opened


class Clinic:
    """One user's questions against the clinic, as the doors take them."""

    def __init__(self, connection: Any, home: Path, user: str = "eve") -> None:
        self.view: CatalogView = view_for(CATALOG, Principal(user=user))
        self.memory = AnsweredCells.open(home)
        self.connection = connection

    def run(self, guarded: GuardedStatement) -> ResultTable:
        cursor = self.connection.execute(guarded.sql)
        return ResultTable(name="result", sql=guarded.sql, columns=(), rows=tuple(cursor.fetchall()))

    def admitted(self, query: dict[str, Any]) -> ProtectedQuery | None:
        """The question as it may be answered, or None where it is refused for the size of its groups."""
        asked = MetricQuery.model_validate(query)
        compile_permitted(self.view, asked)
        try:
            return admitted(self.view, asked, None, lambda it: self.memory.admit(self.view, it, self.run), self.run)
        except PolicyRefusal as refusal:
            assert refusal.rule == "minimum_group_size"
            return None

    def ask(self, query: dict[str, Any]) -> tuple[tuple[Any, ...], ...] | None:
        """The rows, or None where the question is refused or cut down for the size of its groups."""
        protected = self.admitted(query)
        return None if protected is None or protected.condition is not None else self.rows(protected)

    def rows(self, protected: ProtectedQuery) -> tuple[tuple[Any, ...], ...]:
        """The rows of an admitted question."""
        return self.run(guard_compiled(compile_permitted(self.view, protected.query), self.view)).rows


def _condition(field: str, operator: str, *values: Any) -> dict[str, Any]:
    return {"kind": "field", "field": f"people.{field}", "operator": operator, "values": list(values)}


def _where(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "and", "conditions": list(conditions)}


def _by(*names: str) -> list[dict[str, str]]:
    return [{"kind": "field", "field": f"people.{name}"} for name in names]


QUARTERS = {"kind": "time", "grain": "quarter"}
ILL = _condition("illness", "in", "cold", "flu")


def _random_query(chance: random.Random) -> dict[str, Any]:
    """A question about illness or pay that narrows people down in one of many ways, some of them to nearly nobody."""
    conditions = [] if chance.random() < 0.4 else [ILL]
    for _ in range(chance.choice((0, 1, 1, 2))):
        conditions.append(
            chance.choice(
                (
                    _condition("age", "lt", chance.randint(22, 66)),
                    _condition("age", "ge", chance.randint(18, 60)),
                    _condition("city", "ne", chance.choice(CITIES)),
                    _condition("team", "in", *chance.sample(TEAMS, 3)),
                    _condition("number", "ne", chance.randrange(PEOPLE)),
                    {
                        "kind": "not",
                        "condition": _where(_condition("city", "eq", "Kiel"), _condition("team", "eq", "red")),
                    },
                )
            )
        )
    query: dict[str, Any] = {
        "metrics": [{"metric": "payroll" if len(conditions) == 0 or chance.random() < 0.5 else "heads"}]
    }
    if all(condition is not ILL for condition in conditions) and query["metrics"][0]["metric"] == "heads":
        conditions.append(ILL)
    if conditions:
        query["where"] = _where(*conditions)
    query["group_by"] = chance.choice(
        (
            [],
            [],
            _by("city"),
            _by("team"),
            _by("illness"),
            [QUARTERS],
            [*_by("team"), QUARTERS],
            [*_by("illness"), QUARTERS],
        )
    )
    if chance.random() < 0.3:
        start = dt.date(2026, 1, 1) + dt.timedelta(days=chance.choice((0, 1, 2, 30)))
        query["period"] = {
            "start": start,
            "end": dt.date(2026, 6, 30) - dt.timedelta(days=chance.choice((0, 1, 2, 30))),
        }
    return query


def _holds(person: Person, condition: dict[str, Any]) -> bool:
    if condition["kind"] == "and":
        return all(_holds(person, item) for item in condition["conditions"])
    if condition["kind"] == "not":
        return not _holds(person, condition["condition"])
    value: Any = getattr(person, condition["field"].partition(".")[2])
    first = condition["values"][0]
    holds: dict[str, bool] = {
        "eq": value == first,
        "ne": value != first,
        "lt": value < first if condition["operator"] == "lt" else False,
        "ge": value >= first if condition["operator"] == "ge" else False,
        "in": value in condition["values"],
    }
    return holds[str(condition["operator"])]


def groups_of(query: dict[str, Any], shown: tuple[Any, ...] | None = None) -> list[int]:
    """The people behind each row of the answer, a bit for each. Of a breakdown cut down to the groups shown, all that is
    left out counts as a row, too: whoever knows a total knows it."""
    found: dict[Any, int] = {}
    period = query.get("period")
    for person in PERSONS:
        if period and not period["start"] <= person.since < period["end"]:
            continue
        if "where" in query and not _holds(person, query["where"]):
            continue
        key: list[Any] = []
        for item in query["group_by"]:
            if item["kind"] == "time":
                key.append((person.since.month - 1) // 3)
                continue
            value = getattr(person, item["field"].partition(".")[2])
            key.append(value if shown is None or value in shown else "left out")
        found[tuple(key)] = found.get(tuple(key), 0) | 1 << person.number
    return list(found.values())


def smallest_difference(answered: list[list[int]]) -> int:
    """The fewest people that a sum of groups, less another sum, can be about."""
    sums = []
    for groups in answered:
        mine = {0}
        for group in groups:
            mine |= {one | group for one in mine}
        sums.append(mine)
    fewest = PEOPLE
    for one, other in itertools.combinations_with_replacement(range(len(sums)), 2):
        for left in sums[one]:
            for right in sums[other]:
                size = (left ^ right).bit_count()
                if 0 < size < fewest:
                    fewest = size
    return fewest


def _isolated(clinic: Clinic, queries: list[dict[str, Any]]) -> tuple[int, int, int]:
    """How many of the questions were answered, the fewest people their answers tell about, and how many were cut down."""
    answered = []
    cut_down = 0
    for query in queries:
        protected = clinic.admitted(query)
        if protected is not None:
            cut_down += protected.condition is not None
            answered.append(groups_of(query, protected.condition.values if protected.condition is not None else None))
    return len(answered), smallest_difference(answered), cut_down


def _pairs(connection: Any, home: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    answered = both = unprotected = cut_down = 0
    for number in range(count):
        first = _random_query(chance)
        second = _random_query(chance)
        if chance.random() < 0.6:  # an adjacent one: the same but for a condition more
            more = chance.choice((_condition("number", "ne", chance.randrange(PEOPLE)), _condition("age", "lt", 64)))
            second = {**first, "where": _where(*([first["where"]] if "where" in first else []), more)}
        clinic = Clinic(connection, home, user=f"eve {number}")
        some, fewest, fewer = _isolated(clinic, [first, second])
        clinic.memory.close()
        assert fewest >= K, (first, second, fewest)
        answered += some
        cut_down += fewer
        both += some == 2
        unprotected += smallest_difference([groups_of(first), groups_of(second)]) < K
    assert answered > count / 3, answered
    assert both > count / 50, both
    assert cut_down > count / 25, cut_down
    assert unprotected > count / 3, unprotected  # the pairs are dangerous ones


def test_a_hundred_pairs_isolate_nobody(connection: Any, tmp_path: Path) -> None:
    _pairs(connection, tmp_path, 100, seed=1)


@pytest.mark.slow
def test_a_thousand_pairs_isolate_nobody(connection: Any, tmp_path: Path) -> None:
    _pairs(connection, tmp_path, 1000, seed=2)


def test_a_series_of_questions_isolates_nobody(connection: Any, tmp_path: Path) -> None:
    chance = random.Random(3)
    for number in range(8):
        clinic = Clinic(connection, tmp_path, user=f"tracker {number}")
        answered, fewest, _ = _isolated(clinic, [_random_query(chance) for _ in range(8)])
        assert answered
        assert fewest >= K


def test_a_tracker_of_three_questions_is_stopped(connection: Any, tmp_path: Path) -> None:
    """payroll(all) - payroll(Ulm) - payroll(elsewhere, without one person) is that person's pay."""
    clinic = Clinic(connection, tmp_path)
    pay = [{"metric": "payroll"}]
    person = next(item for item in PERSONS if item.city != "Ulm")
    assert clinic.ask({"metrics": pay}) is not None
    assert clinic.ask({"metrics": pay, "where": _condition("city", "eq", "Ulm")}) is not None
    rest = _where(_condition("city", "ne", "Ulm"), _condition("number", "ne", person.number))
    assert clinic.ask({"metrics": pay, "where": rest}) is None


def test_a_question_asked_again_is_answered_again(connection: Any, tmp_path: Path) -> None:
    clinic = Clinic(connection, tmp_path)
    query = {"metrics": [{"metric": "mean_pay"}], "group_by": _by("team"), "where": _condition("team", "ne", "grey")}
    assert clinic.ask(query) == clinic.ask(query) is not None


@pytest.mark.parametrize("illness", ILLNESSES)
def test_a_refusal_does_not_tell_what_one_person_has(connection: Any, tmp_path: Path, illness: str) -> None:
    clinic = Clinic(connection, tmp_path)
    for person in PERSONS[:8]:
        only = _where(_condition("illness", "eq", illness), _condition("number", "eq", person.number))
        assert clinic.ask({"metrics": [{"metric": "heads"}], "where": only}) is None
        either = {
            "kind": "or",
            "conditions": [_condition("illness", "eq", illness), _condition("number", "ne", person.number)],
        }
        assert clinic.ask({"metrics": [{"metric": "heads"}], "where": either}) is None


def test_what_is_not_sensitive_is_not_held_back(connection: Any, tmp_path: Path) -> None:
    clinic = Clinic(connection, tmp_path)
    assert clinic.ask({"metrics": [{"metric": "heads"}], "where": _condition("number", "eq", 3)}) == ((1,),)


def test_the_memory_belongs_to_its_user_and_outlives_the_process(connection: Any, tmp_path: Path) -> None:
    age = next(age for age in range(35, 50) if 0 < sum(person.age == age for person in PERSONS) < K)
    whole = {"metrics": [{"metric": "payroll"}], "where": _condition("age", "lt", age)}
    but_one = {"metrics": [{"metric": "payroll"}], "where": _condition("age", "lt", age + 1)}
    clinic = Clinic(connection, tmp_path, user="eve")
    assert clinic.ask(whole) is not None
    clinic.memory.close()
    assert Clinic(connection, tmp_path, user="eve").ask(but_one) is None
    assert Clinic(connection, tmp_path, user="bob").ask(but_one) is not None


REFUSED = [
    {"metrics": [{"metric": "top_pay"}]},
    {"metrics": [{"metric": "payroll"}], "group_by": _by("number")},
    {"metrics": [], "group_by": _by("illness"), "where": _condition("number", "eq", 3)},
    {"metrics": [], "group_by": _by("number", "illness")},
    {
        "metrics": [{"metric": "visit_count"}],
        "where": _where(_condition("illness", "eq", "rare"), _condition("number", "ge", 157)),
    },
    {"metrics": [{"metric": "payroll", "where": _condition("number", "eq", 3)}]},
    {"metrics": [{"metric": "payroll"}], "period": {"start": PERSONS[0].since, "through": PERSONS[0].since}},
    {"metrics": [{"metric": "payroll"}], "group_by": [{"kind": "time", "grain": "day"}]},
]


@pytest.mark.parametrize("query", REFUSED)
def test_a_question_about_too_few_is_refused(connection: Any, tmp_path: Path, query: dict[str, Any]) -> None:
    assert Clinic(connection, tmp_path).ask(query) is None


CUT_DOWN: list[tuple[dict[str, Any], str]] = [
    ({"metrics": [{"metric": "payroll"}], "group_by": _by("team")}, "grey"),
    ({"metrics": [{"metric": "heads"}], "group_by": _by("illness")}, "rare"),
    ({"metrics": [{"metric": "mean_pay"}], "group_by": [*_by("team"), QUARTERS]}, "grey"),
    ({"metrics": [{"metric": "payroll"}], "group_by": _by("team"), "totals": "grand"}, "grey"),
    (
        {
            "metrics": [{"metric": "payroll"}],
            "group_by": _by("team"),
            "order_by": [{"column": "payroll", "descending": False}],
            "limit": 1,
        },
        "grey",
    ),
    (
        {
            "metrics": [{"metric": "payroll"}],
            "group_by": _by("team"),
            "having": [{"column": "payroll", "operator": "lt", "values": [40000]}],
        },
        "grey",
    ),
]


@pytest.fixture
def few_greys(connection: Any) -> Iterator[None]:
    """Three people in the grey team, and three with a rare illness."""
    small = {"team": ("grey", "red"), "illness": ("rare", "none")}
    for name, (group, other) in small.items():
        connection.execute(f"CREATE OR REPLACE TABLE kept_{name} AS SELECT number, {name} FROM people")
        connection.execute(
            f"UPDATE people SET {name} = '{other}' WHERE {name} = '{group}' AND number NOT IN "
            f"(SELECT number FROM people WHERE {name} = '{group}' ORDER BY number LIMIT 3)"
        )
    yield
    for name in small:
        connection.execute(
            f"UPDATE people SET {name} = kept_{name}.{name} FROM kept_{name} WHERE kept_{name}.number = people.number"
        )


@pytest.mark.parametrize(("query", "small"), CUT_DOWN)
def test_a_breakdown_is_cut_down_to_its_large_groups(
    connection: Any, tmp_path: Path, few_greys: None, query: dict[str, Any], small: str
) -> None:
    clinic = Clinic(connection, tmp_path)
    protected = clinic.admitted(query)
    assert protected is not None and protected.condition is not None
    field = str(query["group_by"][0]["field"]).partition(".")[2]
    sizes = dict(connection.execute(f"SELECT {field}, count(*) FROM people GROUP BY 1").fetchall())
    left_out = set(sizes) - set(protected.condition.values)
    assert small in left_out and len(left_out) >= 2, "one group alone would be the total less the others"
    assert sum(sizes[name] for name in left_out) >= K
    assert not any(name in row for row in clinic.rows(protected) for name in left_out)
    assert all(sizes[name] >= K for name in protected.condition.values)
    # Neither the total nor the groups beside it give the small one away.
    assert clinic.admitted({"metrics": query["metrics"]}) is not None
    alone = {"metrics": query["metrics"], "where": _condition(field, "eq", small)}
    assert clinic.admitted(alone) is None
    for name in left_out - {small}:
        assert clinic.admitted({"metrics": query["metrics"], "where": _condition(field, "eq", name)}) is None


def test_earlier_answers_are_minded_where_a_breakdown_is_cut_down(
    connection: Any, tmp_path: Path, few_greys: None
) -> None:
    """Told of blue and red, and then of all but green, the next breakdown must not leave the greys alone."""
    clinic = Clinic(connection, tmp_path)
    pay = [{"metric": "payroll"}]
    for team in ("blue", "red"):
        assert clinic.ask({"metrics": pay, "where": _condition("team", "eq", team)}) is not None
    protected = clinic.admitted({"metrics": pay, "group_by": _by("team")})
    assert protected is None or "green" not in getattr(protected.condition, "values", ("green",))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pay FROM people",
        "SELECT avg(pay) FROM people",
        "SELECT count(*) FROM people WHERE illness = 'rare'",
        "SELECT city FROM people ORDER BY pay",
        "SELECT p.illness FROM people AS p",
    ],
)
def test_the_free_door_does_not_hold_the_field(tmp_path: Path, connection: Any, sql: str) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_free(sql, Clinic(connection, tmp_path).view)
    assert refusal.value.rule == "minimum_group_size"


def test_the_free_door_shows_the_rest(tmp_path: Path, connection: Any) -> None:
    guarded = guard_free("SELECT * FROM people", Clinic(connection, tmp_path).view)
    assert guarded.copy is not None
    assert guarded.copy.tables[0].columns == ("number", "city", "team", "age", "since")
