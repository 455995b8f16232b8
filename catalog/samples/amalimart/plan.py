"""The business as whole numbers for one scale and seed: how many order and register a day, and how prices move."""

import dataclasses
import datetime
from decimal import Decimal

from catalog.samples.amalimart import shape
from catalog.samples.plan import EXACT, PPM, Plan, growth_ppm, planned, power_ppm, wave_ppm

BUSINESS = "amalimart"


@dataclasses.dataclass(frozen=True)
class Counts:
    """How many there are of what orders rest on."""

    users: int
    vendors: int
    partners: int
    support_agents: int
    analysts: int
    admins: int

    @property
    def staff(self) -> int:
        """Everyone with a login who is no customer; their user numbers come first."""
        return self.vendors + self.partners + self.support_agents + self.analysts + self.admins

    @property
    def customers(self) -> int:
        return self.users - self.staff


@dataclasses.dataclass(frozen=True)
class DayPlan:
    """One day: orders numbered from `orders_from` up to but not including `orders_to`, registrations likewise."""

    day_index: int
    month_index: int
    orders_from: int
    orders_to: int
    signups_from: int
    signups_to: int


def plan_for(scale: float, seed: int) -> Plan:
    """The plan of a scale and a seed."""
    return planned(BUSINESS, scale, seed)


def counts_for(plan: Plan) -> Counts:
    """Users by role at this scale, with as many vendors and partners as the planted facts name at least."""
    return Counts(
        users=plan.scaled(shape.USERS),
        vendors=max(shape.FEWEST_VENDORS, plan.scaled(shape.VENDORS)),
        partners=max(shape.FEWEST_PARTNERS, plan.scaled(shape.DELIVERY_PARTNERS)),
        support_agents=max(shape.FEWEST_STAFF, plan.scaled(shape.SUPPORT_AGENTS)),
        analysts=max(shape.FEWEST_STAFF, plan.scaled(shape.ANALYSTS)),
        admins=max(shape.FEWEST_STAFF, plan.scaled(shape.ADMINS)),
    )


def day_of(day_index: int) -> datetime.date:
    """The date of a day counted from the first day of the data."""
    return shape.FIRST_DAY + datetime.timedelta(days=day_index)


def day_index_of(day: datetime.date) -> int:
    """A date as days from the first day of the data."""
    return (day - shape.FIRST_DAY).days


def month_index_of(day: datetime.date) -> int:
    """A date's month, counted from the first month of the data."""
    return (day.year - shape.FIRST_DAY.year) * 12 + day.month - shape.FIRST_DAY.month


def price_trends_ppm() -> tuple[int, ...]:
    """Prices of each month beside those of the last, which move once a quarter."""
    last = shape.MONTH_COUNT - 1
    return tuple(
        growth_ppm(shape.PRICE_GROWTH_PPM_A_YEAR, month // 3 * 3 - last // 3 * 3) for month in range(shape.MONTH_COUNT)
    )


def day_plans(plan: Plan) -> tuple[DayPlan, ...]:
    """Every day of the data; orders of the last month and of all days before add up to the plan exactly."""
    days = [day_of(day_index) for day_index in range(shape.DAY_COUNT)]
    weights = [_order_weight(plan, day) for day in days]
    last_from = next(place for place, day in enumerate(days) if month_index_of(day) == shape.MONTH_COUNT - 1)
    last_month = plan.scaled(shape.LAST_MONTH_ORDERS)
    before = plan.scaled(shape.ORDERS) - last_month
    orders = _shared_out(before, weights[:last_from]) + _shared_out(last_month, weights[last_from:])
    signups = _shared_out(counts_for(plan).customers, [_signup_weight(plan, day) for day in days])
    made = []
    ordered = registered = 0
    for place, day in enumerate(days):
        order_end, signup_end = ordered + orders[place], registered + signups[place]
        made.append(DayPlan(place, month_index_of(day), ordered, order_end, registered, signup_end))
        ordered, registered = order_end, signup_end
    return tuple(made)


def _order_weight(plan: Plan, day: datetime.date) -> int:
    day_index = day_index_of(day)
    years = EXACT.divide(Decimal(day_index), Decimal(365))
    weight = power_ppm(Decimal(shape.ORDER_GROWTH_PPM_A_YEAR).scaleb(-6), years)
    weight = weight * shape.MONTH_ORDER_PERMILLE[day.month - 1] * shape.WEEKDAY_ORDER_PERMILLE[day.weekday()]
    return weight * wave_ppm(plan.draws, "day orders", day_index, shape.DAY_NOISE_PERMILLE) // PPM


def _signup_weight(plan: Plan, day: datetime.date) -> int:
    month, last = month_index_of(day), shape.MONTH_COUNT - 1
    rise = shape.SIGNUP_MONTH_PERMILLE_LAST - shape.SIGNUP_MONTH_PERMILLE_FIRST
    permille = shape.SIGNUP_MONTH_PERMILLE_FIRST + rise * month // last
    days = shape.SIGNUP_LAUNCH_DAYS if day == shape.FIRST_DAY else 1
    day_index = day_index_of(day)
    return permille * days * wave_ppm(plan.draws, "day signups", day_index, shape.DAY_NOISE_PERMILLE) // 1000


def _shared_out(total: int, weights: list[int]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total."""
    all_weights = sum(weights)
    shares = []
    running = 0
    for weight in weights:
        start = running * total // all_weights
        running += weight
        shares.append(running * total // all_weights - start)
    return shares
