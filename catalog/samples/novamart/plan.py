"""The business as whole numbers for one scale and seed: how many orders a day, what is bought where, what prices do."""

import dataclasses
import datetime
from decimal import Decimal
from fractions import Fraction

from catalog.samples.mixing import DRAW_RANGE, Draws
from catalog.samples.novamart import shape, vocabulary
from catalog.samples.plan import EXACT, PPM, Plan, growth_ppm, planned, power_ppm, wave_ppm

BUSINESS = "novamart"


@dataclasses.dataclass(frozen=True)
class DayPlan:
    """Orders of one day before events: those numbered `orders_from` up to but not including `orders_to`."""

    day_index: int
    month_index: int
    orders_from: int
    orders_to: int


@dataclasses.dataclass(frozen=True)
class SeatClassPlan:
    """Customers' seats that shop at one pace: 3 * `block_size` seats with the numbers from `first_seat` on."""

    first_seat: int
    block_size: int
    order_share_ppm: int

    @property
    def seat_count(self) -> int:
        return 3 * self.block_size


def plan_for(scale: float, seed: int) -> Plan:
    """The plan of a scale and a seed."""
    return planned(BUSINESS, scale, seed)


def day_of(day_index: int) -> datetime.date:
    """The date of a day counted from the first day of the data."""
    return shape.FIRST_DAY + datetime.timedelta(days=day_index)


def day_index_of(day: datetime.date) -> int:
    """A date as days from the first day of the data, cut to the data's span."""
    return min(max((day - shape.FIRST_DAY).days, 0), shape.DAY_COUNT - 1)


def month_index_of(day: datetime.date) -> int:
    """A date's month, counted from the first month of the data."""
    return (day.year - shape.FIRST_DAY.year) * 12 + day.month - shape.FIRST_DAY.month


def month_of(month_index: int) -> int:
    """The calendar month (0 is January) of a month counted from the first one of the data."""
    return (shape.FIRST_DAY.month - 1 + month_index) % 12


def _peak_permille(day: datetime.date) -> int:
    november = datetime.date(day.year, 11, 1)
    thanksgiving = november + datetime.timedelta(days=(3 - november.weekday()) % 7 + 21)
    return shape.PEAK_DAYS_PERMILLE.get((day - thanksgiving).days, 1000)


