"""How long it is from one moment to another, in the words of a figure that says so.

On average how many days pass from PO date to received date?    ->  average days from PO date to received date
How many hours does it take from opening to closing a case?     ->  average hours from opening to closing a case
"""

from __future__ import annotations

import re

from semantic_context.linking import PhraseTable

_AVERAGE = r"(?:,? ?\bon average\b,?)"
_GOES_BY = (
    r"(?:(?:does|do|did|has|have|will) (?:it|we|they) (?:usually |typically |normally )?(?:take|taken|need)(?: us| them)?"
    r"|pass(?:es|ed)?|elapsed?|elapses|go(?:es)? by|went by|lie|lies|lay|are there|were there|is it|was it|is there)"
)
_ASKS = re.compile(
    rf"{_AVERAGE}? ?\bhow (?:many (?P<unit>days|hours|minutes)|long){_AVERAGE}? {_GOES_BY}{_AVERAGE}? (?:from|between) ",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w'’-]*|[,.;:?!]")
_JOINS = ("to", "until", "till", "and")
_SAYS_NOTHING = frozenset("a an the our its their it being is are gets get".split())
_MOST_WORDS = 6


def durations_in_words(text: str, phrases: PhraseTable) -> str:
    """The text with a length of time put as the catalog's figure of it; as it stands where no figure is called so."""
    asked = _ASKS.search(text)
    if asked is None:
        return text
    words = []
    for word in _WORD.finditer(text, asked.end()):
        if not word[0][0].isalnum():
            break
        words.append(word)
    for joint, word in enumerate(words):
        if not joint or word[0].casefold() not in _JOINS:
            continue
        for end in range(min(len(words), joint + 1 + _MOST_WORDS), joint + 1, -1):
            name = _named(asked["unit"] or "time", words[:joint], words[joint + 1 : end], phrases)
            if name is not None:
                return f"{text[: asked.start()]} {name}{text[words[end - 1].end() :]}".strip()
    return text


def _named(unit: str, first: list[re.Match[str]], last: list[re.Match[str]], phrases: PhraseTable) -> str | None:
    """What a figure is called that runs from one moment to another; None where none does."""
    ends = [" ".join(word[0] for word in part if word[0].casefold() not in _SAYS_NOTHING) for part in (first, last)]
    if not all(ends) or last[-1][0].casefold() in _SAYS_NOTHING:
        return None
    for name in (f"average {unit} from {ends[0]} to {ends[1]}", f"average {unit} between {ends[0]} and {ends[1]}"):
        if any(item.kind == "metric" and item.how in ("name", "synonym") for item in phrases.means(name.casefold())):
            return name
    return None
