"""Takes the groupings asked for: after "by", "per", "each", "which", after a superlative, or standing alone."""

from __future__ import annotations

import re

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, GroupSlot, Item
from agent.planners.embedded.names_of_things import is_part_of_its_name
from agent.planners.embedded.reach import base_datasets, pointers_between
from catalog.access import CatalogView
from catalog.models import CatalogField, FieldRole, FieldType
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key

_WHAT_ARE = re.compile(r"what\s+(?:is|are|was|were|have|has|had)\b", re.IGNORECASE)
_TOPICS = frozenset(("topic", "subject", "theme"))
_WHETHER = ("whether", "if", "mix", "split")
_GUESSED = 0.7
_HAS_ONE = frozenset(
    "with had have has having contain contains contained containing include includes included including involving".split()
)
_LEADERS = (Cue.BY, Cue.EACH, Cue.WHICH)
_ARTICLES = ("the", "our", "all", "all the", "its", "their")
_HELD_APART = (Cue.COMPARE, Cue.VERSUS, Cue.DISTRIBUTION)

_OF_ONE = ("of", "for", "in", "at", "from", "on")
_THE_ONE = ("the", "that", "this")


def read_groups(draft: Draft) -> None:
    """Fields are groups unless something else took them; datasets are groups after a leading word or a superlative."""
    _read_what_about(draft)
    for item in draft.items:
        if item.used is not None or not item.has("field", "dataset") or item.place in draft.divisors:
            continue
        if _tells_to_name(draft, item):
            item.used = "verb"
            draft.asks.add(Cue.LIST)
            continue
        if _owns_group_before(draft, item) or _owns_the_next(draft, item) or _is_any_of_them(draft, item):
            item.used = "qualifier"
            continue
        if (
            _is_the_doer(draft, item)
            or _is_told_apart(draft, item)
            or _is_done_again(draft, item)
            or _is_one_of_a_kind(draft, item)
        ):
            item.used = "noun"
            continue
        leader = _leader(draft, item)
        superlative = _superlative_before(draft, item)
        asked = leader is not None or superlative or item.place in draft.bounded or _is_to_be_ranked(draft, item)
        metric_too = item.has("metric")
        if asked and leader not in (Cue.BY, Cue.EACH) and _are_of_which(draft, item):
            item.used = "noun"
            continue
        if asked and (_only_in_a_comma_list(draft, item) or _is_a_term(draft, item)):
            asked = False
        if asked and metric_too and thing_spread_over(draft, item) is not None:
            continue
        if asked and (leader is not Cue.BY or not _ranks_by(draft, item)):
            slot = _slot(draft, item, sure=True, leader=leader)
            if slot is not None:
                _take(draft, item, slot)
                _count_no_groups(draft, slot)
                continue
        if metric_too:
            continue
        if (flag := _flag(draft, item)) is not None:
            item.used = "value"  # "discontinued products": those for which it is so
            without = _said_without(draft, item)
            draft.filters.append(
                FilterSlot(item.place, (FieldValues(flag.name, (not without,), flag.score),), "in", item.text)
            )
            continue
        before = draft.preceding(item.place)
        had = before is not None and before.cue() is Cue.HAVING  # "policies with cover": not by cover
        if item.has("field") and item.span.best.kind == "field" and not had:
            if (
                is_part_of_its_name(draft, item)
                or _is_whom_it_came_from(draft, item)
                or _is_the_kind_of_a_group(draft, item)
                or _is_the_one_named_before(draft, item)
            ):
                item.used = "noun"
                continue
            slot = _slot(draft, item, sure=False)
            if slot is not None:
                _take(draft, item, slot)


def _is_to_be_ranked(draft: Draft, item: Item) -> bool:
    """ "Rank all hotels by occupancy": the things right behind the word, before the figure that they are ranked by."""
    verb, by = draft.preceding(item.place), draft.following(item.place)
    figure = draft.following(by.place) if by is not None and by.cue() is Cue.BY else None
    return verb is not None and verb.cue() is Cue.RANK and figure is not None and figure.has("metric")


