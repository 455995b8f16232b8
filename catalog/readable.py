"""Names made readable: labels and singulars for what the author gave none."""

from __future__ import annotations

import re

_VOWELS = frozenset("aeiouy")
_UNCOUNTABLE = ("ss", "us", "is", "news", "series", "analytics")


def words_of(name: str) -> list[str]:
    """The words of a name in snake or camel case, lower case."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return [word.lower() for word in re.split(r"[_\s\-.]+", spaced) if word]


def label_of(name: str) -> str:
    """`order_count` as "Order count"; a word without vowels (gmv) is an acronym."""
    words = [
        word.upper() if len(word) > 1 and not _VOWELS & set(word) and word.isalpha() else word
        for word in words_of(name)
    ]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def plural_of(name: str) -> str:
    """A dataset's name as people read it: `order_items` as "order items"."""
    return " ".join(words_of(name))


def singular_of(text: str) -> str:
    """English, by the common endings: "order items" as "order item", "categories" as "category"."""
    head, _, last = text.rpartition(" ")
    if last.endswith("ies") and len(last) > 4 and last != "series":
        last = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches", "xes", "zes")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(_UNCOUNTABLE):
        last = last[:-1]
    return f"{head} {last}" if head else last
