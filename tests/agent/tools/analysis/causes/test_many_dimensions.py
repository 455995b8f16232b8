"""A wholesaler with more dimensions than are searched at once, and more buyers than are combined with anything."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest

from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings
from agent.tools.analysis.causes.cube import MOST_DIMENSIONS, Cube
from agent.tools.warehouse.result import ResultTable

TRAITS = 12
BUYERS = 300
LOST = "Buyer 7"
CATALOG = """
name: wholesale
label: Wholesale
currency: EUR
as_of: 2025-06-30
default_periods: {flow: last month}
datasets:
  deliveries:
    label: deliveries
    singular: delivery
    description: One row a delivery.
    primary_key: delivery_id
    time: delivered_on
    fields:
      delivery_id: {type: integer, label: Delivery}
      delivered_on: {type: date, label: Day of delivery}
      buyer: {type: string, label: Buyer, description: Who bought.}
      amount: {type: number, unit: EUR, label: Amount}
"""
METRICS = """
metrics:
  billings: {label: Billings, description: What was delivered., expression: SUM(deliveries.amount), unit: EUR, direction: up}
  delivery_count: {label: Deliveries, description: How many., expression: COUNT(*), dataset: deliveries, unit: count}
"""


@pytest.fixture(scope="module")
def wholesale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlumblineService]:
    """Thirty months. One buyer takes a tenth of all and in June 2025 next to nothing; the others buy evenly."""
    folder = tmp_path_factory.mktemp("wholesale")
    traits = [f"trait_{place}" for place in range(TRAITS)]
    columns = ", ".join(
        f"'{name} ' || ((b * {place + 3} + i // 3 + m) % {2 + place % 3}) AS {name}"
        for place, name in enumerate(traits)
    )
    with duckdb.connect(str(folder / "wholesale.duckdb")) as connection:
        connection.execute(
            f"""
            CREATE TABLE deliveries AS
            SELECT row_number() OVER ()::INTEGER AS delivery_id,
                   DATE '2023-01-01' + to_months(m::INTEGER) + to_days((i % 28)::INTEGER) AS delivered_on,
                   'Buyer ' || b AS buyer, 50 + hash(m * 1000003 + b * 1009 + i) % 100 AS amount, {columns}
            FROM range(30) AS months(m), range({BUYERS}) AS buyers(b), range(400) AS times(i)
            WHERE i < CASE WHEN b <> 7 THEN 12 WHEN m = 29 THEN 40 ELSE 400 END
            """
        )
    fields = "".join(
        f"      {name}: {{type: string, label: {name.capitalize().replace('_', ' ')}}}\n" for name in traits
    )
    (folder / "catalog.yaml").write_text(CATALOG + fields + METRICS)
    settings = Settings(home=tmp_path_factory.mktemp("wholesale_home"), model=None)
    with PlumblineService.open(settings, catalog=folder, database=folder / "wholesale.duckdb") as service:
        yield service


def judgement(answer: Answer) -> dict[str, object]:
    """The row of the table "judgement"."""
    table = next(item for item in answer.results if item.name == "judgement")
    return dict(zip([column.name for column in table.columns], table.rows[0], strict=True))


def test_no_more_dimensions_are_searched_than_the_bound(wholesale: PlumblineService) -> None:
    answer = wholesale.ask("Why did delivery count fall in June 2025?")
    assert judgement(answer)["dimensions"] == MOST_DIMENSIONS
    assert any(item.startswith("Not searched") and "Trait 11" in item and "Buyer" in item for item in answer.caveats)


def test_a_buyer_among_hundreds_who_leaves_is_found_when_asked_along_buyers(wholesale: PlumblineService) -> None:
    answer = wholesale.ask("Why did billings fall in June 2025 by buyer?")
    segments = next(item for item in answer.results if item.name == "segments")
    first = dict(zip([column.name for column in segments.columns], segments.rows[0], strict=True))
    assert (first["place"], first["verdict"]) == (LOST, "cause"), answer.headline
    assert len(segments.rows) == 1, "the others are too small to be a finding"


def test_a_quotient_is_not_searched_along_single_products() -> None:
    """A product has one price: each change of it would stand out from next to no spread."""
    conditions = ((("goods.kind", "tea"),), (("goods.product", "Tea 1"),))
    amounts = np.array([[[4.0, 4.0], [2.0, 2.0]], [[2.0, 3.0], [1.0, 1.0]]])
    table = ResultTable(name="cube", sql="", columns=(), rows=())
    cube = Cube(conditions, amounts, np.array([[8.0, 9.0], [4.0, 4.0]]), table, 3, frozenset({"goods.product"}))
    assert cube.series(0).conditions == conditions
    ratio = cube.series(0, 1)
    assert ratio.conditions == conditions[:1]
    assert ratio.numerators.tolist() == [[4.0, 4.0]]
