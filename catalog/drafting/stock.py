"""What stock comes to: its value where a quantity and what one costs are known, and what lies below the level to reorder at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric, Phrases
from catalog.drafting.names import words_of
from catalog.drafting.relationships import Structure
from catalog.models import FieldType
from catalog.profile import ColumnProfile

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_COSTS = (("unit", "cost"), ("cost", "price"), ("unit", "cost", "price"), ("cost", "per", "unit"), ("cost",))
_REORDER = (
    ("reorder", "level"), ("reorder", "point"), ("reorder", "threshold"), ("reorder", "quantity", "level"),
    ("minimum", "stock"), ("minimum", "stock", "level"), ("safety", "stock"), ("minimum", "quantity"),
)  # fmt: skip


def is_on_hand(column: ColumnProfile) -> bool:
    """Whether a number says how much is there: the quantity on hand, the units in stock."""
    words = set(words_of(column.said))
    return (
        column.type in _NUMBERS
        and bool(words & {"hand", "stock", "onhand"})
        and bool(words & {"quantity", "units", "on"})
        and words <= {"quantity", "units", "on", "in", "hand", "stock", "onhand", "level"}
    )


def is_reorder_level(column: ColumnProfile) -> bool:
    """Whether a number says below which stock is to be ordered again."""
    return column.type in _NUMBERS and words_of(column.said) in _REORDER


def draft_stock_value(
    level: DraftedMetric,
    dataset: DraftedDataset,
    item: DraftedField,
    datasets: tuple[DraftedDataset, ...],
    structure: Structure,
    currency: str | None,
) -> Iterator[DraftedMetric]:
    """The stock of a level times what one costs, said in the same row or in that of the one thing it is a stock of."""
    if not is_on_hand(item.column):
        return
    owners = (dataset, *_pointed_at(dataset, datasets, structure))
    costs = [(owner, cost) for owner in owners if (cost := _cost_of(owner)) is not None]
    if not costs or (len(costs) > 1 and costs[0][0] is not dataset):
        return
    owner, cost = costs[0]
    yield replace(
        level,
        name="stock_value",
        label="Stock value",
        description=f"{item.label} of the {dataset.label} times {cost.label.lower()}, added up.",
        synonyms=(
            "value of stock", "value of the stock", "value of our stock", "stock value at cost", "stock at cost", "inventory value",
            "value of inventory", "value of the inventory", "value of stock on hand", "value of the stock we hold",
            "inventory at cost", "total stock value", "worth of stock", "stock worth",
            f"{item.label} times {cost.label}".lower(), f"{cost.label} times {item.label}".lower(),
        ),
        expression=f"SUM({dataset.name}.{item.name} * {owner.name}.{cost.name})",
        unit=currency,
        doubt=f"that stock is worth {cost.label.lower()} times {item.label.lower()}",
    )  # fmt: skip


def _pointed_at(
    dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...], structure: Structure
) -> list[DraftedDataset]:
    by_table = {other.table.name: other for other in datasets}
    names = dict.fromkeys(
        pointer.of_table for pointer in structure.relationships if pointer.table == dataset.table.name
    )
    return [by_table[name] for name in names if name in by_table and name != dataset.table.name]


def _cost_of(dataset: DraftedDataset) -> DraftedField | None:
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS and not item.personal and words_of(item.column.said) in _COSTS
    ]
    return found[0] if len(found) == 1 else None


def below_reorder_level(fields: tuple[DraftedField, ...], phrases: Phrases) -> Iterator[DraftedField]:
    """Whether the stock of a row is below the level at which it is ordered again, as a field that holds or does not."""
    stocks = [item for item in fields if is_on_hand(item.column)]
    levels = [item for item in fields if is_reorder_level(item.column)]
    name = f"below_{levels[0].name}" if len(levels) == 1 else ""
    if len(stocks) != 1 or not name or not phrases.free(name):
        return
    stock, level = stocks[0], levels[0]
    agreed, there = level.label.lower(), stock.label.lower()
    said = [f"{lead} {own}{agreed}" for lead in ("below", "under") for own in ("", "the ", "their ", "its ")]
    said += [f"{there} {text}" for text in said]
    said += ["low on stock", "running low", "to reorder", "to be reordered", "need reordering", "due for reorder"]
    yield DraftedField(
        name=name,
        expression=f"{_sql(stock)} < {_sql(level)}",
        type=FieldType.BOOLEAN,
        role=None,
        label=f"Below {agreed}",
        synonyms=phrases.take(*said),
        column=ColumnProfile(name=name, database_type="BOOLEAN", type=FieldType.BOOLEAN, nulls=0, distinct=2),
        remark=f"whether the {there} is less than the {agreed}",
    )


def _sql(item: DraftedField) -> str:
    return item.expression or item.name
