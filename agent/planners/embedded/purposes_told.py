"""What somebody wants a figure for, told in the same breath as the question: it sets nothing apart, and the question stands alone.

We are preparing the investor update and would like to see sales by region     show me sales by region
Before the board meets on Thursday I need the number of orders per week        show me the number of orders per week
Auditors want the open invoices by customer                                    show me the open invoices by customer

It stays where it tells a time that is past, a number, a condition, or a thing by name that the question does not tell, and where
the question leans on it.
"""

from __future__ import annotations

import datetime as dt
import re

from agent.planners.embedded.cues import Cue, cue_phrases
from agent.planners.embedded.known_figures import Known, meanings_said
from semantic_context.time_expressions import find_time_expressions
from semantic_context.words import tokenize

_WORD = r"[^\W\d][\w'’&-]*"
_HELLO = r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning)\b[^,.!?;:]{0,25}[,.!]\s+)*"
_OCCASION = (
    r"(?:meeting|report|reporting|review|call|board|deck|slide|presentation|update|talk|retreat|audit|budget|pack|close|closing"
    r"|filing"
    r"|negotiation|workshop|conference|newsletter|statement|hearing|inspection|planning|round|summit|summary|memo|briefing"
    r"|application"
    r"|tender|conversation|discussion|appraisal|session|day)s?"
)
_AN_OCCASION = (
    rf"(?:the|our|my|an?|this|next|their) (?:{_WORD} ){{0,3}}?{_OCCASION}\b(?: with (?:the |our |my )?{_WORD}(?:"
    rf" {_WORD})?)?"
)
_WHEN_IT_IS = (
    r"(?: (?:(?:on|next|this|coming|for|due) )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|tonight|(?:next"
    r"|this) week)"
    r"(?: (?:morning|afternoon|evening))?)?"
)
# "Credit control here. List every retailer"
_SPEAKS = re.compile(
    rf"{_HELLO}(?:(?:this is|it['’]s) )?(?:the |our )?(?P<who>(?:(?!(?:are|is|was|were|how|what|which|who|why|when|where|in|and"
    rf"|or|by)\b)"
    rf"{_WORD} ){{1,3}})here(?:[.!;,]| -| –) (?P<rest>\S.*)$",
    re.IGNORECASE,
)
# How the asker begins to ask: what is asked for stands behind it.
_TO_SEE = (
    r"(?:see|know|have|show|understand|learn|present|include|get|find out|hear|be able to (?:show|tell|say)|tell (?:them"
    r"|you|everyone))"
)
_WISH = (
    rf"(?:would|['’]d) (?:(?:also|just|really|only) )?(?:like|love)(?: to {_TO_SEE})?"
    r"|(?:would|['’]d) (?:be (?:very |most |really )?(?:grateful|glad|happy|thankful)|appreciate it) if you (?:could|would|can) "
    r"(?:please |kindly )?(?:show|give|tell|send|get)(?: (?:me|us))?"
    rf"|(?:(?:also|just|really|only|now|still) )*(?:need|want|have|wish)(?: to {_TO_SEE})?"
)
_PLEASE = (
    r"(?:please |kindly |pls )?(?:(?:can|could|would|will) you (?:please |kindly )?)?(?:give|show|tell|send|get)(?: (?:me|us))?"
    r"|(?:can|could|may) (?:i|we) (?:please )?(?:have|see|get)|(?:could|can|would) you let (?:me|us) (?:have|know|see)"
)
_I_ASK = rf"(?:(?:i|we)\s?(?:{_WISH})|{_PLEASE})"
_REST = r"[,:]? (?P<rest>[^?!]{8,}[?!.]*(?: (?:thanks|thank you)[^?!.]*[!.]*)?)$"
_PREPARES = (
    r"(?:preparing|planning|putting together|writing(?: up)?|drafting|working on|building|compiling|updating|finishing|getting"
    r" ready for"
    r"|making|doing|filling (?:in|out)|revising|reviewing|rewriting|scheduling)"
)
_JOINT = r"(?:,| -| –| —|:|;|\.)"
_ASKING = r"(?= (?:how|what|which|who|whose|when|where) )"
_BEFORE_I = (
    r"before (?:i|we) (?:forget|leave|start|begin|go|meet|decide|sign|speak|get to|turn to|come to|move on to|talk about|talk"
    r" to)\b"
)
_LEADS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern + _REST, re.IGNORECASE)
    for pattern in (
        # "I am planning server maintenance - give me", "I have a supplier round on Thursday and want to know"
        rf"{_HELLO}(?:i|we)(?:['’](?:m|re)| am| are) (?:(?:just|currently|busy|now|still) )*(?P<lead>{_PREPARES} [^?!;]{{3,90}}?)"
        rf"(?: and (?:{_WISH}|{_I_ASK})|{_JOINT}(?: and| so|, so)?(?: {_I_ASK}|{_ASKING}))",
        rf"{_HELLO}(?:i|we)(?:['’]ve| have)(?: got)? (?P<lead>{_AN_OCCASION}{_WHEN_IT_IS}[^?!;]{{0,90}}?)"
        rf"(?: and (?:{_WISH}|{_I_ASK})|{_JOINT}(?: and| so|, so)?(?: (?:{_BEFORE_I}[^,?!;:\d]{{0,60}}?,? )?{_I_ASK}|{_ASKING}))",
        # "We had a long discussion about whether ..., so what I would like to see is"
        rf"{_HELLO}(?:i|we)(?:['’]ve| have)? (?:just )?had (?P<lead>{_AN_OCCASION}[^?!;.]{{0,160}}?),? so (?:what (?:i"
        rf"|we)\s?(?:{_WISH})"
        rf" (?:is|are)|{_I_ASK})",
        # "Before the board meets I have to understand", "For the regulator's annual report we need"
        rf"{_HELLO}(?P<lead>(?:before|for|ahead of|in preparation (?:of|for)|as part of|towards)"
        rf" {_AN_OCCASION}{_WHEN_IT_IS}),? {_I_ASK}",
        rf"{_HELLO}(?P<lead>before (?:the|our|my) {_WORD}(?: {_WORD})? (?:meets?|sits?|convenes?|decides?|votes?|arrives?|calls?)"
        rf"{_WHEN_IT_IS}),? {_I_ASK}",
        rf"{_HELLO}(?P<lead>{_BEFORE_I}[^,?!;:\d]{{0,60}}?),? {_I_ASK}",
        # a scene told at length, with what is wanted behind it: "I am doing the rota, and before I go to ... I need to see how"
        rf"{_HELLO}(?P<lead>[^?!;:]{{12,200}}?),? (?:(?:and|so|but)(?: then)? )?(?:{_BEFORE_I}[^,?!;:\d]{{0,60}}?,? )?"
        rf"(?:i|we)\s?(?:would like|['’]d like|need|want)(?: to {_TO_SEE})"
        r"(?= (?:in |on |at |for )?(?:how|what|which|who|whose|when|where)\b)",
        # "Before I forget, someone upstairs wants"
        rf"{_HELLO}(?P<lead>(?:{_BEFORE_I}[^,?!;:\d]{{0,60}}?,? )?(?:some(?:one|body)|every(?:one|body)|they|people)"
        rf"(?: (?:upstairs|downstairs|else|again|here|(?:in|from|on|at) (?:the )?{_WORD}))?)"
        r" (?:wants?|needs?|(?:has|have) asked for"
        rf"|asked for|asks? for|(?:is|are) asking for)",
        # a reason told first
        rf"{_HELLO}(?P<lead>(?P<reason>because) (?!of\b)[^?!;:\d]{{10,120}}?),? {_I_ASK}",
        # "Auditors want the open invoices"
        rf"{_HELLO}(?:the |our |my )?(?P<lead>(?P<who>(?!(?:which|what|who|how|i|we|you|they|that|some|all|most|many)\b){_WORD}"
        rf"(?: (?!(?:which|that|who)\b){_WORD})?)) (?:wants?|needs?|(?:has|have) asked for|asked for|asks? for|(?:is|are)"
        rf" asking for"
        r"|would like(?: to (?:see|have|know))?|wants? to (?:see|have|know)|requests?|requested)(?= (?:the|our|all|an?) )",
    )
)
# What somebody said, which is to be checked: "someone told me that too much comes back. Can you check the return rate"
_HEARSAY = re.compile(
    rf"{_HELLO}(?P<lead>(?:someone|somebody|people|everyone|everybody|they|(?:the|my|our|a) {_WORD}(?: {_WORD})?) (?:(?:always"
    rf"|just|have|has) )*"
    r"(?:told|tells?|says?|said|claims?|claimed|thinks?|believes?|insists?|complains?|complained|mentioned|reckons?)(?: (?:me"
    r"|us))?"
    r"(?: that)? [^?!.]{10,160}?)(?:\.|, so|, but| - | –)(?: so| but)? (?:can|could|would|will) you (?:please )?"
    rf"(?:check|verify|look up|find out|confirm|see){_REST}",
    re.IGNORECASE,
)
# "how sales went, could you show it to me for each quarter": the figure, told so
_SHOWN_SO = re.compile(
    r",? (?:and |so )?(?:(?:can|could|would|will) you|please) (?:please )?(?:show|give|tell|send|break|split) (?:it|that|this"
    r"|them)"
    r"(?: (?:to|for) (?:me|us)| (?:down|up))*(?= (?:by|per|for each|for every|in|over|from|for) )",
    re.IGNORECASE,
)
# "and next to it the average length": as well
_NEXT_TO_IT = re.compile(
    r",?(?: and)? (?:next to|beside|alongside) (?:it|that|them|this),? (?=(?:the|our|its|their|how)\b)", re.IGNORECASE
)
# "I need for the union meeting the number of trips"
_INSERTED = re.compile(
    rf"^(?P<asks>(?:please )?(?:(?:i|we) (?:need|want|would like(?: to have)?)|(?:give|show|send|get) (?:me|us))),? for"
    rf" (?P<lead>{_AN_OCCASION}"
    rf"{_WHEN_IT_IS}),? (?=(?:the|our|all|an?|how|which|what|a list)\b)(?P<rest>[^?!]{{8,}}[?!.]*)$",
    re.IGNORECASE,
)
# What it is wanted for, told behind the question: ", for the desk roster", ", I want to see which days are heavy".
_A_PAPER = (
    r"(?:rosters?|rotas?|books|records|files|minutes|letters?|leaflets?|brochures?|website|blog|posters?|dashboards?|spreadsheets?"
    r"|tables?|handouts?|archives?|proposals?|bids?|forecasts?|schedules?|plans?|calendar)"
)
_TAILS = (
    re.compile(
        r"^(?P<rest>.{8,}?),? (?P<lead>(?:(?:it['’]s|that['’]s|this is|i need (?:it|this|them|that)|needed|wanted) )?for"
        rf" (?:the|our|my|an?|this|next|their) (?:(?!(?:who|that|which|of|in|by|with)\b){_WORD} ){{0,3}}?(?:{_OCCASION}|{_A_PAPER})"
        rf"{_WHEN_IT_IS})(?P<end>[.!?]*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<rest>.{8,}?)(?:,| -| –|;|\.) (?P<lead>(?:so |because |as )?(?:i|we)\s?(?:['’]d| would)? (?:just )?"
        r"(?:want|like|need|have|try|am trying|are trying) to (?:see|know|check|find out|understand|work out|judge|learn|tell"
        r"|plan|decide)"
        r" [^,.;?!]{4,60})(?P<end>[.!?]*)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<rest>.{{8,}}?)(?:,| -| –|;|\.) (?P<lead>(?:the|my|our) {_WORD}(?: {_WORD})? (?:keeps?|kept|(?:is|are) always)"
        r" (?:on )?(?:asking|nagging|pestering|bugging|chasing)"
        r"(?: (?:me|us))?(?: (?:for|about) (?:it|this|that|them))?)(?P<end>[.!?]*)$",
        re.IGNORECASE,
    ),
)
# "revenue in 2025 and in 2024, both please": both of what the question names already.
_BOTH = re.compile(
    r"(?P<rest>(?!.*\btargets?\b).*?\b(?:and|versus|vs\.?|against|compared (?:to|with)|next to|beside)\b.*?)(?:,| -| –|;|\.|\?) "
    r"(?:(?:please )?(?:give|show|tell) (?:me|us) |i (?:need|want) )?"
    r"both(?: (?:figures|numbers|values|of them))?(?:,? please)?[.!]*$",
    re.IGNORECASE,
)
# Words before a colon that ask for what stands behind it: "I want to know where I stand: ..."
_STANDS = re.compile(
    r"^(?:(?:where|how) (?:i|we|things) (?:stand|are|are doing)|the following|one (?:thing|number|figure)(?: from you)?"
    r"|this(?: (?:number|figure))?)\s*[:–-]+\s*(?=[^\W\d])",
    re.IGNORECASE,
)
# Who comes to an occasion: "the partners' retreat", "the talks with our suppliers".
_WHO_COMES = re.compile(
    rf"\b(?:the|our|my) (?-i:[a-z]+)(?:s['’]|['’]s) (?={_WORD}(?: {_WORD})?)|(?<=\w) with (?:the |our |my )?(?-i:[a-z]+)\b",
    re.IGNORECASE,
)
_OF_ITS_DAY = re.compile(rf"(?<=\w){_WHEN_IT_IS}(?= and\b|,|$)", re.IGNORECASE)
_EVERY_SO_OFTEN = re.compile(
    r"\b(?:annual|yearly|half-yearly|quarterly|monthly|weekly|daily|final|next|new)\b", re.IGNORECASE
)
_ASKS_ITSELF = re.compile(
    r"^(?:what|how|which|who|whose|when|where|whether|if|list|show|give|tell|for (?:each|every)|compare|rank)\b",
    re.IGNORECASE,
)
_SETS_APART = re.compile(
    r"\b(?:only|not|without|except|exclud\w+|includ\w+|ignor\w+|leav\w+ (?:out|aside)|focus\w*|limit\w*|restrict\w*|instead|if"
    r"|suppose|unless"
    r"|more than|less than|at least|at most|above|below)\b|n['’]t\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:its|their|theirs|it|them|there(?! (?:is|are|was|were|has|have)\b)|those|these|this (?!(?:day|week|month|quarter|year"
    r"|season)\b)"
    r"|he|she|his|her|same|such|since then)\b",
    re.IGNORECASE,
)
_AS_SUBJECT = re.compile(r"\b(?:they|that)\b", re.IGNORECASE)
_SURE = ("exact", "synonym", "labelled", "group", "pattern")
_ASKS_MORE = re.compile(r"\b(?:why|how|who|whose|when|where)\b", re.IGNORECASE)
_ASKED_CUES = frozenset(
    (Cue.HIGHEST, Cue.LOWEST, Cue.TOP, Cue.BOTTOM, Cue.RANK, Cue.RISE, Cue.FALL, Cue.GREATER, Cue.FORECAST, Cue.GROWTH)
)
_FAR = 4  # words before which a pronoun of the question is none of what the question names itself
_LONGEST = 4


