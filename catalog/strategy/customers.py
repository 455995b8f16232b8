"""Whose coming and going is followed: cohorts, recency and frequency, churn risk, lifetime value."""

from __future__ import annotations

from catalog.durations import WrittenDuration
from catalog.frozen import Frozen


class CustomerBase(Frozen):
    """The entities that buy, visit or use, and what tells of them. Without it the base is inferred where that is safe."""

    entity: str  # dataset.field on the events' side, a key: orders.customer_id
    events: str  # the metric that counts events: order_count
    value: str | None = None  # the metric that says what they are worth: revenue
    member: str | None = None  # dataset.field: the entity's own key, where its properties are: customers.customer_id
    start: str | None = (
        None  # dataset.field: when the entity began, other than by its first event: customers.signup_date
    )
    churned_after: WrittenDuration | None = (
        None  # how long without an event is leaving; else as its churn metric says, or 90 days
    )
    base_window: WrittenDuration | None = (
        None  # whose leaving matters: those with an event in it; else as above, or 365 days
    )
