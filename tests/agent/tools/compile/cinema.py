"""A chain of cinemas: a small business of bookings with tickets, refunds, visits, stock and members, for the compiler's tests.

bookings(booking_id, member_id, screening_id, booked_at, channel, status)   a booking has one or more tickets
tickets(booking_id, seat, kind, price, discount)
screenings(screening_id, film_id, cinema_id, starts_at)   films(film_id, title, genre)   cinemas(cinema_id, city, region)
members(member_id, joined_on, tier, email, home_cinema_id)   refunds(refund_id, booking_id, amount, refunded_on)
visits(visit_id, member_id, channel, visited_at)   stock(counted_on, cinema_id, snack, quantity, unit_cost)
ads(ad_id, medium, started_on, cost)
"""

from __future__ import annotations

from typing import Any

from catalog.access import CatalogView, Principal, view_for
from catalog.models import Catalog


def _field(name: str, kind: str, role: str = "dimension", **more: Any) -> dict[str, Any]:
    return {"name": name, "expression": name, "type": kind, "role": role, "label": name.replace("_", " "), **more}


def _dataset(name: str, singular: str, key: list[str], fields: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "source": name,
        "label": name,
        "singular": singular,
        "primary_key": key,
        "fields": fields,
        **more,
    }


def _relation(name: str, child: str, parent: str, field: str, to: str | None = None, **more: Any) -> dict[str, Any]:
    ends = {"from_dataset": child, "to_dataset": parent, "from_fields": [field], "to_fields": [to or field]}
    return {"name": name, **ends, **more}


def _aggregate(name: str, dataset: str, aggregation: str, expression: str, **more: Any) -> dict[str, Any]:
    metric = {"kind": "aggregate", "name": name, "label": name.replace("_", " "), "dataset": dataset}
    return {**metric, "aggregation": aggregation, "expression": expression, **more}


def _derived(name: str, formula: str, inputs: list[Any], **more: Any) -> dict[str, Any]:
    named = [{"name": item, "metric": item} if isinstance(item, str) else item for item in inputs]
    label = name.replace("_", " ")
    return {"kind": "derived", "name": name, "label": label, "formula": formula, "inputs": named, **more}


def _conversion(name: str, calculation: str, **more: Any) -> dict[str, Any]:
    events = {"base_metric": "visit_count", "conversion_metric": "all_bookings"}
    entities = {"base_entity": "visits.member_id", "conversion_entity": "bookings.member_id"}
    kind = {"kind": "conversion", "name": name, "label": name.replace("_", " "), "calculation": calculation}
    return {**kind, **events, **entities, **more}


DATASETS = [
    _dataset(
        "bookings",
        "booking",
        ["booking_id"],
        [
            _field("booking_id", "integer", "key"),
            _field("member_id", "integer", "key"),
            _field("screening_id", "integer", "key"),
            _field("booked_at", "timestamp", "time"),
            _field("channel", "string", shared_dimension="channel"),
            _field("status", "string"),
        ],
        time_field="booked_at",
    ),
    _dataset(
        "tickets",
        "ticket",
        ["booking_id", "seat"],
        [
            _field("booking_id", "integer", "key"),
            _field("seat", "string"),
            _field("kind", "string"),
            _field("price", "number", "measure"),
            _field("discount", "number", "measure"),
            _field("paid", "number", "measure", expression="price - discount"),
        ],
    ),
    _dataset(
        "screenings",
        "screening",
        ["screening_id"],
        [
            _field("screening_id", "integer", "key"),
            _field("film_id", "integer", "key"),
            _field("cinema_id", "integer", "key"),
            _field("starts_at", "timestamp", "time"),
        ],
        time_field="starts_at",
    ),
    _dataset(
        "films",
        "film",
        ["film_id"],
        [_field("film_id", "integer", "key"), _field("title", "string"), _field("genre", "string")],
    ),
    _dataset(
        "cinemas",
        "cinema",
        ["cinema_id"],
        [_field("cinema_id", "integer", "key"), _field("city", "string"), _field("region", "string")],
    ),
    _dataset(
        "members",
        "member",
        ["member_id"],
        [
            _field("member_id", "integer", "key"),
            _field("joined_on", "date", "time"),
            _field("tier", "string", values={"order": ["gold", "silver", "basic"]}),
            _field("email", "string", personal_data="email"),
            _field("home_cinema_id", "integer", "key"),
        ],
        time_field="joined_on",
    ),
    _dataset(
        "refunds",
        "refund",
        ["refund_id"],
        [
            _field("refund_id", "integer", "key"),
            _field("booking_id", "integer", "key"),
            _field("amount", "number", "measure"),
            _field("refunded_on", "date", "time"),
        ],
        time_field="refunded_on",
    ),
    _dataset(
        "visits",
        "visit",
        ["visit_id"],
        [
            _field("visit_id", "integer", "key"),
            _field("member_id", "integer", "key"),
            _field("channel", "string", shared_dimension="channel"),
            _field("visited_at", "timestamp", "time"),
        ],
        time_field="visited_at",
    ),
    _dataset(
        "stock",
        "stock count",
        ["counted_on", "cinema_id", "snack"],
        [
            _field("counted_on", "date", "time"),
            _field("cinema_id", "integer", "key"),
            _field("snack", "string"),
            _field("quantity", "integer", "measure"),
            _field("unit_cost", "number", "measure"),
        ],
        time_field="counted_on",
    ),
    _dataset(
        "ads",
        "ad",
        ["ad_id"],
        [
            _field("ad_id", "integer", "key"),
            _field("medium", "string"),
            _field("started_on", "date", "time"),
            _field("cost", "number", "measure"),
        ],
        time_field="started_on",
    ),
]

