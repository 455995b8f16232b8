"""Takes what asks for single records: "the 10 largest orders with their amounts", "the products with their price"."""

from __future__ import annotations

from collections.abc import Container

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.draft import BoundSlot, Draft, Item, RecordSlot
from agent.planners.embedded.fields_of_others import fields_of_others, not_told
from agent.planners.embedded.fields_told import fields_told
from agent.planners.embedded.passes.latest_ones import LatestOnes, latest_ones
from agent.planners.embedded.reach import amounts_of, is_money_by_name
from agent.planners.embedded.records import bounded_field, summed_field
from agent.tools.compile import metric_time
from catalog.models import CatalogField, FieldRole, FieldType
from semantic_context.linking import split_route
from semantic_context.words import phrase_key

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_LASTING = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
# Superlatives that say what they measure: a price, a length of time.
_DEAR = ("expensive", "cheap", "pricey", "costly", "priciest", "costliest", "cheapest", "dearest")
_LONG = ("longest", "shortest", "slowest", "fastest", "quickest")
_COUNTING = ("most", "fewest", "least", "best", "worst", "leading", "weakest", "strongest")
_SIZES = frozenset("largest biggest smallest".split())
_TELLING = ("with", "with a", "with the", "showing", "including", "along with", "together with")
_AMOUNT = ("amount", "amounts", "value", "values")
_OTHER_ASKS = {Cue.SHARE, *CHANGES, Cue.TREND, Cue.TARGET, Cue.AVERAGE, Cue.MEDIAN, Cue.BEST_ONES}


def read_records(draft: Draft) -> None:
    """Fills the record slot where a dataset's rows are ranked or listed by fields of their own, and no figure is asked for."""
    if draft.asks & _OTHER_ASKS or _counts(draft):
        return
    if draft.follows or draft.time.grain is not None or draft.time.part is not None:
        return
    latest = latest_ones(draft)
    noun = latest.noun if latest is not None else _noun(draft)
    if noun is None:
        return
    dataset = latest.dataset if latest is not None else _dataset_of(draft, noun)
    others = fields_of_others(draft, dataset, noun)
    if not _is_about(draft, dataset, latest, others) or not draft.view.can_show(f"{dataset}.{_key(draft, dataset)}"):
        return
    named = dict(sorted((_fields_named(draft, dataset) | others).items()))
    measures = [reference for reference in named.values() if _is_number(draft, reference)]
    ranking = draft.ranking
    sort: str | None = None
    time = latest.time if latest is not None else next((name for name in _times(draft, dataset)), None)
    told = fields_told(draft, dataset, noun, time)
    if latest is not None:
        if ranking is not None and ranking.item not in latest.said_by:
            return
        sort = time
    elif ranking is not None:
        if not _stands_before(draft, ranking.item, noun) or ranking.nth is not None:
            return
        if not measures and _text_of(draft, ranking.item) in ("top", "bottom"):
            return
        sort = measures[0] if measures else _measured_by(draft, dataset, is_event=time is not None)
        if sort is None:
            return
    elif not _lists(draft) or any(bounded_field(draft, dataset, slot) is None for slot in draft.bounds):
        return
    elif told or _tells_fields(draft, noun, named):
        draft.units_said |= set(told)
        draft.unexplained += _unknown_among_the_fields(draft, noun)
        draft.unexplained += not_told(draft, dataset, noun, named)
    elif not noun.has("dataset"):
        return
    elif draft.bounds:
        if not _bounds_an_own_field(draft, dataset):
            return
        named = {**named, **{slot.item: bounded_field(draft, dataset, slot) or "" for slot in draft.bounds}}
    elif _may_be_a_figure(draft, named, measures, time) or _names_others(draft, noun, named):
        return
    descending = ranking is not None and ranking.sense in ("high", "good")
    if latest is not None:
        descending = latest.descending
        draft.filters += latest.filters
        draft.units_said |= latest.words
    elif ranking is not None and _text_of(draft, ranking.item) in (
        "cheapest",
        "shortest",
        "fastest",
        "quickest",
        "slowest",
    ):
        descending = _text_of(draft, ranking.item) == "slowest"
    for item in draft.items:
        if item.place in named or item is noun or (latest is not None and item.place in latest.said_by):
            item.used = "record"
    amount = _amount_told(draft, dataset, noun)
    if amount is not None:
        named = {**named, amount[0]: amount[1]}
    draft.units_said |= set(told)
    shown = [reference for reference in (*named.values(), *told.values()) if reference != sort]
    fields = tuple(dict.fromkeys([*shown, *([sort] if sort is not None else [])]))
    limit = latest.count or 10 if latest is not None else None
    if latest is None and ranking is not None:
        limit = ranking.count or (1 if not draft.is_plural(noun) else 10)
    if noun.has("dataset"):
        draft.filters = [slot for slot in draft.filters if slot.item != noun.place]
    draft.records = RecordSlot(dataset, fields, sort, descending, limit, time)
    draft.metrics, draft.groups, draft.rank_metric, draft.ranking = [], [], None, None


