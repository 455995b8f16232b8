"""What people call the money of orders, invoices and purchases: net and gross sales; the value of purchase orders, which their
lines hold."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedField
from catalog.drafting.names import words_of
from catalog.models import FieldRole, FieldType

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_MONEY = frozenset({"amount", "cost", "gross", "net", "price", "revenue", "sales", "total", "value"})
_OF_ONE = frozenset({"average", "list", "per", "rate", "percent", "unit"})
_OF_ALL = frozenset({"extended", "line", "subtotal", "total"})
_SOLD = ("sales", "revenue", "turnover")
_KINDS = ("net", "gross")
BUYING = frozenset({"purchase", "purchasing", "procurement", "requisition"})
BOUGHT_WORDS = ("purchases", "total purchases", "spend", "total spend", "purchase value", "purchasing spend")


def kind_of_sales(name: str) -> tuple[str, ...]:
    """Net sales, sales net and the like, of a sales amount whose column is named net; none where it says neither."""
    said = [kind for kind in _KINDS if kind in words_of(name)]
    if len(said) != 1:
        return ()
    kind = said[0]
    return (
        *(f"{kind} {what}" for what in _SOLD),
        *(f"total {kind} {what}" for what in _SOLD),
        *(f"{what} {kind}" for what in _SOLD),
        *((kind, f"total {kind}") if kind == "net" else ()),
    )


def worth_of_lines(lines: DraftedDataset, item: DraftedField, datasets: tuple[DraftedDataset, ...]) -> tuple[str, ...]:
    """The amount, the value and the total of what the rows are lines of, where they have one amount and that has none of its own:
    the value of purchase orders is that of their lines."""
    whole = whole_of(lines, datasets)
    if whole is None or _amounts(lines) != [item] or _amounts(whole):
        return ()
    bought = BOUGHT_WORDS if BUYING & set(words_of(whole.table.said)) else ()
    return (*_worth(whole), *bought)


def whole_of(lines: DraftedDataset, datasets: tuple[DraftedDataset, ...]) -> DraftedDataset | None:
    """What the rows are lines of: where their time comes from."""
    name, dot, _ = str(lines.time).partition(".")
    return next((item for item in datasets if dot and item.name == name and len(item.primary_key) == 1), None)


def _worth(whole: DraftedDataset) -> Iterator[str]:
    """How one says what they come to: purchase order amount, value of the purchase orders."""
    initials = [text[:-1] for text in whole.synonyms if text[:-1].isupper()]
    for one in (whole.singular, *initials):
        for what in ("amount", "value", "total"):
            yield from (f"{one} {what}", f"total {one} {what}")
    for many in (whole.label, *whole.synonyms):
        for what in ("amount", "value", "total value", "total amount"):
            yield from (f"{what} of {many}", f"{what} of the {many}")
        yield f"{many} value"


def _amounts(dataset: DraftedDataset) -> list[DraftedField]:
    """The numbers that say what a row comes to, not what one piece of it does."""
    found = []
    for item in dataset.fields:
        words = set(words_of(item.column.said))
        if "price" in words and not words & _OF_ALL:
            continue
        if item.type in _NUMBERS and item.role is not FieldRole.KEY and words & _MONEY and not words & _OF_ONE:
            found.append(item)
    return found
