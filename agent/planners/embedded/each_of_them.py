"""What is asked of each of the things that a question picks first, said as that figure per thing.

Which titles have at least 40 ratings? Show the mean stars of each.   ... ? mean stars per title
Suppliers with at least 8 shipments: how many shipments each          ... : number of shipments per supplier
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import tokenize

_PICKS = (
    r"(?P<head>(?:(?:which|what|list|show|name|find|give me|i need)(?: of)?(?: all)?(?: the| our)? )?(?P<things>[^\W\d][\w-]*)\b"
    r"[^?.:;]*?\b(?:with|who|that|which|whose|had|have|has|did|made|sold|placed|took|got|over|under|above|below|at least"
    r"|more than|less than|fewer than)\b[^?.:;]*(?P<mark>[?:;.]))"
)
_EACH = r"(?:of each|for each|each)(?: of (?:them|these|those))?(?=\s*(?:[,.?!]|$)|\s+(?:and|with)\b)"
_ASKED = re.compile(
    rf"^{_PICKS}\s+(?:and )?(?:(?:please )?(?:show|give|tell|list|add)(?: me| us)? )?(?P<before>[^?:;]*?)"
    rf"\s*{_EACH}(?P<behind>[^?:;.]*?)\s*(?:,? (?:please|pls))?[?.!]*$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)


def figures_of_each(text: str, known: Known) -> str:
    """The text with what is asked "of each" as so much per thing, where the things picked first are of one dataset."""
    found = _ASKED.match(text)
    if found is None:
        return text
    thing = _one_of(found["things"], known)
    asked = _HOW_MANY.sub("number of", f"{found['before']}{found['behind']}")
    return f"{found['head']} {asked} per {thing}" if thing is not None and found["before"].strip() else text


def _one_of(things: str, known: Known) -> str | None:
    """One of the things, where they are a dataset's or a field's values."""
    datasets = known.datasets(things)
    if datasets:
        return datasets[0].singular if len(datasets) == 1 else None
    is_field = any(item.kind == "field" and item.how in ("name", "synonym") for item in known.phrases.means(things))
    return tokenize(things)[0].base if is_field else None


def asks_of_each(question: str) -> bool:
    """Whether a question picks things first and then asks for figures of each: no part of it is a question alone."""
    return _ASKED.match(question) is not None