RELATIONSHIPS = [
    _relation("ticket_booking", "tickets", "bookings", "booking_id"),
    _relation("booking_screening", "bookings", "screenings", "screening_id"),
    _relation("booking_member", "bookings", "members", "member_id"),
    _relation("screening_film", "screenings", "films", "film_id"),
    _relation("screening_cinema", "screenings", "cinemas", "cinema_id"),
    _relation("home_cinema", "members", "cinemas", "home_cinema_id", "cinema_id"),
    _relation("refund_booking", "refunds", "bookings", "booking_id"),
    _relation("visit_member", "visits", "members", "member_id"),
    _relation("stock_cinema", "stock", "cinemas", "cinema_id"),
]

_KEPT = "bookings.status <> 'cancelled'"

METRICS = [
    _aggregate(
        "sales",
        "tickets",
        "sum",
        "tickets.price - tickets.discount",
        filter=_KEPT,
        time_field="bookings.booked_at",
        unit="EUR",
        target={"expression": "100", "per": "month"},
    ),
    _aggregate("ticket_count", "tickets", "count", "*", filter=_KEPT, time_field="bookings.booked_at", unit="count"),
    _aggregate("booking_count", "bookings", "count_distinct", "bookings.booking_id", filter=_KEPT, unit="count"),
    _aggregate("all_bookings", "bookings", "count", "*"),
    _aggregate("cancelled_bookings", "bookings", "count", "*", filter="bookings.status = 'cancelled'"),
    _derived(
        "cancellation_rate",
        "cancelled_bookings / all_bookings",
        ["cancelled_bookings", "all_bookings"],
        unit="fraction",
    ),
    _derived("sales_per_booking", "sales / booking_count", ["sales", "booking_count"], unit="EUR"),
    _aggregate("refunded", "refunds", "sum", "refunds.amount", unit="EUR"),
    _derived("net_sales", "sales - refunded", ["sales", "refunded"], unit="EUR"),
    _aggregate("active_members", "bookings", "count_distinct", "bookings.member_id", filter=_KEPT),
    _aggregate("new_members", "members", "count", "*"),
    _aggregate("member_count", "members", "count", "*", is_state=True),
    _aggregate("visit_count", "visits", "count_distinct", "visits.visit_id"),
    _derived(
        "conversion",
        "booking_count / visit_count",
        [{"name": "booking_count", "metric": "booking_count", "filter": "bookings.channel <> 'desk'"}, "visit_count"],
        unit="fraction",
        only_where_all_have_data=True,
    ),
    _aggregate(
        "stock_value",
        "stock",
        "sum",
        "stock.quantity * stock.unit_cost",
        is_state=True,
        semi_additive={"over": "stock.counted_on"},
    ),
    _aggregate(
        "average_stock_value",
        "stock",
        "sum",
        "stock.quantity * stock.unit_cost",
        semi_additive={"over": "stock.counted_on", "take": "average"},
    ),
    {
        "kind": "cumulative",
        "name": "sales_3m",
        "label": "sales of three months",
        "metric": "sales",
        "window": "3 months",
    },
    {"kind": "cumulative", "name": "sales_ytd", "label": "sales to date", "metric": "sales", "to_date": "year"},
    {"kind": "cumulative", "name": "sales_ever", "label": "sales ever", "metric": "sales"},
    {
        "kind": "cumulative",
        "name": "stock_3m",
        "label": "average stock of three months",
        "metric": "average_stock_value",
        "window": "3 months",
    },
    _derived("stock_turn", "sales_3m / stock_3m", ["sales_3m", "stock_3m"], unit="ratio"),
    {
        "kind": "per_entity",
        "name": "repeat_rate",
        "label": "repeat rate",
        "entity": ["bookings.member_id"],
        "metrics": ["booking_count"],
        "expression": "AVG(CASE WHEN booking_count > 1 THEN 1.0 ELSE 0 END)",
    },
    {
        "kind": "state",
        "name": "lapse_rate",
        "label": "lapse rate",
        "entity": "bookings.member_id",
        "base_window": "90 days",
        "recent_window": "30 days",
        "filter": _KEPT,
    },
    {
        "kind": "state",
        "name": "idle_rate",
        "label": "idle rate",
        "entity": "bookings.member_id",
        "base_dataset": "members",
        "recent_window": "30 days",
        "filter": _KEPT,
    },
    _derived(
        "sales_growth",
        "sales / sales_before - 1",
        ["sales", {"name": "sales_before", "metric": "sales", "offset": "1 month"}],
        unit="fraction",
    ),
    _conversion("visit_to_booking", "rate"),
    _conversion("visits_converted", "count"),
    _conversion(
        "same_channel_conversions",
        "count",
        window="7 days",
        constant_properties=[{"base_field": "visits.channel", "conversion_field": "bookings.channel"}],
    ),
    _aggregate("ad_cost", "ads", "sum", "ads.cost", unit="EUR"),
    _derived(
        "cost_per_member", "ad_cost / new_members", ["ad_cost", "new_members"], not_by={"ads": "members carry no ad"}
    ),
    _aggregate("median_price", "tickets", "median", "tickets.price", time_field="bookings.booked_at"),
    _aggregate("booked_fees", "bookings", "sum", "bookings.booking_id * 0.1"),
    _aggregate("known_emails", "members", "count_distinct", "members.email"),
]

