"""Metrics of numbers: whether a measure is added up, averaged or a level, and what the figures are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.durations import PLANNED
from catalog.drafting.names import capitalised, raw_words, readable, words_of
from catalog.drafting.net_and_gross import said_of_the_whole
from catalog.drafting.units import PHYSICAL_UNITS, is_share, unit_words
from catalog.drafting.verbs import is_participle, participle_of_time, verbs_of
from catalog.models import FieldRole, FieldType
from catalog.readable import singular_of

Additivity = Literal["sum", "average", "level", "unknown"]

_AVERAGED = frozenset(
    """
    age altitude average avg distance grade height humidity interest latitude level limit longitude margin median
    minimum maximum percent percentage point price probability rank rate rating ratio score share size speed
    target temperature threshold width weight
    """.split()
)
_ADDED = frozenset(
    """
    amount attendance bill bytes charge charges clicks commission conversions cost costs count deposit discount
    downloads duration earnings energy expense expenses fee fees freight gross hours impressions income interest_paid items
    kilometers km liters loss miles milliseconds minutes net orders output paid passengers payment payments points premium
    proceeds production profit purchases quantity refund refunds revenue sales seconds sessions sold spend spent subtotal
    tax tip tips tokens total turnover units usage value vat views visits visitors volume wages
    """.split()
)
_MASSES = frozenset({"distance", "mass", "tonnage", "weight"})
_CARRYING = frozenset(
    "catch collection consignment delivery drive flight harvest haul journey load parcel pickup ride run shipment trip".split()
)
_LEVELS = frozenset(
    """
    backlog balance balances balances_due capacity hand headcount inventory occupied onhand open outstanding pipeline
    staffed stock
    """.split()
)
# Tables whose rows say how much there was at a moment.
_OF_LEVELS = frozenset({"balance", "census", "inventory", "level", "snapshot", "stock"})
_COUNTED = frozenset({"amount", "balance", "count", "quantity", "total", "units", "value"})
_STOCK_WORDS = ("stock", "stock on hand", "inventory", "inventory on hand", "units in stock", "units on hand")
# Words that say nothing without what they are of.
_GENERAL = frozenset(
    {"amount", "value", "quantity", "count", "cost", "price", "size", "net", "gross", "number", "level"}
)
# Words that mean the money, though they are the name of the rows too.
_MONEY_ROWS = frozenset(
    """
    allocations bonuses budgets charges commissions contributions costs deposits discounts donations expenses
    fees fines grants payments penalties premiums rebates refunds revenues royalties salaries sales
    scholarships subsidies surcharges taxes tips tolls wages withdrawals
    """.split()
)
_MONEY = frozenset(
    """
    amount balance budget charge charges cost fee freight income payment price profit refund revenue salary sales spend tax
    total
    """.split()
)
_PER_ONE = frozenset({"per", "unit", "list", "standard", "current", "retail", "average", "avg"})
_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def is_measure(item: DraftedField) -> bool:
    """Whether a field is a number to be added up or averaged."""
    return item.type in _NUMBERS and item.role is None and not item.personal


def additivity_of(dataset: DraftedDataset, item: DraftedField) -> Additivity:
    """How a measure's values become one: by its name, and by what its table is about."""
    words = words_of(item.column.said)
    named = set(words)
    if is_share(item.column) or named & {
        "percent",
        "rate",
        "ratio",
        "average",
        "avg",
        "score",
        "rating",
        "temperature",
    }:
        return "average"
    if named & _LEVELS or {"on", "order"} <= named:
        return "level"
    of_level = set(words_of(dataset.table.said)[-1:]) & _OF_LEVELS
    if of_level and dataset.has_time and words[-1] in _COUNTED:
        return "level"
    happens = dataset.time not in (None, "none")
    if (named & {"cost", "amount", "fee"}) and (named & _PER_ONE or not happens):
        return "average"
    if _is_carried(dataset, words):
        return "unknown"
    if words[-1] in _AVERAGED:
        return "average"
    if named & _ADDED or words[0] in ("total", "number"):
        return "sum"
    return "average" if named & _AVERAGED else "unknown"


def _is_carried(dataset: DraftedDataset, words: tuple[str, ...]) -> bool:
    """Whether weights and distances are of what was carried or gone, which adds up: the weight of deliveries."""
    return dataset.has_own_time and bool(set(words) & _MASSES) and dataset.singular.rpartition(" ")[2] in _CARRYING


