"""What people turn to us about: the field of it, by the number of what they send, and none of the words that they wrote.

What do customers write to support about the most in 2026?     which Topic had the most Support tickets opened in 2026

Only where one such field is known, of things that one figure counts; else the text stays, and is refused or asked about.
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts import count_metrics, counts_at_large
from agent.planners.embedded.known_figures import Known
from catalog.models import CatalogField, Dataset
from semantic_context.words import phrase_key, tokenize

_ABOUT = re.compile(
    r"\bwhat (?:do|did|does|have|has) (?P<who>[^?.!,;:]{2,30}?) (?:mostly |usually )?"
    r"(?:write|written|contact|contacted|email|emailed|message|call|called|ask|asked|turn|turned|reach out|get in touch|come)"
    r"(?P<to>(?: [^\W\d]+){0,4}?) about (?:the )?(?P<most>most|least)(?: often)?\b",
    re.IGNORECASE,
)
_OF_WHAT = frozenset(
    phrase_key(name)
    for name in (
        "topic",
        "subject",
        "subject area",
        "what it was about",
        "what it is about",
        "contact reason",
        "issue type",
    )
)
_LITTLE = frozenset("in to us with for the our help you".split())
_ANYBODY = frozenset("they people customers users clients members guests visitors".split())


def topics_asked_for(text: str, known: Known) -> str:
    """The text asking for the field of it, where one is known."""

    def topic(found: re.Match[str]) -> str:
        said = {token.base for token in tokenize(found["to"])} - _LITTLE
        fits = [
            (dataset, field)
            for dataset, field in known.view.groupable_fields()
            if _is_of_what(field) and said <= _words_of(dataset) and len(_counts(known, dataset)) == 1
        ]
        if len(fits) != 1:
            return found[0]
        ((dataset, field),) = fits
        figure = known.view.whole.metric_by_name[_counts(known, dataset)[0]].label
        who = found["who"]
        of = "" if who.casefold() in _ANYBODY or known.datasets(who) else f" of {who}"
        return f"which {field.label} had the {found['most']} {figure}{of}"

    return _ABOUT.sub(topic, text)


def _is_of_what(field: CatalogField) -> bool:
    return any(phrase_key(name) in _OF_WHAT for name in (field.label, *field.words.synonyms))


def _counts(known: Known, dataset: Dataset) -> tuple[str, ...]:
    """The counts of a dataset's things, those at large where there are any."""
    return counts_at_large(known.view, dataset.name) or count_metrics(known.view, dataset.name)


def _words_of(dataset: Dataset) -> set[str]:
    return {word for name in (dataset.label, dataset.singular, *dataset.words.synonyms) for word in phrase_key(name)}