def without_purpose(text: str, as_of: dt.date, known: Known) -> str:
    """The question alone, where what it is wanted for, or who asks, sets nothing apart."""
    spoken = _SPEAKS.match(text)
    # one word may be a place: the passes judge it, and say so where they set it aside
    if spoken is not None and " " in spoken["who"].strip() and not _is_known(spoken["who"].strip(), known):
        text = spoken["rest"]
    text = _BOTH.sub(r"\g<rest>", _NEXT_TO_IT.sub(" and ", _SHOWN_SO.sub("", text)))
    for tail in _TAILS:
        told = tail.match(text)
        if told is not None and not _is_part_of_it(told["lead"], told["rest"], as_of, known):
            text = told["rest"] + told["end"]
    for pattern in (*_LEADS, _INSERTED, _HEARSAY):
        found = pattern.match(text)
        if found is None:
            continue
        rest, said = _STANDS.sub("", found["rest"]), found.groupdict()
        if said.get("who") and (_named(said["who"], known) or known.values_named(tokenize(said["who"]))):
            continue  # "customers want the ...": what they want is told of them
        if _sets_apart(found["lead"], rest, as_of, known, is_reason=bool(said.get("reason"))):
            continue
        return rest if _ASKS_ITSELF.match(rest) else f"give me {rest}"
    return text


