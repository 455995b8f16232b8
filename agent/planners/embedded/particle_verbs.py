"""Verbs of two words: "what did we turn over" asks for the turnover."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import cue_phrases
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import PhraseTable, Span
from semantic_context.words import Token, verb_stem

_PARTICLES = frozenset("back down in off out over through up".split())
_LEADS_ON = frozenset("in on at during over since between from last this per by each every".split())


def verbs_of_nouns(tokens: Sequence[Token], phrases: PhraseTable) -> list[Span]:
    """ "What did we turn over", "what was paid out": the verb in two words of a figure whose name is the noun in one."""
    spans: list[Span] = []
    for place, (verb, particle) in enumerate(itertools.pairwise(tokens)):
        if particle.folded not in _PARTICLES or not verb.is_word:
            continue
        if cue_phrases().find((verb.folded, particle.folded), (verb.base, particle.base)):
            continue  # "how many came back" asks of who does again
        stems = {verb.base, verb_stem(verb.base), IRREGULAR_VERBS.get(verb.folded, verb.base)}
        found = {
            item.name: replace(item, how="inflection")
            for stem in sorted(stems)
            for item in phrases.find((f"{stem}{particle.folded}",), (f"{stem}{particle.folded}",))
            if item.kind == "metric" and item.how in ("name", "synonym")
        }
        if found:
            spans.append(Span(place, place + 2, f"{verb.text} {particle.text}", tuple(found.values())))
    return spans


def stands_without_object(verb: Span, tokens: Sequence[Token]) -> bool:
    """ "Turn" of "what did we turn over in July" names no turns; that of "turn over our stock" may."""
    behind = tokens[verb.end] if verb.end < len(tokens) else None
    return behind is None or not behind.is_word or behind.folded in _LEADS_ON
