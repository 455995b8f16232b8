"""The last look at a plan beside its question: what is counted, in which kind of unit, by whose time.

The passes account for words one by one; here the whole is held against the few things that decide whether a figure is the
one that was asked for at all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from agent.planners.embedded.amounts_said import amount_not_told
from agent.planners.embedded.another_measure import another_measure_said
from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.currencies import other_currency
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.known_figures import is_of_money
from agent.planners.embedded.members.verbs import is_noun_of
from agent.planners.embedded.nouns_left import noun_left_over
from agent.planners.embedded.places_said import place_of_another_thing
from agent.planners.embedded.reach import Reach, base_datasets, pointed_at
from agent.planners.embedded.turned_words import (
    came_back,
    cuts_a_figure_with_a_time,
    done_by_them,
    let_in_beside,
    only_expected,
    per_one_of_its_own,
    turned_away,
)
from agent.planners.embedded.unexpressed import another_figure_said, words_not_expressed
from agent.planners.embedded.verbs_left import clause_left_over, verb_left_over
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.analyses.rollup import RollupRequest
from catalog.models import AggregateMetric, Aggregation, CatalogField, FieldRole
from catalog.plan import Plan
from catalog.query import FieldDimension, MetricQuery
from catalog.units import is_currency
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, verb_stem

_NO_LENGTH = ("count", "fraction")
_HOW_LONG = re.compile(
    r"\bhow long\b|\b(?:longest|shortest)\b(?! (?:name|title|list)s?\b)"
    r"|\bhow (?:quickly|promptly|swiftly|fast|soon) (?:do|does|did)\b"
    r"(?![^.?!;]*\b(?:grow|rise|increase|climb|fall|drop|decline|decrease|shrink|change|expand)\b)",
    re.IGNORECASE,
)
_COMING_AND_GOING = frozenset("arriving departing leaving returning expiring ending closing shipping landing".split())
_PEOPLE = ("heads", "individuals", "people", "persons")
_NUMBER = ("number", "count", "quantity")
_DIFFERENT = ("different", "distinct", "unique")
_SO_MANY_MORE = re.compile(r"how many (?:more|fewer)", re.IGNORECASE)
# "Are we better at filling ...": how often it is done well, which no number of what was done says.
_IS_BETTER_AT = re.compile(r"\b(?:better|best|good|worse|worst|bad) at (?!least\b|most\b)[^\W\d]+ing\b", re.IGNORECASE)
_EARNS = re.compile(
    r"\bwhat (?:do|did|does) [^.?!;,]{1,50} (?:pay|spend|cost|owe|earn|bring in|(?:bring|earn|make) us)"
    r"(?=\s*(?:[.?!,;]|$|on average|in total|altogether|each|per|in|last|this|by))",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:how much (?:money |more |less )?(?:do|did|does|have|has|had|are|were|is|was)\b[^.?!;]*?"
    r"|what (?:do|did|does|have|has|had) (?:we|i|you|they|it|(?:our|the)(?: \w+){1,3}|customers|people)\s)"
    r"\b(?:pay|paid|spend|spent|cost|costs|owe|owed|earn|earned|charge|charged|bill|billed|invoice|invoiced|collect|collected)\b",
    re.IGNORECASE,
)
_PAYS_MOST = re.compile(
    r"\b(?:do|did|does|have|has) [^.?!;,]{1,40}? (?:pay|paid|spend|spent|owe|earn|charge|charged|bill|billed|invoice|invoiced"
    r"|collect|collected) (?:us )?(?:the )?(?:most|least|more|less)\b(?! (?:often|frequently)\b)",
    re.IGNORECASE,
)
_ANY_THING_HAS = frozenset(("type", "kind", "category", "status", "group", "class", "level", "name", "reason"))
_AND_HOW_MUCH = re.compile(
    r"[,;]?\s+(?:and|plus)\s+(?:(?:for|by|at|in|with|to)\s+)?how (?:much|many|high|big|large)\b", re.IGNORECASE
)
_A_NUMBER_OF = re.compile(r"(?:how many|(?:the )?number of)\s*$", re.IGNORECASE)
_SPLITS = frozenset((Cue.BY, Cue.EACH))
_SIDES_OF_A_BOUND = frozenset((Cue.LESS_THAN, Cue.MORE_THAN))
_OF_TIME = frozenset(("at", "on", "date", "time", "day", "ts", "utc", "datetime", "timestamp"))
_DID = ("did", "do", "does")
_ENDS_THE_VERB = ("in", "on", "at", "by", "for", "from", "during", "per", "with", "and", "or")
_NO_MONEY = ("count", "days", "score", "fraction", "ratio")
_LENGTHS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
_IN_LENGTHS = re.compile(
    r"\b(?:in (?P<unit>seconds|minutes|hours|days|weeks|months|years)\b"
    r"|(?:how many|number of|how much) (?P<counted>seconds|minutes|hours|days|weeks|months|years) of\b)",
    re.IGNORECASE,
)


def what_is_amiss(draft: Draft, plan: Plan, view: CatalogView) -> str | None:
    """The words of the question that the plan does not do justice to; None where nothing is amiss.

    Plans of analyses are left to the reader that made them, but for a figure that a cause is not asked of.
    """
    if not plan.queries:
        return None
    query = plan.queries[0].query
    if plan.analysis is not None and plan.analysis.kind == "cause":
        return words_not_expressed(draft, query, view)
    if plan.analysis is not None:
        if not isinstance(plan.analysis, RollupRequest):
            return None
        return (
            _leaves_out_which(draft, query, view)
            or _is_no_money(draft, query, view)
            or amount_not_told(draft, query, view)
            or another_figure_said(draft, query, view)
            or clause_left_over(draft, query, view)
        )
    return (
        _cuts_a_name(draft, query, view)
        or _counts_another_thing(draft, query, view)
        or _is_money_of_things_counted(draft, query, view)
        or _leaves_a_figure_out(draft, query, view)
        or _leaves_out_which(draft, query, view)
        or _is_no_money(draft, query, view)
        or _is_no_skill(draft, query, view)
        or _other_time(draft, query, view)
        or happens_at_another_time(draft, query, view)
        or _is_of_either_time(draft, query)
        or other_currency(draft, query, view)
        or _other_length(draft, query, view)
        or _is_no_length(draft, query, view)
        or _gathers_states(query, view)
        or _is_all_or_nothing(draft, query, view)
        or _holds_nothing_against(draft, query)
        or _so_many_people(draft, query, view)
        or _is_one_of_them(draft, query, view)
        or _is_called_so_itself(draft, query, view)
        or words_not_expressed(draft, query, view)
        or noun_left_over(draft, query, view)
        or verb_left_over(draft, query, view)
        or clause_left_over(draft, query, view)
        or amount_not_told(draft, query, view)
        or place_of_another_thing(draft, query, view)
        or _is_the_kind_of_another_thing(draft, query, view)
        or another_measure_said(draft, query, view)
        or _leaves_a_question_out(draft, query)
        or _takes_one_of_two(draft)
        or _leaves_out_what_is_split(draft, query, view)
        or _is_under_a_figure(draft)
        or _is_a_word_of_the_things(draft, query, view)
        or _is_of_each_of_the_other(draft, query)
        or came_back(draft, query, view)
        or turned_away(draft)
        or done_by_them(draft, view)
        or let_in_beside(draft)
        or only_expected(draft)
        or per_one_of_its_own(draft, query, view)
        or cuts_a_figure_with_a_time(draft, query)
    )


def _cuts_a_name(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Ad spend per order" is not "spend per order" with a word before it, where a figure is called "ad spend"."""
    names = {use.metric for use in query.metrics}
    pairs = [
        (item, after)
        for item, after in itertools.pairwise(draft.items)
        if item.used == "noun" and after.used == "metric" and not item.is_stop
    ]
    if not pairs:
        return None
    known = {
        phrase_key(words): metric.name
        for metric in view.metrics.values()
        for words in (metric.label, *metric.words.synonyms)
    }
    for item, after in pairs:
        own = [token.base for token in draft.tokens[item.span.start : item.span.end]]
        behind = [token.base for token in draft.tokens[after.span.start : after.span.end]]
        for length in range(1, len(behind)):
            found = known.get((*own, *behind[:length]))
            if found is not None and found not in names:
                return f"{item.text} {' '.join(behind[:length])}"
    return None


