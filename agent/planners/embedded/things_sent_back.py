"""What came back, or was sent back, as the one count of returns: of which things, of all of them what share, and why.

How many Apparel items did people send back in May?         how many Returns of Apparel in May
Which products have come back most often?                   which products had the most Returns
What share of the returns came back because of damage?      what share of the returns was because of damage
For which reasons did customers send things back?           Returns by return reason

People come back too, and loans come back late: the text stays where the things are no goods, where several counts are called
so, or where more is said of them than values of theirs.
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts import person_datasets
from agent.planners.embedded.counts_of_deeds import PLAIN_NOUNS, Deed, is_told_by, told_by_values
from agent.planners.embedded.known_figures import Known, figures_called, label_of_the_only
from agent.planners.embedded.reach import base_datasets
from catalog.models import Metric
from semantic_context.words import phrase_key, tokenize

_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|so far|yesterday"
    r"|today|via|within|before|after|because|due|owing|as|and|either)\b)"
)
_BACK = r"(?:c[oa]me|comes|coming) back"
_SENT = r"(?:sent|brought|handed|given|taken) back|returned"
_CAME_BACK = rf"(?:(?:(?:have|has|had|did|do) )?{_BACK}|(?:were|are|was|is|got|get|have been|has been) (?:{_SENT}))"
_THINGS = r"(?: (?:things|items|goods|stuff|products|them))?"
_SEND = rf"(?:send|bring|hand|give|take|sent|brought|handed|given){_THINGS} back|return(?:ed)?"
_WHO = r"(?:our |the )?(?:people|customers|clients|buyers|shoppers|consumers|they|you|folks)"
_ASKS = r"(?P<asks>how many|(?:the )?(?:total )?number of)"
_THING = r"(?P<thing>[^\W\d][^\d?.!;:,]{0,50}?)"
_OF = r"[^\W\d]+(?: [^\W\d]+){0,2}?"
_SO_MANY_BACK = re.compile(rf"\b{_ASKS} {_THING} (?:that |which )?{_CAME_BACK}{_ENDS}", re.IGNORECASE)
_SO_MANY_SENT = re.compile(rf"\b{_ASKS} {_THING} (?:did|do|have|had) {_WHO} (?:{_SEND}){_ENDS}", re.IGNORECASE)
_MOST_BACK = re.compile(
    rf"\b(?P<asks>which|what)(?P<many> (?:\d+|two|three|four|five|six|seven|eight|nine|ten))? (?P<of>{_OF}) "
    rf"(?:{_CAME_BACK}|(?:did|do|have|had) {_WHO} (?:{_SEND}))(?P<how> [^\W\d]+(?: [^\W\d]+)?)? (?:the )?(?P<most>most|least)"
    r"(?: often| frequently)?(?=\s*(?:[,.;?!]|$)|\s+(?:in|on|during|over|since|by|per|last|this|between|from|because|due)\b)",
    re.IGNORECASE,
)
_SHARE_BACK = re.compile(
    rf"(?P<share>\bwhat (?:share|percentage|percent|fraction|proportion|part)\b[^,;?.!]*?) {_CAME_BACK}"
    r"(?= (?:because|due|owing|as)\b)",
    re.IGNORECASE,
)
_WHY = re.compile(
    rf"\b(?:for (?:which|what) reasons?|why) (?:did|do|have|were|are|was) (?:{_WHO} (?:{_SEND})(?: (?P<sent>{_OF}))?"
    rf"|(?P<back>{_OF}) (?:come back|{_SENT}))(?: to (?:us|you))?{_ENDS}",
    re.IGNORECASE,
)
_WHEN_WHY = re.compile(
    rf"^when (?P<back>{_OF}) (?:{_CAME_BACK})(?P<when> [^,?.!]+)?, (?:which|what) reasons (?:were|are) (?:given|told|named|there)"
    r"(?:,? (?:and )?how (?:often|many times)(?: each)?)?(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)
_GOODS = {
    "item": "items",
    "product": "products",
    "unit": "units",
    "piece": "pieces",
    "article": "articles",
    "good": "goods",
    "thing": "things",
    "copy": "copies",
}
_REASONS = frozenset("reason cause motive ground".split())


def things_sent_back(text: str, known: Known) -> str:
    """The text with the count of returns in place of the verb, where exactly one count is called so."""
    metric = _returns(known)
    if metric is None or re.search(r"\b(?:back|return(?:ed)?)\b", text, re.IGNORECASE) is None:
        return text
    deed = Deed(metric, PLAIN_NOUNS)

    def so_many(found: re.Match[str]) -> str:
        of = _of_goods(found["thing"], deed, known)
        return f"{found['asks']} {metric.label}{of}" if of is not None else found[0]

    def most(found: re.Match[str]) -> str:
        how = (found["how"] or "").strip()
        people = person_datasets(known.view) & {item.name for item in known.datasets(found["of"])}
        if people or not is_told_by(found["of"], deed, known) or (how and not told_by_values(how, deed, known)):
            return found[0]
        low = "fewest" if found["most"].casefold() == "least" else "most"
        of = f" of {how}" if how else ""
        return f"{found['asks']}{found['many'] or ''} {found['of']} had the {low} {metric.label}{of}"

    def why(found: re.Match[str]) -> str:
        things, reason = found["sent"] or found["back"], _reason_of(metric, known)
        of = _of_goods(things, deed, known) if things else ""
        return f"{metric.label}{of} by {reason}" if of is not None and reason else found[0]

    def why_when(found: re.Match[str]) -> str:
        of, reason = _of_goods(found["back"], deed, known), _reason_of(metric, known)
        return f"{metric.label}{of}{found['when'] or ''} by {reason}" if of is not None and reason else found[0]

    text = _SO_MANY_SENT.sub(so_many, _SO_MANY_BACK.sub(so_many, text))
    text = _WHY.sub(why, _WHEN_WHY.sub(why_when, _MOST_BACK.sub(most, text)))
    if _names(metric, text):
        text = _SHARE_BACK.sub(r"\g<share> was", text)
    return text


def _returns(known: Known) -> Metric | None:
    """The one count that is called the returns, or the goods returned."""
    goods = [form for many in _GOODS.values() for form in (f"{many} returned", f"returned {many}", f"{many} sent back")]
    for names in (("returns", "number of returns"), goods):
        counts = [item for item in figures_called(known, names) if item.unit == "count" and not item.is_state]
        if counts:
            return counts[0] if label_of_the_only(counts) is not None else None
    return None


def _of_goods(things: str, deed: Deed, known: Known) -> str | None:
    """By which values the goods are told, as " of ..."; empty where any goods are meant, None where something else is."""
    words = [token for token in tokenize(things) if token.folded not in ("the", "our", "of", "any", "all")]
    if len(words) == 1 and words[0].base in _GOODS:
        return ""
    if len(words) > 1 and words[-1].base in _GOODS:
        things = things[: words[-1].start].strip()
    people = person_datasets(known.view)
    if any(hit.dataset in people for hit in known.values_named(tokenize(things))):
        return None  # "how many VIPs came back"
    told = told_by_values(things, deed, known)
    return f" of {told}" if told else None


def _reason_of(metric: Metric, known: Known) -> str | None:
    """The one reason that the count can be told by."""
    rows = base_datasets(known.view, metric.name)
    fields = [
        field.label
        for name in sorted(rows)
        if name in known.view.datasets
        for field in known.view.datasets[name].fields
        if any(_REASONS & set(phrase_key(words)) for words in (field.label, *field.words.synonyms))
    ]
    return fields[0] if len(fields) == 1 else None


def _names(metric: Metric, text: str) -> bool:
    said = f" {' '.join(token.folded for token in tokenize(text))} "
    return any(f" {name.casefold()} " in said for name in (metric.label, *metric.words.synonyms))
