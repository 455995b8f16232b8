"""A shop of its own for explained changes: 30 months of sales by city, shelf and channel, with one thing that happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from agent.service import PlumblineService
from agent.settings import Settings

CATALOG = """
name: kiosks
label: Kiosks
currency: EUR
as_of: 2025-06-30
default_periods: {flow: last month}
datasets:
  sales:
    label: sales
    singular: sale
    description: One row a sale.
    primary_key: sale_id
    time: sold_on
    fields:
      sale_id: {type: integer, label: Sale}
      sold_on: {type: date, label: Day of sale}
      kiosk_id: {type: integer, label: Kiosk number, hidden: true}
      shelf: {type: string, label: Shelf, description: What kind of thing was sold.}
      way: {type: string, label: Way of payment}
      amount: {type: number, unit: EUR, label: Amount}
      cost: {type: number, unit: EUR, label: Cost}
  kiosks:
    label: kiosks
    singular: kiosk
    description: One row a kiosk.
    primary_key: kiosk_id
    time: none
    fields:
      kiosk_id: {type: integer, label: Kiosk}
      city: {type: string, label: City}
relationships:
  - sales.kiosk_id -> kiosks.kiosk_id
metrics:
  takings:
    label: Takings
    description: What was sold.
    expression: SUM(sales.amount)
    unit: EUR
    direction: up
  sale_count:
    label: Sales
    description: How many sales there were.
    expression: COUNT(*)
    dataset: sales
    unit: count
  costs: {label: Costs, description: What the goods cost., expression: SUM(sales.cost), unit: EUR}
  margin:
    label: Margin
    description: The share of takings that is left after costs.
    formula: (takings - costs) / takings
    unit: fraction
  median_sale: {label: Median sale, description: The median amount., expression: MEDIAN(sales.amount), unit: EUR}
"""


@pytest.fixture(scope="session")
def kiosk_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """January 2023 to June 2025. In June 2025 drinks in Porto sell half; in May 2025 nothing happens."""
    rng = np.random.default_rng(11)
    path = tmp_path_factory.mktemp("kiosks") / "kiosks.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE kiosks (kiosk_id INTEGER, city VARCHAR)")
        connection.execute("INSERT INTO kiosks VALUES (1, 'Lisbon'), (2, 'Porto'), (3, 'Braga'), (4, 'Faro')")
        rows = []
        for month in range(30):
            for kiosk in range(1, 5):
                for at, shelf in enumerate(("drinks", "papers", "sweets", "tobacco", "snacks")):
                    for way in ("card", "cash"):
                        season = 1 + 0.15 * np.sin(2 * np.pi * (month + 2 * at) / 12)
                        count = 40 * season * (1.3 if way == "card" else 0.7) * (0.8 + 0.1 * kiosk)
                        count *= 0.5 if (month, kiosk, shelf) == (29, 2, "drinks") else 1
                        sold = int(rng.normal(count, 0.04 * count))
                        rows += [(month, kiosk, shelf, way, 2 + at + rng.random()) for _ in range(sold)]
        connection.execute(
            "CREATE TABLE sales (sale_id INTEGER, sold_on DATE, kiosk_id INTEGER, shelf VARCHAR, way VARCHAR, "
            "amount DOUBLE, cost DOUBLE)"
        )
        months, kiosks, shelves, ways, amounts = (list(column) for column in zip(*rows, strict=True))
        connection.execute(
            """
            INSERT INTO sales
            SELECT row_number() OVER (), DATE '2023-01-01' + to_months(m) + to_days((i % 28)::INTEGER), k, s, w, a, a * 0.6
            FROM (SELECT unnest(?::INTEGER[]) AS m, unnest(?::INTEGER[]) AS k, unnest(?::VARCHAR[]) AS s,
                         unnest(?::VARCHAR[]) AS w, unnest(?::DOUBLE[]) AS a, unnest(?::INTEGER[]) AS i)
            """,
            [months, kiosks, shelves, ways, [float(item) for item in amounts], list(range(len(rows)))],
        )
    return path


@pytest.fixture(scope="session")
def kiosks(kiosk_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlumblineService]:
    """The kiosks, open for questions; their catalog declares no drivers."""
    folder = tmp_path_factory.mktemp("kiosk_catalog")
    (folder / "catalog.yaml").write_text(CATALOG)
    settings = Settings(home=tmp_path_factory.mktemp("kiosk_home"), model=None)
    with PlumblineService.open(settings, catalog=folder, database=kiosk_database) as service:
        yield service