def _counts_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _is_under_a_figure(draft: Draft) -> str | None:
    """ "Items under their reorder level": what is under another figure is not shown by the two side by side."""
    for item in draft.items:
        behind = draft.following(item.place)
        if item.used == "preposition" and item.cues() & _SIDES_OF_A_BOUND and behind and behind.used == "metric":
            return f"{item.text} {behind.text}"
    return None


def _is_of_each_of_the_other(draft: Draft, query: MetricQuery) -> str | None:
    """ "What each hour watched cost us": one figure for each of the other, which the two side by side do not tell."""
    if len(query.metrics) < 2 or any(item.show == "measure" for item in query.calculations):
        return None
    for item, behind in itertools.pairwise(draft.items):
        if item.cue() is Cue.EACH and behind.used == "metric" and not draft.is_plural(behind):
            return f"{item.text} {behind.text}"
    return None


def _is_a_word_of_the_things(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _takes_one_of_two(draft: Draft) -> str | None:
    """ "Visits to site and app", where a figure is called "site visits": the first of two places that are named alike became a
    word of the figure, and the second a filter."""
    for item, joint, other in zip(draft.items, draft.items[1:], draft.items[2:], strict=False):
        words = [token.folded for token in draft.tokens[item.span.start : item.span.end]]
        turned = len(words) > 2 and words[-2] in ("to", "at", "on", "in", "from", "of")
        joined = joint.text.casefold() in ("and", "or", "&") and other.used == "value"
        if item.used == "metric" and item.span.best.how == "inflection" and turned and joined:
            return f"{words[-1]} {joint.text} {other.text}"
    return None


def _leaves_a_question_out(draft: Draft, query: MetricQuery) -> str | None:
    """ "How many claims did we settle, and for how much in total?": a second figure asked for, of which only the first is shown."""
    asked = _AND_HOW_MUCH.search(draft.question)
    if asked is None or len(query.metrics) != 1 or draft.ranking is not None:  # what ranks is told by its figure
        return None
    later = [item for item in draft.items if draft.tokens[item.span.start].start >= asked.end()]
    before = [item for item in draft.items if draft.tokens[item.span.start].start < asked.start()]
    figured = any(item.used == "metric" for item in before)
    # "... and how many in Q2", "... and how many in the app" are of the same figure
    figured = figured and not any(item.used in ("metric", "time", "value", "group") for item in later)
    return draft.question[asked.start() :].lstrip(" ,").rstrip("?.! ") if figured else None


def _is_the_kind_of_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _is_money_of_things_counted(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many contracts did we book": no answer is what they are worth, by whatever the verb is called so."""
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if query.group_by or Cue.COUNT not in draft.asks or not metrics or not all(map(is_of_money, metrics)):
        return None
    for count, thing in itertools.pairwise([item for item in draft.items if not item.is_stop and item.used != "value"]):
        asked = count.cue() is Cue.COUNT and count.text.casefold().startswith(("how many", "number", "the number"))
        named = any(meaning.how in ("name", "synonym") for meaning in thing.of("dataset"))
        if asked and named and thing.used == "noun" and draft.is_plural(thing):
            return f"{count.text} {thing.text}"
    return None


def _leaves_a_figure_out(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "which category contributes most to returns" is no question of another figure that only sounds like "contributes"."""
    names = {use.metric for use in query.metrics} | {having.column for having in query.having}
    if not names & view.metrics.keys():
        return None
    bases = frozenset[str]().union(*(base_datasets(view, name) for name in names))
    reached = pointed_at(view, bases)
    for item in draft.items:
        if item.used != "noun" or item.is_stop:
            continue
        named = [meaning for meaning in item.of("metric") if meaning.how in ("name", "synonym") and meaning.score > 0.9]
        things = {meaning.name for meaning in item.of("dataset")}
        things |= {name for meaning in named for name in base_datasets(view, meaning.name)}
        if named and not any(meaning.name in names for meaning in named) and not things & reached:
            return item.text
    return None


def _leaves_out_what_is_split(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Categories with a return rate over 10 %: orders per category": a figure at the head of a clause, with a split right
    behind it, is what is asked for, and no noun."""
    names = {use.metric for use in query.metrics}
    for item in draft.items:
        behind = draft.following(item.place)
        named = [meaning.name for meaning in item.of("metric") if meaning.how in ("name", "synonym")]
        if item.used != "noun" or not named or names & set(named) or behind is None or behind.cue() not in _SPLITS:
            continue
        counted = any(view.whole.metric_by_name[name].unit == "count" for name in names)
        before = draft.question[: draft.tokens[item.span.start].start]
        head = _A_NUMBER_OF.sub("", before)
        heads = not head.strip() or head.rstrip().endswith((".", "?", ":", ";"))
        if heads or (head != before and not counted):
            return f"{item.text} {behind.text}"
    return None


def _leaves_out_which(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _is_no_money(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "how much did we pay" is no number of payments."""
    asked = _PAYS.search(draft.question) or _PAYS_MOST.search(draft.question) or _EARNS.search(draft.question)
    if asked is None and Cue.MONEY not in draft.asks:
        return None
    units = [view.whole.metric_by_name[use.metric].unit for use in query.metrics]
    if not units or not all(unit in _NO_MONEY or unit in _LENGTHS for unit in units):
        return None
    return asked.group(0) if asked is not None else "money"


def _is_no_skill(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Are we better at filling permanent jobs": more of them filled is not done better, where there are more of them."""
    asked = _IS_BETTER_AT.search(draft.question)
    counted = all(view.whole.metric_by_name[use.metric].unit == "count" for use in query.metrics)
    return asked[0] if asked is not None and counted else None


def _other_time(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "policies that expired in May": the period goes by the time that a verb names, where the things have such a time."""
    if query.period is None or not draft.time.named or draft.dated:
        return None
    said = {
        verb_stem(token.base): token.text
        for item in draft.items
        if item.used in (None, "noun", "value")
        for token in draft.tokens[item.span.start : item.span.end]
        if token.folded.endswith("ed") or item.used == "value"
    }
    said |= _done_by_them(draft)
    named = {name for use in query.metrics for name in metric_time(view, use.metric)}
    for use in query.metrics:
        for dataset in base_datasets(view, use.metric):
            own = [item for item in _times(view, dataset) if _stems(item) & said.keys()]
            goes_by_it = any(f"{dataset}.{item.name}" in named for item in own)
            if own and (not goes_by_it or _is_state(view, use.metric)):
                stem = min(_stems(own[0]) & said.keys())
                if not _is_of_the_metric(view, use.metric, stem):
                    return said[stem]
    return None


def happens_at_another_time(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Orders arriving in May": what they do then is told of a time that the figure does not go by."""
    if query.period is None or draft.dated:
        return None
    times = [view.whole.field(name) for use in query.metrics for name in metric_time(view, use.metric)]
    for item, behind in itertools.pairwise(draft.items):
        word = item.text.casefold()
        if word not in _COMING_AND_GOING or item.used not in (None, "noun") or behind.used != "time":
            continue
        texts = [text for field in times for text in (field.label, field.name, *field.words.synonyms)]
        texts += [view.whole.metric_by_name[use.metric].label for use in query.metrics]
        if not any(is_noun_of(part, word) for text in texts for part in phrase_key(text)):
            return item.text
    return None


def _is_of_either_time(draft: Draft, query: MetricQuery) -> str | None:
    """ "Customers with 3 or more orders in 2025 or 2024": of both taken together, or in each; two figures say neither."""
    told = draft.time.period_expression
    if told is None or not query.compare or not (draft.bounds or Cue.COUNT in draft.asks):
        return None
    chooses = draft.asks & {Cue.COMPARE, Cue.GREATER, Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.WHICH} or draft.ranking
    either = re.search(r"\bor\b", told.text, re.IGNORECASE) is not None and len(told.periods) > 1
    return told.text.strip() if either and not chooses else None


def _other_length(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "The longest stop, in hours", where what is shown is in minutes."""
    units = {view.whole.metric_by_name[use.metric].unit for use in query.metrics} & _LENGTHS
    asked = _IN_LENGTHS.search(draft.question)
    said = (asked["unit"] or asked["counted"]).casefold() if asked is not None else ""
    return asked[0] if asked is not None and units and said not in units else None


def _is_no_length(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which nationality stays the longest", "how long do families stay": no number of stays says that."""
    asked = _HOW_LONG.search(draft.question)
    units = [view.whole.metric_by_name[use.metric].unit for use in query.metrics]
    if asked is None or not units or not all(unit in _NO_LENGTH or is_currency(unit or "") for unit in units):
        return None
    return asked[0]


def _done_by_them(draft: Draft) -> dict[str, str]:
    """ "How many orders did we complete": the verb behind "did" and who did it, by its stem; the figure may go by another time."""
    found: dict[str, str] = {}
    for place, token in enumerate(draft.tokens):
        if token.folded not in _DID:
            continue
        for verb in draft.tokens[place + 1 : place + 4]:
            if not verb.is_word or verb.folded in _ENDS_THE_VERB:
                break
            found[verb_stem(verb.base)] = verb.text
    return found


def _gathers_states(query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many customers have churned since January": how things stand at the end is not what happened since."""
    if query.period is None or not (query.period.label or "").startswith("since ") or query.group_by:
        return None
    return query.period.label if all(_is_state(view, use.metric) for use in query.metrics) else None


def _is_all_or_nothing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The late return rate of late returns is all of them: a word that the rate is called by narrows it to nothing told."""
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if len(metrics) != 1 or metrics[0].unit != "fraction" or query.group_by:
        return None
    named = {verb_stem(word) for word in phrase_key(metrics[0].label)}
    for slot in draft.filters:
        values = slot.candidates[0].values if slot.candidates else ()
        words = {verb_stem(word) for value in values if isinstance(value, str) for word in phrase_key(value)}
        if words and words <= named and not slot.negated:
            return slot.text
    return None


def _is_one_of_them(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _so_many_people(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Scores of teams with more than 20 people": a number of people is no bound on what is counted in something else."""
    bounded = {having.column for having in query.having} & view.metrics.keys()
    if not bounded or any(view.metrics[name].unit == "count" for name in bounded):
        return None
    for item in draft.items:
        behind = draft.tokens[item.span.end : item.span.end + 1]
        if item.used == "bound" and item.has("number") and behind and behind[0].folded in _PEOPLE:
            return f"{item.text} {behind[0].text}"
    return None


def _holds_nothing_against(draft: Draft, query: MetricQuery) -> str | None:
    """A comparison that was asked for, where one figure stands alone: what it was to be held against was lost."""
    shown = [item.show for item in query.compare] + [item.show for item in query.calculations]
    if (
        Cue.COMPARE not in draft.asks
        or "measure" in shown
        or query.group_by
        or len(query.metrics) != 1
        or query.targets
    ):
        return None
    item = next((item for item in draft.items if Cue.COMPARE in item.cues() and not draft.is_context(item)), None)
    if item is not None and item.text.casefold().startswith("differ"):
        return None  # "how does it differ if the channel is web"
    return item.text if item is not None else None


def _is_called_so_itself(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
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


def _is_state(view: CatalogView, name: str) -> bool:
    """Whether a figure says how things stand at a period's end: when something happened to them is no such period."""
    metric = view.whole.metric_by_name[name]
    return metric.kind == "state" or bool(getattr(metric, "is_state", False))


def _times(view: CatalogView, dataset: str) -> Iterator[CatalogField]:
    known = view.datasets.get(dataset)
    return (item for item in (known.fields if known is not None else ()) if item.role is FieldRole.TIME)


def _stems(item: CatalogField) -> set[str]:
    """The stems of the verb that a time is named by ("Delivered at", "start date"); none where its name is more than that."""
    found = set()
    for words in (item.label, item.name, *item.words.synonyms):
        left = [word for word in phrase_key(words) if word not in _OF_TIME]
        if len(left) == 1:
            found.add(verb_stem(left[0]))
    return found


def _is_of_the_metric(view: CatalogView, name: str, stem: str) -> bool:
    """Whether the verb is part of the figure's own name ("Delivered orders", by their order date)."""
    metric = view.whole.metric_by_name[name]
    return any(
        stem in {verb_stem(word) for word in phrase_key(words)}
        for words in (metric.label, metric.name, *metric.words.synonyms)
    )
