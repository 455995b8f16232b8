"""Counts each thing once where "different" says so of things that a value stands for: "how many different toys were sold";
and whoever did something where the rows are only of what they did: "how many clients gave us jobs", "how many people ordered"."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.counts import count_metrics, counted_thing, metrics_that_count, person_datasets
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item, MetricSlot
from agent.planners.embedded.reach import base_datasets, pointed_at
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning, split_route
from semantic_context.words import is_verb_form

DIFFERENT = ("different", "distinct", "unique")
_ARE_THERE = ("did", "do", "have", "had", "were", "are", "was", "is", "in", "by", "per", "last", "this", "there")
PEOPLE = ("individuals", "people", "persons")


def count_once(draft: Draft) -> None:
    """Puts the number of different things in the place of a number of their rows, where a metric counts them over the same
    rows; where none does, the word stays unexplained: the units sold are no number of different toys."""
    _count_the_different(draft)
    for item in draft.items:
        if item.text.casefold() not in DIFFERENT or not item.is_stop or not draft.metrics:
            continue
        before, following = draft.preceding(item.place), draft.following(item.place)
        if following is None or before is None or before.cue() is not Cue.COUNT:
            continue
        after = draft.items[following.place + 1] if following.place + 1 < len(draft.items) else None
        named = after if following.used == "value" and not following.has("dataset") else following
        if named is not None and named.has("dataset") and named.used == "noun":
            _count(draft, item, {meaning.name for meaning in named.of("dataset")})
        elif following.used == "value" and (named is None or not named.has("dataset", "field")):
            _count(draft, item, things_of(following))
    if len(draft.metrics) == 1 and draft.metrics[0].item > 0 and draft.records is None:
        _count_whoever_did(draft, draft.items[draft.metrics[0].item])


def _count_the_different(draft: Draft) -> None:
    """Takes the one figure that counts different things for "how many different clients did we have", where no other figure is
    named and nothing is said of which."""
    if draft.metrics or draft.filters or draft.bounds or draft.records is not None or draft.follows:
        return
    for item in draft.items:
        following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
        before = draft.preceding(item.place)
        if (
            item.text.casefold() not in DIFFERENT
            or before is None
            or before.cue() is not Cue.COUNT
            or following is None
        ):
            continue
        if following.used != "noun" or not following.has("dataset") or not draft.is_plural(following):
            continue
        verb = draft.tokens[following.span.end].folded if following.span.end < len(draft.tokens) else ""
        if verb not in _ARE_THERE:
            continue  # "gave us money", which is more than to be there
        things = {meaning.name for meaning in following.of("dataset")}
        once = [name for name in sorted(draft.view.metrics) if counted_thing(draft.view, name) in things]
        if len(once) == 1 and not any(count_metrics(draft.view, thing) for thing in things):
            draft.metrics.append(MetricSlot(following.place, (Meaning("metric", once[0], 0.95, "count"),)))
        return


def _count_whoever_did(draft: Draft, act: Item) -> None:
    """Takes the things that "how many" stands before, with a verb between them and what they did, for what is counted, where
    one figure counts the different ones among the rows of what they did. Of people who are called nothing else, the rows are
    no number."""
    asked = next((item for item in draft.items[: act.place] if _asks_how_many(item)), None)
    if asked is None:
        return
    behind = [item for item in draft.items[asked.place + 1 : act.place + 1] if item.text.casefold() not in DIFFERENT]
    who = behind[0] if behind else act
    people = who.is_stop and who.text.casefold() in PEOPLE
    if who is act or not (people or (who.used == "noun" and who.has("dataset") and draft.is_plural(who))):
        return
    between = draft.tokens[who.span.end : act.span.start]
    if not (any(_is_a_verb(token.folded) for token in between) or _is_a_verb(draft.tokens[act.span.start].folded)):
        return
    things = person_datasets(draft.view) if people else {meaning.name for meaning in who.of("dataset")}
    slot = draft.metrics[0]
    once = _counted_once(draft, slot.candidates[0].name, things)
    if once is not None:
        draft.metrics[0] = replace(slot, candidates=(Meaning("metric", once, slot.candidates[0].score, "name"),))
    elif people and _is_of_many_to_each(draft, slot.candidates[0].name, things):
        draft.unexplained.append(who.text)


def _asks_how_many(item: Item) -> bool:
    return item.cue() is Cue.COUNT or item.text.casefold() in ("how many more", "how many fewer")


def _is_a_verb(word: str) -> bool:
    return word.endswith("ed") or word in IRREGULAR_VERBS or is_verb_form(word)


def _counted_once(draft: Draft, figure: str, things: set[str]) -> str | None:
    """The one figure that counts the different things among a figure's rows, of which it leaves out none but by itself."""
    view = draft.view
    if counted_thing(view, figure) in things or figure in {
        name for thing in things for name in metrics_that_count(view, thing)
    }:
        return None
    own = getattr(view.whole.metric_by_name[figure], "filter", None)
    once = [
        name
        for name in sorted(view.metrics)
        if counted_thing(view, name) in things
        and base_datasets(view, name) == base_datasets(view, figure)
        and own in (None, getattr(view.whole.metric_by_name[name], "filter", None))
    ]
    return once[0] if len(once) == 1 else None


def _is_of_many_to_each(draft: Draft, figure: str, things: set[str]) -> bool:
    """Whether a figure is the number of rows of which each person may have several, and is called no number of people."""
    view = draft.view
    bases = base_datasets(view, figure)
    if bases & things or not any(figure in count_metrics(view, base) for base in bases):
        return False
    metric = view.whole.metric_by_name[figure]
    named = {word for text in (metric.label, *metric.words.synonyms) for word in text.casefold().split()}
    return bool(things & pointed_at(view, bases)) and not named & set(PEOPLE)


def things_of(value: Item) -> set[str]:
    """The datasets of whose things a value tells."""
    return {split_route(meaning.name)[0].partition(".")[0] for meaning in value.of("value")}


def _count(draft: Draft, item: Item, things: set[str]) -> None:
    slot = draft.metrics[0]
    figure = slot.candidates[0].name
    counting = {name for thing in things for name in metrics_that_count(draft.view, thing)}
    if len(draft.metrics) == 1 and (figure in counting or counted_thing(draft.view, figure) in things):
        return
    bases = base_datasets(draft.view, figure)
    once = [
        name
        for name in sorted(draft.view.metrics)
        if counted_thing(draft.view, name) in things and base_datasets(draft.view, name) == bases
    ]
    if len(draft.metrics) != 1 or len(once) != 1:
        draft.unexplained.append(item.text)
        return
    draft.metrics[0] = replace(slot, candidates=(Meaning("metric", once[0], slot.candidates[0].score, "name"),))