def _bounds_an_own_field(draft: Draft, dataset: str) -> bool:
    """ "List the open invoices with an amount above 300": every bound names the field of the things that it is on."""
    return all(
        any(split_route(meaning.name)[0] == bounded_field(draft, dataset, slot) for meaning in slot.fields)
        for slot in draft.bounds
    )


def _unknown_among_the_fields(draft: Draft, noun: Item) -> list[str]:
    """Words behind the things that nothing explains: a field asked for, though the clause would else be set aside."""
    start = draft.tokens[noun.span.start].start
    return [
        token.text
        for token in draft.left_over
        if token.start > start and draft.in_context(token) and token.start not in draft.units_said
    ]


def _may_be_a_figure(draft: Draft, named: dict[int, str], measures: list[str], time: str | None) -> bool:
    """Whether nothing but kinds of things is named beside them, so that their number may be meant, where a figure is."""
    if not draft.groups and (not draft.metrics or _says_list(draft)):
        return False
    return not measures and bool(time is not None or named or draft.groups)


def _names_others(draft: Draft, noun: Item, named: Container[int]) -> bool:
    """ "List the incidents of March with a lift": other things are named, which no field of these tells of."""
    return any(
        item is not noun and item.place not in named and item.used in (None, "noun", "group") and not item.is_stop
        for item in draft.items
        if item.has("dataset", "field")
    )


def _tells_fields(draft: Draft, noun: Item, named: dict[int, str]) -> bool:
    """ "list the orders over $200 with number and date": fields of the things themselves, told behind "with" or a colon."""
    for place in (place for place in named if place > noun.place):
        between = draft.items[noun.place + 1 : place]
        text = draft.question[draft.tokens[noun.span.end - 1].end : draft.tokens[draft.items[place].span.start].start]
        if ":" in text or any(item.text.casefold() in _TELLING for item in between):
            return True
    return False


def _amount_told(draft: Draft, dataset: str, noun: Item) -> tuple[int, str] | None:
    """The one amount of the things, where "amount" alone is told among their fields; what it may mean else is unexplained."""
    said = [item for item in draft.items[noun.place + 1 :] if item.is_stop and item.text.casefold() in _AMOUNT]
    if not said:
        return None
    own = [name for name in amounts_of(draft.view, dataset, None) if _is_money(draft, name)]
    if len(own) == 1:
        return said[0].place, own[0]
    draft.unexplained.append(said[0].text)
    return None


def _is_money(draft: Draft, reference: str) -> bool:
    field = draft.view.whole.field(reference)
    return (field.unit is not None and field.unit.isupper()) or is_money_by_name(draft.view, field)


def _counts(draft: Draft) -> bool:
    """Whether a count is asked for: "the amount of the largest order" and "order number of ..." ask for fields."""
    for item in draft.items:
        if item.cue() is not Cue.COUNT:
            continue
        amount = item.text.casefold().startswith("amount") and draft.ranking is not None
        before = draft.items[item.place - 1] if item.place else None
        numbered = item.text.casefold().startswith("number") and before is not None and before.has("dataset")
        if not amount and not numbered:
            return True
    return False


def _lists(draft: Draft) -> bool:
    """Whether a list is asked for in so many words."""
    return any(item.cue() is Cue.LIST and item.text.casefold() not in ("all the",) for item in draft.items)


def _says_list(draft: Draft) -> bool:
    """Whether a list is asked for by that very word."""
    return any(item.cue() is Cue.LIST and item.text.casefold().startswith("list") for item in draft.items)


def _stands_before(draft: Draft, superlative: int, noun: Item) -> bool:
    """Whether a superlative of size stands right before the things: "the 10 largest orders", not "with the most orders"."""
    if superlative < 0 or superlative >= noun.place:
        return False
    between = draft.items[superlative + 1 : noun.place]
    near = all(item.is_stop or item.used in ("ranking", "value") or item.has("number") for item in between)
    return near and _text_of(draft, superlative) not in _COUNTING


