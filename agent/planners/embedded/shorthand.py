"""What people write short, whatever the business: "w/o", "b/w", "last mth", "in %"."""

from __future__ import annotations

import re

# "How many items does an order have on average": verbs that say nothing of the things but that they are its own.
_HAVE = r"(?:have|contain|hold|include|consist of|come with|place|make|get)\b"
_PER_EACH = r"average number of \1 per \2"

# A change either way: "did it rise or fall" asks for the change, and its "fall" is no season.
_UP = "rise|increase|grow|improve|climb|go up"
_DOWN = "fall|decrease|shrink|decline|drop|worsen|go down"
_HAS_UP = "rose|risen|increased|grew|grown|improved|climbed|went up|gone up"
_HAS_DOWN = "fell|fallen|decreased|shrank|shrunk|declined|dropped|worsened|went down|gone down"

_DOERS = "mover|performer|seller|earner|contributor|offender|grower|spender|laggard|one"

_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"(?<![\w/])b/w(?![\w/])", "between"),
        (r"(?<![\w/])w/o(?![\w/])", "without"),
        (r"(?<![\w/])w/(?=\s)", "with"),
        (
            r"\b(?:an?|the)\s+(?:average|typical|normal)\s+(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
            r"average on \1s",
        ),
        (
            r"\b(?:(?:in|of|for|on|during)\s+)?(?:an?|the)\s+(?:average|typical|normal)\s+(day|week|month|quarter|year)\b",
            r"on average per \1",
        ),
        (r"\bor ([^\W\d]+(?: [^\W\d]+)?),? (?:each|separately|each separately)(?=\s*[?.!]?$)", r"and \1"),
        (r"\bin average\b", "on average"),
        # "between" has both its ends anyway
        (
            r"(\bbetween [^,;.?!()]*?\d[^,;.?!()]*?),? ?\(?(?:both|both ends|the ends|ends) (?:included|inclusive|counted)\)?",
            r"\1",
        ),
        (r"(?<=n)’(?=t\b)", "'"),
        (  # what was told before it is left, and nothing of what is asked
            r"(?<=[.?!;…] )(?:but |so |now |anyway,? )?(?:leaving|putting|setting) (?:all )?(?:that|this|it) "
            r"(?:aside|apart|to one side)(?: for (?:now|a moment))?[,:]?\s+"
            r"(?=(?:how|what|which|who|when|where|why|show|give|can|could)\b)",
            "",
        ),
        (  # "Revenue of the web in 2025? As a share of the total": no question of its own
            r"\s*[?.!;]\s*(?:and )?(as an? (?:share|percentage|percent|proportion|fraction)(?: of (?:the |our )?[a-z]+)?)"
            r"(?=,? (?:please|pls)\b|\s*[?.!]*$)",
            r", \1",
        ),
        (r"\b(?:next to|beside|alongside|against) (?:each |one an)other\b", "side by side"),
        (
            r"(?<!the )\b(this|last) (year|month|week|quarter)s (?=(?!(?:ago|before|of|to|and|or|in|by)\b)[a-z])",
            r"\1 \2's ",
        ),
        (r"\b((?:is|are|was|were|isn't|aren't)\b[^.?!]*?) hitting\b(?=[^.?!]*\btargets?\b)", r"\1 meeting"),
        (
            r"^((?:and|what about|how about)\s+)?(?:(?:with|for|in|at|from)\s+)?([^,.?!]{2,40}?) alone(?=\s*[?.!]?$)",
            r"\1only \2",
        ),
        (r"^(only [^,.?!]{2,40}?) now(?=\s*(?:[,.?!]|$))", r"\1"),
        (
            rf"\bon average,? how many ([^,.?!]+?) (?:does|do|did) (?:an?|each|every) ([^,.?!]+?) {_HAVE}(?: with us\b)?",
            _PER_EACH,
        ),
        # all that there is: "since we opened", but not "since we opened Leeds"
        (
            r"\bsince (?:we (?:first )?(?:opened|started|began|launched|exist)|(?:the (?:very )?)?(?:beginning|inception|launch"
            r"|day one)|our (?:launch|opening|foundation|beginnings))(?=\s*[,.?!]|\s*$|\s+(?:was|is|were|are|had|has|have|did|do"
            r"|brought|saw|made|sold|took|by|per)\b)",
            "ever",
        ),
        (r"\b(\d+(?:\s+(?:and|to|or)\s+\d+)?\s+years?)(?: old| of age)\b", r"\1"),
        (r"\b(ranked|sorted|rank|sort) on\b", r"\1 by"),
        (r"\bthe (?:whole|entirety|full year) of (?=(?:19|20)\d\d\b)", ""),
        # who got how many: "received" says no more than "had"
        (r"\b((?:which|what) [a-z]+(?: [a-z]+)?) received (?=the (?:most|fewest|highest|least)\b)", r"\1 had "),
        (r"\b(how many [^,.?!]{2,60}? (?:has|have|did) [^,.?!]{2,40}?) rec(?:ei|ie)ved?\b", r"\1 get"),
        (rf"\bhow many ([^,.?!]+?) (?:does|do) (?:an?|each|every) ([^,.?!]+?) {_HAVE} on average\b", _PER_EACH),
        (rf"\bhow many ([^,.?!]+?) (?:does|do) (?:an?|the|our) (?:average|typical) ([^,.?!]+?) {_HAVE}", _PER_EACH),
        (r"\bbreak(?:ing)? down (?!by\b|(?:the )?changes?\b)", "split "),  # no fall
        (
            r"\bwhere (?:did|do|have) we (?:land|landed|stand|end up|ended up|come out|finish|finished)"
            r" (?:on|with|at|for)\s+",
            "what was ",
        ),
        (r"\bhow many per ?cent of\b", "what percentage of"),
        (r"\b(median\b[^?.!]*?),?\s+(?:and |but )?not (?:the |an? )?(?:mean|average)(?=\s*(?:[,?.!]|$))", r"\1"),
        (r"\b((?:mean|average)\b[^?.!]*?),?\s+(?:and |but )?not (?:the |an? )?median(?=\s*(?:[,?.!]|$))", r"\1"),
        (
            r"(?:^|(?<=the )|(?<=our )|(?<=is )|(?<=was )|(?<=what's ))(?:#\s?|no\.?\s?|nr\.?\s?|number )1(?= [a-z])",
            "number one",
        ),
        (
            r",\s*([\w\s-]{2,40}?)\s+(?:not counted|not included|excluded|left out|left aside)(?=\s*(?:[,.?!]|$))",
            r", excluding \1",
        ),
        (
            r"\bby (?:how many|how much|what) (?:percent|per cent|percentage) (?:was|were|is|are) (.+?) "
            r"(?:above|below|over|under|higher than|lower than|more than|less than) (?:that|those) (of|in|from)\b",
            r"by what percentage did \1 change compared to \2",
        ),
        (rf"\b(?:(?:{_UP}) or (?:{_DOWN})|(?:{_DOWN}) or (?:{_UP}))\b", "change"),
        (rf"\b(?:(?:{_HAS_UP}) or (?:{_HAS_DOWN})|(?:{_HAS_DOWN}) or (?:{_HAS_UP}))\b", "changed"),
        # "are standing empty": how things are, said with a verb of its own
        (
            r"\b(is|are|was|were) (?:(?:still|currently|just|now) )?(?:standing|sitting|lying) "
            r"(?!(?:at|by|in|on|with|for|to|the|a)\b)(?=[a-z])",
            r"\1 ",
        ),
        # all of them taken together
        (r"\b(?:regardless|irrespective|independent(?:ly)?) of (?:the |their |its |our |which )?(?=[a-z])", "for any "),
        (r"\b(?:whatever|whichever|no matter (?:which|what)?) ?(?:the|their|its) (?=[a-z])", "for any "),
        (
            rf",?\s+(?:starting|beginning)(?: off)? (?:with|from|at) (?:the |its |our )?([a-z]+est|best|worst)"
            rf"(?: (?:{_DOERS})s?)?(?=\s*(?:[,.?!]|$))",
            r", \1 first",
        ),
        # the slowest mover is the slowest
        (rf"\b([a-z]+est|best|worst|top|bottom|least|most) (?:{_DOERS})s?(?= first\b)", r"\1"),
        (r"(?<=\s)%(?=\s|$|[?.!])", "percent"),
        (r"(?<=\d)\s*%\s*(?=of\b)", "% "),
    )
)
_WORDS = {
    **{f"{verb}nt": f"{verb} not" for verb in ("are", "did", "do", "does", "had", "has", "have", "is", "was", "were")},
    "mth": "month",
    "mths": "months",
    "mnth": "month",
    "mnths": "months",
    "wk": "week",
    "wks": "weeks",
    "yr": "year",
    "yrs": "years",
    "qtr": "quarter",
    "qtrs": "quarters",
    "hr": "hour",
    "hrs": "hours",
    "ppl": "people",
    "avg": "average",
    "abt": "about",
    "btwn": "between",
    "excl": "excluding",
    "thru": "through",
    "recieved": "received",
    "recieve": "receive",
}
# Slips of the pen in small words, as they are written in no name.
_SLIPS = {
    "mny": "many",
    "mnay": "many",
    "hav": "have",
    "hvae": "have",
    "teh": "the",
    "wich": "which",
    "whcih": "which",
    "betwen": "between",
    "bewteen": "between",
    "percnt": "percent",
    "precent": "percent",
    "prcent": "percent",
}
_SLIP = re.compile(r"\b(?:" + "|".join(_SLIPS) + r")\b(?!\.\w)")
_WORD = re.compile(r"\b(?:" + "|".join(_WORDS) + r")\b(?!\.\w)", re.IGNORECASE)
# Nouns that are cut short; each stands only where the catalog knows nothing by the short form.
SHORT_NOUNS = {
    "amt": "amount",
    "amts": "amounts",
    "appt": "appointment",
    "appts": "appointments",
    "pmt": "payment",
    "pmts": "payments",
    "pymt": "payment",
    "pymts": "payments",
    "acct": "account",
    "accts": "accounts",
    "cust": "customer",
    "custs": "customers",
    "prod": "product",
    "prods": "products",
    "dept": "department",
    "depts": "departments",
    "qty": "quantity",
    "cat": "category",
    "cats": "categories",
    "sub": "subscription",
    "subs": "subscriptions",
    "txn": "transaction",
    "txns": "transactions",
    "emp": "employee",
    "emps": "employees",
    "inv": "invoice",
    "invs": "invoices",
    "mgr": "manager",
    "reg": "region",
    "regs": "regions",
}


def expand(text: str) -> str:
    """The text with its general short forms written out; one that already reads so stays as it is."""
    text = _SLIP.sub(lambda found: _SLIPS[found[0]], text)
    for pattern, full in _SIGNS:
        text = pattern.sub(full, text)
    return _WORD.sub(lambda found: _WORDS[found[0].lower()], text)
