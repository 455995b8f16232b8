"""Takes the metrics asked for; a counted thing ("how many orders") is the metric that counts it."""

from __future__ import annotations

from agent.planners.embedded.compound_nouns import says_whose, set_restriction_aside
from agent.planners.embedded.counts import count_metrics, counted_thing, counts_at_large
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, Item, MetricSlot
from agent.planners.embedded.passes.count_unnamed import (
    count_what_has_values,
    count_what_is_bounded,
    count_what_is_common,
    list_what_is_counted,
)
from agent.planners.embedded.passes.read_compounds import (
    is_listed_beside_a_rate,
    read_compounds,
    stands_beside_a_figure,
)
from agent.planners.embedded.passes.read_groups import is_all_of_them, thing_spread_over
from agent.planners.embedded.passes.take_ratios import take_ratios, take_ratios_of_metrics
from agent.planners.embedded.passes.tell_apart import (
    count_by_their_time,
    count_who_came,
    held_now,
    with_namesakes,
)
from agent.planners.embedded.reach import base_datasets, pointed_at
from agent.planners.embedded.verbs_in_place import stands_as_verb
from agent.tools.compile import metric_time
from catalog.models import AggregateMetric
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning
from semantic_context.words import phrase_key

_AUXILIARIES = ("do", "does", "did", "are", "is", "were", "was", "have", "has", "had", "can", "will", "should")
_COUNTS = ("how many", "number of", "count of", "count", "the number")
_PRAISE = ("best", "top", "worst", "most", "least")
_COMPLEMENT = ("of", "from", "for", "in", "on", "at", "to", "into", "with", "our", "all", "among", "amongst")
_LED = tuple((word,) for word in ("of", "for", "in", "at", "from", "by", "to", "with"))
_SAY_OF_WHICH = ("for", "of", "among", "only", "just", "solely", "counting", "considering", "taking", "take")


def read_metrics(draft: Draft) -> None:
    """Metrics by name; then datasets counted, where a count is asked for or nothing else is."""
    set_restriction_aside(draft)
    read_compounds(draft)
    plain = [item for item in draft.items if item.used is None and item.has("metric")]
    certain = [item for item in plain if not item.has("dataset", "field", "value")]
    for item in plain:
        if item.place in draft.divisors or _is_the_whole(draft, item):
            item.used = "metric"
            draft.metrics.append(MetricSlot(item.place, item.of("metric")))
            continue
        if _is_named_with_a_verb(draft, item) or _is_word_of_another(draft, item) or _only_helps(item, certain, plain):
            item.used = "noun"
            continue
        noun = item.has("dataset", "field") or (item not in certain and _counts_things(draft, item))
        said_of_another = (noun and _is_complement(draft, item)) or _is_subject(draft, item)
        said_of_another = said_of_another and not is_listed_beside_a_rate(draft, item)
        if certain and said_of_another and not _is_compared(draft, item):
            item.used = "noun"
            continue
        if says_whose(draft, item):
            item.used = "noun"
            continue
        if noun and _belongs_to_first(draft, item):
            item.used = "noun"
            continue
        if draft.metrics and (_is_participle(draft, item) or _only_says_of_which(draft, item)):
            item.used = "noun"
            continue
        taken = {slot.candidates[0].name for slot in draft.metrics}
        if (
            taken
            and not _is_ranked_by(draft, item)
            and item.of("metric")[0].name not in taken
            and not _is_joined(draft, item)
        ):
            draft.loosely_joined = True
            word = draft.tokens[item.span.start].folded  # "how many active customers signed up", "did customers tip"
            acts = word.endswith("ed") or stands_as_verb(draft.tokens, item.span.start)
            draft.apart = draft.apart or acts or not stands_beside_a_figure(draft, item)
        if not taken and _ends_a_list_of_values(draft, item):
            draft.loosely_joined = draft.apart = True
        _note_what_is_behind_a_group(draft, item)
        if _is_named_beside_a_field(draft, item):
            draft.unexplained.append(item.text)
        item.used = "metric"
        meant = with_namesakes(draft, item, _count_first(draft, item))
        slot = MetricSlot(item.place, _with_other_counts(draft, meant))
        if _is_ranked_by(draft, item):
            draft.rank_metric = slot
        draft.metrics.append(slot)
    for item in list(draft.free("dataset")):
        dataset = item.of("dataset")[0].name
        if _is_word_of_another(draft, item):
            item.used = "noun"
            continue
        before = draft.preceding(item.place)
        counted = before is not None and before.cue() is Cue.COUNT
        joined = before is not None and before.cue() is Cue.AND and draft.metrics
        if before is not None and _says_of_which(draft, before, item):
            joined = False
        if _is_named_with_a_verb(draft, item):
            item.used = "noun"
            continue
        heads = _heads_a_list(draft, item)
        counted = counted or item.place in draft.divisors or heads
        if counted or not draft.metrics or (joined and not _is_complement(draft, item)):
            names = counts_at_large(draft.view, dataset) or held_now(draft, dataset)
            if names:
                item.used = "metric"
                _note_what_is_behind_a_group(draft, item)
                draft.metrics.append(MetricSlot(item.place, (Meaning("metric", names[0], 0.95, "count"),)))
                continue
            if heads:
                draft.unexplained.append(item.text)
        item.used = "noun"
    _spread_over_counts(draft)
    _count_who_acted(draft)
    _drop_verbs(draft)
    count_who_came(draft)
    take_ratios(draft)
    take_ratios_of_metrics(draft)
    list_what_is_counted(draft)
    if not draft.metrics:
        count_by_their_time(draft)
    if not draft.metrics:
        count_what_is_bounded(draft)
    if not draft.metrics and not draft.bounds:
        count_what_is_common(draft)
        count_what_has_values(draft)
    draft.metrics.sort(key=lambda slot: slot.item)