ROLES = [
    {
        "name": "owner",
        "label": "Owner",
        "default": True,
        "datasets": ["*"],
        "metrics": ["*"],
        "field_rules": [{"fields": ["personal"], "access": "deny"}],
    },
    {
        "name": "counter",
        "label": "Counter",
        "datasets": ["*"],
        "metrics": ["*"],
        "field_rules": [{"fields": ["personal"], "access": "aggregate_only"}],
    },
    {
        "name": "region_manager",
        "label": "Region manager",
        "datasets": ["*"],
        "metrics": ["*"],
        "row_filters": [
            {"dataset": "cinemas", "expression": "cinemas.region = user.region"},
            {"dataset": "members", "expression": "cinemas.region = user.region"},
            {"dataset": "screenings", "expression": "cinemas.region = user.region"},
        ],
    },
    {
        "name": "desk_clerk",
        "label": "Desk clerk",
        "datasets": ["tickets", "bookings", "cinemas"],
        "metrics": ["sales", "all_bookings"],
    },
    {
        "name": "web_team",
        "label": "Web team",
        "datasets": ["*"],
        "metrics": ["*"],
        "denied_metrics": ["ad_cost"],
        "row_filters": [{"dataset": "bookings", "expression": "bookings.channel = 'web'"}],
    },
]


def cinema() -> Catalog:
    """The catalog."""
    return Catalog.model_validate(
        {
            "name": "cinema",
            "label": "Cinema",
            "datasets": DATASETS,
            "relationships": RELATIONSHIPS,
            "metrics": METRICS,
            "roles": ROLES,
        }
    )


def cinema_view(role: str | None = None, **attributes: str) -> CatalogView:
    """The catalog as a role sees it."""
    return view_for(cinema(), Principal(role=role, attributes=dict(attributes)))


