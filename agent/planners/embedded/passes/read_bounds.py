"""Takes comparisons with numbers: "more than 1,000 orders", "orders over $200", "between 5 and 10 %"."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from agent.planners.embedded.counts import count_metrics, counted_thing, metrics_that_count
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.currencies import currency_meant
from agent.planners.embedded.draft import BoundSlot, Draft, GroupSlot, Item, NumberBound
from agent.planners.embedded.passes.read_groups import entity_fields
from agent.planners.embedded.passes.read_ranking import number_of
from agent.planners.embedded.reach import amounts_of, base_datasets, is_money_by_name
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, FieldRole, FieldType
from catalog.query import Operator
from catalog.units import is_currency
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning, split_route
from semantic_context.words import verb_stem

_OPERATORS: dict[Cue, Operator] = {
    Cue.MORE_THAN: "gt",
    Cue.LESS_THAN: "lt",
    Cue.AT_LEAST: "ge",
    Cue.AT_MOST: "le",
    Cue.EXACTLY: "eq",
    Cue.BETWEEN: "between",
}

# Without a number these only say where or when ("over the year", "between the regions"), or that something is reached.
_PREPOSITIONS = ("over", "between", "under", "within", "up to")
_BEFORE_NOUNS = ("a", "an", "the", "their", "its", "of", "by", "and", "where", "whose", "current", "in")
_VERBS = ("hit", "reach", "meet", "met", "achiev", "beat", "surpas", "surpass", "cros", "cross", "miss")


_SECONDS = {"seconds": 1.0, "minutes": 60.0, "hours": 3_600.0, "days": 86_400.0, "weeks": 604_800.0}
_LASTING = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_BARE_AMOUNTS = ("amount", "amounts", "value", "values")
_LIMITS = {"minimum": Cue.AT_LEAST, "min": Cue.AT_LEAST, "maximum": Cue.AT_MOST, "max": Cue.AT_MOST}


def read_bounds(draft: Draft) -> None:
    """Fills a bound slot for each comparison word with its number, and names what it bounds."""
    for item in draft.items:
        cue = _LIMITS.get(item.text.casefold(), item.cue())
        if cue not in _OPERATORS or item.used in ("ranking", "time"):
            continue
        numbers = _numbers_beside(draft, item, cue)
        if not numbers:
            # "did we hit the target" is held against it elsewhere; "did we beat last October" holds two periods together.
            aims = verb_stem(item.text.casefold()) in _VERBS and draft.has_cue(Cue.TARGET)
            harmless = item.text.casefold() in _PREPOSITIONS or aims
            if harmless and item.used == f"cue:{cue.value}":
                item.used = "preposition"
            continue
        bound = _bound(draft.view, _OPERATORS[cue], numbers)
        if bound is None or _is_a_year(draft, item, numbers):
            continue
        item.used = "bound"
        for number in numbers:
            number.used = "bound"
        bound = _with_unit(draft, bound, numbers[-1])
        draft.bounds.append(_with_subject(draft, item, numbers[-1], bound))
    for place, (one, other) in enumerate(itertools.pairwise(draft.bounds)):
        if any(item.cue() is Cue.OR for item in draft.items[one.item + 1 : other.item]):
            draft.either_bound = True
        if _is_bare(other) and _joins_alone(draft, one, other):
            draft.bounds[place + 1] = replace(one, item=other.item, bound=other.bound)  # "over $500 or under $20"


def _is_a_year(draft: Draft, comparison: Item, numbers: list[Item]) -> bool:
    """ "Over 2026": a stretch of time that no phrase of time took, and no bound."""
    after = draft.items[numbers[-1].place + 1] if numbers[-1].place + 1 < len(draft.items) else None
    counts = after is not None and after.has("metric", "dataset", "field")
    year = len(numbers) == 1 and re.fullmatch(r"(?:19|20)\d\d", numbers[0].text) is not None
    return year and not counts and comparison.text.casefold() in ("over", "within", "under", "up to")


def _is_bare(slot: BoundSlot) -> bool:
    return not (slot.metrics or slot.fields or slot.dataset or slot.about_growth)


def _joins_alone(draft: Draft, one: BoundSlot, other: BoundSlot) -> bool:
    """Whether nothing but a number and a joining word stands between two comparisons."""
    return all(
        item.is_stop or item.used == "bound" or item.cue() in (Cue.OR, Cue.AND)
        for item in draft.items[one.item + 1 : other.item]
    )


def _numbers_beside(draft: Draft, item: Item, cue: Cue) -> list[Item]:
    after = draft.following(item.place)
    if number_of(after) is not None and after is not None and after.used is None:
        if cue is not Cue.BETWEEN:
            return [after]
        joint = draft.following(after.place)
        second = draft.following(joint.place) if joint is not None and joint.cue() is Cue.AND else None
        return [after, second] if second is not None and number_of(second) is not None else []
    before = draft.preceding(item.place)
    if cue in (Cue.AT_LEAST, Cue.AT_MOST) and before is not None and before.used is None and number_of(before):
        return [before]  # "5 or more"
    counted = draft.preceding(before.place) if before is not None and before.used is None else None
    if cue in (Cue.AT_LEAST, Cue.AT_MOST) and counted is not None and item.text.casefold().startswith("or "):
        alone = counted.place + 1 == item.place - 1 and counted.used is None and number_of(counted) is not None
        return [counted] if alone else []  # "5 orders or more"
    return []


def _with_unit(draft: Draft, bound: NumberBound, number: Item) -> NumberBound:
    """The bound with the length of time said right behind its number ("longer than 8 days"), where nothing else knows it or
    a figure named before is measured in it."""
    behind = draft.tokens[number.span.end] if number.span.end < len(draft.tokens) else None
    unit = f"{behind.base}s" if behind is not None else ""
    if behind is None or unit not in _LASTING or bound.unit is not None or bound.percent:
        return bound
    if behind.start in {token.start for token in draft.left_over}:
        draft.units_said.add(behind.start)
        return replace(bound, unit=unit)
    item = draft.items[number.place + 1]
    alone = item.span.start == number.span.end and item.span.end == item.span.start + 1 and item.used is None
    if alone and item.has("metric", "field") and _is_measured_before(draft, number.place, unit):
        item.used = "bound"
        return replace(bound, unit=unit)
    return bound


def _is_measured_before(draft: Draft, place: int, unit: str) -> bool:
    names = [
        meaning.name for item in draft.items[:place] if item.span.best.kind == "metric" for meaning in item.of("metric")
    ]
    return any(draft.view.whole.metric_by_name[name].unit == unit for name in names)


def _bound(view: CatalogView, operator: Operator, numbers: list[Item]) -> NumberBound | None:
    parsed = [number for item in numbers if (number := number_of(item)) is not None]
    unit = next((number.unit for number in parsed if number.unit), None)
    values = [float(number.value) for number in parsed]
    if unit in ("percent", "points"):
        values = [value / 100 for value in values]
    currency = currency_meant(view, next((number.currency for number in parsed if number.currency), None))
    if operator == "between":
        return NumberBound(operator, min(values), max(values), currency, unit in ("percent", "points"))
    return NumberBound(operator, values[0], None, currency, unit in ("percent", "points"))


def _with_subject(draft: Draft, comparison: Item, number: Item, bound: NumberBound) -> BoundSlot:
    first, last = sorted((comparison, number), key=lambda item: item.place)  # "3 or more orders"
    between = draft.items[first.place + 1] if last.place == first.place + 2 and last is comparison else None
    right = between or _after(draft, last)  # "5 orders or more"
    left = _thing_of_values(draft, _before(draft, first))
    lasting = _lasting_field(draft, left, right)
    if lasting and right is not None and left is not None:
        right.used = left.used = "bound"  # "an arrival delay between 30 and 60 minutes"
        factor = _SECONDS[right.text.casefold()] / _SECONDS[str(lasting[0].payload)]
        upper = bound.upper * factor if bound.upper is not None else None
        return BoundSlot(comparison.place, replace(bound, value=bound.value * factor, upper=upper), fields=lasting)
    if right is not None and _counts_kinds(draft, right, bound):
        draft.unexplained.append(f"{comparison.text} {number.text} {right.text}")
    if right is not None and right.text.casefold() in _SECONDS and right.span.best.how == "meaning":
        draft.unexplained.append(
            right.text
        )  # "took more than 24 hours to solve": no figure that only sounds like hours
        right.used = "bound"
    shared = right is not None and any(right.place == place for place in draft.shared_subjects)
    if right is not None and left is not None and right.used is None and (field := _same_measure(draft, left, right)):
        left.used = right.used = "bound"  # "weigh more than 5,000 grams"
        return BoundSlot(comparison.place, bound, (), (Meaning("field", field, 0.9, "name"),), named_after=True)
    if right is not None and (right.used is None or shared) and _can_be_bounded(draft, right, bound):
        right.used = "bound"
        metrics = _numbers_of(draft, right, number, bound)
        while left is not None and (_only_acts(draft, left) or _says_when_they_are(draft, left, right)):
            left.used = "bound"  # "products that sold more than 50 units": who did it stands before the verb
            left = _before(draft, left)
        thing = thing_of(draft.view, left) if left is not None else None
        about = thing_of(draft.view, right)
        counted = _counted_field(draft, left) if left is not None and Cue.COUNT in draft.asks else None
        if counted is not None and thing is None:
            return BoundSlot(comparison.place, bound, metrics, (), about, None, entity_key=counted, counted=right.place)
        if left is not None and _counts_groups(draft, left, thing):
            draft.bounded.append(left.place)  # "how many stores beat 100k revenue"
            thing = None
        lists = Cue.COUNT not in draft.asks
        if lists and left is not None and left.used is None and thing != about:
            _list_things(draft, left, thing)
        doer = thing if thing != about else None
        return BoundSlot(comparison.place, bound, metrics, (), about, doer, counted=right.place)
    if right is not None and right.used is None and _is_a_field_alone(right) and bound.unit is None:
        right.used = "bound"
        return BoundSlot(comparison.place, bound, (), right.of("field"), named_after=True)
    if left is not None and _only_acts(draft, left) and (doer := _doer(draft, left)) is not None:
        left.used = "bound"  # "customers who ordered at least 20 times"
        return BoundSlot(comparison.place, bound, left.of("metric"), (), None, doer)
    moves = draft.preceding(left.place) if left is not None and left.text.casefold() == "by" else left
    if moves is not None and moves is not left and moves.span.best.kind == "metric":
        moves = draft.preceding(moves.place)  # "grew their revenue by more than 4 %"
    if moves is not None and moves.cues() & CHANGES:  # "fell more than 5 %", "grew by more than 5 %"
        return BoundSlot(comparison.place, bound, about_growth=True, falls=Cue.FALL in moves.cues())
    if left is not None and (own := _own_amounts(draft, left)):
        left.used = "bound"  # "how many policies with an annual premium between 500 and 1,000"
        return BoundSlot(comparison.place, bound, fields=own)
    if left is not None and left.has("metric"):
        owner = draft.preceding(left.place)
        if owner is not None and (owner.cue() is Cue.HAVING or owner.text.casefold() in ("whose", "where")):
            owner = draft.preceding(owner.place)
            if owner is not None and owner.used is None and owner.has("field", "dataset", "value"):
                draft.bounded.append(owner.place)  # "departments with a rate above 10 %"
    if left is not None and left.has("dataset") and _is_counted(draft, left):
        amounts = amounts_of(draft.view, left.of("dataset")[0].name, bound.unit)
        if len(amounts) == 1:  # "how many payments over 5,000"
            return BoundSlot(
                comparison.place, bound, (), (Meaning("field", amounts[0], 0.9, "name"),), named_after=True
            )
    if left is not None and _asks_when(draft) and (worth := _worth_of(draft, left, bound)) is not None:
        left.span = replace(
            left.span, meanings=(worth, *left.span.meanings)
        )  # "which months did donations exceed £25,000"
    if left is not None and left.used is None and _is_a_measure(draft, left, bound):
        left.used = "bound"  # "products with a price over 200 dollars"
    if left is not None and left.has("metric", "field", "dataset"):
        return BoundSlot(comparison.place, bound, left.of("metric"), left.of("field"), thing_of(draft.view, left))
    return BoundSlot(comparison.place, bound)


def _numbers_of(draft: Draft, item: Item, number: Item, bound: NumberBound) -> tuple[Meaning, ...]:
    """The figures that a bound is on: "at least 40 ratings" is a number of ratings, though a mean of them is called a rating."""
    named = item.of("metric")
    things = [meaning.name for meaning in item.of("dataset") if meaning.how in ("name", "synonym")]
    beside = item.span.start == number.span.end and draft.is_plural(item) and bound.unit is None and not bound.percent
    figures = [draft.view.whole.metric_by_name[meaning.name] for meaning in named]
    adds_up = any(
        getattr(figure, "aggregation", None) is Aggregation.SUM or figure.unit == "count" for figure in figures
    )
    if not named or not beside or adds_up or len(things) != 1:
        return named
    counts = count_metrics(draft.view, things[0])
    return tuple(Meaning("metric", name, 0.95, "count") for name in counts[:1]) or named


def _asks_when(draft: Draft) -> bool:
    """ "In which months ...": it is times that are sought, not things."""
    return draft.time.asks_which or any(
        one.cue() is Cue.WHICH and other.has("period") for one, other in itertools.pairwise(draft.items)
    )


def _worth_of(draft: Draft, item: Item, bound: NumberBound) -> Meaning | None:
    """The one figure that adds up, in the bound's currency, all the things that an item names and no figure is called by."""
    things = {meaning.name for meaning in item.of("dataset")}
    if bound.unit is None or len(things) != 1 or item.has("metric"):
        return None
    amounts = amounts_of(draft.view, min(things), bound.unit)
    found = [
        metric.name
        for metric in draft.view.metrics.values()
        if isinstance(metric, AggregateMetric)
        and metric.aggregation is Aggregation.SUM
        and metric.expression in amounts
    ]
    return Meaning("metric", found[0], 0.96, "name") if len(found) == 1 else None