def _count_first(draft: Draft, item: Item) -> tuple[Meaning, ...]:
    """ "how many tips": the rows are counted where their name means their money too."""
    before = draft.preceding(item.place)
    while before is not None and before.used == "value":
        before = draft.preceding(before.place)
    meanings = item.of("metric")
    if before is None or before.text.casefold() not in _COUNTS or not item.has("dataset"):
        return meanings
    if any(draft.view.whole.metric_by_name[meaning.name].unit == "count" for meaning in meanings):
        return meanings
    counts = count_metrics(draft.view, item.of("dataset")[0].name)
    return tuple(Meaning("metric", name, 0.95, "count") for name in counts[:1]) or meanings


def _is_named_beside_a_field(draft: Draft, item: Item) -> bool:
    """ "title and release year": fields of each thing are to be shown, and no things are counted."""
    joint = draft.following(item.place)
    beside = draft.following(joint.place) if joint is not None and joint.cue() is Cue.AND else None
    is_field = (
        item.span.best.kind == "field" and not draft.is_plural(item) and not draft.has_cue(Cue.COUNT, Cue.BY, Cue.EACH)
    )
    own = {meaning.name.partition(".")[0] for meaning in item.of("field")[:1]}
    return (
        is_field
        and beside is not None
        and beside.used == "group"
        and own == {meaning.name.partition(".")[0] for meaning in beside.of("field")[:1]}
    )


def _only_helps(item: Item, certain: list[Item], plain: list[Item]) -> bool:
    """ "did the shops take the most orders": a small verb that only resembles a figure's name, beside one that is named."""
    guessed = all(meaning.how == "inflection" for meaning in item.of("metric"))
    named = any(other is not item and other.of("metric")[0].how in ("name", "synonym") for other in (*certain, *plain))
    return item.span.best.kind == "stop" and guessed and named


def _note_what_is_behind_a_group(draft: Draft, item: Item) -> None:
    """ "sum insured by coverage, policies starting in 2025": a figure behind a comma and a split stands in no list of figures;
    it may as well say of which rows the first one is."""
    comma = draft.preceding(item.place)
    split = draft.preceding(comma.place) if comma is not None and comma.text == "," else None
    if comma is not None and {"for", "of", "among"} & set(draft.stops_between(comma.place, item.place)):
        return  # "by segment, for arrivals of 2024" says it in so many words
    if draft.metrics and split is not None and split.used in ("group", "qualifier"):
        draft.loosely_joined = draft.apart = draft.split_between = True


def _ends_a_list_of_values(draft: Draft, item: Item) -> bool:
    """ "Number of vip and new customers", where "new customers" is a figure: a value with an "and" right before the only figure
    may be listed with one inside its name, so a weaker reading is given its chance, and else it is asked."""
    joint = draft.items[item.place - 1] if item.place > 1 else None
    joins = joint is not None and joint.text != "," and joint.cue() in (Cue.AND, Cue.OR, Cue.VERSUS)
    return joins and draft.items[item.place - 2].used == "value"