def _sets_apart(lead: str, rest: str, as_of: dt.date, known: Known, *, is_reason: bool) -> bool:
    """Whether words before a question tell what the question does not, or may not be left out of it."""
    begins = " ".join(rest.split()[:_FAR])
    if _SETS_APART.search(lead) or _LEANS.search(rest) or _AS_SUBJECT.search(begins) or re.search(r"\d", lead):
        return True
    said = lead if is_reason else _OF_ITS_DAY.sub("", lead)
    calendar = known.view.whole.calendar
    dated = any(time.periods for time in find_time_expressions(rest, as_of, calendar))
    if (is_reason or not dated) and find_time_expressions(said, as_of, calendar):
        return True  # a question with a time of its own leaves the occasion its time
    told = _named(lead, known)
    asked = _named(rest, known)
    if "metric" not in asked and ("metric" in told or not asked):
        return True
    lead = _EVERY_SO_OFTEN.sub(" ", _WHO_COMES.sub(" ", lead))
    asked_values = {(hit.reference, str(hit.values)) for hit in known.values_named(tokenize(rest))}
    return any(
        (hit.reference, str(hit.values)) not in asked_values
        for hit in known.values_named(tokenize(lead))
        if hit.how in _SURE or not lead[hit.start : hit.end].islower()
    )


