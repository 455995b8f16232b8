"""The planted events: what a list of them may say, as typed models. EVENTS.md explains the file to its authors."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from catalog.samples.novamart import shape, vocabulary

Channel = Literal["web", "mobile_app", "store"]
Region = Literal["Northeast", "Midwest", "South", "West"]
Segment = Literal["vip", "loyal", "regular", "new"]
Category = Literal[
    "Electronics",
    "Apparel",
    "Home & Kitchen",
    "Beauty",
    "Sports & Outdoors",
    "Toys & Games",
    "Grocery",
    "Books",
]
ReturnReason = Literal["wrong_size", "damaged", "not_as_described", "changed_mind", "late_delivery", "defective"]
CampaignChannel = Literal["search", "shopping", "display", "video", "email"]
PlaceDimension = Literal["channel", "region", "category", "subcategory"]
DemandFactor = Annotated[float, Field(ge=0, le=4)]
Elasticity = Annotated[float, Field(ge=-4, le=0)]


class _EventModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProductPlace(_EventModel):
    """Which products an event touches: every condition given must hold; an empty one means all."""

    category: tuple[Category, ...] = ()
    subcategory: tuple[str, ...] = ()
    product_id: tuple[Annotated[int, Field(ge=1)], ...] = ()
    best_seller_share: Annotated[float, Field(gt=0, le=1)] | None = None  # the best sellers of each category

    @model_validator(mode="after")
    def _knows_its_subcategories(self) -> Self:
        known = [name for names in vocabulary.SUBCATEGORIES for name in names]
        for name in self.subcategory:
            if name not in known:
                raise ValueError(f"unknown subcategory {name!r}; there are: {', '.join(known)}")
        return self

    @property
    def names_products(self) -> bool:
        """Whether some condition is about the product, and so about a line of an order and not the whole of it."""
        return bool(self.category or self.subcategory or self.product_id) or self.best_seller_share is not None


class OrderPlace(ProductPlace):
    """Which part of the orders an event touches."""

    channel: tuple[Channel, ...] = ()
    region: tuple[Region, ...] = ()
    segment: tuple[Segment, ...] = ()
    store: tuple[Annotated[int, Field(ge=1, le=shape.STORES)], ...] = ()


class CustomerPlace(_EventModel):
    """Which customers an event touches."""

    region: tuple[Region, ...] = ()
    segment: tuple[Segment, ...] = ()


class CampaignPlace(_EventModel):
    """Which campaign flights an event touches."""

    campaign: tuple[str, ...] = ()
    channel: tuple[CampaignChannel, ...] = ()


class SupplierPlace(_EventModel):
    """Whose shipments an event touches."""

    supplier_id: tuple[Annotated[int, Field(ge=1, le=shape.SUPPLIERS)], ...] = ()


class ChannelPlace(_EventModel):
    """Which online channel an event touches."""

    channel: tuple[Literal["web", "mobile_app"], ...] = ()


class _Event(_EventModel):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    start: datetime.date
    end: datetime.date  # included
    note: str = ""

    @model_validator(mode="after")
    def _lies_in_the_data(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        if self.end < shape.FIRST_DAY or self.start > shape.AS_OF:
            raise ValueError(f"{self.start} to {self.end} lies outside the data: {shape.FIRST_DAY} to {shape.AS_OF}")
        return self


class DemandEvent(_Event):
    """Demand of a part of the orders is multiplied by `factor`: 0.7 loses 30 % of it."""

    kind: Literal["demand"]
    where: OrderPlace
    factor: DemandFactor


class ChurnEvent(_Event):
    """A `share` of the customers concerned buys nothing between the dates."""

    kind: Literal["churn"]
    where: CustomerPlace
    share: Annotated[float, Field(gt=0, le=1)]


class PriceEvent(_Event):
    """Prices are multiplied by `factor`; demand follows by `elasticity` (unset: the category's own)."""

    kind: Literal["price"]
    where: ProductPlace
    factor: Annotated[float, Field(ge=0.5, le=2)]
    elasticity: Elasticity | None = None


class StockoutEvent(_Event):
    """The products cannot be bought; their stock at the month ends between the dates is zero."""

    kind: Literal["stockout"]
    where: ProductPlace


class ReturnsEvent(_Event):
    """Lines bought between the dates come back `factor` times as often for the reasons given (none: all)."""

    kind: Literal["returns"]
    where: ProductPlace
    reason: tuple[ReturnReason, ...] = ()
    factor: Annotated[float, Field(ge=0, le=10)]


class CancellationsEvent(_Event):
    """Orders are cancelled `factor` times as often."""

    kind: Literal["cancellations"]
    where: OrderPlace
    factor: Annotated[float, Field(ge=0, le=30)]

    @model_validator(mode="after")
    def _is_about_whole_orders(self) -> Self:
        if self.where.names_products:
            raise ValueError("an order is cancelled as a whole: use channel, region, segment or store")
        return self


class TrafficEvent(_Event):
    """Sessions without a purchase are multiplied by `factor`; orders stay."""

    kind: Literal["traffic"]
    where: ChannelPlace
    factor: Annotated[float, Field(ge=0, le=5)]


class CampaignEvent(_Event):
    """Flights that start between the dates spend and earn differently: the two factors are on the normal flight."""

    kind: Literal["campaign"]
    where: CampaignPlace
    spend_factor: Annotated[float, Field(ge=0, le=10)] = 1
    result_factor: Annotated[float, Field(ge=0, le=10)] = 1


class ShipmentDelayEvent(_Event):
    """Shipments due between the dates arrive `late_days` later than they would have."""

    kind: Literal["shipment_delay"]
    where: SupplierPlace
    late_days: Annotated[int, Field(ge=1, le=60)]


class SignupsEvent(_Event):
    """Registrations of customers who do not buy (yet) are multiplied by `factor` in the months touched."""

    kind: Literal["signups"]
    factor: Annotated[float, Field(ge=0, le=5)]


class SurveyEvent(_Event):
    """Survey scores move by `score_shift` points on the scale of 0 to 10."""

    kind: Literal["survey"]
    where: CustomerPlace
    score_shift: Annotated[int, Field(ge=-10, le=10)]


class DrawnEvent(_Event):
    """An event whose kind, place and strength the seed draws; `resolve_events` says what came out."""

    kind: Literal["drawn"]
    among: Annotated[tuple[Literal["demand", "price", "stockout"], ...], Field(min_length=1)] = ("demand",)
    direction: Literal["down", "up", "either"] = "down"
    strength: tuple[Annotated[float, Field(gt=0, lt=1)], Annotated[float, Field(gt=0, lt=1)]] = (0.1, 0.4)
    gmv_share: tuple[Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(gt=0, le=1)]] = (0.01, 0.1)
    dimensions: Annotated[tuple[PlaceDimension, ...], Field(min_length=1)] = ("channel", "region", "category")

    @model_validator(mode="after")
    def _ranges_ascend(self) -> Self:
        for name, (low, high) in (("strength", self.strength), ("gmv_share", self.gmv_share)):
            if high < low:
                raise ValueError(f"{name} must go from the lower to the higher figure, not [{low}, {high}]")
        return self


PlantedEvent = (
    DemandEvent
    | ChurnEvent
    | PriceEvent
    | StockoutEvent
    | ReturnsEvent
    | CancellationsEvent
    | TrafficEvent
    | CampaignEvent
    | ShipmentDelayEvent
    | SignupsEvent
    | SurveyEvent
)
ListedEvent = Annotated[PlantedEvent | DrawnEvent, Field(discriminator="kind")]


class EventList(_EventModel):
    """A whole file of planted events; an empty list is a business where nothing special happens."""

    version: Literal[1]
    events: tuple[ListedEvent, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for event in self.events:
            if event.id in seen:
                raise ValueError(f"the id {event.id!r} is used twice")
            seen.add(event.id)
        return self
