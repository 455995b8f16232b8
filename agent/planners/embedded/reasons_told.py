"""Reasons told in a clause, said as the values of the field that holds them.

Returns because the goods were damaged or defective      returns because of damaged or defective
Claims that were due to the driver not looking (speeding)   claims that were due to speeding
Drops that failed because nobody was at home             drops that failed because of not at home
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.values import ValueHit
from semantic_context.words import phrase_key, tokenize

_REASONS = frozenset("reason cause motive ground".split())
_SURE = ("exact", "synonym", "labelled", "inflection", "group")
_BE = (
    r"(?:(?:had |have |has )?(?:was|were|is|are|been|being|got|came|come|arrived|proved|ended up|turned out|happened)"
    r"(?: out)?(?: (?:to be|as|back|in|up))?(?: (?:found|deemed|considered|too))?)"
)
_CLAUSE = re.compile(
    r"\b(?:because|since|as|for the reason that|on the grounds? that|given that|seeing that|seeing as)"
    rf" (?:(?:the|their|our|its|some|an?) )?[^\W\d][\w-]* (?:{_BE}|had|have|has|got|found)(?: an?| the)? ",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?P<lead>because of|due to|owing to|caused by|on account of|as a result of|because) "
    r"(?P<first>[^(),.;:?!]{2,50}?) \((?P<same>[^()]{2,40})\)",
    re.IGNORECASE,
)
_GLUE = re.compile(
    rf"(?:\s*,)?\s*(?P<join>or|and|/)?\s+(?:(?:they |it )?(?:{_BE}|had|have|found)\s+)?(?:to be\s+)?(?:an? |the )?",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|on the grounds that) (?P<told>(?!of\b)[^,;.?!]{3,60}?)(?=\s*(?:[,;.?!)]|$)|\s+(?:in|during|over|by|per|last|this"
    r"|each|between|from|and) )",
    re.IGNORECASE,
)
# Why somebody came is told by no reason of what went wrong later.
_CAME = re.compile(r"\b(?:joined|signed up|registered|enroll?ed|came to us|bought|subscribed)\b", re.IGNORECASE)
_NOBODY = frozenset("nobody noone none nothing never no".split())
_IN_A_CLAUSE = frozenset(
    "they it he she we you someone somebody there the a an their our its his her some another other any was were is are be been "
    "being had have has got get did does do to too".split()
)
_PLACED = frozenset("at in on with from for of by".split())
_ENDS = re.compile(
    r"\s*(?:[,;.?!)]|$)|\s+(?:in|on|during|over|for|from|between|by|per|last|this|each|as|at)\b", re.IGNORECASE
)


def reasons_as_values(text: str, known: Known) -> str:
    """The text with a clause that gives a reason, or a second name in brackets behind one, as the reason itself; left as it is
    where anything else is said in it."""
    text = _LEADS.sub(lambda found: _named_twice(found, known), text)
    for found in _CLAUSE.finditer(text):
        told = _values_from(text, found.end(), known)
        if told is not None:
            values, end = told
            return f"{text[: found.start()]}because of {values}{text[end:]}"
    return text if _CAME.search(text) else _BECAUSE.sub(lambda found: _in_its_words(found, known), text)


def _in_its_words(found: re.Match[str], known: Known) -> str:
    """A clause whose words are those of the one reason, and small words: "they switched to another provider"."""
    said = [("not" if token.folded in _NOBODY else token.folded) for token in tokenize(found["told"])]
    said = [word for word in said if word not in _IN_A_CLAUSE]
    bare = [word for word in said if word not in _PLACED]
    ways = {" ".join(words) for words in (said, bare)}
    hits = {
        (hit.reference, str(hit.values)): way
        for way in sorted(ways)
        for hit in _reasons(way, known)
        if hit.span[0] == 0 and hit.end == len(way)
    }
    if len(hits) != 1 or len(bare) < 2 or _reasons(found["told"], known):
        return found[0]
    return f"because of {next(iter(hits.values()))}"


def _named_twice(found: re.Match[str], known: Known) -> str:
    """ "Due to things not fitting (wrong size)": one reason in other words, and by its name, where the other words are nothing
    that is known."""
    same = {
        hit.reference: hit.values for hit in _reasons(found["same"], known) if hit.span[0] == 0 and _ends(hit, found)
    }
    said = known.values_named(tokenize(found["first"]))
    others = any(same.get(hit.reference) != hit.values for hit in said)
    others = others or any(known.is_figure(word) for word in found["first"].split())
    return f"{found['lead']} {found['same']}" if same and not others else found[0]


def _ends(hit: ValueHit, found: re.Match[str]) -> bool:
    return hit.end == len(found["same"].rstrip())


def _values_from(text: str, start: int, known: Known) -> tuple[str, int] | None:
    """The values told from a place on, joined, and where they end; None where anything stands between or behind them."""
    rest = text[start:]
    hits = _reasons(rest, known)
    told: list[str] = []
    fields: set[str] = set()
    place, join = 0, "or"
    while (hit := max((hit for hit in hits if hit.start == place), key=lambda hit: hit.end, default=None)) is not None:
        told.append(rest[hit.start : hit.end])
        fields.add(hit.reference)
        end = hit.end
        glue = _GLUE.match(rest, end)
        if glue is None or not any(other.start == glue.end() for other in hits):
            break
        place, join = glue.end(), glue["join"] or join
    if not told or len(fields) != 1 or _ENDS.match(rest, end) is None:
        return None
    return f" {'and' if join == 'and' else 'or'} ".join(told), start + end


def _reasons(text: str, known: Known) -> list[ValueHit]:
    """The values named in a text that are of a field of reasons."""
    return [hit for hit in known.values_named(tokenize(text)) if hit.how in _SURE and _is_of_reasons(hit, known)]


def _is_of_reasons(hit: ValueHit, known: Known) -> bool:
    field = known.view.whole.field(hit.reference)
    return any(_REASONS & set(phrase_key(name)) for name in (field.label, *field.words.synonyms))
