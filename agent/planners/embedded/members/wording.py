"""Takes a question apart where it says that things have no such rows, or so many: whose, how many, of what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.planners.embedded.members.verbs import stem_of
from catalog.query import Operator
from semantic_context.words import is_verb_form

_AUXILIARY = r"(?:have|has|had|did|do|does|were|was|are|is)"
_RELATIVE = r"(?:(?:who|that|which|and|but|they)\s+)*"
# Verbs that say nothing of their own before a noun: "made no purchase", "have not placed an order".
LIGHT_VERBS = frozenset(
    "have has had having make makes made place places placed receive receives received get gets got gotten take takes took "
    "taken do does did done see sees saw seen log logs logged record records recorded submit submits submitted file files "
    "filed generate generates generated give gives gave given show shows showed shown".split()
)
_LIGHT = "|".join(sorted(LIGHT_VERBS))
_DETERMINER = r"(?:any|a\s+single|an?|one|even\s+one|even\s+a\s+single|their|the|its)"

_NEVER = re.compile(
    rf"\s*\b{_RELATIVE}(?:{_AUXILIARY}\s+)?(?:never|not\s+even\s+once|not\s+once)\s+(?:yet\s+|ever\s+|actually\s+)*"
    r"(?P<passive>(?:been|being|were|was)\s+)?",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"\s*\b{_RELATIVE}(?:still\s+)?(?P<aux>{_AUXILIARY})\s+(?:still\s+)?not\s+(?:yet\s+|ever\s+|actually\s+)*(?P<passive>been\s+)?",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\s+(?:not(?:\s+yet)?|yet\s+to\s+be|still\s+to\s+be)\s+(?=(?:been\s+)?\w+(?:ed|en|wn|ld|nt|id|ught|t)\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(rf"\s*\b{_RELATIVE}(?:have\s+|has\s+)?(?P<verb>\w+)\s+nothing\b", re.IGNORECASE)
_NOBODY = re.compile(
    rf"\s*\b{_RELATIVE}(?:did\s+|has\s+|have\s+)?(?:nobody|no\s+one|no-one|none\s+of\s+(?:our|the)\s+\w+)\s+"
    r"(?:has\s+|have\s+|had\s+)?(?:ever\s+|yet\s+)?",
    re.IGNORECASE,
)
_HAD_NO = re.compile(
    rf"\s*\b{_RELATIVE}(?:{_LIGHT})\s+(?:had\s+|got\s+|made\s+)?(?:absolutely\s+)?(?:no|zero|not\s+any)\s+",
    re.IGNORECASE,
)
_DID_NO = re.compile(
    rf"\s*\b{_RELATIVE}(?P<verb>[a-z]+(?:ed|en|wn|ld|nt|id|ught))\s+(?:absolutely\s+)?(?:no|zero|not\s+(?:a\s+single|any|one))\s+"
    r"(?!longer\b|more\b|fewer\b|less\b|later\b|earlier\b)",
    re.IGNORECASE,
)
_PREPOSITIONS = re.compile(
    r"(?:in|on|at|for|from|since|during|by|with|via|through|to|within|before|after|until|over|between|this|last)\b",
    re.IGNORECASE,
)
_WITH_NO = re.compile(rf"\s*\b{_RELATIVE}with\s+(?:absolutely\s+)?(?:no|zero)\s+", re.IGNORECASE)
_WITHOUT = re.compile(
    rf"\s*\b{_RELATIVE}(?:(?:are|is|were|was|go|goes|went)\s+)?(?:without|lacking|lacks?|missing)\s+"
    rf"(?:having\s+|(?:{_DETERMINER})\s+)*",
    re.IGNORECASE,
)
_TIMES = (
    r"(?P<how>(?:(?:more|less|fewer)\s+than|at\s+least|at\s+most|exactly|only|just|over|under|up\s+to|no\s+more\s+than|"
    r"no\s+fewer\s+than|a\s+minimum\s+of)\s+)?"
    r"(?P<times>once|twice|thrice|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)(?:\s+or\s+(?P<or>more|fewer|less))?"
    r"\s+times)"
)
_BUT_NOT = re.compile(
    r"^(?P<before>.*\b(?:who|that|which)\s+(?:have\s+|has\s+|had\s+)?(?P<verb>\w+)\b.*?),?\s+(?:but|and)\s+(?:not|never)\s+"
    r"(?P<rest>(?:in|on|since|during|from|at|this|last|via|through|by|for|any)\b.*)$",
    re.IGNORECASE,
)
_DID = re.compile(
    r"^(?P<whole>(?:how\s+many|which|what\s+number\s+of|number\s+of)\s+(?:(?!who\b|that\b|which\b)[\w-]+\s+){1,3}?)"
    rf"(?:(?:who|that|which)\s+)?(?:{_AUXILIARY}\s+)?(?P<verb>[a-z]+)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_DID_THEN = re.compile(
    r"^(?P<whole>how\s+many\s.+?\b(?:in|since|during|before|after)\s.*?\w)\s+(?:and\s+)?(?:have\s+|has\s+|had\s+)?(?:also\s+)?"
    r"(?P<verb>[a-z]+)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"^(?P<whole>(?:(?:how\s+many|which|what\s+number\s+of|number\s+of|list|show(?:\s+me)?)\s+)?(?:(?:the|all|our)\s+)?"
    r"[\w-]+(?:\s+(?!with\b|who\b|that\b|having\b|have\b|hold\b)[\w-]+){0,5}?)\s+"
    r"(?:with|having|holding|owning|(?:(?:who|that)\s+)?(?:have|has|had|hold|holds|held|own|owns))\s+(?:at\s+least\s+one\s+|an?\s+)?"
    r"(?P<noun>\w.+)$",
    re.IGNORECASE,
)
_GAVE = re.compile(r"(?:gave|given)\s+(?:us\s+)?(?:something|in|on|at|since|during|between|this|last)\b", re.IGNORECASE)
_GAVE_MONEY = re.compile(r"\b(gave|given)\s+(?:us\s+)?(?:any\s+)?money\b", re.IGNORECASE)
# What people do to bring about what is counted: an order is placed, a complaint is sent in, a policy is sold.
_BRINGING = frozenset(
    stem_of(verb)
    for verb in "place make have receive get take find found log record submit file send write raise report lodge book buy order "
    "purchase reserve give sell rent".split()
)
_TO_US = r"(?:(?<=sent )in\s+|(?<=send )in\s+)?(?:(?:to\s+|for\s+|with\s+)?us\s+)?"
_TOOK = re.compile(
    r"^(?P<whole>(?:how\s+many|what\s+number\s+of|number\s+of)\s+(?:(?!who\b|that\b|which\b)[\w&-]+\s+){1,6}?)"
    rf"(?:(?:who|that|which)\s+)?(?:{_AUXILIARY}\s+)?(?P<verb>[a-z]+)\s+{_TO_US}"
    r"(?:at\s+least\s+(?:one|1)|one\s+or\s+more|a\s+single|an?|any|some)\s+(?P<noun>\w.+)$",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    rf"(?P<verb>[a-z]+)\s+{_TO_US}{_DETERMINER}\s+(?P<noun>\w.*)$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"^(?P<whole>(?:how\s+many|what\s+number\s+of|number\s+of|which)\s+(?:(?!who\b|that\b|which\b)[\w-]+\s+){1,3}?)"
    rf"(?:(?:who|that|which)\s+)?(?:{_AUXILIARY}\s+)?(?P<verb>[a-z]+)\s+(?:us\s+)?"
    r"(?:their\s+(?:very\s+)?first(?:\s+ever)?\s+(?P<noun>\w+)(?:\s+ever)?|(?P<time>for\s+the\s+(?:very\s+)?first\s+time))"
    r"(?:\s+(?:with|from)\s+us)?\s+(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"^(?P<whole>(?:how\s+many|what\s+number\s+of|number\s+of)\s+(?:[\w&-]+\s+){1,4}?)(?:did|have|has|had|do|does)\s+"
    r"(?P<who>.+)$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"^(?:we|you|they|people|customers|somebody|someone|anybody|anyone|everybody|everyone)(?:\s+(?:actually|really|ever))?$",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"^at\s+least\s+(?:once|one\s+of)\b\s*|\bat\s+least\s+once\b\s*", re.IGNORECASE)
_OFTEN = re.compile(rf"\b{_TIMES}\b", re.IGNORECASE)
_SO_MANY = (
    r"(?P<how>(?:(?:more|less|fewer)\s+than|at\s+least|at\s+most|exactly|only|just|over|under|up\s+to|no\s+more\s+than)\s+)?"
    r"(?P<times>\d+|one|a\s+single|two|three|four|five|six|seven|eight|nine|ten|twelve)(?:\s+or\s+(?P<or>more|fewer|less))?"
)
_SO_MANY_OF = re.compile(rf"{_SO_MANY}\s+(?!times\b)(?=[^\W\d])", re.IGNORECASE)
_BY_SO_MANY = re.compile(
    rf"\s+(?:(?:that|which)\s+)?(?:(?:were|was|are|is|have\s+been|has\s+been)\s+)?(?P<verb>\w+)\s+by\s+{_SO_MANY}\s+"
    r"(?:different\s+|distinct\s+)?(?P<doers>\w+)\b",
    re.IGNORECASE,
)
_ONLY_SO_MANY = re.compile(
    rf"\s*\b{_RELATIVE}(?:{_AUXILIARY}\s+)?(?:{_LIGHT}|with)\s+(?P<how>(?:only|just|exactly)\s+)"
    r"(?P<times>\d+|one|a\s+single|two|three|four|five)(?P<or>\b)\s+(?!times\b)",
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(r"\b(?:only|just)\s+(?:one|a\s+single|1)\s+\w", re.IGNORECASE)
_LIGHT_NOUN = re.compile(rf"(?:{_LIGHT})\s+(?:(?:had|got|made)\s+)?(?:{_DETERMINER}\s+)(?P<noun>.+)$", re.IGNORECASE)
_ON_ANY = re.compile(r"(?:on|in|part\s+of)\s+(?:an?|any)\s+(?P<noun>\w.*)$", re.IGNORECASE)
_BEING = ("was", "were", "is", "are")
_MOST_SPLITS = 4
_OR_MORE: dict[str, Operator] = {"more": "ge", "fewer": "le", "less": "le"}
_WHO = re.compile(r"\s+(?:who|that|which)\s+(?:have\s+|has\s+|had\s+)?(?:been\s+|were\s+|was\s+)?", re.IGNORECASE)

_FILLERS = re.compile(
    r"\s*\b(?:yet|so\s+far|ever|at\s+all|to\s+date|anything|(?:for\s+)?at\s+least\s+something|something|from\s+us|with\s+us|still|in\s+any\s+way)\b(?=\s|$)",
    re.IGNORECASE,
)
_PARTICLES = frozenset("in out up off on back down over through".split())
_NUMBER_WORDS = {
    "once": 1, "one": 1, "a": 1, "twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_HOW: dict[str, Operator] = {
    "more than": "gt", "over": "gt", "less than": "lt", "fewer than": "lt", "under": "lt", "at least": "ge",
    "a minimum of": "ge", "no fewer than": "ge", "at most": "le", "up to": "le", "no more than": "le", "exactly": "eq",
    "only": "eq", "just": "eq", "": "eq",
}  # fmt: skip
# How long nothing has happened is a period up to now: "have not ordered for 90 days".
_FOR_SO_LONG = re.compile(
    r"\b(?:for|in|within|over)\s+(?:(?:more\s+than|over|at\s+least|the|the\s+last|the\s+past)\s+)*"
    r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"(?:,\s*(?:split\s+|broken\s+down\s+)?by|\s+(?:per|for\s+each|in\s+each|split\s+by|broken\s+down\s+by))\s+"
    r"(?:the\s+)?\w+(?:\s+\w+)?$",
    re.IGNORECASE,
)


_Reader = Callable[[str], "list[Wording]"]


@dataclass(frozen=True)
class Wording:
    """A question in its parts: `whole` is whose ("how many customers"), then either the `noun` of what they have none of,
    with all that narrows it ("returns in May"), or the `verb` of what they never did and the `rest` behind it. `operator`
    and `count` say how many. A time behind what is `loose` may be the things' own: "orders without returns in May"."""

    whole: str
    noun: str = ""
    verb: str = ""
    rest: str = ""
    loose: bool = False
    first: bool = False  # whether they did so for the first time
    brought: str = ""  # by which verb it came about, that they have at least one of
    doers: str = ""  # ... or how many different ones did it to them: "bought by more than 50 customers"
    operator: Operator = "eq"
    count: int = 0


