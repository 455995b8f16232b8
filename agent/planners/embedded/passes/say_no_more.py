"""Words that say once more what a figure says by itself: its unit ("mean delay in minutes"), and the verb of its name ("did the
tram carry more passengers" of "passengers carried"), how one of its names ends ("what the stock is worth, at cost"), and what
the field of a value is called by ("with email support", of the "support channel")."""

from __future__ import annotations

from collections.abc import Iterator

from agent.planners.embedded.draft import Draft
from semantic_context.linking import split_route
from semantic_context.words import Token, phrase_key, verb_stem

_LED_BY = ("in", "of")
_GRANTED = ("granted", "given", "awarded", "allowed")
_PAID = ("paid", "out", "issued")
_ENDS_A_NAME = ("at", "in", "on", "by", "of", "for", "per", "after", "before", "with", "without")


def say_no_more(draft: Draft) -> None:
    """Marks such words as said, so that none of them stays unexplained; another unit than the figure's own stays so."""
    metrics = [draft.view.whole.metric_by_name[slot.candidates[0].name] for slot in draft.metrics if slot.candidates]
    units = {metric.unit for metric in metrics}
    verbs = set(_verbs(draft))
    names = [name.casefold().split() for metric in metrics for name in (metric.label, *metric.words.synonyms)]
    tails = {" ".join(words[-2:]) for words in names if len(words) > 2 and words[-2] in _ENDS_A_NAME}
    for token in draft.left_over:
        place = draft.tokens.index(token)
        led = place > 0 and draft.tokens[place - 1].folded in _LED_BY
        is_unit = led and (units == {token.folded} or _unit_before(draft, place) == token.folded)
        in_the_name = place > 0 and f"{draft.tokens[place - 1].folded} {token.folded}" in tails
        in_a_name = in_the_name or (place > 0 and _is_of_the_value_before(draft, place))
        if is_unit or in_a_name or verb_stem(token.base) in verbs or _is_how_money_leaves(draft, token):
            draft.units_said.add(token.start)


def _unit_before(draft: Draft, place: int) -> str | None:
    """The unit of the figure that is named last before a word: "matters closed and matter length in days"."""
    before = [slot for slot in draft.metrics if slot.item >= 0 and draft.items[slot.item].span.end <= place]
    last = max(before, key=lambda slot: draft.items[slot.item].span.end, default=None)
    return draft.view.whole.metric_by_name[last.candidates[0].name].unit if last and last.candidates else None


def _is_of_the_value_before(draft: Draft, place: int) -> bool:
    """ "Email support", "Silver members": a word right behind a value, one of the words that its field is called by."""
    word = draft.tokens[place].base
    if draft.tokens[place].start in draft.known_starts | draft.cue_starts | draft.time_starts:
        return False  # "active products": a name of its own, which a weaker reading leaves over
    item = next((item for item in draft.items if item.span.end == place and item.used == "value"), None)
    slots = [slot for slot in draft.filters if item is not None and slot.item <= item.place and slot.candidates]
    if item is None or not slots or not slots[-1].candidates:
        return False
    own = {meaning.name for meaning in item.of("value")} & {choice.field for choice in slots[-1].candidates}
    for name in own:
        field = draft.view.whole.field(split_route(name)[0])
        said = {part for text in (field.label, *field.words.synonyms) for part in phrase_key(text)}
        if word in said or f"{word}ship" in said:
            return True
    return False


def _is_how_money_leaves(draft: Draft, token: Token) -> bool:
    """ "Refunds paid out", "discounts granted": a verb of giving right behind a figure, an amount of which more is not
    better, where the figure itself speaks of it or the verb tells nothing else."""
    if token.folded not in (*_GRANTED, *_PAID):
        return False
    place = draft.tokens.index(token) - (token.folded == "out")
    slots = [slot for slot in draft.metrics if slot.item >= 0 and draft.items[slot.item].span.end == place]
    if not slots:
        return False
    metric = draft.view.whole.metric_by_name[slots[0].candidates[0].name]
    if token.folded in _GRANTED:
        leaves = metric.direction != "up"
    else:  # a cost that was paid is none that arose, but where the figure says so itself
        told = {
            word for text in (metric.label, metric.description, *metric.words.synonyms) for word in phrase_key(text)
        }
        leaves = metric.direction == "down" and bool(told & {draft.tokens[place].base, draft.tokens[place].folded})
    return leaves and metric.unit == draft.view.whole.currency


def _verbs(draft: Draft) -> Iterator[str]:
    """The verbs of the names of figures whose other words are said."""
    for slot in draft.metrics:
        if slot.item < 0:
            continue
        span = draft.items[slot.item].span
        said = {token.base for token in draft.tokens[span.start : span.end]}
        metric = draft.view.whole.metric_by_name[slot.candidates[0].name]
        for words in (metric.label, *metric.words.synonyms):
            key = set(phrase_key(words))
            rest = key - said
            if said < key and len(rest) == 1:
                (word,) = rest
                if word.endswith(("ed", "ied", "en")) and verb_stem(word) != word:
                    yield verb_stem(word)
