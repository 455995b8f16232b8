"""What is counted, and of which things: the plan must be of the ones that the question names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import Reach, base_datasets
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation
from catalog.query import FieldDimension, MetricQuery
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.words import phrase_key

_PEOPLE = ("heads", "individuals", "people", "persons")
_NUMBER = ("number", "count", "quantity")
_DIFFERENT = ("different", "distinct", "unique")
_SO_MANY_MORE = re.compile(r"how many (?:more|fewer)", re.IGNORECASE)
_THE_MOST = ("most", "fewest", "least")
_HOW_MANY_PEOPLE = re.compile(
    r"\b(?:how many|(?:the )?number of) (?:different |distinct |unique )?(?:people|persons|individuals)\b",
    re.IGNORECASE,
)
_HOW_MUCH_THEY_DID = ("the most", "the least", "most", "least", "more", "less")
_THE_LIST = re.compile(r"\b(?:the|a) list\b(?! (?:price|value|rate|cost|fee)s?\b)", re.IGNORECASE)
_ONE_OF_THEM = ("a", "an", "any", "one")
_STATE = re.compile(r"status|state|stage|phase", re.IGNORECASE)
_ANY_THING_HAS = frozenset(("type", "kind", "category", "status", "group", "class", "level", "name", "reason"))


def counts_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "how many policy holders reported a claim" wants the holders counted, not the claims."""
    names = [use.metric for use in query.metrics]
    for item in _counted_nouns(draft):
        wanted = {meaning.name for meaning in item.of("dataset")}
        if item.has("metric") or not wanted or not names:
            continue
        groups = {group.field.partition(".")[0] for group in query.group_by if isinstance(group, FieldDimension)}
        if not wanted & groups and not any(_counts(view, name, thing) for name in names for thing in wanted):
            return item.text
    return None