def _only_says_of_which(draft: Draft, item: Item) -> bool:
    """ "lead time for arrivals of 2024", "days to ship, only orders placed in 2024": a count of the very rows that the figure
    before it is made of."""
    if not item.place or draft.items[item.place - 1].text.casefold() not in _SAY_OF_WHICH or _is_joined(draft, item):
        return False
    figure = draft.view.whole.metric_by_name[draft.metrics[-1].candidates[0].name]
    counted = draft.view.whole.metric_by_name[item.of("metric")[0].name]
    if not isinstance(figure, AggregateMetric) or not isinstance(counted, AggregateMetric):
        return False
    same_time = metric_time(draft.view, figure.name) == metric_time(draft.view, counted.name)
    rows = counted.name in count_metrics(draft.view, figure.dataset) and counted.filter in (None, figure.filter)
    return rows and same_time and figure.name != counted.name


def _says_of_which(draft: Draft, before: Item, item: Item) -> bool:
    """ "Time to fill by profession, for jobs closed in 2025": behind a comma "for" leads to what the figure is of."""
    return before.text == "," and bool({"for", "of", "among"} & set(draft.stops_between(before.place, item.place)))


def _only_says_of_these(draft: Draft, item: Item) -> bool:
    return bool(item.place) and draft.items[item.place - 1].text.casefold() in _SAY_OF_WHICH


def _belongs_to_first(draft: Draft, item: Item) -> bool:
    """ "failed enrolments in courses of ...", "orders did the New York store take": what the rows counted first point at."""
    if not draft.metrics or not item.has("dataset") or not _is_complement(draft, item) or _is_joined(draft, item):
        return False
    bases = base_datasets(draft.view, draft.metrics[0].candidates[0].name)
    dataset = item.of("dataset")[0].name
    return dataset not in bases and dataset in pointed_at(draft.view, bases)


def _is_the_whole(draft: Draft, item: Item) -> bool:
    """ "new customers as a percentage of all customers": what the share is taken of."""
    before = draft.preceding(item.place)
    while before is not None and before.cue() in (Cue.LIST, Cue.TOTAL):
        before = draft.preceding(before.place)
    return (
        before is not None
        and before.cue() is Cue.SHARE
        and before.text.casefold().startswith("as ")
        and bool(draft.metrics)
        and item.of("metric")[0].name != draft.metrics[0].candidates[0].name
    )


def _is_compared(draft: Draft, item: Item) -> bool:
    """ "compare orders with revenue": the first of two figures."""
    before, after = draft.preceding(item.place), draft.following(item.place)
    joined = after is not None and after.text.casefold() in ("with", "and", "to", "against", "vs", "versus")
    return before is not None and before.cue() is Cue.COMPARE and joined


def _heads_a_list(draft: Draft, item: Item) -> bool:
    """ "Tickets opened, CSAT and response time by month": the first of a list of figures, perhaps with what was done to them."""
    before, joint = draft.preceding(item.place), draft.following(item.place)
    if (
        not draft.is_plural(item)
        or draft.stops_between(before.place if before is not None else -1, item.place)[-1:] in _LED
    ):
        return False
    if before is not None and not before.cues() & {Cue.LIST, Cue.COMPARE, Cue.COUNT, Cue.TOTAL}:
        return False
    own = {meaning.name for meaning in item.of("dataset")}
    if (
        joint is not None
        and joint.used is None
        and {field.name.partition(".")[0] for field in joint.of("field")} <= own
    ):
        joint = draft.following(joint.place)
    figure = draft.following(joint.place) if joint is not None and joint.cue() is Cue.AND else None
    return figure is not None and figure.used == "metric"


def _is_named_with_a_verb(draft: Draft, item: Item) -> bool:
    """ "how many customers churned": the verb names the figure ("Churned customers"), the things are its noun."""
    own = {token.base for token in draft.tokens[item.span.start : item.span.end]}
    if not item.has("dataset"):
        return False
    for other in draft.items[item.place + 1 :]:
        if other.used not in (None, "metric") or not _is_verb(draft, other) or not other.has("metric"):
            continue
        verb = draft.tokens[other.span.start].base
        labels = [draft.view.whole.metric_by_name[meaning.name].label for meaning in other.of("metric")]
        if any(len(words := set(phrase_key(label))) == 2 and verb in words and own & words for label in labels):
            return True
    return False