def _is_whom_it_came_from(draft: Draft, item: Item) -> bool:
    """ "The money we received from clients, month by month": all of them behind a figure's own "from" or "to", where something
    else is what the figure is split by."""
    lead = draft.items[item.place - 1] if item.place else None
    while lead is not None and lead.is_stop and lead.text.casefold() in _ARTICLES and lead.place:
        lead = draft.items[lead.place - 1]
    if lead is None or lead.text.casefold() not in ("from", "to") or not lead.place or not draft.is_plural(item):
        return False
    split = draft.time.grain is not None or draft.time.part is not None or bool(draft.groups)
    figure = draft.items[lead.place - 1]
    while figure.place and figure.used == "time":
        figure = draft.items[figure.place - 1]
    return split and figure.has("metric") and not draft.has_cue(*_HELD_APART)


def _is_the_kind_of_a_group(draft: Draft, item: Item) -> bool:
    """ "People from the DACH countries", "online channels": one name for several values, with what they are of in the plural."""
    if not item.place:
        return False
    lead = draft.preceding(item.place - 1)
    if lead is not None and lead.cue() in (Cue.BY, Cue.EACH):
        return False
    fields = {meaning.name for meaning in item.of("field")}
    groups = [meaning for meaning in draft.items[item.place - 1].of("value") if meaning.how == "group"]
    return any(meaning.name in fields for meaning in groups)


def _are_of_which(draft: Draft, item: Item) -> bool:
    """ "In which house did tickets take the longest": of which house the tickets are, and none of them is sought."""
    sought = any(slot.leader is Cue.WHICH and slot.item < item.place for slot in draft.groups)
    ranked = draft.ranking is not None and draft.ranking.item > item.place and draft.ranking.count is None
    return sought and ranked and item.has("dataset") and draft.is_plural(item)


def _is_the_one_named_before(draft: Draft, item: Item) -> bool:
    """ "Did margin on Electronics slip? Margin of the category in May": of the category that was named before."""
    led = [token.folded for token in draft.tokens[max(item.span.start - 2, 0) : item.span.start]]
    if draft.is_plural(item) or len(led) < 2 or led[0] not in _OF_ONE or led[1] not in _THE_ONE:
        return False
    own = {meaning.name for meaning in item.of("field")}
    return any(
        slot.item < item.place and own & {split_route(found.field)[0] for found in slot.candidates}
        for slot in draft.filters
        if not slot.negated and slot.item >= 0
    )


def _is_one_of_a_kind(draft: Draft, item: Item) -> bool:
    """ "Orders with a red wine": a value narrows the orders to those that have one, and the wines are not told apart."""
    figured = any(other.has("metric") for other in draft.items[: item.place])
    if not figured or draft.is_plural(item) or draft.items[item.place - 1].used != "value":
        return False
    place = item.place - 1
    while place > 0 and (draft.items[place].used == "value" or draft.items[place].cue() in (Cue.AND, Cue.OR)):
        place -= 1
    words = [token.folded for token in draft.tokens[: draft.items[place].span.end]]
    return words[-1:] in (["a"], ["an"], ["any"], ["some"]) and bool(_HAS_ONE & set(words[-2:-1]))


def _read_what_about(draft: Draft) -> None:
    """ "what were the complaints about": by the one field that says what each of them is about."""
    for item in draft.items[:-1]:
        about = draft.items[item.place + 1]
        following = draft.following(about.place)
        if about.text.casefold() != "about" or not item.has("dataset") or item.used is not None:
            continue
        asked = _WHAT_ARE.match(draft.question) is not None and draft.preceding(item.place) is None
        if not asked or (following is not None and following.used != "time"):
            continue
        dataset = draft.view.datasets[item.of("dataset")[0].name]
        fields = [
            field.name
            for owner, field in draft.view.groupable_fields()
            if owner.name == dataset.name and _says_what_about(field)
        ]
        if len(fields) == 1:
            found = Meaning("field", f"{dataset.name}.{fields[0]}", 0.9, "synonym")
            draft.groups.append(GroupSlot(about.place, (found,), leader=Cue.BY))
        else:
            draft.unexplained.append(about.text)


def _says_what_about(field: CatalogField) -> bool:
    words = {word for phrase in (field.label, field.name, *field.words.synonyms) for word in phrase_key(phrase)}
    told = field.role is FieldRole.DIMENSION and field.personal_data is None
    return told and bool(words & _TOPICS or "about" in phrase_key(field.description))


def _tells_to_name(draft: Draft, item: Item) -> bool:
    """ "name the products that ...": a verb that opens the question, not the field called name."""
    following = draft.items[item.place + 1 :]
    article = bool(following) and following[0].text.casefold() in ("the", "all", "our", "every", "any")
    return item.text.casefold() == "name" and article and all(other.is_stop for other in draft.items[: item.place])