def is_a_word_of_the_things(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Whose workshop sees the most rework", of workshop jobs: no value of what belongs to these, which would narrow them."""
    names = [use.metric for use in query.metrics]
    things = [view.whole.dataset_by_name[base] for name in names for base in base_datasets(view, name)]
    called = {word for thing in things for word in phrase_key(f"{thing.label} {thing.name}".replace("_", " "))}
    reach = Reach(view)
    for slot in draft.filters:
        said = set(phrase_key(slot.text))
        fields = {split_route(found.field)[0] for found in slot.candidates}
        if (
            said
            and said <= called
            and fields
            and all(reach.has_many_of(name, field) for name in names for field in fields)
        ):
            return slot.text
    return None


def is_the_kind_of_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Rental cost by type", where only sites have a building type: a word that many a thing has its own of."""
    bases = frozenset[str]().union(*(base_datasets(view, use.metric) for use in query.metrics))
    for slot in draft.groups:
        item = draft.items[slot.item] if slot.item >= 0 else None
        if (
            item is None
            or item.text.casefold().removesuffix("s") not in _ANY_THING_HAS
            or item.span.best.how != "short"
        ):
            continue
        owners = {split_route(meaning.name)[0].partition(".")[0] for meaning in slot.candidates}
        if bases and not owners & bases:
            return item.text
    return None


def leaves_out_which(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "discounts of returned orders": a participle right before its things says which they are, and is no mere verb."""
    names = {use.metric for use in query.metrics} | {having.column for having in query.having}
    for item in draft.items[:-1]:
        token, behind = draft.tokens[item.span.start], draft.items[item.place + 1]
        is_participle = token.folded.endswith("ed") or token.folded in IRREGULAR_VERBS
        if item.used != "noun" or not is_participle or not behind.has("dataset") or item.has("dataset"):
            continue
        said = [meaning.name for meaning in item.of("metric")]
        figures = names & view.metrics.keys()
        if said and not any(_is_of_the_same_rows(view, name, figure) for name in said for figure in figures):
            return item.text
    return None


def _is_of_the_same_rows(view: CatalogView, name: str, figure: str) -> bool:
    """Whether a metric leaves out none of the rows that a figure is made of, and goes by the same time."""
    metric = view.whole.metric_by_name[name]
    if name == figure:
        return True
    if not isinstance(metric, AggregateMetric) or not {metric.dataset} <= base_datasets(view, figure):
        return False
    filtered = metric.filter not in (None, getattr(view.whole.metric_by_name[figure], "filter", None))
    takes_all = metric.aggregation is Aggregation.SUM or name in count_metrics(view, metric.dataset)
    return takes_all and not filtered and metric_time(view, name) == metric_time(view, figure)


def _counted_nouns(draft: Draft) -> Iterator[Item]:
    """The thing behind each "how many" or "different"."""
    for item in draft.items:
        text = item.text.casefold()
        behind = draft.items[item.place + 1 : item.place + 2]
        number_of = text in _NUMBER and bool(behind) and behind[0].text.casefold() == "of"
        asked = item.cue() is Cue.COUNT or text in _DIFFERENT or _SO_MANY_MORE.fullmatch(text) is not None
        if not (asked or number_of):
            continue
        for other in draft.items[item.place + 1 :]:
            if other.is_stop or other.used in ("value", "qualifier", "negation") or other.text.casefold() in _DIFFERENT:
                continue
            if other.has("dataset"):
                yield other
            break


def _counts(view: CatalogView, name: str, thing: str) -> bool:
    """Whether a metric is a number of these things, of all or of some, or bears their name."""
    metric = view.whole.metric_by_name[name]
    if counted_thing(view, name) == thing or name in count_metrics(view, thing):
        return True
    own = set(phrase_key(view.datasets[thing].singular)) if thing in view.datasets else {thing}
    said = [set(phrase_key(words)) for words in (metric.label, metric.name, *metric.words.synonyms)]
    if any(own <= words for words in said):
        return True
    return metric.unit == "count" and base_datasets(view, name) == {thing}


def is_one_of_them(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which cuisine has the best rating" asks for no number of ratings: of things in the singular it is what they say."""
    names = {use.metric for use in query.metrics}
    if draft.ranking is None or not draft.groups or len(names) != 1:
        return None
    before = next((item for item in draft.items if item.place == draft.ranking.item), None)
    thing = draft.following(before.place) if before is not None else None
    if thing is None or thing.used == "group" or draft.is_plural(thing) or not thing.has("dataset"):
        return None
    counted = [name for meaning in thing.of("dataset") for name in count_metrics(view, meaning.name)]
    named = any(meaning.kind == "metric" and meaning.how in ("name", "synonym") for meaning in thing.span.meanings)
    return f"{before.text} {thing.text}" if before is not None and names & set(counted) and not named else None


def so_many_people(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Scores of teams with more than 20 people": a number of people is no bound on what is counted in something else."""
    bounded = {having.column for having in query.having} & view.metrics.keys()
    if not bounded or any(view.metrics[name].unit == "count" for name in bounded):
        return None
    for item in draft.items:
        behind = draft.tokens[item.span.end : item.span.end + 1]
        if item.used == "bound" and item.has("number") and behind and behind[0].folded in _PEOPLE:
            return f"{item.text} {behind[0].text}"
    return None


def is_called_so_itself(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Active products", "per active vendor": those of that status, or what a count of another kind is called by the same two
    words."""
    names = {use.metric for use in query.metrics}
    if len(names) != 1 or draft.follows:
        return None
    bases = base_datasets(view, next(iter(names))) if names <= view.metrics.keys() else frozenset()
    for item, thing in itertools.pairwise(draft.items):
        lead = draft.items[item.place - 1].text.casefold() if item.place else ""
        counted = Cue.COUNT in draft.asks and thing.used == "metric"
        if item.used != "value" or not thing.has("dataset") or not (counted or lead == "per"):
            continue
        if not counted and {meaning.name for meaning in thing.of("dataset")} & bases:
            continue  # "average quantity per completed order": of the orders themselves
        said = {token.base for token in draft.tokens[item.span.start : thing.span.end]}
        fields = {meaning.name for meaning in item.of("value")}
        for metric in view.metrics.values():
            called = [
                phrase_key(text.replace("_", " ")) for text in (metric.name, metric.label, *metric.words.synonyms)
            ]
            filtered = getattr(metric, "filter", None) or ""
            other = metric.unit == "count" and metric.name not in names and not any(name in filtered for name in fields)
            if other and any(set(words[: len(said)]) == said for words in called):
                return f"{item.text} {thing.text}"
    return None


def is_how_many_of_them(draft: Draft) -> str | None:
    """ "For what reason were the most items sent back": of which the most were counts, and no second split."""
    for item, behind in itertools.pairwise(draft.items):
        led = item.used == "ranking" and item.text.casefold().split()[-1] in _THE_MOST
        if led and behind.used == "group" and draft.is_plural(behind) and len(draft.groups) > 1:
            return f"{item.text} {behind.text}"
    return None


def is_a_rate_of_the_counted(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Late shipments due in May" are so many of them: a rate that "late" only leads to is not what is asked for."""
    names = {use.metric for use in query.metrics if view.whole.metric_by_name[use.metric].unit == "fraction"}
    if not names or draft.asks & {Cue.SHARE, Cue.DEFINE}:
        return None
    for item, behind in itertools.pairwise(draft.items):
        guessed = item.used == "metric" and item.span.best.how == "short" and item.span.best.name in names
        thing = behind.used == "noun" and (behind.has("dataset") or behind.has("metric"))
        first = draft.tokens[behind.span.start]
        if guessed and thing and (draft.is_plural(behind) or first.base != first.folded):
            return f"{item.text} {behind.text}"
    return None


def counts_what_people_did(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many people put in a bid": one may have put in several, and the number of bids is not theirs."""
    asked = _HOW_MANY_PEOPLE.search(draft.question)
    if asked is None or query.group_by:
        return None
    shown = {use.metric for use in query.metrics}
    for item in draft.items:
        first = draft.tokens[item.span.start]
        before = draft.tokens[item.span.start - 1].folded if item.span.start else ""
        counted = item.used == "metric" and {meaning.name for meaning in item.of("metric")} & shown
        if first.start > asked.end() and counted and before in _ONE_OF_THEM and not draft.is_plural(item):
            units = {view.whole.metric_by_name[name].unit for name in shown}
            return f"{asked[0]} {before} {item.text}" if units == {"count"} else None
    return None


def averages_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many guests does an event draw on average in each house": the mean is one event's, and none over the houses."""
    if draft.average_over is None:
        return None
    held = draft.average_item if draft.average_item is not None else -1
    for item in draft.items:
        before = draft.tokens[item.span.start - 1].folded if item.span.start else ""
        single = item.used in (None, "noun") and item.has("dataset") and not draft.is_plural(item)
        if item.place != held and before in ("a", "an") and single:
            return f"{before} {item.text}"
    return _is_a_mean_of_names(draft, query, view, held)


def _is_a_mean_of_names(draft: Draft, query: MetricQuery, view: CatalogView, held: int) -> str | None:
    """ "Guests per event", of a figure of the events themselves: several may share a title, and the mean of each is of rows."""
    own = frozenset[str]().union(*(base_datasets(view, use.metric) for use in query.metrics))
    for slot in draft.groups:
        field, _ = split_route(slot.candidates[0].name)
        dataset = view.datasets.get(field.partition(".")[0])
        if slot.item != held or dataset is None or dataset.name not in own or not dataset.primary_key:
            continue
        name = field.partition(".")[2]
        known = (dataset.primary_key, *dataset.unique_keys)
        if name == dataset.display_field and (name,) not in known and not draft.is_plural(draft.items[held]):
            return f"per {draft.items[held].text}"
    return None


def is_only_new(draft: Draft, view: CatalogView) -> str | None:
    """ "New orders in May": those that came in then, or those of new customers; a status "new" has moved on since."""
    for slot in draft.filters:
        if slot.text.casefold() != "new" or slot.item < 0 or slot.negated:
            continue
        behind = draft.items[slot.item + 1] if slot.item + 1 < len(draft.items) else None
        if behind is None or behind.used not in ("metric", "noun") or not draft.time.named:
            continue
        things = {meaning.name for meaning in behind.of("dataset")}
        for name in (meaning.name for meaning in behind.of("metric")):
            things |= base_datasets(view, name)
        owners = {split_route(found.field)[0].partition(".")[0] for found in slot.candidates}
        states = any(_STATE.search(split_route(found.field)[0]) for found in slot.candidates)
        if things and (states or not owners & things):
            return f"{slot.text} {behind.text}"
    return None


def counts_the_doers(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "In which month did customers order the most": of how much they ordered, and not of how many did."""
    shown = {use.metric for use in query.metrics}
    for item in draft.items:
        words = [token.folded for token in draft.tokens[item.span.start : item.span.end]]
        before = draft.tokens[item.span.start - 1].folded if item.span.start else ""
        behind = " ".join(token.folded for token in draft.tokens[item.span.end : item.span.end + 2])
        if (
            item.used != "metric"
            or len(words) < 2
            or before not in ("do", "does", "did")
            or item.span.best.name not in shown
        ):
            continue
        things = {
            name
            for name in view.datasets
            if phrase_key(view.datasets[name].singular) == phrase_key(" ".join(words[:-1]))
        }
        if counted_thing(view, item.span.best.name) in things and behind.startswith(_HOW_MUCH_THEY_DID):
            return f"{item.text} {behind}"
    return None


def is_per_another_thing(draft: Draft) -> str | None:
    """ "Returns per store order": of each order in a store, and no split by store."""
    for item, behind in itertools.pairwise(draft.items):
        lead = draft.items[item.place - 1].text.casefold() if item.place else ""
        single = behind.used in (None, "noun") and behind.has("dataset") and not draft.is_plural(behind)
        if lead == "per" and item.used in ("group", "value") and single and not item.has("metric"):
            return f"per {item.text} {behind.text}"
    return None


def is_no_list(draft: Draft, query: MetricQuery) -> str | None:
    """ "The shipments that have not arrived, I need the list": no number of them."""
    asked = _THE_LIST.search(draft.question)
    return asked[0] if asked is not None and query.metrics and not query.group_by else None


def is_in_each_of_them(draft: Draft, query: MetricQuery) -> str | None:
    """ "For each of books and toys, the two best subcategories": two of each, and not of both together."""
    if draft.ranking is None:
        return None
    groups = {group.field for group in query.group_by if isinstance(group, FieldDimension)}
    for item in draft.items:
        behind = draft.following(item.place)
        if item.cue() is not Cue.EACH or behind is None or behind.used != "value":
            continue
        if not {split_route(meaning.name)[0] for meaning in behind.of("value")} & groups:
            return f"{item.text} {behind.text}"
    return None