def _noun(draft: Draft) -> Item | None:
    """The things that are listed: behind the superlative where there is one, else the first dataset."""
    start = draft.ranking.item if draft.ranking is not None and draft.ranking.item >= 0 else 0
    for item in draft.items[start:]:
        if item.has("dataset") and item.used in ("group", "metric", "noun", None) and not _is_field_only(item):
            return item
        if item.used == "value" and _is_what_is_listed(draft, item):
            return item
        if item.used == "metric" and not item.has("dataset") and _lists(draft) and draft.ranking is None:
            return item if summed_field(draft.view, item.of("metric")[0].name) is not None else None
        if _is_an_amount_each(draft, item):
            return item
        if item.used == "value" and (_is_the_kind(draft, item) or _stands_for_things(draft, item)):
            return item
        if item.used == "time" and _lists(draft):
            continue  # "list last week's leads"
        if item.used == "value" and (_lists(draft) or _is_picked(draft, item)):
            continue  # "list the cancelled orders with their numbers"
        if item.used in ("time", "value") or (item.used == "metric" and not item.has("dataset")):
            return None
    return None


def _is_what_is_listed(draft: Draft, item: Item) -> bool:
    """ "List the events of last week", where an event is a way to sign up as well: the plural right behind the word, with no other
    things behind it."""
    before, behind = draft.preceding(item.place), draft.following(item.place)
    said = item.has("dataset") and draft.is_plural(item) and before is not None and before.cue() is Cue.LIST
    return said and _says_list(draft) and not (behind is not None and behind.has("dataset"))


def _is_an_amount_each(draft: Draft, item: Item) -> bool:
    """ "The five largest refunds": of an amount by whose name the field is called that it adds up, the single ones, where how
    large they are is said of so many of them."""
    before = draft.items[item.place - 1] if item.place else None
    if before is None or before.used != "ranking" or not _SIZES & set(before.text.casefold().split()):
        return False
    field = (
        summed_field(draft.view, item.of("metric")[0].name) if item.used == "metric" and item.has("metric") else None
    )
    if field is None or item.has("dataset") or not draft.is_plural(item) or item.span.end - item.span.start != 1:
        return False
    known = draft.view.whole.field(field)
    word = draft.tokens[item.span.start].base
    counted = draft.ranking is not None and draft.ranking.count is not None
    return counted and any(word in phrase_key(text) for text in (known.label, known.name))


def _is_the_kind(draft: Draft, value: Item) -> bool:
    """ "The 4 most expensive books": a kind of things that stands for them, where the superlative says what it measures."""
    before = draft.items[value.place - 1] if value.place else None
    behind = draft.items[value.place + 1] if value.place + 1 < len(draft.items) else None
    dear = before is not None and before.used == "ranking" and any(word in before.text.casefold() for word in _DEAR)
    own = {
        choice.field.partition(".")[0]
        for slot in draft.filters
        if slot.item == value.place
        for choice in slot.candidates
    }
    return dear and len(own) == 1 and not (behind is not None and behind.has("dataset"))


def _stands_for_things(draft: Draft, value: Item) -> bool:
    """ "List the cats that arrived in May, with shelter": a kind in the plural, listed without the name of the things."""
    before, behind = draft.preceding(value.place), draft.items[value.place + 1 :]
    own = {
        choice.field.partition(".")[0]
        for slot in draft.filters
        if slot.item == value.place
        for choice in slot.candidates
    }
    named = any(own & {meaning.name for meaning in item.of("dataset")} for item in behind)
    listed = before is not None and before.cue() is Cue.LIST and draft.ranking is None
    return listed and draft.is_plural(value) and len(own) == 1 and not named


def _is_picked(draft: Draft, value: Item) -> bool:
    """ "The five largest open invoices": a value between the superlative and the things."""
    before = draft.items[value.place - 1] if value.place else None
    behind = draft.items[value.place + 1] if value.place + 1 < len(draft.items) else None
    return before is not None and before.used == "ranking" and behind is not None and behind.has("dataset")


def _dataset_of(draft: Draft, noun: Item) -> str:
    """The things that a noun names, or of whose rows it names the amount: "the refunds"."""
    if noun.has("dataset"):
        return noun.of("dataset")[0].name
    if noun.used == "value":
        return next(slot for slot in draft.filters if slot.item == noun.place).candidates[0].field.partition(".")[0]
    return (summed_field(draft.view, noun.of("metric")[0].name) or "").partition(".")[0]


def _is_field_only(item: Item) -> bool:
    """Whether an item is a field of another dataset before it is a thing."""
    own = item.of("dataset")[0]
    fields = [meaning for meaning in item.of("field") if not meaning.name.startswith(f"{own.name}.")]
    return item.span.best.kind == "field" and bool(fields) and fields[0].score > own.score + 0.02


