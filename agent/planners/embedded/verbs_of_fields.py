"""Verbs that a field of a value is called by, said with the value: they tell no more than the value does.

What share of revenue was paid by wristband?     what share of revenue was by wristband
MRR from customers billed annually               MRR from customers with annual billing interval
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known, figures_called
from agent.planners.embedded.members.verbs import Verbs, is_noun_of
from agent.tools.compile import metric_time
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.values import ValueHit
from semantic_context.words import phrase_key, tokenize

_SAID = re.compile(
    r"(?P<before>[^\W\d]+ )(?P<verb>[^\W\d]{3,}) (?P<by>(?:by|via|through|with|using|over|on|in|at|as) (?:the |an? )?)?"
    r"(?P<value>[^\W\d][^,.;:?!]*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how many|number of|who|that|which|they|we|people|did|have|has|not|never)\W+(?:\w+\W+){0,1}$", re.IGNORECASE
)
_AT_A_TIME = re.compile(
    r"\b(?P<things>[^\W\d]{3,}) (?:(?:that|which) (?:are|were|is|was) )?(?P<verb>(?!(?:start|beginn|end)ing\b)[^\W\d]{3,}ing)"
    r"(?= (?:in|on|during|between|this|last|next|since|from)\b)",
    re.IGNORECASE,
)
_SURE = frozenset(("exact", "synonym", "group", "labelled"))


def without_verbs_of_fields(text: str, known: Known) -> str:
    """The text without such verbs; a verb that is part of a name, or that somebody does, stays."""
    text = _AT_A_TIME.sub(lambda found: _without_verb_of_its_time(found, known), text)
    start = 0
    while (found := _SAID.search(text, start)) is not None:
        plain = _plain(found, text, known)
        if plain is None:
            start = found.start("verb")
        else:
            text = text[: found.start("verb")] + plain
            start = found.start("verb")
    return text


def _without_verb_of_its_time(found: re.Match[str], known: Known) -> str:
    """ "Departures leaving in May" are the departures of May, where the figure goes by the one time that the verb names."""
    figures = figures_called(known, (found["things"],))
    if len(figures) != 1 or any(hit.how in _SURE for hit in known.values_named(tokenize(found["verb"]))):
        return found[0]
    times = metric_time(known.view, figures[0].name)
    datasets = {time.partition(".")[0] for time in times}
    named = {
        time
        for name in datasets
        if name in known.view.datasets
        for time in Verbs(known.view).times(name, found["verb"])
    }
    return found["things"] if len(times) == 1 and named == set(times) else found[0]


def _plain(found: re.Match[str], text: str, known: Known) -> str | None:
    """What stands in place of the verb and all that follows; None where the verb says something of its own."""
    verb = found["verb"].casefold()
    if not (verb.endswith("ed") or IRREGULAR_VERBS.get(verb, verb) != verb):
        return None
    before = text[: found.start("verb")]
    hit = _value_at_the_start(found["value"], verb, known)
    done = re.search(r"\b(?:is|are|was|were|been|being) (?:not )?$", before, re.IGNORECASE) is not None
    if (
        done
        and hit is not None
        and found["by"]
        and _is_what_is_done(hit, verb, known)
        and not _is_in_a_name(found, known)
    ):
        return f"{found['by']}{found['value']}{text[found.end() :]}"  # "bookings that were not booked by phone"
    if _COUNTED.search(before) or _is_in_a_name(found, known) or not _names_a_figure(before, known):
        return None
    if hit is None or _says_more(verb, hit, known):
        return None
    if found["by"]:
        return f"{found['by']}{found['value']}{text[found.end() :]}"
    field = known.view.whole.field(hit.reference)
    return f"with {hit.label} {field.label.lower()}{found['value'][hit.end :]}{text[found.end() :]}"


def _names_a_figure(text: str, known: Known) -> bool:
    """Whether a figure is named before the verb, which may else be what names it: "how much was sold online"."""
    words = [token.text for token in tokenize(text)]
    said = (" ".join(words[start : start + size]) for start in range(len(words)) for size in (1, 2, 3))
    return any(known.is_figure(part) for part in said)


def _is_in_a_name(found: re.Match[str], known: Known) -> bool:
    """Whether the verb ends or begins the name of something: "passes sold", "paid late"."""
    behind = found["value"].split()[:2]
    pairs = [f"{found['before']}{found['verb']}"]
    pairs += [f"{found['verb']} {found['by'] or ''}{' '.join(behind[:count])}" for count in range(1, len(behind) + 1)]
    return any(
        item.how in ("name", "synonym") and item.kind in ("metric", "field", "dataset")
        for pair in pairs
        for item in known.phrases.means(pair)
    )


def _value_at_the_start(words: str, verb: str, known: Known) -> ValueHit | None:
    """The longest value that the words begin with, of a field that is called by the verb."""
    hits = [
        hit
        for hit in known.values_named(tokenize(words))
        if hit.how in _SURE and hit.start == 0 and _is_called_by(hit, verb, known)
    ]
    return max(hits, key=lambda hit: hit.end, default=None)


def _says_more(verb: str, hit: ValueHit, known: Known) -> bool:
    """Whether the verb is a state of things itself, or a time of these things: "invoices paid by card" are paid ones."""
    is_value = any(other.how in _SURE for other in known.values_named(tokenize(verb)))
    return is_value or bool(Verbs(known.view).times(hit.dataset, verb))


def _is_what_is_done(hit: ValueHit, verb: str, known: Known) -> bool:
    """Whether the things themselves are called by the verb: each booking is booked, and only how is told."""
    dataset = known.view.datasets[hit.dataset]
    names = (dataset.label, dataset.singular, *dataset.words.synonyms)
    return any(len(words) == 1 and is_noun_of(words[0], verb) for name in names if (words := phrase_key(name)))


def _is_called_by(hit: ValueHit, verb: str, known: Known) -> bool:
    field = known.view.whole.field(hit.reference)
    return any(
        is_noun_of(word, verb) for text in (field.label, field.name, *field.words.synonyms) for word in phrase_key(text)
    )
