"""Things told by when something was done to them: the policies starting in May are those that start in it, no stretch from May on;
and a figure with such things behind a comma is of just these.

How many policies starting in March were cancelled?          how many policies that started in March were cancelled
Days to deliver by region, kegs sent in 2025                 days to deliver by region in 2025
Late payment rate by region for invoices issued in 2025      late payment rate by region in 2025

A figure that goes by another time than the one the verb names keeps the things and the verb: the passes judge what holds of them.
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.known_figures import Known, figures_called
from agent.planners.embedded.members.verbs import Verbs
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.models import AggregateMetric
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.words import tokenize

_WORD = r"[^\W\d][\w'’-]*"
_WHEN = r"(?= (?:in|on|during|between|within|this|last|next|from|since)\b)"
_BEGIN = re.compile(
    rf"(?P<things>{_WORD}(?: {_WORD})?) (?P<verb>starting|beginning)(?= (?:in|on|during|within|this|last|next)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?P<lead>,| for| of|, for| among)(?: all)?(?: the| our)? "
    rf"(?P<things>{_WORD}(?: (?!(?:that|which)\b){_WORD})?) (?:(?:that|which) )?"
    rf"(?:(?:were|was|are|is|have been|had been) )?(?P<verb>{_WORD}){_WHEN}",
    re.IGNORECASE,
)
# What says more of the things than when: "invoices issued in May and paid in June".
_SAYS_MORE = re.compile(r"\b(?:and|but|or|that|which|who|whose|still|not|yet|never|with|without)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from) [^,;?!]{3,20}? and\b", re.IGNORECASE)
_STEPS = re.compile(r"\b(?:by|per|each|every)$", re.IGNORECASE)
_MOST_WORDS = 6


def things_of_a_time(text: str, known: Known) -> str:
    """The text with such things put plainly; as it stands where the things have no time that the verb names."""
    text = _BEGIN.sub(lambda found: _begun(found, known), text)
    for found in _TOLD.finditer(text):
        verb = found["verb"].casefold()
        if not (verb.endswith(("ed", "ing")) or IRREGULAR_VERBS.get(verb, verb) != verb):
            continue
        told = _times(found["things"], verb, known) or _times_counted_by(f"{found['things']} {verb}", known)
        head = text[: found.start()]
        figures = _figures(head, known)
        if len(told) != 1 or not figures:
            continue
        (time,) = told
        dataset = time.partition(".")[0]
        if found["lead"] == "," and not all(dataset in base_datasets(known.view, name) for name in figures):
            continue  # a figure of other rows may be asked for beside it
        if all(metric_time(known.view, name) == (time,) for name in figures):
            behind = _BETWEEN.sub(" ", text[found.end() :])
            return text if _SAYS_MORE.search(behind) else head + text[found.end() :]
        if found["lead"] == ",":
            return f"{head} of {text[found.start() + 1 :].lstrip()}"
    return text


def _begun(found: re.Match[str], known: Known) -> str:
    return f"{found['things']} that started" if _times(found["things"], "start", known) else found[0]


def _times(things: str, verb: str, known: Known) -> set[str]:
    """dataset.field of the times of things that a verb names; of none where the words name no things, or several kinds."""
    named = known.datasets(things) or known.datasets(things.split()[-1])
    if len(named) != 1 or _STEPS.search(things):
        return set()
    return set(Verbs(known.view).times(named[0].name, verb))


def _times_counted_by(words: str, known: Known) -> set[str]:
    """The time by which a figure goes that is called so and counts all rows of its things: "kegs sent"."""
    figures = [
        figure
        for figure in figures_called(known, (words,))
        if isinstance(figure, AggregateMetric)
        if figure.filter is None and figure.name in count_metrics(known.view, figure.dataset)
    ]
    return {time for figure in figures for time in metric_time(known.view, figure.name)} if len(figures) == 1 else set()


def _figures(text: str, known: Known) -> set[str]:
    """The figures that a text names, of names within one another the longest."""
    words = [token for token in tokenize(text) if token.is_word]
    found: dict[tuple[int, int], set[str]] = {}
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            if any(start <= first and first + size <= end for start, end in found):
                continue
            said = text[words[first].start : words[first + size - 1].end]
            names = {
                item.name
                for item in known.phrases.means(said)
                if item.kind == "metric" and item.how in ("name", "synonym") and item.name in known.view.metrics
            }
            if names:
                found[first, first + size] = names
    return set().union(*found.values()) if found else set()