def _own_amounts(draft: Draft, item: Item) -> tuple[Meaning, ...]:
    """The amounts of the things that are counted which an item names, whatever figure is called so too."""
    having = draft.preceding(item.place)
    owner = draft.preceding(having.place) if having is not None and having.cue() is Cue.HAVING else None
    while owner is not None and owner.used == "time":
        owner = draft.preceding(owner.place)  # "orders of 2024 with a freight amount above 200"
    things = {meaning.name for meaning in owner.of("dataset")} if owner is not None else set()
    for meaning in (
        owner.of("metric") if owner is not None else ()
    ):  # "cars sold this year with a sale price above 30,000"
        things |= {
            name for name in base_datasets(draft.view, meaning.name) if meaning.name in count_metrics(draft.view, name)
        }
    if not things or not draft.asks & {Cue.COUNT, Cue.LIST}:
        return ()
    own = tuple(
        meaning
        for meaning in item.of("field")
        if meaning.name.partition(".")[0] in things
        and draft.view.whole.field(split_route(meaning.name)[0]).role is FieldRole.MEASURE
    )
    if own or item.text.casefold() not in _BARE_AMOUNTS or not owner or not owner.has("dataset"):
        return own if Cue.COUNT in draft.asks else ()
    amounts = [
        name for thing in sorted(things) for name in amounts_of(draft.view, thing, None) if _is_money(draft, name)
    ]
    if len(amounts) != 1:
        draft.unexplained.append(item.text)  # of several amounts of theirs, or of none, one must say which
    return tuple(Meaning("field", name, 0.9, "name") for name in amounts[:1])