def _only_in_a_comma_list(draft: Draft, item: Item) -> bool:
    """ "by segment, invoices of 2025": things of which a comma alone leads to the groups before are no group."""
    before = draft.items[item.place - 1] if item.place else None
    if is_all_of_them(draft, item):
        return True
    return (
        before is not None
        and before.text == ","
        and item.has("dataset")
        and all(_is_key(draft.view, split_route(meaning.name)[0]) for meaning in item.of("field"))
        and draft.is_plural(item)
        and item.place not in draft.bounded
    )


def is_all_of_them(draft: Draft, item: Item) -> bool:
    """ "returns rate by territory, all retailers": that none of the things is left out, said behind a comma."""
    before = draft.preceding(item.place)
    if before is None or before.text != "," or not item.has("dataset") or not draft.is_plural(item):
        return False
    return "all" in draft.stops_between(before.place, item.place) and item.place not in draft.bounded


def _is_a_term(draft: Draft, item: Item) -> bool:
    """ "in terms of orders, AOV and revenue": figures to compare by, not things to split by."""
    if not item.has("metric"):
        return False
    for other in reversed(draft.items[: item.place]):
        if other.cue() is Cue.BY:
            return other.text.casefold() == "in terms of"
        if not (other.is_stop or other.cue() is Cue.AND or other.has("metric")):
            return False
    return False


def _flag(draft: Draft, item: Item) -> Meaning | None:
    """The yes-or-no field that an item names right before a thing."""
    flags = [
        meaning
        for meaning in item.of("field")
        if draft.view.whole.field(split_route(meaning.name)[0]).type is FieldType.BOOLEAN
    ]
    if not flags or item.span.best.kind != "field":
        return None
    following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    before = draft.preceding(item.place)
    said = draft.stops_between(before.place if before is not None else -1, item.place)
    stated = bool({"are", "is", "were", "was"} & set(said))  # "how many of them are smart"
    stated = stated or (before is not None and (before.cue() is Cue.HAVING or _said_without(draft, item)))
    before_things = following is not None and (following.has("dataset", "metric") or _is_said_of_ones(following))
    before_things = before_things or (before is not None and before.cue() is Cue.ONLY and draft.follows)
    before_things = before_things or (following is not None and following.cue() is Cue.ONLY and draft.follows)
    if not stated and not before_things and not _is_said_behind_a_figure(draft, item):
        return None
    things = {meaning.name for meaning in following.of("dataset")} if following is not None else set()
    own = [meaning for meaning in flags if split_route(meaning.name)[0].partition(".")[0] in things]
    return (own or flags)[0]  # "billable projects": the projects' own


def _is_said_of_ones(item: Item) -> bool:
    """ "Only the express ones": those for which it is so."""
    return item.text.casefold() in ("one", "ones")


def _is_said_behind_a_figure(draft: Draft, item: Item) -> bool:
    """ "units sold on discount", "meters that are smart": a yes-or-no field behind a figure narrows it, unless the question
    holds the two against each other."""
    before = draft.preceding(item.place)
    while before is not None and (before.cue() is Cue.NOT or before.cues() & {Cue.HAVING, Cue.WHICH}):
        before = draft.preceding(before.place)
    held_against = any(
        other.cues() & {Cue.VERSUS, Cue.COMPARE, Cue.OR, Cue.DISTRIBUTION} or other.text.casefold() in _WHETHER
        for other in draft.items
    )
    return before is not None and before.has("metric", "dataset") and not held_against


def _said_without(draft: Draft, item: Item) -> bool:
    """ "homes without a solar roof": marks the word as taken."""
    before = draft.preceding(item.place)
    if before is None or before.cue() is not Cue.NOT or not item.has("field"):
        return False
    if before.text.casefold() not in ("without", "not", "no", "non"):
        return False
    before.used = "negation"
    return True


def _owns_group_before(draft: Draft, item: Item) -> bool:
    """ "by grade of the physician": the thing whose property the group before it is."""
    before = draft.preceding(item.place)
    if before is None or before.used != "group" or "of" not in draft.stops_between(before.place, item.place):
        return False
    datasets = {meaning.name.partition(".")[0] for meaning in (*item.of("field"), *item.of("dataset"))}
    return any(meaning.name.partition(".")[0] in datasets for meaning in before.of("field"))


def _is_any_of_them(draft: Draft, item: Item) -> bool:
    """ "For any reason except changed mind", "in any channel": all of them taken together, none apart."""
    return item.has("field") and not draft.is_plural(item) and said_of_any(draft, item)