def wordings(question: str) -> tuple[Wording, ...]:
    """The ways to take a question apart, the likelier first; none where it says nothing of the kind."""
    text = _plain(question)
    for read in _READERS:
        found = read(text)
        if found:
            return tuple(each for wording in found for each in (*_with_two_words(wording), wording))
    return ()


def things_that_have(question: str) -> tuple[Wording, ...]:
    """The way to take "customers with motor policies" apart: whose, and of what they have at least one, or so many."""
    found = _HAVE.match(_plain(question))
    if found is None:
        return ()
    whole, noun = _sides(found["whole"], found["noun"])
    counted = _SO_MANY_OF.match(noun)
    operator, count = _how_many(counted) if counted is not None else ("ge", 1)
    noun = noun[counted.end() :] if counted is not None else noun
    return tuple(replace(wording, operator=operator, count=count) for wording in _noun(whole, noun, loose=False))


def words_of_so_many(question: str) -> set[str]:
    """The words of "customers with more than two policies" that say how many."""
    found = _HAVE.match(_plain(question))
    counted = _SO_MANY_OF.match(found["noun"]) if found is not None else None
    return set(counted[0].casefold().split()) if counted is not None else set()


def things_that_did(question: str) -> tuple[Wording, ...]:
    """The ways to take "how many subscribers watched a drama in May" apart: who did it, what they did, at least once."""
    text = _GAVE_MONEY.sub(r"\1 something", _plain(question))
    once: list[Wording] = []
    for found in (_DID.match(text), _DID_THEN.match(text)):  # "who registered in 2025 ordered in 2026" has two verbs
        if found is None or not is_past(found["verb"]):
            continue
        if found["verb"].casefold() in LIGHT_VERBS and not _GAVE.match(f"{found['verb']} {found['rest']}"):
            continue
        whole, rest = _sides(found["whole"], f"{found['verb']} {found['rest']}")
        once += [replace(wording, operator="ge", count=1) for wording in _verb(whole, rest, False) if wording.verb]
    return tuple(each for wording in once for each in (*_with_two_words(wording), wording))