def _is_word_of_another(draft: Draft, item: Item) -> bool:
    """ "how many policies do we have in force": a thing that another phrase's figure has in its name ("policies in force")."""
    if not item.has("dataset") or item.has("value"):
        return False
    own = {token.base for token in draft.tokens[item.span.start : item.span.end]}
    for other in draft.items:
        if other is item or not other.has("metric") or other.used not in (None, "metric") or other.has("dataset"):
            continue
        if _is_joined_pair(draft, item.place, other.place):
            continue
        said = {token.base for token in draft.tokens[other.span.start : other.span.end]}
        metric = draft.view.whole.metric_by_name[other.of("metric")[0].name]
        if any(own | said <= set(phrase_key(words)) for words in (metric.label, metric.name, *metric.words.synonyms)):
            return True
    return False


def _counts_things(draft: Draft, item: Item) -> bool:
    """Whether all that an item may mean as a metric counts the things of a dataset."""
    return all(
        any(meaning.name in count_metrics(draft.view, dataset) for dataset in base_datasets(draft.view, meaning.name))
        for meaning in item.of("metric")
    )


def _is_participle(draft: Draft, item: Item) -> bool:
    """Whether the item is a verb that only says how the first metric came about: "the GMV of books sold in the app"."""
    return _is_verb(draft, item) and not _is_joined(draft, item)


