"""Quantities said in other words: "units produced", "scrapped qty", "how many pieces did we scrap".

A figure whose name is a word for a quantity and what was done ("Quantity produced") is named by any such word and that verb,
whatever the verb is. Where two figures would be, none is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.planners.embedded.remembered import ForEachView
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, Metric
from semantic_context.linking import Meaning, Span
from semantic_context.words import Token, is_verb_form, phrase_key, verb_stem

_QUANTITIES = frozenset(("unit", "quantity", "qty", "piece", "pcs"))
_WE = frozenset(("we", "they", "you"))
_SCORE = 0.97


def said_quantities(text: str, tokens: Sequence[Token], view: CatalogView) -> list[Span]:
    """A span for each place where a figure of the view is named so."""
    if not any(token.base in _QUANTITIES for token in tokens):
        return []
    figures = _by_verb(view)
    spans = []
    for place, token in enumerate(tokens):
        if token.base not in _QUANTITIES:
            continue
        for start, end in _stretches(tokens, place):
            verb = tokens[start if start < place else end - 1]
            names = figures.get(verb_stem(verb.base), ())
            if len(names) == 1:
                meaning = Meaning("metric", names[0], _SCORE, "synonym")
                spans.append(Span(start, end, text[tokens[start].start : tokens[end - 1].end], (meaning,)))
    return spans


def _stretches(tokens: Sequence[Token], place: int) -> list[tuple[int, int]]:
    """Where the verb may stand: right before the quantity, right behind it, behind "did we"."""
    found = []
    if place and _is_participle(tokens[place - 1]):
        found.append((place - 1, place + 1))
    behind = tokens[place + 1 : place + 4]
    if behind and _is_participle(behind[0]):
        found.append((place, place + 2))
    if len(behind) == 3 and behind[0].folded == "did" and behind[1].folded in _WE and behind[2].is_word:
        found.append((place, place + 4))
    return found


def _is_participle(token: Token) -> bool:
    return token.folded.endswith("ed") or is_verb_form(token.folded)


@ForEachView
def _by_verb(view: CatalogView) -> dict[str, tuple[str, ...]]:
    """The figures that are a quantity of what something was done to, by the stem of the verb."""
    found: dict[str, tuple[str, ...]] = {}
    for metric in view.metrics.values():
        if (verb := _done(metric)) is not None:
            found[verb] = (*found.get(verb, ()), metric.name)
    return found


def _done(metric: Metric) -> str | None:
    """The stem of the one word that stands beside the word for a quantity in a figure's label."""
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.SUM:
        return None
    words = [word for word in phrase_key(metric.label) if word != "total"]
    others = [word for word in words if word not in _QUANTITIES]
    is_done = len(others) == 1 and len(words) > 1 and (others[0].endswith("ed") or is_verb_form(others[0]))
    return verb_stem(others[0]) if is_done else None