def _is_about(draft: Draft, dataset: str, latest: LatestOnes | None, others: Container[int]) -> bool:
    """Whether no figure is asked for but the number of the dataset's rows, and all groups are fields of it, or told of what its
    rows belong to."""
    counts = set(count_metrics(draft.view, dataset))
    listed = _lists(draft) and Cue.TOTAL not in draft.asks and not any(slot.leader is Cue.BY for slot in draft.groups)
    plain = all(
        (latest is not None and slot.item == latest.noun.place)
        or slot.item in others
        or (name := slot.candidates[0].name) in counts
        or (slot.item >= 0 and _is_an_amount_each(draft, draft.items[slot.item]))
        or (listed and (_is_field_of(draft, slot.item, dataset) or _adds_up_own(draft, name, dataset)))
        for slot in draft.metrics
    )
    own = all(
        slot.item in others or any(split_route(m.name)[0].startswith(f"{dataset}.") for m in slot.candidates)
        for slot in draft.groups
    )
    return (
        plain
        and own
        and _key(draft, dataset) != ""
        and not any(_is_of_others(draft, slot, dataset) for slot in draft.bounds)
    )


def _adds_up_own(draft: Draft, metric: str, dataset: str) -> bool:
    return (summed_field(draft.view, metric) or "").startswith(f"{dataset}.")


def _is_of_others(draft: Draft, slot: BoundSlot, dataset: str) -> bool:
    """Whether a bound is on a figure that is neither the number of the things nor an amount of theirs."""
    counts = count_metrics(draft.view, dataset)
    return any(item.name not in counts and not _adds_up_own(draft, item.name, dataset) for item in slot.metrics)


def _is_field_of(draft: Draft, place: int, dataset: str) -> bool:
    """Whether what was taken for a figure is a field of the things listed: "the rooms with their capacities"."""
    fields = draft.items[place].of("field") if place >= 0 else ()
    return any(split_route(meaning.name)[0].startswith(f"{dataset}.") for meaning in fields)


def _key(draft: Draft, dataset: str) -> str:
    keys = draft.view.datasets[dataset].primary_key
    return keys[0] if len(keys) == 1 else ""


def _fields_named(draft: Draft, dataset: str) -> dict[int, str]:
    """The dataset's fields that the question names, by their items."""
    found: dict[int, str] = {}
    for item in draft.items:
        if item.used not in (None, "group", "unexplained", "metric") or (item.has("value") and not _dates(draft, item)):
            continue
        for meaning in item.of("field"):
            reference = split_route(meaning.name)[0]
            if reference.startswith(f"{dataset}.") and not (item.has("dataset") and _is_key(draft, reference)):
                found[item.place] = reference
                break
    return found


def _dates(draft: Draft, item: Item) -> bool:
    """Whether a word stands before the period as the verb of a time, and is only part of some value: "received in April"."""
    behind = draft.following(item.place)
    partly = all(meaning.how == "contained" for meaning in item.of("value"))
    times = [split_route(meaning.name)[0] for meaning in item.of("field")]
    return (
        partly
        and behind is not None
        and behind.used == "time"
        and bool(times)
        and all(draft.view.whole.field(name).role is FieldRole.TIME for name in times)
    )


def _is_key(draft: Draft, reference: str) -> bool:
    dataset, _, name = reference.partition(".")
    return name in draft.view.datasets[dataset].primary_key


def _is_number(draft: Draft, reference: str) -> bool:
    item = draft.view.whole.field(reference)
    return item.type in _NUMBERS and item.role is not FieldRole.KEY


def _measured_by(draft: Draft, dataset: str, *, is_event: bool) -> str | None:
    """The one measure of the dataset that a superlative can be about; None where several can."""
    assert draft.ranking is not None
    said = _text_of(draft, draft.ranking.item)

    def fits(item: CatalogField) -> bool:
        if item.role is not FieldRole.MEASURE or item.type not in _NUMBERS or item.hidden:
            return False
        if not draft.view.can_show(f"{dataset}.{item.name}"):
            return False
        if said in _LONG:
            return item.unit in _LASTING
        if any(word in said for word in _DEAR):
            return item.unit is not None and item.unit.isupper() and "price" in f"{item.label} {item.name}".casefold()
        is_money = item.unit is not None and item.unit.isupper()
        return is_event and (is_money or is_money_by_name(draft.view, item))

    fitting = [f"{dataset}.{item.name}" for item in draft.view.datasets[dataset].fields if fits(item)]
    return fitting[0] if len(fitting) == 1 else None


def _text_of(draft: Draft, place: int) -> str:
    return draft.items[place].text.casefold() if place >= 0 else ""


def _times(draft: Draft, dataset: str) -> tuple[str, ...]:
    """The time of the dataset's rows: that of the metric that counts them."""
    names = count_metrics(draft.view, dataset)
    found = metric_time(draft.view, names[0]) if names else ()
    own = draft.view.datasets[dataset].time_field
    if not names and own is not None and draft.view.can_show(f"{dataset}.{own}"):
        return (f"{dataset}.{own}",)
    return tuple(name for name in found if name.startswith(f"{dataset}."))
