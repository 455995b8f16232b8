"""Which rate tells that a thing is returned, and among which peers it is judged."""

from __future__ import annotations

from pydantic import Field

from catalog.frozen import Frozen


class Returns(Frozen):
    """The metric is a ratio of two counts: what came back over what was sold."""

    rate: str  # return_rate
    thing: str  # dataset.field that names what is returned: products.name
    peers: str | None = None  # dataset.field of the group it is judged in: products.category
    minimum: int = Field(default=30, ge=2)  # sales below which nothing is said of a thing