def draft_measure(
    dataset: DraftedDataset,
    item: DraftedField,
    is_ambiguous: bool,
    currency: str | None,
    words: tuple[str, ...] = (),
    entities: frozenset[str] = frozenset(),
) -> Iterator[DraftedMetric]:
    """Its sum and its mean, its mean alone, or its level.

    `is_ambiguous` where another dataset has one of the name; `words` are what people call its sum besides; `entities` are what
    rows are, which no amount is called after.
    """
    kind = additivity_of(dataset, item)
    plain = readable(words_of(item.column.said))
    core = [word for word in words_of(item.column.said) if word not in ("total", "average")]
    entity = dataset.singular
    if is_ambiguous or {word for word in core if word not in PHYSICAL_UNITS} <= _GENERAL:
        core = [*entity.split(), *core]
    is_total = core == entity.split() and "total" in plain.split()  # an invoice's total
    if item.unit and len(core) > 1 and core[-1] == item.unit:  # the unit says it: duration minutes
        core = core[:-1]
    if len(core) > 1 and core[-1] in PHYSICAL_UNITS:
        core = core[:-1]
    base = readable([*core, "total"] if is_total else core)
    stem = "_".join([*core, "total"] if is_total else core).lower()
    unit = item.unit or (currency if _is_money(item) else None)
    reference = f"{dataset.name}.{item.name}"
    time = time_of_measure(dataset, item)
    if kind in ("sum", "unknown"):
        yield DraftedMetric(
            name=stem if is_total else f"total_{stem}",
            label=capitalised(base if is_total else f"total {base}"),
            description=f"Sum of the {plain} of the {dataset.label}.",
            synonyms=(
                *words,
                *_of_money_table(dataset, item),
                base,
                f"sum of {base}",
                *_of_things(dataset, core, is_total),
                *_shorter(core, entities),
                *(() if base == plain else (plain,)),
                *(() if "total" in plain.split() else (f"total {plain}",)),
                *unit_words(item.column),
                *(text for said in _in_other_order(dataset, item) for text in (said, f"total {said}")),
                *said_of_the_whole(dataset, item),
            ),
            expression=f"SUM({reference})",
            unit=unit,
            time=time,
            doubt="" if kind == "sum" else "whether its values may be added up",
        )
    if kind == "level":
        yield _level(dataset, item, base, stem, unit)
        return
    yield DraftedMetric(
        name=f"average_{stem}",
        label=capitalised(f"average {base}"),
        description=f"Mean {plain} of the {dataset.label}, each counted once.",
        synonyms=(
            f"mean {base}",
            f"avg {base}",
            *((base, *_of_entity(entity, base)) if kind == "average" else ()),
            *(f"average {text}" for text in _of_entity(entity, base)),
            *(() if base == plain else (f"average {plain}",)),
            *(f"{word} number of {base}" for word in ("average", "mean", "avg") if _is_counted(item)),
            *(f"average {text}" for text in _of_things(dataset, core, is_total) if not text.startswith("total ")),
            *(f"average {text}" for text in (_as_written(item), *_in_other_order(dataset, item))),
        ),
        expression=f"AVG({reference})",
        unit=unit,
        time=time,
        doubt="a plain mean of the rows; perhaps it should be weighted" if kind == "average" else "",
    )


def _of_things(dataset: DraftedDataset, core: list[str], is_total: bool) -> Iterator[str]:
    """`amount of invoices` for the invoice amount; `minutes logged` for the minutes of time logs."""
    own = dataset.singular.split()
    if core[: len(own)] == own and len(core) > len(own) and not is_total:
        what = readable(core[len(own) :])
        yield from (f"{what} of {dataset.label}", f"total {what} of {dataset.label}", f"{what} of the {dataset.label}")
    if own[-1] not in core and not any(is_participle(word) for word in core):  # what is done with it is said already
        for verb in verbs_of(own[-1])[:1]:
            yield from (f"{readable(core)} {verb}", f"{verb} {readable(core)}")


def time_of_measure(dataset: DraftedDataset, item: DraftedField) -> str | None:
    """The time of what a measure says was done, where that is not the rows': of a quantity produced, when it was completed.

    The time of the same word, or else the one time that is there in just the rows that have the number. None: the rows' own.
    """
    done = _done(item)
    if done is None or not dataset.has_own_time:
        return None
    times = [other for other in dataset.fields if other.type in _TIMES and not other.personal]
    same = [other for other in times if participle_of_time(words_of(other.column.said)) == done]
    together = {
        pair.time for pair in dataset.table.known_together if pair.value is None and pair.column == item.column.name
    }
    found = same or [other for other in times if other.column.name in together]
    return f"{dataset.name}.{found[0].name}" if len(found) == 1 and found[0].name != dataset.time else None


def _done(item: DraftedField) -> str | None:
    """What was done with what a measure counts: produced, of a quantity produced; None for plans."""
    said = [word for word in words_of(item.column.said) if is_participle(word)]
    return said[0] if len(said) == 1 and not set(said) & PLANNED else None


def _as_written(item: DraftedField) -> str:
    """Its name with the abbreviations people know it by: discount pct."""
    return readable(raw_words(item.column.name))