def said_of_any(draft: Draft, item: Item) -> bool:
    """Whether "any" stands right before an item, or before the thing it is said of: "any order status"."""
    before = item.place - 1
    while before >= 0 and draft.items[before].has("dataset") and not draft.is_plural(draft.items[before]):
        before -= 1
    return before >= 0 and draft.items[before].text.casefold() == "any"


def _owns_the_next(draft: Draft, item: Item) -> bool:
    """ "by course department": the thing whose own other thing is asked for, right behind it."""
    following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    if following is None or draft.is_plural(item) or not item.has("dataset") or not following.has("dataset", "field"):
        return False
    if following.used is not None or following.has("value") or _leader(draft, item) is None:
        return False
    owner = item.of("dataset")[0].name
    things = [meaning.name for meaning in following.of("dataset")]
    things += [split_route(meaning.name)[0].partition(".")[0] for meaning in following.of("field")]
    return any(thing == owner or pointers_between(draft.view, owner, thing) for thing in things)


def _is_told_apart(draft: Draft, item: Item) -> bool:
    """ "by the region of the buyer (not of the seller)": whose it is not, said right behind the group; marks the "not"."""
    negation = draft.preceding(item.place)
    if negation is None or negation.text.casefold() not in ("not", "and not", "rather than", "instead of"):
        return False
    group = draft.preceding(negation.place)
    while group is not None and (group.cue() is Cue.AND or group.used in ("qualifier", "noun")):
        group = draft.preceding(group.place)
    following = draft.following(item.place)
    valued = following is not None and following.has("value", "number")
    if group is None or group.used != "group" or valued:
        return False
    if not {"of", "by", "per"} & {other.text.casefold() for other in draft.items[negation.place + 1 : item.place]}:
        return False
    negation.used = "negation"
    return True


def _is_the_doer(draft: Draft, item: Item) -> bool:
    """ "orders by vip customers", "orders by customers who joined in May": who did it, not what to split by."""
    if not item.has("dataset") or not item.place or not draft.is_plural(item):
        return False
    kind = draft.items[item.place - 1]
    lead = draft.preceding(kind.place if kind.used == "value" else item.place)
    following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    told = kind.used == "value" or (following is not None and following.text.casefold() in ("who", "that"))
    return told and lead is not None and lead.text.casefold() == "by"


def _is_done_again(draft: Draft, item: Item) -> bool:
    """ "orders per customer who ordered": the verb of a clause about things, said of the only rows that are counted."""
    lead = draft.items[item.place - 1] if item.place else None
    thing = draft.preceding(lead.place) if lead is not None else None
    if lead is None or thing is None or lead.text.casefold() not in ("who", "that", "which"):
        return False
    is_verb = item.span.end - item.span.start <= 2 and draft.tokens[item.span.start].folded.endswith("ed")
    if not is_verb or not thing.has("dataset", "metric"):
        return False
    done = {meaning.name for meaning in item.of("dataset")}
    figures = [other.of("metric")[0].name for other in draft.items[: lead.place] if other.has("metric")]
    return any(base_datasets(draft.view, name) == {dataset} for name in figures[:1] for dataset in done)


def asks_to_split(draft: Draft, item: Item) -> bool:
    """Whether the words before an item ask to split by it, or to rank its things."""
    return _leader(draft, item) is not None or _superlative_before(draft, item) or item.place in draft.bounded


def _take(draft: Draft, item: Item, slot: GroupSlot) -> None:
    item.used = "group"
    draft.groups.append(slot)


def thing_spread_over(draft: Draft, item: Item) -> Item | None:
    """The things of "number of subscribers by number of plays", told from the second number; None for any other."""
    before = draft.preceding(item.place)
    said = before is not None and before.cue() is Cue.COUNT
    by = draft.preceding(before.place) if before is not None and said else before
    numbered = said or item.text.casefold().startswith("number of ")
    thing = draft.preceding(by.place) if by is not None and by.cue() is Cue.BY and numbered else None
    if by is None or thing is None or by.text.casefold() == "per" or not draft.is_plural(thing):
        return None
    asked = " ".join(token.folded for token in draft.tokens[: thing.span.start])
    return thing if asked.endswith(("number of", "how many")) else None


