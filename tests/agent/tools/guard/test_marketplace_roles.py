"""What a marketplace needs can be declared: own rows along joins, names by first letter, no money, persons only counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.errors import UsageError
from catalog.loader import load_with_issues
from catalog.query import MetricQuery

MARKETPLACE = Path(__file__).parents[3] / "foreign" / "marketplace"
# The support agent's rules as the business would say them: names by first letter, nothing in naira.
SUPPORT = {
    "datasets": "*",
    "metrics": "*",
    "free_sql": True,
    "field_rules": [
        {"fields": ["personal"], "access": "deny"},
        {"fields": ["users.user_full_name"], "access": "mask", "mask": "initial"},
        {"fields": ["users.user_birth_date"], "access": "mask", "mask": "year"},
        {"fields": ["unit:NGN"], "access": "deny"},
    ],
}
PARTNER = {
    "datasets": ["orders", "shipments", "addresses", "cities", "regions"],
    "metrics": "*",
    "free_sql": True,
    "row_filters": {
        "shipments": "shipments.delivery_partner_id = user.delivery_partner_id",
        "orders": "shipments.delivery_partner_id = user.delivery_partner_id",
    },
    "field_rules": [
        {"fields": ["personal"], "access": "deny"},
        {"fields": ["unit:NGN"], "access": "deny"},
        {"fields": ["shipments.delivery_fee"], "access": "show"},
    ],
}
AGENT = Principal(user="agent_2", role="support_agent")
VENDOR = Principal(user="vendor_17", role="vendor", attributes={"vendor_id": 17})
COURIER = Principal(user="partner_3", role="delivery_partner", attributes={"delivery_partner_id": 3})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("marketplace")
    shutil.copytree(MARKETPLACE / "catalog", made / "catalog")
    roles = made / "catalog" / "roles.yaml"
    declared = yaml.safe_load(roles.read_text(encoding="utf-8"))
    declared["roles"]["support_agent"] = SUPPORT
    declared["roles"]["delivery_partner"] = PARTNER
    declared["roles"]["vendor"] |= {"free_sql": True, "reveal": ["reviews.review_text"]}
    declared["roles"]["admin"]["reveal"] = ["personal"]
    roles.write_text(yaml.safe_dump(declared, sort_keys=False), encoding="utf-8")
    with duckdb.connect(str(made / "marketplace.duckdb")) as connection:
        connection.execute((MARKETPLACE / "database.sql").read_text(encoding="utf-8"))
    return made


@pytest.fixture(scope="module")
def service(place: Path) -> Iterator[PlumblineService]:
    settings = Settings(home=place / "home", model=None)
    with PlumblineService.open(settings, catalog=place / "catalog", database=place / "marketplace.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def truth(place: Path, service: PlumblineService) -> Callable[[str], object]:
    def one(sql: str) -> object:
        with duckdb.connect(str(place / "marketplace.duckdb"), read_only=True) as connection:
            row = connection.execute(sql).fetchone()
        return row[0] if row else None

    return one


def _asked(service: PlumblineService, who: Principal, **parts: object) -> Answer:
    return service.run_query(MetricQuery.model_validate(parts), principal=who)


def test_the_roles_are_sound(place: Path) -> None:
    _, issues = load_with_issues(place / "catalog")
    assert not [issue for issue in issues if issue.severity == "error"]


def test_names_are_seen_by_first_letter(service: PlumblineService) -> None:
    answer = service.run_sql("SELECT DISTINCT user_full_name FROM users ORDER BY 1", principal=AGENT)
    names = [row[0] for row in answer.results[0].rows]
    assert names and all(len(name) == 4 and name.endswith("***") for name in names)
    grouped = _asked(
        service,
        AGENT,
        metrics=[{"metric": "order_count"}],
        group_by=[{"kind": "field", "field": "users.user_full_name"}],
    )
    assert grouped.status == "answer"
    assert {row[0] for row in grouped.results[0].rows} <= {*names, None}
    assert any("by first letter only" in caveat for caveat in grouped.caveats)
    assert service.run_sql("SELECT user_email FROM users", principal=AGENT).status == "refuse"


def test_nothing_in_naira(service: PlumblineService) -> None:
    for metric in ("gmv", "avg_order_value", "total_payment_value", "avg_delivery_fee", "avg_return_amount"):
        assert _asked(service, AGENT, metrics=[{"metric": metric}]).status in ("refuse", "clarify"), metric
    for sql in (
        "SELECT total_amount FROM orders",
        "SELECT sum(delivery_fee) FROM shipments",
        "SELECT product_price FROM products",
    ):
        assert service.run_sql(sql, principal=AGENT).status != "answer", sql
    everything = service.run_sql("SELECT * FROM orders LIMIT 1", principal=AGENT)
    assert "total_amount" not in [column.name for column in everything.results[0].columns]
    assert _asked(service, AGENT, metrics=[{"metric": "order_count"}]).status == "answer"


def test_of_naira_the_courier_sees_fees_alone(service: PlumblineService, truth: Callable[[str], object]) -> None:
    fee = _asked(service, COURIER, metrics=[{"metric": "avg_delivery_fee"}])
    own = truth("SELECT avg(delivery_fee) FROM shipments WHERE delivery_partner_id = 3")
    assert fee.results[0].rows[0][0] == pytest.approx(own)
    orders = _asked(service, COURIER, metrics=[{"metric": "order_count"}])
    assert orders.results[0].rows[0][0] == truth(
        "SELECT count(DISTINCT order_id) FROM shipments WHERE delivery_partner_id = 3"
    )
    assert _asked(service, COURIER, metrics=[{"metric": "gmv"}]).status == "refuse"


def test_a_vendor_sees_its_own_along_the_joins(service: PlumblineService, truth: Callable[[str], object]) -> None:
    gmv = _asked(service, VENDOR, metrics=[{"metric": "gmv"}])
    assert gmv.results[0].rows[0][0] == pytest.approx(
        truth("SELECT sum(total_amount) FROM orders WHERE vendor_id = 17")
    )
    reviews = _asked(service, VENDOR, metrics=[{"metric": "review_count"}])
    assert reviews.results[0].rows[0][0] == truth(
        "SELECT count(*) FROM reviews JOIN products USING (product_id) WHERE vendor_id = 17"
    )
    buyers = _asked(service, VENDOR, metrics=[{"metric": "unique_customers"}])
    assert buyers.results[0].rows[0][0] == truth("SELECT count(DISTINCT user_id) FROM orders WHERE vendor_id = 17")
    assert service.run_sql("SELECT user_gender FROM users", principal=VENDOR).status == "refuse"
    assert service.run_sql("SELECT count(DISTINCT user_gender) FROM users", principal=VENDOR).status == "answer"


def test_what_needs_hidden_rows_is_refused(service: PlumblineService) -> None:
    def of(value: int, field: str = "orders.vendor_id") -> Answer:
        condition = {"kind": "field", "field": field, "operator": "eq", "values": [value]}
        return _asked(service, VENDOR, metrics=[{"metric": "gmv"}], where=condition)

    assert of(17).status == "answer"
    there, never = of(5), of(5_000_000)
    assert there.status == never.status == "refuse"
    assert there.headline == never.headline and there.refusal == never.refusal
    ranking = _asked(
        service,
        VENDOR,
        metrics=[{"metric": "gmv"}],
        group_by=[{"kind": "field", "field": "orders.vendor_id"}],
        order_by=[{"column": "gmv", "descending": True}],
        limit=3,
    )
    assert ranking.status == "refuse"
    assert _asked(service, VENDOR, metrics=[{"metric": "active_vendors"}]).status in ("refuse", "clarify")
    products = _asked(
        service,
        VENDOR,
        metrics=[{"metric": "order_count"}],
        group_by=[{"kind": "field", "field": "products.product_name"}],
        order_by=[{"column": "order_count", "descending": True}],
        limit=3,
    )
    assert products.status == "answer"


def test_an_admin_reveals_one_person_and_leaves_word(service: PlumblineService, truth: Callable[[str], object]) -> None:
    admin = Principal(user="ada", role="admin")
    assert service.run_sql("SELECT user_email FROM users", principal=admin).status == "refuse"
    answer = service.reveal("users", "17", reason="chargeback 4711", principal=admin)
    row = dict(zip((column.name for column in answer.results[0].columns), answer.results[0].rows[0], strict=True))
    assert row["user_email"] == truth("SELECT user_email FROM users WHERE user_id = 17")
    assert "user_gender" not in row
    recorded = service.business.audit.show(answer.receipt or "", user="ada").receipt
    assert "chargeback 4711" in recorded.question and "users 17" in recorded.question
    assert any("users.user_email" in policy for policy in recorded.policies)
    assert str(row["user_email"]) not in recorded.canonical()
    assert service.reveal("users", "987654", reason="chargeback 4711", principal=admin).results[0].rows == ()
    with pytest.raises(UsageError, match="does not reveal it again"):
        service.replay(answer.receipt or "")


def test_nobody_else_reveals_and_no_more_than_their_rows(
    service: PlumblineService, truth: Callable[[str], object]
) -> None:
    assert service.reveal("users", "17", reason="curious about it", principal=AGENT).status == "refuse"
    assert service.reveal("users", "17", reason="curious about it", principal=VENDOR).status == "refuse"
    own, other = (
        truth(f"SELECT min(review_id) FROM reviews JOIN products USING (product_id) WHERE vendor_id {sign} 17")
        for sign in ("=", "<>")
    )
    assert len(service.reveal("reviews", str(own), reason="answering it", principal=VENDOR).results[0].rows) == 1
    assert service.reveal("reviews", str(other), reason="answering it", principal=VENDOR).results[0].rows == ()
    for key, reason in (("17 OR 1=1", "a good reason"), ("17; DROP TABLE users", "a good reason"), ("17", "x")):
        with pytest.raises(UsageError):
            service.reveal("users", key, reason=reason, principal=Principal(user="ada", role="admin"))