DATA = """
CREATE TABLE cinemas AS SELECT * FROM (VALUES
    (1, 'Lyon', 'south'), (2, 'Nice', 'south'), (3, 'Lille', 'north')) AS t(cinema_id, city, region);
CREATE TABLE films AS SELECT * FROM (VALUES
    (1, 'Dune', 'sci-fi'), (2, 'Amour', 'drama'), (3, 'Untitled', NULL)) AS t(film_id, title, genre);
CREATE TABLE screenings AS SELECT * FROM (VALUES
    (1, 1, 1, TIMESTAMP '2026-01-10 20:00'), (2, 2, 1, TIMESTAMP '2026-02-10 20:00'),
    (3, 1, 3, TIMESTAMP '2026-02-11 20:00'), (4, 3, 2, TIMESTAMP '2026-03-12 20:00'),
    (5, 2, NULL, TIMESTAMP '2026-03-14 20:00')) AS t(screening_id, film_id, cinema_id, starts_at);
CREATE TABLE members AS SELECT * FROM (VALUES
    (1, DATE '2025-11-01', 'gold', 'a@x.org', 1), (2, DATE '2026-01-05', 'basic', 'b@x.org', 1),
    (3, DATE '2026-01-20', 'basic', NULL, 3), (4, DATE '2026-03-01', 'silver', 'd@x.org', NULL))
    AS t(member_id, joined_on, tier, email, home_cinema_id);
CREATE TABLE bookings AS SELECT * FROM (VALUES
    (1, 1, 1, TIMESTAMP '2026-01-08 10:00', 'web', 'kept'),
    (2, 2, 1, TIMESTAMP '2026-01-31 23:59:59', 'app', 'kept'),
    (3, 1, 2, TIMESTAMP '2026-02-01 00:00', 'web', 'kept'),
    (4, 3, 3, TIMESTAMP '2026-02-11 12:00', 'desk', 'kept'),
    (5, 1, 3, TIMESTAMP '2026-02-12 12:00', 'web', 'cancelled'),
    (6, 4, 4, TIMESTAMP '2026-03-05 09:00', 'app', 'kept'),
    (7, NULL, 5, TIMESTAMP '2026-03-14 19:00', NULL, 'kept'),
    (8, 2, 4, TIMESTAMP '2026-03-20 09:00', 'app', 'kept'))
    AS t(booking_id, member_id, screening_id, booked_at, channel, status);
CREATE TABLE tickets AS SELECT * FROM (VALUES
    (1, 'A1', 'adult', 12.00, 2.00), (1, 'A2', 'child', 8.00, 0.00), (2, 'B1', 'adult', 12.00, 0.00),
    (3, 'C1', 'adult', 10.00, 1.00), (3, 'C2', 'adult', 10.00, 1.00), (3, 'C3', 'child', 6.00, 0.00),
    (4, 'D1', 'adult', 11.00, 0.00), (5, 'E1', 'adult', 11.00, 0.00), (6, 'F1', 'child', 7.00, 0.50),
    (7, 'G1', 'adult', 9.00, 0.00), (8, 'H1', 'adult', 9.50, 0.00), (8, 'H2', 'adult', 9.50, 0.00))
    AS t(booking_id, seat, kind, price, discount);
CREATE TABLE refunds AS SELECT * FROM (VALUES
    (1, 1, 5.00, DATE '2026-01-15'), (2, 3, 9.00, DATE '2026-02-20'), (3, 4, 11.00, DATE '2026-04-02'))
    AS t(refund_id, booking_id, amount, refunded_on);
CREATE TABLE visits AS SELECT * FROM (VALUES
    (1, 1, 'web', TIMESTAMP '2026-02-01 08:00'), (2, NULL, 'web', TIMESTAMP '2026-02-05 08:00'),
    (3, 2, 'app', TIMESTAMP '2026-03-02 08:00'), (4, 4, 'app', TIMESTAMP '2026-03-05 08:00'),
    (5, NULL, 'app', TIMESTAMP '2026-03-21 08:00')) AS t(visit_id, member_id, channel, visited_at);
CREATE TABLE stock AS SELECT * FROM (VALUES
    (DATE '2026-01-31', 1, 'popcorn', 10, 2.0), (DATE '2026-01-31', 3, 'popcorn', 4, 2.0),
    (DATE '2026-02-28', 1, 'popcorn', 6, 2.0), (DATE '2026-02-28', 1, 'nachos', 5, 3.0),
    (DATE '2026-03-31', 1, 'popcorn', 8, 2.5), (DATE '2026-03-31', 3, 'nachos', 2, 3.0))
    AS t(counted_on, cinema_id, snack, quantity, unit_cost);
CREATE TABLE ads AS SELECT * FROM (VALUES
    (1, 'radio', DATE '2026-01-02', 50.0), (2, 'search', DATE '2026-02-02', 70.0), (3, 'radio', DATE '2026-03-02', 30.0))
    AS t(ad_id, medium, started_on, cost);
"""