def _count_no_groups(draft: Draft, slot: GroupSlot) -> None:
    """ "Rent by number of bedrooms" splits by a number that each flat has. How many there are of what is no number ("revenue
    by number of cities") is what no field says."""
    start = draft.items[slot.item].span.start
    words = [token.folded for token in draft.tokens[max(start - 2, 0) : start]]
    fields = [draft.view.whole.field(split_route(meaning.name)[0]) for meaning in slot.candidates]
    is_number = fields[0].type in (FieldType.INTEGER, FieldType.NUMBER) and fields[0].role is not FieldRole.KEY
    if slot.leader in (Cue.BY, Cue.EACH) and words == ["number", "of"] and not is_number:
        draft.unexplained.append(f"number of {draft.items[slot.item].text}")


def _leader(draft: Draft, item: Item) -> Cue | None:
    """The leading word of the list that the item belongs to, if it stands in one ("by region and channel")."""
    number = draft.items[item.place - 1] if item.place else None
    if number is not None and number.text.casefold() == "number of" and number.cue() is Cue.COUNT:
        leader = _leader(draft, number)  # "by portfolio and number of bedrooms"
        return leader if leader in (Cue.BY, Cue.EACH) else None
    kind = draft.items[item.place - 1] if item.place else None
    if kind is not None and kind.used == "value" and item.has("dataset") and _is_said_per(draft, kind):
        return Cue.BY
    joined = False  # whether a joining word stands since the last member of the list
    for other in reversed(draft.items[: item.place]):
        cue = other.cue()
        if cue in _LEADERS:
            return cue
        if cue is Cue.BETWEEN and other.used == "preposition":
            return Cue.BY
        if cue is Cue.AND:
            joined = True
        elif other.is_stop:
            if other.text.casefold() in ("for", "of", "from", "in", "on", "with"):
                return None
        elif other.used == "group" or (other.used == "time" and _is_grain(other)):
            if not joined:
                return None
            joined = False
        elif other.used not in ("ranking", "qualifier"):
            return None
    first = next((stop for stop in draft.items if not stop.used), None)
    if first is not None and first.is_stop and first.text.casefold() in ("what", "whats") and item.place <= 2:
        return Cue.WHICH if draft.ranking is not None else None
    return None


def _is_said_per(draft: Draft, item: Item) -> bool:
    """ "per completed order": a kind of things that something is said for each of."""
    lead = draft.preceding(item.place)
    return lead is not None and lead.text.casefold() == "per"


def _is_grain(item: Item) -> bool:
    from agent.planners.embedded.passes.read_time import expression_of
    from semantic_context.time_expressions import TimeKind

    expression = expression_of(item)
    return expression is not None and expression.kind in (TimeKind.GRAIN, TimeKind.PART)


def _superlative_before(draft: Draft, item: Item) -> bool:
    """ "top 5 products", "best selling categories": a superlative stands just before, with only a metric between."""
    if draft.ranking is None or draft.ranking.item > item.place:
        return False
    timed = draft.time.asks_which or draft.time.part is not None or draft.time.grain is not None
    if item.has("metric") and (draft.bounded or draft.groups or timed) and not _is_picked_in_each(draft, item):
        return False  # what is picked is named already: this is what it is picked by
    if any(slot.leader is Cue.WHICH and slot.item < draft.ranking.item for slot in draft.groups):
        return False
    if (timed and _is_what_a_figure_counts(draft, item)) or _is_a_kind_of_the_figure(draft, item, draft.ranking.item):
        return False
    between = draft.items[draft.ranking.item + 1 : item.place]
    if any(other.used == "group" for other in between):
        return False
    return all(
        (other.is_stop and other.text.casefold() not in ("for", "from", "in", "on"))
        or other.used == "ranking"
        or (other.used is None and other.has("metric"))
        or other.used == "value"
        or (other.used in (None, f"cue:{Cue.AND.value}", f"cue:{Cue.OR.value}") and other.cue() in (Cue.AND, Cue.OR))
        for other in between
    )


def _is_a_kind_of_the_figure(draft: Draft, item: Item, ranked: int) -> bool:
    """ "Which weekday brought the most store orders": what is picked is named already, and a value right before the figure
    says which orders."""
    following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    which = next((other.place for other in draft.items[:ranked] if other.cue() is Cue.WHICH), None)
    picked = which is not None and any(
        other.has("field", "dataset", "period") for other in draft.items[which + 1 : ranked]
    )
    kind = following is not None and following.has("metric") and not draft.is_plural(item)
    return picked and kind and any(meaning.how in ("exact", "synonym") for meaning in item.of("value"))


