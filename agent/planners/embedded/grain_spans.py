"""Spans of steps of time: those that are named by a bare word or in a list, and those that are only part of a longer name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import Cue, cue_phrases
from agent.planners.embedded.stop_tokens import is_stop
from catalog.durations import TimeGrain
from semantic_context.linking import (
    Meaning,
    PhraseTable,
    Span,
)
from semantic_context.time_expressions import TimeExpression, TimeKind
from semantic_context.words import Token

GRAINS = {grain.value: grain for grain in TimeGrain if grain.rank >= TimeGrain.HOUR.rank}
LISTING = ("list", "which", "all", "name")
LISTS = ("and", ",", "&", "/", "then")
_SUPERLATIVES = {Cue.TOP.value, Cue.BOTTOM.value, Cue.HIGHEST.value, Cue.LOWEST.value}
_ENDS_A_NOUN = (
    "by",
    "per",
    "of",
    "in",
    "for",
    "and",
    "or",
    "with",
    "a",
    "the",
    "each",
    "every",
    "this",
    "last",
    "next",
)


def without_grains_inside(
    spans: Sequence[Span], tokens: Sequence[Token], phrases: PhraseTable, times: Sequence[TimeExpression]
) -> list[Span]:
    """ "daily GMV" as a name of GMV says by day too: the name yields where the rest alone names the same."""
    grains = [time for time in times if time.kind is TimeKind.GRAIN]
    kept: list[Span] = []
    for span in spans:
        start, end = tokens[span.start].start, tokens[span.end - 1].end
        inside = [
            time
            for time in grains
            if start <= time.start and time.end <= end and (time.start, time.end) != (start, end)
        ]
        rest = " ".join(
            token.text
            for token in tokens[span.start : span.end]
            if not any(time.start <= token.start < time.end for time in inside)
        )
        same = {(item.kind, item.name) for item in phrases.means(rest) if item.how != "short"} if inside else set()
        meanings = tuple(
            item
            for item in span.meanings
            if item.kind != "metric" or item.how == "name" or (item.kind, item.name) not in same
        )
        if meanings:
            kept.append(replace(span, meanings=meanings) if len(meanings) < len(span.meanings) else span)
    return kept


def listed_grains(tokens: Sequence[Token], times: Sequence[TimeExpression]) -> list[Span]:
    """ "by channel and month": a grain that stands in a list of groups without a "by" of its own."""
    spans: list[Span] = []
    for place in range(2, len(tokens)):
        token = tokens[place]
        if token.base not in GRAINS or tokens[place - 1].folded not in LISTS:
            continue
        if any(time.start < token.end and token.start < time.end for time in times):
            continue
        if any(earlier.folded in ("by", "per", "across") for earlier in tokens[: place - 1]):
            grain = TimeExpression(token.start, token.end, token.text, TimeKind.GRAIN, grain=GRAINS[token.base])
            spans.append(Span(place, place + 1, token.text, (Meaning("period", "", 0.95, payload=grain),)))
    return spans


def bare_grains(tokens: Sequence[Token], phrases: PhraseTable, times: Sequence[TimeExpression]) -> list[Span]:
    """ "as quarters"; "days on which ...", "months with ...": a grain that opens the question or says how to show it."""
    spans: list[Span] = []
    words = [place for place, token in enumerate(tokens) if token.is_word]
    opening = [place for place in words if not is_stop(tokens[place]) and tokens[place].folded not in LISTING]
    for place in words:
        token = tokens[place]
        if token.base not in GRAINS:
            continue
        after = tokens[place + 1].folded if place + 1 < len(tokens) else ""
        named = any(item.kind == "metric" for item in phrases.find((token.folded,), (token.base,)))
        if named and after in ("by", "per", "in", "for", "of"):
            continue  # "hours by team": the figure of that name
        before = tokens[place - 1].folded if place else ""
        sought = _is_sought(tokens, place) or before == "any"
        led = after in ("with", "when", "where")  # "the month with the most revenue"
        if token.folded == token.base and not (led or sought):
            continue
        if any(time.start < token.end and token.start < time.end for time in times):
            continue
        first = bool(opening) and opening[0] == place
        if before != "as" and not first and not sought:
            continue
        which = sought or (first and before != "as")
        grain = TimeExpression(
            token.start, token.end, token.text, TimeKind.GRAIN, grain=GRAINS[token.base], asks_which=which
        )
        spans.append(Span(place, place + 1, token.text, (Meaning("period", "", 0.95, payload=grain),)))
    return spans


def _is_sought(tokens: Sequence[Token], place: int) -> bool:
    """ "highest revenue day", "best GMV month": a superlative before the figure that the step of time is sought by."""
    for back in range(place - 1, max(place - 5, -1), -1):
        token = tokens[back]
        if not token.is_word or token.folded in _ENDS_A_NOUN:
            return False
        cues = {meaning.name for meaning in cue_phrases().means(token.folded) if meaning.kind == "cue"}
        if cues & _SUPERLATIVES:
            return back < place - 1
        if cues or is_stop(token):
            return False
    return False