def _is_part_of_it(tail: str, rest: str, as_of: dt.date, known: Known) -> bool:
    """Whether words behind a question are part of it: of a figure, a thing, a time or a condition that it has not named."""
    if (
        _SETS_APART.search(tail)
        or _ASKS_MORE.search(tail)
        or re.search(r"\d", tail)
        or "metric" not in _named(rest, known)
    ):
        return True
    cues = {
        Cue(item.name) for token in tokenize(tail) for item in cue_phrases().means(token.folded) if item.kind == "cue"
    }
    if cues & _ASKED_CUES:
        return True
    said, calendar = _OF_ITS_DAY.sub("", tail), known.view.whole.calendar
    times = find_time_expressions(said, as_of, calendar)
    if any(time.periods for time in times) or (times and not find_time_expressions(rest, as_of, calendar)):
        return True
    values = {(hit.reference, str(hit.values)) for hit in known.values_named(tokenize(rest))}
    narrows = any(
        (hit.reference, str(hit.values)) not in values
        for hit in known.values_named(tokenize(said))
        if hit.how in _SURE or not said[hit.start : hit.end].islower()
    )
    return narrows or not _meanings(said, known) <= _meanings(rest, known)


def _named(text: str, known: Known) -> frozenset[str]:
    """Of which kinds the names are that words of a text give to something."""
    return frozenset(kind for kind, _ in _meanings(text, known))


def _meanings(text: str, known: Known) -> frozenset[tuple[str, str]]:
    """The kind and the name of whatever words of a text name."""
    return frozenset(
        (meaning.kind, meaning.name)
        for meaning in meanings_said(text, known, _LONGEST)
        if meaning.kind in ("metric", "field", "dataset")
    )


def _is_known(words: str, known: Known) -> bool:
    """Whether words name something of the business, or a value."""
    named = any(meaning.kind in ("metric", "field", "dataset") for meaning in known.phrases.means(words))
    return named or any(hit.how in _SURE for hit in known.values_named(tokenize(words)))
