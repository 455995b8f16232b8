"""Sales of lines: quantity times price, where a table plainly holds both; and what an order is worth on average."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import plural_of, words_of
from catalog.drafting.relationships import PARTS, Structure
from catalog.drafting.units import is_percent, is_share
from catalog.drafting.worth import BOUGHT_WORDS, BUYING, kind_of_sales, whole_of
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


_DISCOUNT_ENDS = frozenset({"discount", "percent", "percentage", "rate", "fraction", "amount", "value"})
_AMOUNTS = frozenset(
    tuple(text.split())
    for text in (
        "amount", "line amount", "line total", "line value", "line price", "total price", "total amount", "total", "net amount",
        "net", "net total", "line net amount", "net line amount",
        "extended price", "extended amount", "sales amount", "sales", "subtotal", "net sales", "item total",
    )
)  # fmt: skip


_WORDS = ("revenue", "sales amount", "sales revenue", "turnover", "total sales", "sales value", "income", "money made")
SALES_WORDS = ("sales", *_WORDS)
_SELLING = ("sales", "sale", "order", "receipt", "invoice")
_SALES_AMOUNT = frozenset({"amount", "total", "value", "revenue", "sales", "sale", "net", "gross", "grand"})
_ORDERED_WORDS = ("quantity ordered", "ordered quantity", "units ordered")
UNITS_WORDS = ("units sold", "quantity sold", "items sold", "units", "sold quantity", "pieces sold")


@dataclass(frozen=True, slots=True)
class Sold:
    """The lines that are sold, their quantity, price and discount or amount, and the dataset (orders) they are lines of."""

    lines: DraftedDataset
    quantity: DraftedField
    price: DraftedField | None  # None where only the line's amount is known
    discount: DraftedField | None
    whole: DraftedDataset | None
    is_bought: bool = False  # lines of purchases: what is spent, not what is sold
    amount: DraftedField | None = None  # what a line is worth, where a column says it

    @property
    def is_gross(self) -> bool:
        """Whether there is a discount that quantity and price alone do not tell how to subtract."""
        return self.amount is None and self.discount is not None and not self.discount_factor

    @property
    def discount_factor(self) -> str:
        """What a price is multiplied by for its discount, as SQL; empty where the discount is none, or an amount."""
        if self.discount is None:
            return ""
        reference = f"{self.lines.name}.{self.discount.name}"
        if is_share(self.discount.column):
            return f"(1 - {reference})"
        return f"(1 - {reference} / 100.0)" if is_percent(self.discount.column) else ""

    def words_for(self, dataset: DraftedDataset, item: DraftedField) -> tuple[str, ...]:
        """What else people call a measure: units sold; sales, where the orders' total is the better figure."""
        if self.is_bought:
            return _ORDERED_WORDS if dataset is self.lines and item is self.quantity else ()
        if dataset is self.lines and item is self.quantity:
            is_ordered = self.whole is not None and self.whole.singular.rpartition(" ")[2] == "order"
            return (*UNITS_WORDS, *(_ORDERED_WORDS if is_ordered else ()))
        if self.is_gross and self.whole is dataset and item is self._total:
            return ("sales", *_WORDS)
        if dataset is self.whole and item in self._gross:
            return kind_of_sales(item.column.said)
        return ()

    @property
    def _gross(self) -> list[DraftedField]:
        """The one amount of the whole that is named gross, where a line's amount is not."""
        named = [] if self.whole is None or self.amount is None else self.whole.fields
        found = [item for item in named if item.type in _NUMBERS and "gross" in words_of(item.column.said)]
        return found if len(found) == 1 else []

    @property
    def _total(self) -> DraftedField | None:
        """The one amount of the whole that is a total."""
        named = [] if self.whole is None else self.whole.fields
        found = [item for item in named if item.type in _NUMBERS and "total" in words_of(item.column.said)]
        return found[0] if len(found) == 1 else None


def find_sold(datasets: tuple[DraftedDataset, ...], structure: Structure) -> Sold | None:
    """The largest table of lines that plainly hold a quantity and a price; None where there is none."""
    by_kind = sorted(datasets, key=lambda item: (bool(set(words_of(item.table.said)) & BUYING), -item.table.rows))
    for dataset in by_kind:  # what is sold before what is bought
        quantity, price = _quantity_of(dataset), _price_of(dataset)
        amount = _amount_of(dataset)
        is_worth = price is not None or (amount is not None and words_of(dataset.singular)[-1] in PARTS)
        if quantity is not None and is_worth and _is_sold(dataset, datasets, structure):
            whole = whole_of(dataset, datasets)
            bought = bool(set(words_of(dataset.table.said)) & BUYING)
            return Sold(dataset, quantity, price, _discount_of(dataset), whole, bought, amount)
    return None


def sales_amount_of(datasets: tuple[DraftedDataset, ...]) -> DraftedField | None:
    """Where no lines tell it: the amount of the sales, else of the orders, else of the invoices; None where there are two."""
    for entity in _SELLING:
        for dataset in sorted(datasets, key=lambda item: -item.table.rows):
            if words_of(dataset.singular)[:1] != (entity,) or not dataset.has_time:
                continue
            found = [item for item in dataset.fields if item.type in _NUMBERS and _is_sales_amount(item, entity)]
            net = [item for item in found if "net" in words_of(item.column.said)]
            if len(net or found) == 1:
                return (net or found)[0]
    return None


def quantity_beside(dataset: DraftedDataset, amount: DraftedField) -> DraftedField | None:
    """The quantity that was sold for an amount of the same rows."""
    return _quantity_of(dataset) if amount in dataset.fields else None