def _is_money(draft: Draft, reference: str) -> bool:
    field = draft.view.whole.field(reference)
    return (field.unit is not None and is_currency(field.unit)) or is_money_by_name(draft.view, field)


def _lasting_field(draft: Draft, item: Item | None, unit: Item | None) -> tuple[Meaning, ...]:
    """The fields that an item names which are lengths of time, where a unit of time stands behind the number; each with its
    own unit as payload."""
    if item is None or unit is None or unit.text.casefold() not in _SECONDS or item.has("metric"):
        return ()
    found = ((meaning, draft.view.whole.field(split_route(meaning.name)[0]).unit) for meaning in item.of("field"))
    return tuple(replace(meaning, payload=own) for meaning, own in found if own in _SECONDS)


def _counts_kinds(draft: Draft, item: Item, bound: NumberBound) -> bool:
    """Whether a bound is on how many different values of a field there are: "bought from more than one category"."""
    if bound.unit is not None or bound.percent or item.used is not None or item.has("metric", "dataset", "period"):
        return False
    fields = [draft.view.whole.field(split_route(meaning.name)[0]) for meaning in item.of("field")]
    return bool(fields) and all(field.role in (FieldRole.DIMENSION, FieldRole.KEY) for field in fields)


def _same_measure(draft: Draft, left: Item, right: Item) -> str | None:
    """The field that the word before a bound names and the word after it adds up: of each row it is meant."""
    fields = {split_route(meaning.name)[0] for meaning in left.of("field")}
    for meaning in right.of("metric"):
        metric = draft.view.whole.metric_by_name[meaning.name]
        if (
            isinstance(metric, AggregateMetric)
            and metric.aggregation is Aggregation.SUM
            and metric.expression in fields
        ):
            return metric.expression
    return None