def _with_other_counts(draft: Draft, candidates: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """A count's other ways of counting the same things, far behind: for filters that the first one leaves out."""
    others: list[Meaning] = []
    for dataset in sorted(base_datasets(draft.view, candidates[0].name)):
        names = count_metrics(draft.view, dataset)
        if candidates[0].name in names:
            known = {meaning.name for meaning in candidates}
            score = candidates[-1].score - 0.3
            left = [name for name in names if name not in known]
            others += [Meaning("metric", name, score - 0.05 * place, "count") for place, name in enumerate(left)]
    return (*candidates, *others)


def _is_verb(draft: Draft, item: Item) -> bool:
    token = draft.tokens[item.span.start]
    if item.span.end - item.span.start > 1:  # "best selling", "top sellers": how things come to be picked
        return token.folded in _PRAISE and draft.tokens[item.span.end - 1].folded.endswith(("ing", "er", "ers"))
    return token.folded.endswith(("ed", "ing")) or token.folded in IRREGULAR_VERBS


def _is_joined(draft: Draft, item: Item) -> bool:
    """Whether a joining word stands between the item and the metric before it."""
    previous = max((slot.item for slot in draft.metrics), default=-1)
    if previous >= 0 and ";" in _text_between(draft, draft.items[previous], item):
        return True
    joints = {Cue.AND, Cue.VERSUS, Cue.OR, Cue.ALSO, Cue.RANK, Cue.SHARE}
    for other in draft.items[previous + 1 : item.place + 1]:
        if other.text == "," and draft.stops_between(other.place, item.place)[:1] in (("for",), ("of",), ("among",)):
            continue  # "by segment, for arrivals of 2024"
        if other.text == "," and draft.items[other.place + 1].cue() is Cue.BY and _only_says_of_these(draft, item):
            continue  # "average days to ship, by depot? only orders placed in 2024"
        by = other.cue() is Cue.BY and draft.following(other.place) is item
        held_against = Cue.COMPARE in draft.asks and other.text.casefold() == "with"
        if by or held_against or other.cues() & joints:
            before = draft.preceding(other.place)
            return before is None or before.used != "value"  # "vips and new ..." joins values, not metrics
    return False


def _spread_over_counts(draft: Draft) -> None:
    """ "number of customers by number of orders": how many customers have each number of orders."""
    if len(draft.metrics) == 1 and not draft.groups and draft.ranking is None:
        _spread_over_uncounted(draft, draft.metrics[0])
        return
    if len(draft.metrics) != 2 or draft.ranking is not None or Cue.RANK in draft.asks or draft.groups:
        return
    thing, figure = sorted(draft.metrics, key=lambda slot: slot.item)
    if figure.item in draft.divisors:
        return
    before = draft.preceding(figure.item)
    if before is not None and before.cue() is Cue.COUNT:
        before = draft.preceding(before.place)
    unit = draft.view.whole.metric_by_name[thing.candidates[0].name].unit
    if before is None or before.cue() is not Cue.BY or thing.item < 0 or unit != "count":
        return
    if before.text.casefold() == "per":
        return  # one count for each of another is a ratio
    if thing.candidates[0].name == figure.candidates[0].name:
        return
    datasets = [meaning.name for meaning in draft.items[thing.item].of("dataset")]
    datasets += [name for name in draft.view.datasets if thing.candidates[0].name in count_metrics(draft.view, name)]
    if not datasets or not _spread_over(draft, datasets[0], thing.item, figure):
        draft.apart = draft.loosely_joined = True


def _spread_over(draft: Draft, dataset: str, item: int, figure: MetricSlot) -> bool:
    """Splits a figure by the things of a dataset, whose rows are counted by it; False where none may be told from another."""
    keys = draft.view.datasets[dataset].primary_key
    if len(keys) != 1 or not draft.view.can_show(f"{dataset}.{keys[0]}"):
        return False
    draft.spread_over, draft.metrics = dataset, [figure]
    draft.groups.append(GroupSlot(item, (Meaning("field", f"{dataset}.{keys[0]}", 1.0, "name"),)))
    draft.loosely_joined = draft.apart = False
    return True


def _spread_over_uncounted(draft: Draft, figure: MetricSlot) -> None:
    """The same of things that no figure counts: "number of subscribers by number of plays"."""
    thing = thing_spread_over(draft, draft.items[figure.item]) if figure.item >= 0 else None
    if thing is None:
        return
    named = [meaning.name for meaning in thing.of("dataset") if meaning.how in ("name", "synonym")]
    own = base_datasets(draft.view, figure.candidates[0].name)
    if len(named) == 1 and named[0] in draft.view.datasets and named[0] not in own and draft.is_plural(thing):
        thing.used = "group" if _spread_over(draft, named[0], thing.place, figure) else thing.used


def _count_who_acted(draft: Draft) -> None:
    """ "number of clients per segment who bought": not the clients and the orders, but the different clients who ordered."""
    if len(draft.metrics) == 1 and Cue.COUNT in draft.asks:
        _count_the_doers(draft, draft.metrics[0])
    if len(draft.metrics) != 2 or Cue.COUNT not in draft.asks:
        return
    things = [slot for slot in draft.metrics if slot.item >= 0 and draft.items[slot.item].has("dataset")]
    acts = [slot for slot in draft.metrics if slot not in things and slot.item >= 0 and _acts(draft, slot)]
    if len(things) != 1 or len(acts) != 1 or _is_joined_pair(draft, things[0].item, acts[0].item):
        return
    thing = draft.items[things[0].item].of("dataset")[0].name
    bases = base_datasets(draft.view, acts[0].candidates[0].name)
    names = [
        name
        for name in sorted(draft.view.metrics)
        if counted_thing(draft.view, name) == thing and base_datasets(draft.view, name) <= bases
        if not _is_of_other_rows(draft, name, acts[0])
    ]
    if names:
        meanings = tuple(Meaning("metric", name, 0.9, "count") for name in names[:1])
        draft.metrics = [MetricSlot(things[0].item, meanings)]
        draft.loosely_joined = draft.apart = False
    else:
        draft.loosely_joined = draft.apart = True


def _count_the_doers(draft: Draft, act: MetricSlot) -> None:
    """ "how many employees completed a course": no figure counts the employees at large, but one those who did it."""
    before = [item for item in draft.items[: max(act.item, 0)] if item.used == "noun" and item.has("dataset")]
    lead = draft.preceding(before[-1].place) if before else None
    if lead is None or lead.cue() is not Cue.COUNT or act.item < 0 or not _acts(draft, act):
        return
    thing = before[-1].of("dataset")[0].name
    bases = base_datasets(draft.view, act.candidates[0].name)
    names = [
        name
        for name in sorted(draft.view.metrics)
        if counted_thing(draft.view, name) == thing and base_datasets(draft.view, name) <= bases
        if not _is_of_other_rows(draft, name, act)
    ]
    if names:
        draft.metrics = [MetricSlot(before[-1].place, (Meaning("metric", names[0], 0.9, "count"),))]


def _is_of_other_rows(draft: Draft, once: str, act: MetricSlot) -> bool:
    """Whether a count of the different ones is of rows that the act is not about: those served are none that were missed."""
    filters = {
        getattr(draft.view.whole.metric_by_name[name], "filter", None) for name in (once, act.candidates[0].name)
    }
    return None not in filters and len(filters) > 1


def _acts(draft: Draft, slot: MetricSlot) -> bool:
    """Whether a metric is said as a verb, or only guessed from one."""
    item = draft.items[slot.item]
    said = _is_verb(draft, item) or stands_as_verb(draft.tokens, item.span.start)
    return said or item.span.best.how == "inflection" or item.span.best.score < 0.7


def _is_joined_pair(draft: Draft, one: int, other: int) -> bool:
    first, second = sorted((one, other))
    return any(item.cues() & {Cue.AND, Cue.VERSUS, Cue.OR} for item in draft.items[first + 1 : second])


def _drop_verbs(draft: Draft) -> None:
    """ "the best selling ones by revenue", "which day sold best, revenue-wise": the metric that is named decides, the verb
    only says how it came about."""
    if draft.apart and Cue.COUNT in draft.asks:
        return  # "how many accounts downgraded": who did it are counted, not all
    named = [slot for slot in draft.metrics if slot.item < 0 or not _only_happens(draft, draft.items[slot.item])]
    spoken = any(
        item.text.casefold() in ("and", "plus", "as well as") or item.cue() is Cue.VERSUS for item in draft.items
    )
    if named and len(named) < len(draft.metrics) and (draft.rank_metric is not None or not spoken):
        draft.metrics = named
        draft.rank_metric = draft.rank_metric if draft.rank_metric in named else None
        draft.loosely_joined = draft.apart = len(named) > 1 and draft.apart


def _only_happens(draft: Draft, item: Item) -> bool:
    """Whether a metric is said as a verb: "sold", "what sells best"."""
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    guessed = item.span.end - item.span.start == 1 and item.span.best.how == "inflection"
    return _is_verb(draft, item) or (guessed and behind is not None and behind.used == "ranking")


def _is_complement(draft: Draft, item: Item) -> bool:
    """Whether the item only says of what the metric is: "revenue from orders", "vip customers' revenue"."""
    if item.place and draft.items[item.place - 1].used in ("value", "noun"):
        return True
    if item.place and draft.items[item.place - 1].text.casefold() in _AUXILIARIES and item.has("dataset"):
        return True  # "which region do customers ... in": who acts, not what is measured
    if is_all_of_them(draft, item):
        return True
    if item.place and draft.items[item.place - 1].text.casefold() in _COMPLEMENT:
        before = draft.preceding(item.place)
        return before is None or before.cue() not in (Cue.COUNT, Cue.VERSUS, Cue.AND)
    return False


def _is_subject(draft: Draft, item: Item) -> bool:
    """Whether the item is what the metric beside it already counts: "how many customers signed up"."""
    counted = {
        dataset
        for meaning in item.of("metric")
        for dataset in base_datasets(draft.view, meaning.name)
        if meaning.name in count_metrics(draft.view, dataset)[:1]
    }
    before = draft.preceding(item.place)
    asked_for = before is not None and before.cue() is Cue.COUNT
    for other in draft.items:
        if asked_for and _is_verb(draft, other):
            continue  # "how many shipments have we carried": the verb only says what happened to what is counted
        taken = other is item or other.used not in (None, "metric")
        if taken or other.has("dataset", "field", "value") or _stand_joined(draft, item, other):
            continue
        for meaning in other.of("metric"):
            bases = base_datasets(draft.view, meaning.name)
            counts = draft.view.whole.metric_by_name[meaning.name].unit == "count"
            if counted & bases or (counts and counted & pointed_at(draft.view, bases)):
                return True
    return False


def _stand_joined(draft: Draft, item: Item, other: Item) -> bool:
    """Whether two items stand side by side with a joining word between: "customers and new customers"."""
    first, second = sorted((item.place, other.place))
    between = draft.items[first + 1 : second]
    joins = {Cue.AND, Cue.VERSUS, Cue.OR}
    later = draft.items[second]
    if ";" in _text_between(draft, draft.items[first], later):
        return True
    lead = draft.preceding(second)
    leads = lead is not None and lead.place > first and bool(lead.cues() & {*joins, Cue.BY})
    if lead is not None and lead.text == "," and later is item:
        leads = False  # "days to pay by segment, invoices of 2025": of what it is, said behind a comma
    if leads and not _is_verb(draft, later):
        return True  # "admissions in 2024 and discharges in 2023": what stands between belongs to the first
    listed = all(gap.is_stop or gap.cues() or gap.has("metric") for gap in between)
    return listed and any(gap.cues() & joins for gap in between)


def _text_between(draft: Draft, first: Item, second: Item) -> str:
    """What is written between two items, marks included."""
    return draft.question[draft.tokens[first.span.end - 1].end : draft.tokens[second.span.start].start]


def _is_ranked_by(draft: Draft, item: Item) -> bool:
    before = draft.preceding(item.place)
    if before is not None and before.place in draft.sorts and (draft.groups or draft.time.grain is not None):
        return True
    return (
        before is not None
        and before.cue() in (Cue.BY, Cue.RANK)
        and (draft.ranking is not None or Cue.RANK in draft.asks)
        and bool(draft.groups)
    )