def things_that_took(question: str) -> tuple[Wording, ...]:
    """The way to take "how many people placed at least one order in May" apart: who had what was brought about."""
    found = _TOOK.match(_plain(question))
    if found is None or stem_of(found["verb"]) not in _BRINGING:
        return ()
    whole, noun = _sides(found["whole"], found["noun"])
    return tuple(
        replace(wording, operator="ge", count=1, brought=found["verb"]) for wording in _noun(whole, noun, loose=False)
    )


def things_done_by(question: str) -> tuple[Wording, ...]:
    """The ways to take "how many titles did subscribers from Brazil watch in May" apart: the things, what was done with them,
    and by whom."""
    found = _DONE_BY.match(_plain(question))
    words = found["who"].split() if found is not None else []
    ways = []
    for place in range(1, len(words)) if found is not None else ():
        who, rest = " ".join(words[:place]), _ONE_OF.sub("", " ".join(words[place + 1 :]))
        whole, rest = _sides(found["whole"] if found is not None else "", rest)
        by = "" if _ANYBODY.match(who) else f"of {who} "
        ways.append(Wording(whole, verb=words[place], rest=f"{by}{rest}".strip(), operator="ge", count=1))
    return tuple(ways)


def things_first(question: str) -> tuple[Wording, ...]:
    """The way to take "how many customers placed their first order in May" apart: who did in that time what they may not have
    done before."""
    found = _FIRST.match(_plain(question))
    if found is None:
        return ()
    whole, rest = _sides(found["whole"], found["rest"])
    if found["time"]:
        return (Wording(whole, verb=found["verb"], rest=rest, operator="ge", count=1, first=True),)
    if stem_of(found["verb"]) not in _BRINGING:
        return ()
    noun = f"{found['noun']} {rest}"
    return (Wording(whole, noun=noun, brought=found["verb"], operator="ge", count=1, first=True),)