def _counts_groups(draft: Draft, item: Item, thing: str | None) -> bool:
    """Whether "how many" asks for things that no figure counts: they are counted as groups."""
    counted = thing is not None and bool(metrics_that_count(draft.view, thing))
    return Cue.COUNT in draft.asks and item.used is None and item.has("field", "dataset") and not counted


def _is_counted(draft: Draft, item: Item) -> bool:
    """Whether "how many" is asked of an item, with nothing but values between."""
    before = draft.preceding(item.place)
    while before is not None and before.has("value"):
        before = draft.preceding(before.place)
    return before is not None and before.cue() is Cue.COUNT


def _is_a_field_alone(item: Item) -> bool:
    """Whether an item names fields and nothing else: what is counted, or a word that only looks like it."""
    return item.has("field") and not item.has("metric", "dataset", "value", "period", "stop", "cue")


def _is_a_measure(draft: Draft, item: Item, bound: NumberBound) -> bool:
    """Whether an item is a noun for nothing but a number of each thing, in the bound's unit: "a cost", not "they cost"."""
    before = draft.items[item.place - 1] if item.place else None
    if before is None or not (before.text.casefold() in _BEFORE_NOUNS or before.cues() & {Cue.HAVING, Cue.ONLY}):
        return False
    fields = [draft.view.whole.field(split_route(meaning.name)[0]) for meaning in item.of("field")]
    plain = bool(fields) and not item.has("metric", "dataset", "value")
    return plain and all(
        field.type in (FieldType.INTEGER, FieldType.NUMBER)
        and field.role is not FieldRole.KEY
        and (bound.unit is None or field.unit == bound.unit)
        for field in fields
    )


