"""Sales of lines: quantity times price, where a table plainly holds both; and what an order is worth on average."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import plural_of, words_of
from catalog.drafting.relationships import Structure
from catalog.drafting.units import is_share
from catalog.models import FieldType

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_SALES_WORDS = frozenset(
    {
        "order",
        "invoice",
        "sale",
        "sales",
        "purchase",
        "receipt",
        "ticket",
        "transaction",
        "basket",
        "cart",
        "bill",
        "line",
        "item",
        "detail",
    }
)


_WORDS = ("revenue", "sales amount", "sales revenue", "turnover", "total sales", "sales value", "income", "money made")
_UNITS_WORDS = ("units sold", "quantity sold", "items sold", "units", "sold quantity", "pieces sold")


@dataclass(frozen=True, slots=True)
class Sold:
    """The lines that are sold, their quantity, price and discount, and the dataset (orders) they are lines of."""

    lines: DraftedDataset
    quantity: DraftedField
    price: DraftedField
    discount: DraftedField | None
    whole: DraftedDataset | None

    @property
    def is_gross(self) -> bool:
        """Whether there is a discount that quantity and price alone do not tell how to subtract."""
        return self.discount is not None and not is_share(self.discount.column)

    def words_for(self, dataset: DraftedDataset, item: DraftedField) -> tuple[str, ...]:
        """What else people call a measure: units sold; sales, where the orders' total is the better figure."""
        if dataset is self.lines and item is self.quantity:
            return _UNITS_WORDS
        if self.is_gross and self.whole is dataset and item is self._total:
            return ("sales", *_WORDS)
        return ()

    @property
    def _total(self) -> DraftedField | None:
        """The one amount of the whole that is a total."""
        named = [] if self.whole is None else self.whole.fields
        found = [item for item in named if item.type in _NUMBERS and "total" in words_of(item.column.name)]
        return found[0] if len(found) == 1 else None


def find_sold(datasets: tuple[DraftedDataset, ...], structure: Structure) -> Sold | None:
    """The largest table of lines that plainly hold a quantity and a price; None where there is none."""
    for dataset in sorted(datasets, key=lambda item: -item.table.rows):
        quantity, price = _named(dataset, "quantity"), _named(dataset, "price")
        if quantity is not None and price is not None and _is_sold(dataset, structure):
            return Sold(dataset, quantity, price, _named(dataset, "discount"), _whole_of(dataset, datasets))
    return None


def draft_sales(sold: Sold, currency: str | None) -> Iterator[DraftedMetric]:
    """Sales, and sales per order; gross sales, where a discount is kept as an amount of unknown meaning."""
    lines = sold.lines.name
    factors = [f"{lines}.{sold.price.name}", f"{lines}.{sold.quantity.name}"]
    said = f"{sold.price.label} times {sold.quantity.label}".lower()
    doubt = "that sales are quantity times price"
    name, label = "sales", "Sales"
    words: tuple[str, ...] = _WORDS
    if sold.discount is not None and not sold.is_gross:
        factors.append(f"(1 - {lines}.{sold.discount.name})")
        said += ", less the discount"
        doubt += ", and that the discount is a fraction of it"
    elif sold.discount is not None:
        name, label = "gross_sales", "Gross sales"
        words = ("gross revenue", "sales before discounts", "gross turnover")
        said += ", before discounts"
        doubt += f", and whether {sold.discount.label.lower()} (an amount) is to be subtracted"
    yield DraftedMetric(
        name=name,
        label=label,
        description=f"Sum over the {sold.lines.label} of {said}.",
        synonyms=words,
        expression=f"SUM({' * '.join(factors)})",
        unit=currency,
        doubt=doubt,
    )
    if sold.whole is not None and not sold.is_gross:
        yield _per_whole(sold.whole, currency)


def _per_whole(whole: DraftedDataset, currency: str | None) -> DraftedMetric:
    entity = whole.singular
    name = entity.replace(" ", "_").lower()
    short = ("AOV", "average basket") if entity == "order" else ()
    return DraftedMetric(
        name=f"average_{name}_value",
        label=f"Average {entity} value",
        description=f"Sales by the number of {plural_of(entity)}.",
        synonyms=(
            f"sales per {entity}",
            f"average {entity} size",
            f"average value of an {entity}",
            f"revenue per {entity}",
            *short,
        ),
        formula=f"sales / {name}_count",
        unit=currency,
    )


def _is_sold(dataset: DraftedDataset, structure: Structure) -> bool:
    named = set(words_of(dataset.table.name)) | {
        word for item in structure.relationships if item.table == dataset.table.name for word in words_of(item.of_table)
    }
    return bool(({word.removesuffix("s") for word in named} | named) & _SALES_WORDS)


def _named(dataset: DraftedDataset, word: str) -> DraftedField | None:
    """The one number among the dataset's fields whose name ends with a word; None where there is none or there are several."""
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS and words_of(item.column.name)[-1] == word and not item.personal
    ]
    return found[0] if len(found) == 1 else None


def _whole_of(dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...]) -> DraftedDataset | None:
    """What the lines are lines of: where their time comes from."""
    name, dot, _ = str(dataset.time).partition(".")
    return next((item for item in datasets if dot and item.name == name and len(item.primary_key) == 1), None)
