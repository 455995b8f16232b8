"""Where what is under way is told from what is done: "products we have run out of" are not those "running out"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.remembered import ForEachView
from catalog.access import CatalogView
from semantic_context.linking import Span
from semantic_context.words import Token, is_verb_form, tokenize, verb_stem

_HAVE = frozenset(("have", "has", "had", "ve"))
_ARE = frozenset(("is", "are", "being", "been"))
_PARTICLES = frozenset("away down off out over up".split())
_NEAR = 3  # words from "have" to what has been done


def without_what_is_under_way(spans: list[Span], tokens: Sequence[Token], view: CatalogView) -> list[Span]:
    """The spans without figures of what is under way where the question says that it is done."""
    kept = []
    for span in spans:
        meanings = tuple(
            item
            for item in span.meanings
            if item.kind != "metric" or not _is_done(span, tokens, _under_way(view).get(item.name, frozenset()))
        )
        if meanings:
            kept.append(span if len(meanings) == len(span.meanings) else replace(span, meanings=meanings))
    return kept


def _is_done(span: Span, tokens: Sequence[Token], stems: frozenset[str]) -> bool:
    for place in range(span.start, span.end):
        token = tokens[place]
        if token.folded.endswith("ing") or verb_stem(token.base) not in stems:
            continue
        before = {other.folded for other in tokens[max(place - _NEAR, 0) : place]}
        if token.folded.endswith("ed") or is_verb_form(token.folded) or before & _HAVE:
            return True
    return False


@ForEachView
def _under_way(view: CatalogView) -> dict[str, frozenset[str]]:
    """By figure, the stems of verbs that its names say of things only as under way: "contracts expiring"."""
    found = {}
    for metric in view.metrics.values():
        going: set[str] = set()
        told: set[str] = set()
        for name in (metric.label, *metric.words.synonyms):
            words = tokenize(name)
            for place, word in enumerate(words):
                before, behind = words[place - 1] if place else None, words[place + 1 : place + 2]
                says = before is not None and (before.folded in _ARE or before.base != before.folded)
                ends = not behind or behind[0].folded in _PARTICLES
                if not word.folded.endswith("ing"):
                    told.add(verb_stem(word.base))
                elif says and ends:
                    going.add(verb_stem(word.base))
        if going - told:
            found[metric.name] = frozenset(going - told)
    return found