def _after(draft: Draft, number: Item) -> Item | None:
    """The word after a number, past "in" and "of": "more than 200 in sales"; of two bounds that of both: "more than 100 or
    less than 10 orders"."""
    joint = draft.following(number.place)
    if joint is not None and joint.cue() in (Cue.OR, Cue.AND):
        comparison = draft.following(joint.place)
        second = draft.following(comparison.place) if comparison is not None else None
        if comparison is not None and second is not None and comparison.cue() in _OPERATORS and number_of(second):
            shared = _after(draft, second)
            if shared is not None:
                draft.shared_subjects.append(shared.place)
            return shared
    place = number.place + 1
    while (
        place < len(draft.items) and draft.items[place].is_stop and draft.items[place].text.casefold() in ("in", "of")
    ):
        place += 1
    right = draft.items[place] if place < len(draft.items) else None
    counted = draft.following(place) if right is not None and _is_value_alone(right) else None
    if right is not None and counted is not None and counted.has("dataset"):
        of_them = {meaning.name for meaning in counted.of("dataset")}
        if any(meaning.name.partition(".")[0] in of_them for meaning in right.of("value")):
            return counted  # "at least two paid invoices"
    if right is not None and place > number.place + 1 and not right.has("metric"):
        return draft.items[number.place + 1]
    return right


def _is_value_alone(item: Item) -> bool:
    return item.has("value") and not item.has("metric", "dataset", "field", "period")


def _list_things(draft: Draft, item: Item, thing: str | None) -> None:
    """What is bounded is listed, one row a thing."""
    names = entity_fields(draft.view, thing) if thing is not None else ()
    if item.place in draft.bounded or item.used == "group":
        return
    if item.has("field", "dataset", "value"):
        draft.bounded.append(item.place)
    elif names and draft.asks & {Cue.WHICH, Cue.LIST}:
        item.used = "group"
        draft.groups.append(GroupSlot(item.place, (Meaning("field", names[0], 0.95, "name"),), leader=Cue.WHICH))


def _doer(draft: Draft, verb: Item) -> str | None:
    """The things that stand before a verb, past "who" and the like."""
    before = draft.preceding(verb.place)
    while before is not None and before.cues() & {Cue.WHICH, Cue.HAVING, Cue.ONLY} and not before.has("dataset"):
        before = draft.preceding(before.place)
    return thing_of(draft.view, before) if before is not None else None