def _is_what_a_figure_counts(draft: Draft, item: Item) -> bool:
    """ "On which day did we cancel the most trips": the day with the most of them; each trip is one."""
    things = {meaning.name for meaning in item.of("dataset")}
    return draft.is_plural(item) and any(
        meaning.name in count_metrics(draft.view, thing)
        for other in draft.items
        if other is not item
        for meaning in other.of("metric")
        for thing in things
    )


def _is_picked_in_each(draft: Draft, item: Item) -> bool:
    """ "for every category, the best selling product": a thing behind the figure that picks it, in each group named before."""
    ranking = draft.ranking
    before = draft.preceding(item.place)
    figured = before is not None and ranking is not None and ranking.item < before.place and before.has("metric")
    each = bool(draft.groups) and all(slot.leader is Cue.EACH for slot in draft.groups)
    return figured and each and item.has("dataset") and not draft.is_plural(item)


def _ranks_by(draft: Draft, item: Item) -> bool:
    """Whether "by" names what to rank by ("top products by revenue") rather than a group."""
    return draft.ranking is not None and item.has("metric") and bool(draft.groups)


def entity_fields(view: CatalogView, dataset_name: str) -> tuple[str, ...]:
    """The fields that name a dataset's things for this principal: the display field where it may be shown, else the key."""
    dataset = view.datasets.get(dataset_name)
    if dataset is None:
        return ()
    candidates = (dataset.display_field, *(dataset.primary_key if len(dataset.primary_key) == 1 else ()))
    for name in candidates:
        if name is not None and view.can_show(f"{dataset_name}.{name}"):
            return (f"{dataset_name}.{name}",)
    return ()


def _slot(draft: Draft, item: Item, *, sure: bool, leader: Cue | None = None) -> GroupSlot | None:
    meanings = list(item.of("field"))
    entity = None
    named = any(
        _is_dimension(draft.view, meaning.name) and not _is_key(draft.view, meaning.name) for meaning in meanings
    )
    for meaning in item.of("dataset"):
        for reference in entity_fields(draft.view, meaning.name):
            if named and _is_key(draft.view, reference):
                continue  # "procedures" are told apart by their kind, not one by one, where a field says the kind
            meanings.append(Meaning("field", reference, meaning.score - 0.02, meaning.how))
            entity = meaning.name if not item.of("field") else None
    if not sure:
        meanings = [meaning for meaning in meanings if _is_dimension(draft.view, meaning.name)]
    meanings = [item for item in meanings if not _is_a_guessed_time(draft.view, item)]
    if leader not in (Cue.BY, Cue.EACH):  # "who joined": a time that nobody asks to split by
        meanings = [
            item for item in meanings if draft.view.whole.field(split_route(item.name)[0]).role != FieldRole.TIME
        ]
        meanings = [item for item in meanings if not _is_measure(draft.view, item.name)]
    if not meanings:
        return None
    one = not draft.is_plural(item) or _is_one_of_them(draft, item)
    return GroupSlot(item.place, tuple(meanings), sure, one, entity, leader)


def _is_one_of_them(draft: Draft, item: Item) -> bool:
    """ "Which of our cinemas has the highest ...": one of many, where its verb is in the singular, or has no number of its own
    ("pulled")."""
    lead = draft.preceding(item.place)
    if lead is None or lead.text.casefold() not in ("which of", "which one of") or item.span.end >= len(draft.tokens):
        return False
    verb, *others = (token.folded for token in draft.tokens[item.span.end :])
    if {"have", "are", "were"} & {verb, *others}:
        return False
    return verb in ("has", "is", "was", "does", "did", "had") or verb.endswith("ed") or verb in IRREGULAR_VERBS


def _is_a_guessed_time(view: CatalogView, meaning: Meaning) -> bool:
    """ "per line, orders of 2024": things that only sound like the verb of a time ("ordered on") split nothing."""
    guessed = meaning.how == "inflection" and meaning.score < _GUESSED
    return guessed and view.whole.field(split_route(meaning.name)[0]).role is FieldRole.TIME


def _is_measure(view: CatalogView, reference: str) -> bool:
    return view.whole.field(split_route(reference)[0]).role is FieldRole.MEASURE


def _is_key(view: CatalogView, reference: str) -> bool:
    return view.whole.field(split_route(reference)[0]).role is FieldRole.KEY


def _is_dimension(view: CatalogView, reference: str) -> bool:
    return view.whole.field(split_route(reference)[0]).role in (FieldRole.DIMENSION, FieldRole.KEY)
