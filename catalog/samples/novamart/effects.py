"""What the planted events do, as SQL over the columns the generator's steps have: conditions and integer factors.

Steps that look at an order have `day`, `channel`, `region`, `segment`, `store`; those that look at its lines also
`category`, `subcategory`, `product_id`, `popularity_rank` and `category_products`. All but the last three are codes.
"""

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from catalog.samples.novamart import vocabulary
from catalog.samples.novamart.events import (
    CustomerPlace,
    DemandEvent,
    OrderPlace,
    PlantedEvent,
    PriceEvent,
    ProductPlace,
    StockoutEvent,
)
from catalog.samples.novamart.plan import DayPlan, day_index_of, price_response_ppm
from catalog.samples.plan import PPM

AnEvent = TypeVar("AnEvent", bound=PlantedEvent)


@dataclasses.dataclass(frozen=True)
class DemandEffect:
    """Demand times `factor_ppm` where `condition` holds, on whole orders or (`on_lines`) on their lines."""

    first_day: int
    last_day: int
    condition: str
    factor_ppm: int
    on_lines: bool


def to_ppm(factor: float) -> int:
    """A factor as its decimal text reads, in parts per million."""
    return round(Fraction(str(factor)) * PPM)


def _any_of(column: str, values: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    if not values:
        return []
    return [f"{column} IN ({', '.join(str(names.index(value)) for value in values)})"]


def product_conditions(where: ProductPlace) -> list[str]:
    """The conditions on a line's product."""
    subcategories = tuple(name for names in vocabulary.SUBCATEGORIES for name in names)
    conditions = _any_of("category", where.category, vocabulary.CATEGORIES)
    conditions += _any_of("subcategory", where.subcategory, subcategories)
    if where.product_id:
        conditions.append(f"product_id IN ({', '.join(str(number) for number in where.product_id)})")
    if where.best_seller_share is not None:
        share_ppm = to_ppm(where.best_seller_share)
        conditions.append(f"popularity_rank::BIGINT * {PPM} < category_products::BIGINT * {share_ppm}")
    return conditions


def customer_conditions(where: CustomerPlace | OrderPlace) -> list[str]:
    """The conditions on an order's or a survey's customer."""
    conditions = _any_of("region", where.region, vocabulary.REGIONS)
    return conditions + _any_of("segment", where.segment, vocabulary.SEGMENTS)


def order_conditions(where: OrderPlace) -> list[str]:
    """The conditions on an order as a whole."""
    conditions = customer_conditions(where) + _any_of("channel", where.channel, vocabulary.CHANNELS)
    if where.store:
        conditions.append(f"store IN ({', '.join(str(store) for store in where.store)})")
    return conditions


def joined(conditions: list[str]) -> str:
    """All conditions at once; without any, everything."""
    return " AND ".join(conditions) or "TRUE"


def during(event: PlantedEvent, column: str = "day") -> str:
    """The condition that a day, counted from the data's first, lies in the event's dates."""
    return f"{column} BETWEEN {day_index_of(event.start)} AND {day_index_of(event.end)}"


def _price_effects(event: PriceEvent) -> list[DemandEffect]:
    permille = round(Fraction(str(event.factor)) * 1000)
    elasticity = None if event.elasticity is None else str(Decimal(str(event.elasticity)))
    effects = []
    for code, category in enumerate(vocabulary.CATEGORIES):
        if event.where.category and category not in event.where.category:
            continue
        condition = joined([f"category = {code}", *product_conditions(event.where)])
        factor_ppm = price_response_ppm(category, permille, elasticity)
        effects.append(
            DemandEffect(day_index_of(event.start), day_index_of(event.end), condition, factor_ppm, on_lines=True)
        )
    return effects


def demand_effects(events: tuple[PlantedEvent, ...]) -> tuple[DemandEffect, ...]:
    """What the events do to demand: directly, through prices, and by leaving shelves empty."""
    effects: list[DemandEffect] = []
    for event in events:
        first_day, last_day = day_index_of(event.start), day_index_of(event.end)
        if isinstance(event, DemandEvent):
            condition = joined(order_conditions(event.where) + product_conditions(event.where))
            on_lines = event.where.names_products
            effects.append(DemandEffect(first_day, last_day, condition, to_ppm(event.factor), on_lines))
        elif isinstance(event, PriceEvent):
            effects += _price_effects(event)
        elif isinstance(event, StockoutEvent):
            effects.append(DemandEffect(first_day, last_day, joined(product_conditions(event.where)), 0, on_lines=True))
    return tuple(effects)


def factor_sql(cases: list[tuple[str, int]]) -> str:
    """SQL for the product of the factors (in ppm) whose conditions hold: BIGINT in ppm."""
    text = f"{PPM}::BIGINT"
    for condition, factor_ppm in cases:
        text = f"({text} * CASE WHEN {condition} THEN {factor_ppm} ELSE {PPM} END // {PPM})"
    return text


def demand_sql(effects: tuple[DemandEffect, ...], on_lines: bool, up: bool, first_day: int, last_day: int) -> str:
    """SQL for the demand left (`up` false: factors below one) or added (factors above one) on days of a span, in ppm."""
    cases = [
        (f"day BETWEEN {effect.first_day} AND {effect.last_day} AND {effect.condition}", effect.factor_ppm)
        for effect in effects
        if effect.on_lines == on_lines
        and (effect.factor_ppm > PPM) == up
        and effect.first_day <= last_day
        and effect.last_day >= first_day
    ]
    return factor_sql(cases)


def boosts_ppm(effects: tuple[DemandEffect, ...], days: tuple[DayPlan, ...]) -> tuple[int, ...]:
    """The most that demand can grow on each day, in ppm: how many orders must stand ready to be added."""
    boosts = [PPM] * len(days)
    for effect in effects:
        if effect.factor_ppm > PPM:
            for day_index in range(effect.first_day, effect.last_day + 1):
                boosts[day_index] = boosts[day_index] * effect.factor_ppm // PPM
    return tuple(boosts)


def price_factor_sql(events: tuple[PlantedEvent, ...], first_day: int, last_day: int) -> str:
    """SQL for what the events make of a line's price, in ppm."""
    cases = [
        (f"{during(event)} AND {joined(product_conditions(event.where))}", to_ppm(event.factor))
        for event in events
        if isinstance(event, PriceEvent)
        and day_index_of(event.start) <= last_day
        and day_index_of(event.end) >= first_day
    ]
    return factor_sql(cases)


def overlapping(events: tuple[PlantedEvent, ...], kind: type[AnEvent], first_day: int, last_day: int) -> list[AnEvent]:
    """The events of one kind whose dates touch a span of days."""
    return [
        event
        for event in events
        if isinstance(event, kind) and day_index_of(event.start) <= last_day and day_index_of(event.end) >= first_day
    ]