def _day_weights(draws: Draws) -> list[int]:
    weights: list[int] = []
    by_month: dict[int, list[int]] = {}
    for day_index in range(shape.DAY_COUNT):
        by_month.setdefault(month_index_of(day_of(day_index)), []).append(day_index)
    for month_index, day_indexes in by_month.items():
        calm = month_index >= shape.MONTH_COUNT - shape.CALM_MONTHS
        month_ppm = PPM if calm else wave_ppm(draws, "month orders", month_index, shape.MONTH_NOISE_PERMILLE)
        noise = [wave_ppm(draws, "day orders", day_index, shape.DAY_NOISE_PERMILLE) for day_index in day_indexes]
        for day_index, day_ppm in zip(day_indexes, noise, strict=True):
            day = day_of(day_index)
            years = EXACT.divide(Decimal(day_index), Decimal(365))
            weight = power_ppm(Decimal(shape.ORDER_GROWTH_PPM_A_YEAR).scaleb(-6), years)
            weight = weight * shape.MONTH_ORDER_PERMILLE[day.month - 1] * shape.WEEKDAY_ORDER_PERMILLE[day.weekday()]
            weight = weight * _peak_permille(day) * month_ppm
            weights.append(weight * day_ppm * len(noise) // sum(noise))
    return weights


def day_plans(plan: Plan) -> tuple[DayPlan, ...]:
    """Every day of the data with its share of the planned orders; the parts add up to the whole exactly."""
    weights = _day_weights(plan.draws)
    total_weight = sum(weights)
    total_orders = plan.scaled(shape.PLANNED_ORDERS)
    days = []
    running = 0
    for day_index, weight in enumerate(weights):
        orders_from = running * total_orders // total_weight
        running += weight
        month_index = month_index_of(day_of(day_index))
        days.append(DayPlan(day_index, month_index, orders_from, running * total_orders // total_weight))
    return tuple(days)


def _nearest_prime(number: int) -> int:
    """The prime nearest to a number (the lower of two), never below 2."""
    for distance in range(number + 2):
        for candidate in (number - distance, number + distance):
            if candidate >= 2 and all(candidate % divisor for divisor in range(2, int(candidate**0.5) + 1)):
                return candidate
    return 2


def seat_classes(plan: Plan) -> tuple[SeatClassPlan, ...]:
    """The classes of seats by pace. A class's share of the orders is its seats over its interval between orders."""
    weights = shape.SEAT_CLASS_WEIGHTS
    intervals = shape.SEAT_CLASS_INTERVAL_DAYS
    order_weights = [Fraction(weight, days) for weight, days in zip(weights, intervals, strict=True)]
    classes = []
    first_seat = 0
    share_from = 0
    running = Fraction(0)
    for weight, order_weight in zip(weights, order_weights, strict=True):
        block_size = _nearest_prime(round(plan.scale * shape.SEATS * weight / sum(weights) / 3))
        running += order_weight
        share_to = int(running / sum(order_weights) * PPM)
        classes.append(SeatClassPlan(first_seat, block_size, share_to - share_from))
        share_from = share_to
        first_seat += 3 * block_size
    return tuple(classes)


def channel_thresholds(month_index: int) -> tuple[int, int]:
    """Where a customer's leaning in [0, 2^30) turns from web to mobile app and from that to store in a month."""
    last = shape.MONTH_COUNT - 1
    cuts = []
    running = 0
    for first_ppm, last_ppm in zip(shape.CHANNEL_PPM_FIRST[:2], shape.CHANNEL_PPM_LAST[:2], strict=True):
        running += (first_ppm * (last - month_index) + last_ppm * month_index) // last
        cuts.append(running * DRAW_RANGE // PPM)
    return cuts[0], cuts[1]


def category_weights(month_index: int, region: int, channel: int) -> tuple[int, ...]:
    """How much of what is bought in a month, region and channel falls on each category: relative weights of lines."""
    month = month_of(month_index)
    weights = []
    for category in range(len(vocabulary.CATEGORIES)):
        growth = growth_ppm(shape.CATEGORY_GROWTH_PPM_A_YEAR[category], month_index - shape.MONTH_COUNT + 1)
        weights.append(
            shape.CATEGORY_LINES[category]
            * shape.CATEGORY_MONTH_PERMILLE[category][month]
            * shape.CATEGORY_REGION_PERMILLE[category][region]
            * shape.CATEGORY_CHANNEL_PERMILLE[category][channel]
            * growth
        )
    return tuple(weights)


def signup_counts(plan: Plan, factors_ppm: dict[int, int]) -> tuple[int, ...]:
    """Registrations a month from January 2012 on; they add up to the customers of the scale where no event touches
    them. `factors_ppm` holds factors by month (counted from January 2012) that events plant."""
    months = shape.SIGNUP_MONTH_COUNT
    span = shape.SIGNUPS_LAST_MONTH - shape.SIGNUPS_FIRST_MONTH
    weights = [shape.SIGNUPS_FIRST_MONTH * (months - 1) + span * index for index in range(months)]
    total = plan.scaled(shape.CUSTOMERS)
    counts = []
    running = 0
    for index, weight in enumerate(weights):
        start = running * total // sum(weights)
        running += weight
        counts.append((running * total // sum(weights) - start) * factors_ppm.get(index, PPM) // PPM)
    return tuple(counts)


def price_response_ppm(category: str, price_permille: int, elasticity: str | None = None) -> int:
    """What a price in thousandths of the usual one makes of the units sold: (price / usual) ^ elasticity, in ppm."""
    return power_ppm(Decimal(price_permille).scaleb(-3), elasticity or shape.PRICE_ELASTICITY[category])
