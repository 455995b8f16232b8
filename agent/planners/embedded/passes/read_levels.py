"""Takes what is held for what is held: "which warehouse holds the most units" asks for the units in stock, not for those sold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.planners.embedded.draft import Draft, Item
from semantic_context.linking import Meaning
from semantic_context.words import phrase_key

_HOLDS = re.compile(
    r"\b(?:holds?|holding|houses|stores|keeps|contains"
    r"|(?:do|does)\b[^.?!;,]{1,40}\b(?:have|hold|house|store|keep|contain)"
    r"|(?:is|are) (?:there|left|lying|sitting|stored|kept|held|available)|remains?)\b",
    re.IGNORECASE,
)
_HELD = frozenset(
    """stock stocked hand inventory inventories warehouse store stored held kept hold shelf available availability current
    level quantity on in at of the our""".split()
)


def read_levels(draft: Draft) -> None:
    """Where a verb says that things are held, and the noun alone names what was done with them, the level of that noun is meant
    that the catalog defines: the one whose name adds to the noun only that the things are held."""
    if _HOLDS.search(draft.question) is None or draft.follows:
        return
    for item in draft.items:
        if item.used is not None or item.span.best.kind != "metric":
            continue
        named = [draft.view.whole.metric_by_name[meaning.name] for meaning in item.of("metric")]
        if any(metric.is_state for metric in named):
            continue
        levels = tuple(_levels(draft, item, {metric.unit for metric in named}))
        if levels:
            others = tuple(meaning for meaning in item.span.meanings if meaning.kind != "metric")
            item.span = replace(item.span, meanings=(*levels, *others))


def _levels(draft: Draft, item: Item, units: set[str | None]) -> Iterator[Meaning]:
    """The levels of the unit asked for that bear the noun."""
    noun = {token.base for token in draft.tokens[item.span.start : item.span.end]}
    for metric in draft.view.metrics.values():
        if not metric.is_state or metric.hidden or metric.unit not in units:
            continue
        names = [set(phrase_key(words)) for words in (metric.label, *metric.words.synonyms)]
        if any(noun < words and words - noun <= _HELD for words in names):
            yield Meaning("metric", metric.name, item.span.best.score, "synonym")
