"""Words that are near a figure by their meaning, and still say another one."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.access import CatalogView
from semantic_context.linking import Meaning
from semantic_context.words import Token, phrase_key


def says_another(tokens: Sequence[Token], meaning: Meaning, view: CatalogView) -> bool:
    """Whether words that come near a figure's meaning are told apart from it: they end in the word that its name ends in, and
    begin with words that none of its names has ("drinks revenue" beside the restaurants' revenue)."""
    if meaning.kind != "metric":
        return False
    metric = view.whole.metric_by_name[meaning.name]
    names = [phrase_key(text) for text in (metric.label, metric.name.replace("_", " "), *metric.words.synonyms)]
    said = [token.base for token in tokens if token.is_word]
    # A description tells what it is made up of, and so does a name that joins two: either alone is less.
    known = {word for name in names if not {"and", "or"} & set(name) for word in name}
    same_head = any(name[-1:] == tuple(said[-1:]) for name in names)
    return same_head and not set(said[:-1]) <= known