def says_how_often(question: str) -> bool:
    """Whether a question holds what things did against a number, or says that they had none of something."""
    text = _plain(question)
    patterns = (_OFTEN, _HAD_NO, _WITHOUT, _WITH_NO, _BY_SO_MANY, _ONLY_SO_MANY, _ONLY_ONE)
    return any(pattern.search(text) for pattern in patterns)


def says_they_had_no(question: str) -> bool:
    """Whether things are said to have had none of something."""
    return _HAD_NO.search(_plain(question)) is not None


def says_only_one(question: str) -> bool:
    """ "enrolled in only one course": words that a plain reading may take for nothing."""
    return _ONLY_ONE.search(question) is not None


def words_for_nothing(question: str) -> set[str]:
    """The words of a question that say no more of what was done than that it was: "something", "yet"."""
    return {word for found in _FILLERS.finditer(_plain(question)) for word in found[0].casefold().split()}


def is_past(word: str) -> bool:
    """Whether a word may be what somebody did."""
    return word.casefold().endswith("ed") or is_verb_form(word.casefold())


def _plain(question: str) -> str:
    """The question with its contractions written out and no mark at its end."""
    text = question.strip().rstrip(" ?!.")
    text = re.sub(r"\b(have|has|had|did|do|does|were|was|are|is)n[’']?t\b", r"\1 not", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(which|how many|who)\s+of\s+(?:our|the|these|those|my)\s+", r"\1 ", text, flags=re.IGNORECASE)
    # things are counted, each once
    text = re.sub(r"\b(how many|number of)\s+(?:different|distinct|unique)\s+(?=\w)", r"\1 ", text, flags=re.IGNORECASE)
    # "which products did we not sell", "have we never sold": who asks is the doer, the things are done to
    return re.sub(
        r"\b(have|has|had|did|do|does)\s+(?:we|you|they|people|customers)\s+(?=not\b|never\b)",
        r"\1 ",
        text,
        flags=re.IGNORECASE,
    )


def _absent_verb(pattern: re.Pattern[str], *, passive: bool = False) -> _Reader:
    def read(text: str) -> list[Wording]:
        found = pattern.search(text)
        if found is None or not text[: found.start()].strip():
            return []
        whole, behind = _sides(text[: found.start()], text[found.end() :])
        said = found.groupdict()
        light = _LIGHT_NOUN.match(behind) or (_ON_ANY.match(behind) if said.get("passive") else None)
        if light is not None:
            return _noun(whole, light["noun"], loose=False)
        is_passive = passive or bool(said.get("passive")) or (said.get("aux") or "").casefold() in _BEING
        return _verb(whole, behind, is_passive)

    return read


def _absent_noun(pattern: re.Pattern[str], *, loose: bool) -> _Reader:
    def read(text: str) -> list[Wording]:
        found = pattern.search(text)
        if found is None or not text[: found.start()].strip():
            return []
        whole, behind = _sides(text[: found.start()], text[found.end() :])
        return _noun(whole, behind, loose=loose)

    return read


def _but_not(text: str) -> list[Wording]:
    """ "customers who ordered in 2025 but not in 2026": the verb is said once."""
    found = _BUT_NOT.match(text)
    if found is None or found["verb"].casefold() in LIGHT_VERBS:
        return []
    whole, rest = _sides(found["before"], found["rest"])
    return [Wording(whole, verb=found["verb"], rest=rest)]


def _nothing(text: str) -> list[Wording]:
    """ "shippers who shipped nothing in May"."""
    found = _NOTHING.search(text)
    if found is None or not text[: found.start()].strip():
        return []
    whole, rest = _sides(text[: found.start()], text[found.end() :])
    return [Wording(whole, verb=found["verb"], rest=rest)]


def _did_no(text: str) -> list[Wording]:
    """ "contractors that completed no repair in 2025"."""
    found = _DID_NO.search(text)
    if found is None or not text[: found.start()].strip() or found["verb"].casefold() in LIGHT_VERBS:
        return []
    whole, behind = _sides(text[: found.start()], text[found.end() :])
    return _verb(whole, f"{found['verb']} {behind}", False)


def _how_many(found: re.Match[str]) -> tuple[Operator, int]:
    said = found["times"].split()[0].casefold()
    count = _NUMBER_WORDS[said] if said in _NUMBER_WORDS else int(said)
    how = " ".join((found["how"] or "").casefold().split())
    return _OR_MORE[found["or"].casefold()] if found["or"] else _HOW[how], count


def _by_so_many(text: str) -> list[Wording]:
    """ "products bought by more than 50 customers in May"."""
    found = _BY_SO_MANY.search(text)
    if found is None:
        return []
    operator, count = _how_many(found)
    whole, rest = _sides(text[: found.start()], text[found.end() :])
    return [Wording(whole, verb=found["verb"], rest=rest, doers=found["doers"], operator=operator, count=count)]


def _only_so_many(text: str) -> list[Wording]:
    """ "customers with only one order", "who placed exactly two orders in May"."""
    found = _ONLY_SO_MANY.search(text)
    if found is None or not text[: found.start()].strip():
        return []
    operator, count = _how_many(found)
    whole, behind = _sides(text[: found.start()], text[found.end() :])
    return [replace(wording, operator=operator, count=count) for wording in _noun(whole, behind, loose=False)]


def _so_often(text: str) -> list[Wording]:
    """ "customers who ordered more than once in May", "members who checked in only once"."""
    often = _OFTEN.search(text)
    if often is None:
        return []
    operator, count = _how_many(often)
    before, after = text[: often.start()].rstrip(), text[often.end() :]
    who = list(_WHO.finditer(before))
    splits = (
        [(who[-1].start(), who[-1].end())] if who else [(at.start(), at.end()) for at in re.finditer(r"\s+", before)]
    )
    found = []
    for ends, starts in splits[-_MOST_SPLITS:]:
        whole, rest = _sides(before[:ends], f"{before[starts:]}{after}")
        had = _BROUGHT.match(rest)
        ways = _verb(whole, rest, False)
        if had is not None and stem_of(had["verb"]) in _BRINGING:  # "wrote a review at least twice"
            ways = _noun(whole, had["noun"], loose=False)
        found += [replace(wording, operator=operator, count=count) for wording in ways]
    return found


_READERS: tuple[_Reader, ...] = (
    _but_not,
    _absent_noun(_HAD_NO, loose=False),
    _absent_noun(_WITH_NO, loose=True),
    _absent_noun(_WITHOUT, loose=True),
    _did_no,
    _absent_verb(_NEVER),
    _absent_verb(_NOT),
    _absent_verb(_NOBODY, passive=True),
    _nothing,
    _absent_verb(_NOT_DONE, passive=True),
    _by_so_many,
    _so_often,
    _only_so_many,
)


def _sides(before: str, behind: str) -> tuple[str, str]:
    """Whose and of what; a split behind belongs to the whole, a time that opens the question to what was not done."""
    before = re.sub(
        r"(?:[,;]|\b(?:who|that|which|and|but|they|there))+\s*$", "", before.strip(), flags=re.IGNORECASE
    ).strip(" ,;")
    opening = re.match(r"(?P<time>(?:in|during|since|on|for|over)\s[^,]+),\s+(?P<rest>.+)$", before, re.IGNORECASE)
    if opening is not None:
        before, behind = opening["rest"], f"{behind} {opening['time']}"
    behind = _FILLERS.sub("", behind).strip()
    split = SPLIT.search(behind)
    if split is not None:
        before, behind = f"{before} {split[0].strip(' ,')}", behind[: split.start()]
    return before, _so_long(behind.strip(" ,;"))


def _so_long(behind: str) -> str:
    found = _FOR_SO_LONG.search(behind)
    if found is None:
        return behind
    said = found["count"].casefold()
    count = int(said) if said.isdigit() else _NUMBER_WORDS.get(said, 1)
    unit = found["unit"].casefold()
    if unit == "year":
        count, unit = count * 12, "month"
    elif count == 1:
        count, unit = {"day": (1, "day"), "week": (7, "day"), "month": (30, "day")}[unit]
    return f"{behind[: found.start()]}in the last {count} {unit}s{behind[found.end() :]}"


def _noun(whole: str, noun: str, *, loose: bool) -> list[Wording]:
    noun = re.sub(rf"^(?:{_DETERMINER}\s+)+", "", noun.strip(), flags=re.IGNORECASE)
    return [Wording(whole, noun=noun, loose=loose)] if whole and noun else []


def _verb(whole: str, behind: str, passive: bool) -> list[Wording]:
    words = behind.split()
    if not whole or not words or not words[0][:1].isalpha():
        return []
    rest = re.sub(rf"^(?:{_DETERMINER}\s+)+(?=\w)", "", " ".join(words[1:]), flags=re.IGNORECASE)
    done = [Wording(whole, verb=words[0], rest=rest, loose=passive)]
    if rest and not passive and not _PREPOSITIONS.match(rest):
        done.append(Wording(whole, noun=f"{words[0]} {rest}"))  # "complete a single repair": the completed repairs
    return done


def _with_two_words(wording: Wording) -> list[Wording]:
    """The same with a verb of two words: "checked in", "signed up"."""
    particle, _, rest = wording.rest.partition(" ")
    if not wording.verb or particle.casefold() not in _PARTICLES:
        return []
    return [replace(wording, verb=f"{wording.verb} {particle}", rest=rest)]
