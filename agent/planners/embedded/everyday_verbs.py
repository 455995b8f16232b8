"""Verbs of everyday talk that say no more of things than that they are, have or come to something.

Which branch is sitting on the most open jobs?    which branch has the most open jobs
How many hours did they put in?                   how many hours did they have

A verb that the catalog knows stays as it is: there it says something.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.words import verb_stem

_BOUND = r"(?:more|less|fewer|over|under|above|below|at least|at most|up to|between)\b"
_MUCH = rf"(?:the (?:most|fewest|least|highest|lowest|largest|biggest)\b|{_BOUND})"
_PLACE = r"(?:in|at|on|with|under|below|above|within|between|inside)\b"
_UP = r"(?:rack|notch|chalk|clock|run|pile|rake)"
_ENDS = r"(?=\s*(?:[,.;?!)]|$)|\s+(?:in|on|for|during|over|since|by|per|each|every|last|this|between|from)\b)"


@dataclass(frozen=True)
class _Turn:
    """What is said, in plainer words; `verb` is what the catalog must not know."""

    said: re.Pattern[str]
    plain: str
    verb: str


def _turn(verb: str, said: str, plain: str) -> _Turn:
    return _Turn(re.compile(said, re.IGNORECASE), plain, verb)


_WORK = (
    r"(?:the (?:most|fewest|least) |(?:more than |less than |at least |over |under )\d[\d.,]* )(?:hour|day|shift)s?\b"
)
_TURNS = (
    _turn("put", rf"\bputs? in (?={_WORK})", "worked "),
    _turn("clock", rf"\bclock(?:s|ed)?(?: up)? (?={_WORK})", "worked "),
    _turn("rack", rf"\b{_UP}(?:s|ed|ned)? up (?={_WORK})", "worked "),
    # no autumn: "did incidents fall in 2025"
    _turn("", r"\b(?P<did>(?:did|does|do|will) (?!we\b)[^,.?!;]{2,50}?) fall (?=in (?:19|20)\d\d\b)", r"\g<did> drop "),
    _turn("", r"\b(?:goes|go|going|gone|went) out (?:of )?(?:the|our) doors?\b", "sold"),
    _turn("", r"\b(?:fly|flies|flying|flew|flown) off (?:the|our) shel(?:f|ves)\b", "sold"),
    _turn("", r"\b(?:goes|go|going|gone|went) over (?:the|our) counters?\b", "sold"),
    _turn("", r"\b(come|comes|coming|came|walk|walks|walked|walking) (?:in )?through (?:the|our) doors?\b", "came"),
    _turn("", r"\b(that|which) (?:goes|go|went) out (?=(?:on|at|in|with|under)\b)", r"\1 were "),
    _turn("", r"\b(?:goes|go|went) out (?=(?:on|in|at|by|each|every|last|this|during)\b)", ""),
    _turn("shift", r"\b(did (?:we|they)) shift\b(?! (?:from|to)\b)", r"\1 sell"),
    _turn("shift", r"\b((?:have|had) (?:we|they)) shifted\b(?! (?:from|to)\b)", r"\1 sold"),
    _turn("sit", rf"\b(?:is|are|was|were) (?:sitting|sat) on (?={_MUCH})", "has "),
    _turn("sit", rf"\bsits? on (?={_MUCH})", "has "),
    _turn("sit", rf"\b(?:is|are|was|were) (?:sitting|sat) (?={_PLACE})", "are "),
    _turn("sit", rf"\b(?:sits?|sat) (?={_PLACE})", "are "),
    _turn("sit", rf"\bsitting (?={_PLACE})", ""),
    _turn("lie", rf"\b(?:is|are|was|were) lying (?=(?:around )?{_PLACE})", "are "),
    _turn("lie", rf"\blying (?:around )?(?={_PLACE})", ""),
    _turn("lie", rf"\blies? (?:around )?(?={_PLACE})", "are "),
    _turn("clock", rf"\b(?:clock|clocks|clocked) (?={_MUCH})", "have "),
    _turn("put", rf"\bputs? (?:in|down) (?={_MUCH})", "have "),
    _turn("rack", rf"\b{_UP}(?:s|ed|ned)? up (?={_MUCH})", "have "),
    _turn("run", rf"\bran up (?={_MUCH})", "have "),
    _turn("dish", rf"\bdish(?:es|ed)? (?:out|up) (?={_MUCH})", "have "),
    _turn("put", r"(?<=\w) (?:that )?(?:it|they|we|he|she) puts? in(?=\s*(?:[,.;?!)]|$))", ""),
    _turn(
        "put",
        r"\b(?P<did>did|do|does) (?P<who>[^,.?!]{1,40}?) (?:put in|clock up|clock|rack up|run up)" + _ENDS,
        r"\g<did> \g<who> have",
    ),
    _turn("weigh", r"\b(?:weigh|weighs|weighed|come|comes|came|clock|clocks|clocked) in at" + _ENDS, "come to"),
    _turn("work", r"\b(?:work|works|worked|come|comes|came) out (?:at|to)" + _ENDS, "come to"),
)


_WE_WERE = re.compile(
    r"\b(?:were (?P<asks>we|they)|(?P<tells>we|they) were) (?P<verb>[^\W\d]{2,}ing)\b(?! to\b)", re.IGNORECASE
)


_IN_THE_END = re.compile(r"\bended up (?P<doing>[^\W\d]{3,}ing)\b", re.IGNORECASE)
_PAST = {base: form for form, base in reversed(IRREGULAR_VERBS.items())}


def in_plain_verbs(text: str, known: Container[str]) -> str:
    """The text with such verbs in plain words; those that the catalog has a name with stay."""
    for turn in _TURNS:
        if turn.said.search(text) and not _is_known(turn.verb, known):
            text = turn.said.sub(turn.plain, text)
    return " ".join(text.split())


def verbs_in_the_end(text: str) -> str:
    """ "How many ended up buying": in the end they bought."""

    def did(found: re.Match[str]) -> str:
        verb = found["doing"].casefold()
        base = verb_stem(verb)
        if base == verb:
            return found[0]
        return _PAST.get(base, f"{base}d" if base.endswith("e") else f"{base}ed")

    return _IN_THE_END.sub(did, text)


def verbs_under_way(text: str) -> str:
    """ "The month we were selling the most": what was being done was done."""

    def done(found: re.Match[str]) -> str:
        verb = found["verb"].casefold()
        who = found["asks"] or found["tells"]
        return found[0] if verb_stem(verb) == verb else f"did {who} {verb_stem(verb)}"

    return _WE_WERE.sub(done, text)


def _is_known(verb: str, known: Container[str]) -> bool:
    return bool(verb) and (verb in known or f"{verb}ing" in known or f"{verb}ed" in known)