def _before(draft: Draft, item: Item) -> Item | None:
    """The item before that is no stop word, "having", phrase of time or bound joined with this one."""
    left = draft.preceding(item.place)
    while left is not None and (
        left.cue() in (Cue.HAVING, Cue.OR, Cue.AND) or left.used in ("time", "bound") or _leads_a_clause(draft, left)
    ):
        if left.cue() in (Cue.OR, Cue.AND) and (before := draft.preceding(left.place)) and before.used != "bound":
            break
        left.used = left.used or "cue:having"
        left = draft.preceding(left.place)
    return left


def _leads_a_clause(draft: Draft, item: Item) -> bool:
    """ "The recruiters which have made 18 placements": what leads on from the things to what they did."""
    thing = draft.preceding(item.place)
    leads = item.cue() is Cue.WHICH and item.text.casefold() in ("which", "who")
    return leads and thing is not None and thing.used is None and thing.has("dataset") and draft.is_plural(thing)


def _only_acts(draft: Draft, item: Item) -> bool:
    """Whether an item is a verb between the things and the number: "products that sold more than 50 units"."""
    token = draft.tokens[item.span.start]
    verb = token.folded.endswith("ed") or token.folded in IRREGULAR_VERBS
    guessed = all(meaning.how == "inflection" for meaning in (*item.of("dataset"), *item.of("field")))
    return item.span.end - item.span.start == 1 and verb and item.has("metric") and guessed


def _says_when_they_are(draft: Draft, verb: Item, counted: Item) -> bool:
    """ "Clients that booked at least 10 shipments": the verb of the very time that what is counted goes by."""
    told = {split_route(meaning.name)[0] for meaning in verb.of("field")}
    times = {time for meaning in counted.of("metric") for time in metric_time(draft.view, meaning.name)}
    return draft.is_only_a_time(verb) and draft.tokens[verb.span.start].folded.endswith("ed") and bool(told & times)


def _thing_of_values(draft: Draft, left: Item | None) -> Item | None:
    """The things that values before a bound narrow, which are what it is held against: "accounts in Germany with over 40 seats"."""
    thing = left
    if thing is not None and thing.used is None and _is_kind_of_value_before(draft, thing):
        thing = draft.preceding(thing.place)  # "titles in the puzzle genre with over 200 installs"
    while thing is not None and thing.used is None and thing.has("value") and not thing.has("dataset", "metric"):
        thing = draft.preceding(thing.place)
        if thing is not None and thing.cue() in (Cue.AND, Cue.OR):
            thing = draft.preceding(thing.place)
    found = thing is not None and thing.used is None and thing.has("dataset") and draft.is_plural(thing)
    return thing if found else left


def _is_kind_of_value_before(draft: Draft, item: Item) -> bool:
    before = draft.items[item.place - 1] if item.place else None
    fields = {split_route(meaning.name)[0] for meaning in item.of("field")}
    return before is not None and any(meaning.name in fields for meaning in before.of("value"))


def _counted_field(draft: Draft, item: Item) -> str | None:
    """The field that an item's metric counts the different values of ("how many suppliers had ...")."""
    for meaning in item.of("metric"):
        metric = draft.view.whole.metric_by_name[meaning.name]
        if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT:
            return metric.expression
    return None


def _can_be_bounded(draft: Draft, item: Item, bound: NumberBound) -> bool:
    """Whether the word after a number can be what the number counts: "3 orders", "$15k revenue"."""
    if bound.unit is None and not bound.percent:
        return item.has("metric", "dataset")
    units = {draft.view.whole.metric_by_name[meaning.name].unit for meaning in item.of("metric")}
    return (bound.unit in units) if bound.unit is not None else "fraction" in units


def thing_of(view: CatalogView, item: Item) -> str | None:
    """The dataset whose things an item speaks of, by its name or by the metric that counts them."""
    found = item.of("dataset")
    if found:
        return found[0].name
    for meaning in item.of("metric"):
        if (counted := counted_thing(view, meaning.name)) is not None:
            return counted
        for dataset in sorted(base_datasets(view, meaning.name)):
            if meaning.name in count_metrics(view, dataset):
                return dataset
    return None
