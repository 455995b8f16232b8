"""What people call amounts before and after a tax, where one table holds both: net invoiced, the invoice total incl. VAT."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedField
from catalog.drafting.names import plural_of, readable, words_of
from catalog.drafting.verbs import gerund_of, verbs_of
from catalog.models import FieldRole, FieldType

_TAXES = frozenset({"gst", "tax", "vat"})
_SAY_A_FIGURE = frozenset({"amount", "amt", "sum", "total", "value"})
_BEFORE = ("before", "excluding", "excl", "ex", "without", "net of")
_AFTER = ("including", "incl", "with", "after")
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def said_of_the_whole(dataset: DraftedDataset, item: DraftedField) -> Iterator[str]:
    """The amount of what is done in other words, by what is left of its name: `net invoiced` and `net invoicing` for the net
    amount of invoices; `invoice totals incl. VAT` for the total amount where the tax stands beside it."""
    words, own = words_of(item.column.said), dataset.singular.split()
    if not set(words) & (_SAY_A_FIGURE | {"net", "gross"}) or set(words) & _TAXES or dataset.time in (None, "none"):
        return
    kind = readable([word for word in words if word not in (*_SAY_A_FIGURE, *own)])
    verb = next(iter(verbs_of(own[-1])), "")
    if kind in ("net", "gross") and verb:
        yield from (
            f"{kind} {verb}",
            f"{verb} {kind}",
            f"{kind} {verb} amount",
            f"{kind} amount {verb}",
            f"{verb} {kind} amount",
        )
        yield from (f"{kind} {gerund_of(verb)}",) if gerund_of(verb) else ()
        yield from (f"{kind} {text} amount" for text in (dataset.singular,))
    if kind in ("", "net", "gross"):
        yield from _with_the_tax(dataset, item, verb)


def _with_the_tax(dataset: DraftedDataset, item: DraftedField, verb: str) -> Iterator[str]:
    tax = next((word for word in _taxes(dataset)), "")
    is_net = "net" in words_of(item.column.said) or "subtotal" in words_of(item.column.said)
    if not tax or (not is_net and not any("net" in words_of(other.column.said) for other in dataset.fields)):
        return
    entity = dataset.singular
    named = [f"{entity} total", f"{plural_of(f'{entity} total')}", f"{entity} amount", f"total {entity} amount"]
    if verb:
        named += [verb, f"{verb} amount", f"amount {verb}", entity]
    if not is_net:
        yield from (plural_of(f"{entity} total"), f"gross {entity} amount")
        yield from (f"gross {verb}", f"{verb} gross") if verb else ()
    for said in dict.fromkeys((tax, tax.upper())):
        for text in named:
            yield from (f"{text} {lead} {said}" for lead in (_BEFORE if is_net else _AFTER))


def _taxes(dataset: DraftedDataset) -> list[str]:
    """The words of the one tax whose amount stands in the rows; none where there are several."""
    found = [
        next(iter(set(words_of(item.column.said)) & _TAXES))
        for item in dataset.fields
        if item.type in _NUMBERS
        and item.role is not FieldRole.KEY
        and set(words_of(item.column.said)) & _TAXES
        and not set(words_of(item.column.said)) & {"net", "rate", "percent"}
    ]
    return found if len(found) == 1 else []