def _is_sales_amount(item: DraftedField, entity: str) -> bool:
    words = set(words_of(item.column.said))
    return bool(words & {"amount", "total", "value", "revenue", "sales", "net"}) and words <= _SALES_AMOUNT | {entity}


def draft_sales(sold: Sold, currency: str | None) -> Iterator[DraftedMetric]:
    """Sales, and sales per order; gross sales, where a discount is kept as an amount of unknown meaning."""
    lines = sold.lines.name
    factors, said = [], ""
    if sold.price is not None:
        factors = [f"{lines}.{sold.price.name}", f"{lines}.{sold.quantity.name}"]
        said = f"{sold.price.label} times {sold.quantity.label}".lower()
    doubt = "that sales are quantity times price"
    name, label = ("purchase_amount", "Purchase amount") if sold.is_bought else ("sales", "Sales")
    words: tuple[str, ...] = BOUGHT_WORDS if sold.is_bought else _WORDS
    if sold.is_bought:
        doubt = "that purchases are quantity times price"
    if sold.amount is not None:
        factors, said = [f"{lines}.{sold.amount.name}"], sold.amount.label.lower()
        doubt = f"that {said} is what a line is worth"
    is_before_discount = sold.amount is None or "extended" in words_of(sold.amount.column.said)
    if sold.discount is not None and sold.discount_factor and is_before_discount:
        factors.append(sold.discount_factor)
        said += ", less the discount"
        doubt += ", and that the discount is a part of it"
    elif sold.discount is not None and sold.amount is not None:
        doubt += ", and that the discount is taken off already"
    elif sold.discount is not None:
        name, label = f"gross_{name}", f"Gross {label.lower()}"
        words = () if sold.is_bought else ("gross revenue", "sales before discounts", "gross turnover")
        said += ", before discounts"
        doubt += f", and whether {sold.discount.label.lower()} (an amount) is to be subtracted"
    yield DraftedMetric(
        name=name,
        label=label,
        description=f"Sum over the {sold.lines.label} of {said}.",
        synonyms=(
            *words,
            *(kind_of_sales(sold.amount.column.said) if sold.amount is not None and not sold.is_bought else ()),
            *_amounts_of_whole(sold),
        ),
        expression=f"SUM({' * '.join(factors)})",
        unit=currency,
        doubt=doubt,
    )
    if sold.whole is not None and not sold.is_gross and not sold.is_bought:
        yield _per_whole(sold.whole, currency)


def _amounts_of_whole(sold: Sold) -> tuple[str, ...]:
    """What the lines of an invoice come to is the invoice's amount, where the invoice itself has none."""
    if sold.whole is None or any(set(words_of(item.column.said)) & _SALES_AMOUNT for item in sold.whole.fields):
        return ()
    entity = sold.whole.singular
    return tuple(text for what in ("amount", "total") for text in (f"{entity} {what}", f"total {entity} {what}"))


def _per_whole(whole: DraftedDataset, currency: str | None) -> DraftedMetric:
    entity = whole.singular
    name = entity.replace(" ", "_").lower()
    is_the_order = entity == "order" or "orders" in whole.synonyms
    short = ("AOV", "average basket") if is_the_order else ()
    if is_the_order and entity != "order":
        short = (*short, "average order value", "sales per order", "average order size", "average value of an order")
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


def _is_sold(dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...], structure: Structure) -> bool:
    said = {other.table.name: other.table.said for other in datasets}
    named = set(words_of(dataset.table.said)) | {
        word
        for item in structure.relationships
        if item.table == dataset.table.name
        for word in words_of(said.get(item.of_table, ""))
    }
    return bool(({word.removesuffix("s") for word in named} | named) & _SALES_WORDS)


def _named(dataset: DraftedDataset, word: str) -> DraftedField | None:
    """The one number among the dataset's fields whose name ends with a word; None where there is none or there are several."""
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS and words_of(item.column.said)[-1] == word and not item.personal
    ]
    return found[0] if len(found) == 1 else None


def _quantity_of(dataset: DraftedDataset) -> DraftedField | None:
    """The only quantity, else the one ordered or sold: not what was received or expected."""
    if (only := _named(dataset, "quantity")) is not None:
        return only
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS
        and words_of(item.column.said)
        in (
            ("order", "quantity"),
            ("ordered", "quantity"),
            ("quantity", "ordered"),
            ("quantity", "sold"),
            ("quantity",),
        )
    ]
    return found[0] if len(found) == 1 else None


def _price_of(dataset: DraftedDataset) -> DraftedField | None:
    """The price of one: the only one, else the unit price."""
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS
        and words_of(item.column.said)[-1] == "price"
        and not {"extended", "total", "line", "list", "cost"} & set(words_of(item.column.said))
    ]
    units = [item for item in found if words_of(item.column.said) in (("unit", "price"), ("price",))]
    return found[0] if len(found) == 1 else units[0] if len(units) == 1 else None


def _discount_of(dataset: DraftedDataset) -> DraftedField | None:
    """The discount: the one that is a part of the price before one that is an amount."""
    found = [
        item
        for item in dataset.fields
        if item.type in _NUMBERS
        and "discount" in words_of(item.column.said)
        and words_of(item.column.said)[-1] in _DISCOUNT_ENDS
    ]
    parts = [item for item in found if is_share(item.column) or is_percent(item.column)]
    return next(iter([*parts, *found]), None)


def _amount_of(dataset: DraftedDataset) -> DraftedField | None:
    """The one number that says what a line is worth; None where there is none or there are several."""
    found = [item for item in dataset.fields if item.type in _NUMBERS and words_of(item.column.said) in _AMOUNTS]
    return found[0] if len(found) == 1 else None