def _in_other_order(dataset: DraftedDataset, item: DraftedField) -> Iterator[str]:
    """`produced quantity` and `units produced` for the quantity produced; `produced qty` for qty_produced."""
    words = words_of(item.column.said)
    if len(words) != 2 or not is_participle(words[1]):
        return
    yield f"{words[1]} {words[0]}"
    raw = raw_words(item.column.name)
    if len(raw) == 2 and raw != words:
        yield from (readable(raw), f"{raw[1]} {raw[0]}")
    if words[0] == "quantity":
        for noun in ("units", "pieces"):
            yield from (f"{noun} {words[1]}", f"{words[1]} {noun}", f"number of {noun} {words[1]}")


def _is_counted(item: DraftedField) -> bool:
    """Whether a whole number says how many there are of what the column is named after: seats, rooms."""
    last = words_of(item.column.said)[-1]
    return item.type is FieldType.INTEGER and item.unit is None and singular_of(last) != last


def _shorter(core: list[str], entities: frozenset[str]) -> tuple[str, ...]:
    """What is left of a name without the word that says it is a figure: freight amount is freight, the number of beds beds."""
    if core[:2] == ["number", "of"]:
        return (readable(core[2:]), f"total {readable(core[2:])}")
    rest = core[:-1] if core[-1] == "amount" else []
    plain = readable(rest)
    return () if not rest or plain in entities or rest[-1] in _GENERAL else (plain, f"total {plain}")


def _of_entity(entity: str, base: str) -> tuple[str, ...]:
    """`order freight` for the freight of orders."""
    return () if set(entity.split()) & set(base.split()) else (f"{entity} {base}",)


def _level(dataset: DraftedDataset, item: DraftedField, base: str, stem: str, unit: str | None) -> DraftedMetric:
    """A stock or balance: added up over things, never over time."""
    over = f"{dataset.name}.{dataset.time}" if dataset.has_own_time else dataset.time if dataset.has_time else None
    is_snapshot = over is not None and any(
        other.name in dataset.primary_key
        and (other.type in _TIMES or bool(set(words_of(other.column.said)) & {"date", "day", "month"}))
        for other in dataset.fields
    )
    return DraftedMetric(
        name=stem,
        label=capitalised(base),
        description=f"Sum of the {base} of the {dataset.label}{', at the last count of the period' if is_snapshot else ''}.",
        synonyms=(f"total {base}", f"current {base}", *_level_words(dataset, item)),
        expression=f"SUM({dataset.name}.{item.name})",
        unit=unit,
        semi_additive=over,
        semi_additive_by=() if is_snapshot or over is None else _pointers(dataset),
        is_state=True,
        doubt="a level: added up over things, not over time",
    )


def _level_words(dataset: DraftedDataset, item: DraftedField) -> tuple[str, ...]:
    """What people call a stock: its table's name where it is the one count in it; capacity, for capacity in pallets."""
    words, about = words_of(item.column.said), set(words_of(dataset.table.said))
    if words[0] == "capacity" and len(words) == 2:
        return (f"capacity in {words[1]}", "capacity")
    if "balance" in words:
        return ("balance", dataset.singular.removesuffix(" record")) if "balance" in about else ("balance",)
    is_on_hand = {"on", "hand"} <= set(words)
    is_the_stock = set(words) <= {"quantity", "units", "stock"} and about & {"stock", "inventory"}
    return _STOCK_WORDS if is_on_hand or is_the_stock else ()


def money_words(dataset: DraftedDataset) -> tuple[str, ...]:
    """What its rows are called where that means their money, if they have any: tips, payments, order discounts."""
    said = tuple(text for text in (dataset.label, *dataset.synonyms) if text.rpartition(" ")[2] in _MONEY_ROWS)
    return said if _amounts(dataset) else ()


def _amounts(dataset: DraftedDataset) -> list[DraftedField]:
    found = [item for item in dataset.fields if is_measure(item) and _is_money(item)]
    own = {*dataset.singular.split(), "amount", "value", "total"}  # an amount, a tip's amount
    named = [item for item in found if set(words_of(item.column.said)) <= own]
    return named if len(named) == 1 else found


def _of_money_table(dataset: DraftedDataset, item: DraftedField) -> Iterator[str]:
    """`payments` and `total payments` for the amount of payments, where they have just one."""
    if _amounts(dataset) == [item]:
        for text in money_words(dataset):
            yield from (text, f"total {text}", f"sum of {text}", f"amount of {text}", singular_of(text))
            for place, verb in enumerate(verbs_of(text.rpartition(" ")[2])):
                yield from (verb, f"amount {verb}", f"money {verb}") if not place else ()
                yield from (f"{text} {verb}", f"total {text} {verb}", f"sum of {text} {verb}")


def _is_money(item: DraftedField) -> bool:
    return bool(set(words_of(item.column.said)) & _MONEY) and item.type is FieldType.NUMBER


def _pointers(dataset: DraftedDataset) -> tuple[str, ...]:
    """The fields that say whose level it is."""
    own = dataset.primary_key if len(dataset.primary_key) == 1 else ()
    return tuple(
        f"{dataset.name}.{item.name}" for item in dataset.fields if item.role is FieldRole.KEY and item.name not in own
    )
