"""Words of a question: tokens with their places, and the base forms that inflections share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from semantic_context.irregular_forms import IRREGULAR_PLURALS, IRREGULAR_VERBS

# Letters with inner apostrophes, numbers with separators, or one sign.
_TOKEN = re.compile(r"[^\W\d_](?:\u00ad?[^\W\d_]+)?(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[<>]=|!=|[^\w\s]", re.UNICODE)
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W_])")
_LONE_LETTER = re.compile(r"\b([^\W\d_])[-‐‑](?=[^\W\d_]{3})")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_FORMS = {**IRREGULAR_PLURALS, **IRREGULAR_VERBS}
_KEEPS_S = frozenset(
    """
    this is was has his yes les las des vis ans its us plus gas bus status class less business loss process analysis basis
    as press pass gross cross across express always perhaps news series species address access success progress various previous
    versus minus bonus campus virus focus census surplus does goes yes miss boss mass tax os sms gps
    goods odds shorts
    """.split()
)
_KEEPS_ING = frozenset(("rating",))
# "hir" of "hired": one vowel before one consonant, which "hir" would have doubled.
_LOST_ITS_E = re.compile(r"[^aeiouy][aeiou][^aeiouwxy]")
_DOUBLE_L = re.compile(r"[aeiou][^aeiou]+[aeiou]ll$")


# British spellings and the American ones, where no rule of endings tells them from other words ("hour", "promise").
_ONE_SPELLING: dict[str, str] = dict(
    pair.split(":")
    for pair in """
    behaviour:behavior catalogue:catalog centre:center colour:color dialogue:dialog endeavour:endeavor
    favour:favor favourite:favorite fibre:fiber flavour:flavor grey:gray harbour:harbor honour:honor jewellery:jewelry
    kilometre:kilometer labour:labor litre:liter metre:meter mould:mold neighbour:neighbor neighbourhood:neighborhood
    odour:odor programme:program rumour:rumor savour:savor speciality:specialty theatre:theater tumour:tumor tyre:tire
    vapour:vapor vigour:vigor
    """.split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: as written, folded (lower case, no accents), and its base form; character span in the text."""

    text: str
    folded: str
    base: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.folded[:1].isalpha()


def fold(text: str) -> str:
    """Lower case, compatibility forms unified, accents dropped."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65_536)
def base_form(word: str) -> str:
    """The form that a noun's singular and plural share ("categories" and "category" give "category").

    >>> base_form("stores"), base_form("boxes"), base_form("categories"), base_form("status"), base_form("colours")
    ('store', 'box', 'category', 'status', 'color')
    """
    return _one_spelling(_singular(_POSSESSIVE.sub("", word)))


def _one_spelling(word: str) -> str:
    """A word that is spelt in two ways in the one: "colour" as "color", "utilisation" as "utilization"."""
    if word.endswith("isation") and len(word) > 9:
        return word[:-7] + "ization"
    return _ONE_SPELLING.get(word, word)


def _singular(word: str) -> str:
    if word in _FORMS:
        return _FORMS[word]
    if len(word) <= 2 or word in _KEEPS_S or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    if word.endswith(("us", "is")):
        return word
    return word[:-1]


def is_verb_form(word: str) -> bool:
    """Whether a folded word can be no noun but a form of an irregular verb ("left", "sold")."""
    return IRREGULAR_VERBS.get(word, word) != word


@lru_cache(maxsize=65_536)
def verb_stem(word: str) -> str:
    """A coarser form that a verb's forms share ("returned", "returning", "returns" give "return").

    Weaker evidence than `base_form`: it may join words that differ ("ordering", "order").

    >>> verb_stem("carried"), verb_stem("cancelled"), verb_stem("hiring"), verb_stem("stopped")
    ('carry', 'cancel', 'hire', 'stop')
    """
    word = base_form(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem == word or word in _KEEPS_ING or len(stem) < 3 or not re.search(r"[aeiouy]", stem):
            continue
        if ending == "ed" and stem.endswith("i"):
            return stem[:-1] + "y"
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            return stem[:-1]
        if _LOST_ITS_E.fullmatch(stem):
            return stem + "e"
        return _one_l(stem.rstrip("e"))
    return word[:-1] if word.endswith("e") and len(word) > 4 else _one_l(word)


def _one_l(word: str) -> str:
    """A last l that only some spellings double ("cancelled", "enroll") as one."""
    return word[:-1] if _DOUBLE_L.search(word) else word


def tokenize(text: str) -> tuple[Token, ...]:
    """Words, numbers and signs in order. Underscores and inner hyphens part words ("mobile_app", "best-selling" are two)."""
    tokens = []
    # A lone letter is part of its word ("e-mail" is "email"): a soft hyphen keeps the characters' places.
    spaced = _INNER_HYPHEN.sub(" ", _LONE_LETTER.sub("\\1\u00ad", text.replace("_", " ")))
    for match in _TOKEN.finditer(spaced):
        folded = fold(match[0].replace("\u00ad", ""))
        tokens.append(Token(match[0], folded, base_form(folded), match.start(), match.end()))
    return tuple(tokens)


@lru_cache(maxsize=65_536)
def phrase_key(text: str) -> tuple[str, ...]:
    """The base forms of a phrase's words and numbers, signs left out: what two ways of writing a phrase share."""
    return tuple(token.base for token in tokenize(text) if token.folded[:1].isalnum())


def runs(text: str, tokens: Sequence[Token]) -> list[str]:
    """Tokens that stand together, as one phrase each."""
    found: list[tuple[int, int]] = []
    for token in tokens:
        if found and text[found[-1][1] : token.start].strip(" -'’") == "":
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    return [text[start:end] for start, end in found]
