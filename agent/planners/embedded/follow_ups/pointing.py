"""Words that point at rows of the answer before: "its monthly trend", "the returns of the second one", "that month".

A plan does not hold rows, so who plans hands in a way to the rows that were shown. Where it cannot be told which row is
meant, or the rows cannot be had as they were shown, the question is asked back: the figure of all is no answer.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any, Literal

from agent.planners.embedded.follow_ups.rows import Picked, ShownRows, about, conjuncts, picked
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.models import Direction
from catalog.plan import Plan
from catalog.query import FieldCondition, FieldDimension, MetricQuery, TimeDimension
from semantic_context.linking import PhraseTable
from semantic_context.numbers import ORDINAL_WORDS

Sense = Literal["high", "low", "good", "bad"]

_PLACES = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))
_ITS = r"(?:['’]s)?"
_ONE = r"(?:(?:one|1)\b|of (?:them|these|those)\b)"
_BY_PLACE = re.compile(rf"\bthe (?P<place>{_PLACES}|last|\d+(?:st|nd|rd|th)) {_ONE}{_ITS}", re.IGNORECASE)
_SENSES: dict[str, Sense] = {
    "best": "good",
    "strongest": "good",
    "winner": "good",
    "leader": "good",
    "worst": "bad",
    "weakest": "bad",
    "loser": "bad",
    "top": "high",
    "leading": "high",
    "highest": "high",
    "biggest": "high",
    "largest": "high",
    "bottom": "low",
    "lowest": "low",
    "smallest": "low",
}
_BY_SENSE = re.compile(
    rf"\bthe (?:(?P<one>best|strongest|worst|weakest|top|leading|highest|biggest|largest|bottom|lowest|smallest) {_ONE}"
    rf"|(?P<noun>winner|leader|loser)\b){_ITS}",
    re.IGNORECASE,
)
_SINGULAR = re.compile(rf"\b(?:its|it|that one{_ITS}|this one{_ITS}|the same one{_ITS})(?!['’\w])", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:they|them|their|theirs|these ones|those ones)(?!['’\w])"
    r"|(?<=\bwhich )of (?:these|those)\b"
    r"|\b(?:of|from|among|amongst) (?:these|those)(?=\s*(?:[,?.!]|$|\b(?:which|what|who)\b))",
    re.IGNORECASE,
)
_THAT_THING = re.compile(rf"\b(?:that|this|the same) (?P<noun>[^\W\d]+(?:[ -][^\W\d]+)?){_ITS}", re.IGNORECASE)
_THOSE_THINGS = re.compile(
    r"\b(?:those|these) (?:(?:\d+|two|three|four|five|ten) )?(?P<noun>[^\W\d]+(?:[ -][^\W\d]+)?)", re.IGNORECASE
)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|any)\b)", re.IGNORECASE
)
_OF_THAT = re.compile(r"\b(?:of|from|in|for) (?:that|this|those|these)(?! \w+ed\b)(?=\W|$)", re.IGNORECASE)
_BACK_THEN = re.compile(r"\b(?:back )?then(?=\s*[?.!]*$)|\b(?:in|during) that time\b", re.IGNORECASE)
# "It" that is only what is asked or told: "is it true that", "how is it that", "it would be nice".
_EMPTY_IT = re.compile(
    r"\b(?:is|was) it (?:true|possible|right|correct|fair)\b|\bit (?:would|will) be\b|\bhow is it (?:that|going)\b"
    r"|\b(?:make|take) it\b|\bas it is\b|\bhow (?:is|was) it (?:calculated|defined|computed|measured|counted)\b"
    r"|\b(?:does|did) it (?:mean|take)\b|\bit (?:takes?|looks like|seems)\b"
    r"|\b(?:(?:does|did|will|would|has|had) it (?:cost|taken)|it costs?)\b(?=.*\bto\b)",  # "what did it cost us to ..."
    re.IGNORECASE,
)
_LEADS_TO_IT = re.compile(r"\b(?:of|for|in|from|at|by|with|about|on|to)\s*$", re.IGNORECASE)
_ONLY_CARRIES_ON = re.compile(
    r"^(?:(?:and|also|so|now|then|ok|okay|what|how|about|is|are|was|were|which|who|for|of|in|the|show|me|tell|give|please|just|"
    r"only|with|to|but|same|again)\b|\W)*$",
    re.IGNORECASE,
)
_RANKS_ANEW = re.compile(
    r"^\W*(?:(?:and|now|then|so|ok|okay|please|could|can|would|you)\b\W*)*rank\s+(?:them|these|those|it)\s+by\b.*\binstead\b",
    re.IGNORECASE,
)
_SUBJECT_FOLLOWS = re.compile(r"\b(?:do|does|did|have|has|had|is|are|was|were|can|could|will|would)\s+$", re.IGNORECASE)
_OF_NO_ONE = re.compile(
    r"^(?:and\s+|so\s+|but\s+)?(?:how (?:many|much)|what|which)\s+[^,:;.?!]*?"
    r"\b(?:do|does|did|has|have|had)\s+(?P<word>it|that one)\b",
    re.IGNORECASE,
)
_THAT_NOUN = re.compile(
    r"(?<!\bis )(?<!\bso )\b(?:that (?!\w+s\b)|those )(?P<noun>[^\W\d]+)(?=\W*$|\s+(?:by|per|month|in|for|over|have|had|did)\b)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"[,:;.?!]|\b(?:who|which|that|if|when|where|because)\b|\b(?:and|but|so)\s+(?=(?:what|how|when|where|who|which|why|do|does"
    r"|did|have|has|had|is|are|was|were|can|could|will|would)\b)",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?P<counted>\b(?:how many|number of|count of)\s+)?(?P<noun>[^\W\d]+)", re.IGNORECASE)
_MOST_CHOICES = 5
_SURE = 0.9
_TIME_NOUNS = ("day", "week", "month", "quarter", "year")
_WHY_ALONE = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:why|how come|what (?:is|was) the reason)(?:\s+(?:is|was)\s+(?:that|this|it|so))?\W*$",
    re.I,
)
_RANKED = ("ranking", "extreme_period")


@dataclass(frozen=True)
class Pointed:
    """A question that points at rows: what is left of it ("" where nothing is), the earlier plan of these rows, and they."""

    question: str
    previous: Plan
    rows: Picked


@dataclass(frozen=True)
class OpenPointer:
    """A question that points at a row, and which one is open; the choices where the rows are known."""

    choices: tuple[Pointed, ...] = ()
    plural: bool = False


@dataclass(frozen=True)
class _Words:
    """Words that point: where they stand, and which row they speak of; a `place` counts from 1, -1 is the last."""

    start: int
    end: int
    place: int | None = None
    sense: Sense | None = None
    plural: bool = False


def point_back(
    question: str, previous: Plan, shown: ShownRows | None, view: CatalogView, phrases: PhraseTable
) -> Pointed | OpenPointer | None:
    """What a question points at in the answer before; None where it points at no row."""
    if not previous.queries or previous.analysis is not None or not previous.queries[0].query.metrics:
        return None
    if _RANKS_ANEW.match(question):
        return None  # what was ranked is ranked by another figure, and others may come first
    query = previous.queries[0].query
    if not query.group_by:
        return _another_of_them(question, previous, shown, view)
    words = _words(question, query, view, phrases)
    if words is None:
        return None
    if words.plural and not (_is_cut(query) or _is_one(query)):
        return None  # all groups were shown: to speak of them is to speak of all
    if words.place is None and words.sense is None and not words.plural and previous.shape not in _RANKED:
        return None  # "it" is the figure
    left = _without(question, words)
    if _ONLY_CARRIES_ON.match(left):
        return None  # "and the second one?" asks for another place in the same order
    table = shown.table() if shown is not None and shown.plan == previous else None
    if table is None:
        return OpenPointer(plural=words.plural)
    places = _rows_meant(words, query, table, view)
    if places is None:
        return OpenPointer(_choices(left, previous, table), words.plural)
    rows = picked(query, table, places)
    if rows is None:
        return OpenPointer(plural=words.plural)
    return Pointed(left, about(previous, rows, keeps_groups=len(places) > 1), rows)


def _another_of_them(
    question: str, previous: Plan, shown: ShownRows | None, view: CatalogView
) -> Pointed | OpenPointer | None:
    """ "And the second one?" behind what was asked of the first: the same of another row of the table before."""
    words = _by_place_or_sense(question)
    if words is None or shown is None:
        return None
    query = shown.plan.queries[0].query
    fields = {item.field for item in query.group_by if isinstance(item, FieldDimension)}
    said = {item.field for item in conjuncts(previous.queries[0].query.where) if isinstance(item, FieldCondition)}
    if not fields or len(fields) != len(query.group_by) or not fields <= said:
        return None
    table = shown.table()
    places = _rows_meant(words, query, table, view) if table is not None else None
    rows = picked(query, table, places) if table is not None and places is not None else None
    if rows is None:
        return OpenPointer()
    left = _without(question, words)
    return Pointed("" if _ONLY_CARRIES_ON.match(left) else left, about(previous, rows, keeps_groups=False), rows)


def leans_back(question: str) -> bool:
    """Whether a part of a question may speak of what the part before it asks about, as far as its pronouns tell."""
    said = _EMPTY_IT.sub(" ", question)
    return any(pattern.search(said) for pattern in (_SINGULAR, _PLURAL, _THERE, _OF_THAT, _BY_PLACE, _BACK_THEN))


def speaks_of_it(question: str, phrases: PhraseTable) -> bool:
    """Whether a singular pronoun speaks of what was answered before, whatever figure is asked of it now."""
    return _the_one_said(question, phrases) is not None or _THERE.search(question) is not None


def _the_one_said(question: str, phrases: PhraseTable) -> re.Match[str] | None:
    """The first singular pronoun that speaks of what was said before the question."""
    empty = [span.span() for span in _EMPTY_IT.finditer(question)]
    for found in _SINGULAR.finditer(question):
        inside = any(start <= found.start() < end for start, end in empty)
        if not inside and not _is_of_something_said(question[: found.start()], phrases, plural=False):
            return found
    return None


def speaks_of_nothing(question: str, phrases: PhraseTable) -> str | None:
    """The words that speak of an answer before, where there was none: "How many donors did it have?", "that product"."""
    alone = _OF_NO_ONE.match(question)
    if alone is not None and speaks_of_it(question, phrases):
        return alone["word"]
    for found in _THAT_NOUN.finditer(question):
        before = _NOUN.findall(question[: found.start()])
        named = any(meaning.kind == "dataset" for meaning in phrases.means(found["noun"]))
        if named and not any(meaning.kind == "dataset" for _, noun in before for meaning in phrases.means(noun)):
            return found[0]
    return None


def with_then_said(question: str) -> str:
    """ "... then?" as the period that was asked about."""
    return _BACK_THEN.sub("in that period", question)


def _by_place_or_sense(question: str) -> _Words | None:
    if (found := _BY_PLACE.search(question)) is not None:
        said = found["place"].casefold()
        place = -1 if said == "last" else ORDINAL_WORDS.get(said) or int(re.sub(r"\D", "", said))
        return _Words(found.start(), found.end(), place=place)
    if (found := _BY_SENSE.search(question)) is not None:
        return _Words(found.start(), found.end(), sense=_SENSES[(found["one"] or found["noun"]).casefold()])
    return None


def _words(question: str, query: MetricQuery, view: CatalogView, phrases: PhraseTable) -> _Words | None:
    """The first words that point at a row."""
    if (said := _by_place_or_sense(question)) is not None:
        return said
    for pattern, plural in ((_THAT_THING, False), (_THOSE_THINGS, True)):
        for thing in pattern.finditer(question):
            if (end := _names_the_groups(thing, query, view, phrases)) is not None:
                return _Words(thing.start(), end, plural=plural)
    if _is_of_time(query) and (then := _BACK_THEN.search(question)) is not None:
        return _Words(then.start(), then.end())
    they = _PLURAL.search(question)
    if they is not None and not _is_of_something_said(question[: they.start()], phrases, plural=True):
        return _Words(they.start(), they.end(), plural=not _is_one(query))
    there = _THERE.search(question)
    it = _the_one_said(question, phrases) or there
    return _Words(it.start(), it.end()) if it is not None else None


def _is_of_something_said(before: str, phrases: PhraseTable, *, plural: bool) -> bool:
    """Whether things were named before a pronoun in the same question, which it may speak of: "customers and their orders".

    What stands in the same clause before "did it" or "did they" is no such thing: "how many orders did they place".
    """
    if _SUBJECT_FOLLOWS.search(before):
        before = "".join(_CLAUSES.split(before)[:-1])
    said = list(_NOUN.finditer(before))
    for found, following in itertools.zip_longest(said, said[1:]):
        longer = f"{found['noun']} {following['noun']}" if following is not None else ""
        meanings = phrases.means(found["noun"]) + (phrases.means(longer) if longer else ())
        figure = not plural and any(meaning.kind == "metric" and meaning.score > _SURE for meaning in meanings)
        many = found["noun"].casefold().endswith("s")
        thing = any(meaning.kind == "dataset" for meaning in meanings) and many is plural
        if (thing or figure) and found["counted"] is None:
            return True
    return False


def _names_the_groups(found: re.Match[str], query: MetricQuery, view: CatalogView, phrases: PhraseTable) -> int | None:
    """Where the words end that name what the answer was split by: "that category", "those stores"."""
    noun = found["noun"]
    for said in (noun, noun.split()[0]):
        said = re.sub(r"['’]s$", "", said)
        if any(_is_called(said, dimension, view, phrases) for dimension in query.group_by):
            end = found.start("noun") + len(said)
            possessive = re.match(r"['’]s?", found.string[end:])
            return end + (possessive.end() if possessive else 0)
    return None


def _is_called(said: str, dimension: FieldDimension | TimeDimension, view: CatalogView, phrases: PhraseTable) -> bool:
    if isinstance(dimension, TimeDimension):
        grain = dimension.grain.value if dimension.grain is not None else ""
        return bool(grain) and said.casefold().rstrip("s") == grain and grain in _TIME_NOUNS
    owner, _, name = dimension.field.partition(".")
    names_it = name in ("name", view.whole.dataset_by_name[owner].display_field)
    names_it = names_it or (name,) == view.whole.dataset_by_name[owner].primary_key
    return any(
        (meaning.kind == "field" and meaning.name.partition("@")[0] == dimension.field)
        or (meaning.kind == "dataset" and meaning.name == owner and names_it)
        for meaning in phrases.means(said)
    )


def _is_of_time(query: MetricQuery) -> bool:
    return len(query.group_by) == 1 and isinstance(query.group_by[0], TimeDimension)


def _is_one(query: MetricQuery) -> bool:
    """Whether a single row was asked for: the highest, the second."""
    ranks = {item.name for item in query.calculations if item.kind == "rank"}
    return (query.limit == 1 and not query.limit_within) or any(item.column in ranks for item in query.having)


def _is_cut(query: MetricQuery) -> bool:
    """Whether some groups may not have been shown."""
    return query.limit is not None or bool(query.having)


def _without(question: str, words: _Words) -> str:
    """The question without the words that point, nor what led to them."""
    before, behind = question[: words.start], question[words.end :]
    leads = _LEADS_TO_IT.search(before)
    if leads is not None:
        before = before[: leads.start()]
    return " ".join(f"{before} {behind}".split()).replace(" ?", "?").replace(" ,", ",")


def _rows_meant(words: _Words, query: MetricQuery, table: ResultTable, view: CatalogView) -> list[int] | None:
    """The places of the rows that are meant, from 0 on; None where that is open."""
    rows = len(table.rows)
    if not rows or (table.truncated and words.sense is not None):
        return None
    if words.plural:
        return list(range(rows))
    if words.place is not None:
        if not query.order_by and not _is_of_time(query):
            return None  # in which order is the second the second?
        place = rows - 1 if words.place == -1 else words.place - 1
        return [place] if place < rows else None
    if words.sense is not None:
        return _by_worth(words.sense, query, table, view)
    return [0] if rows == 1 else None


def _by_worth(sense: Sense, query: MetricQuery, table: ResultTable, view: CatalogView) -> list[int] | None:
    """The row of the highest or lowest figure, where there is one figure and one such row."""
    measures = [use for use in query.metrics if use.show == "measure"]
    if len(measures) != 1:
        return None
    metric = view.whole.metric_by_name[measures[0].metric]
    high = {"high": True, "low": False, "good": metric.direction is not Direction.DOWN}.get(
        sense, metric.direction is Direction.DOWN
    )
    if query.limit is not None and (not query.order_by or query.order_by[0].descending is not high):
        return None  # the worst of the best five is seldom the worst
    at = next((place for place, column in enumerate(table.columns) if column.name == measures[0].name), None)
    if at is None:
        return None
    figures: list[tuple[Any, int]] = [(row[at], place) for place, row in enumerate(table.rows) if row[at] is not None]
    if not figures:
        return None
    wanted = (max if high else min)(figure for figure, _ in figures)
    places = [place for figure, place in figures if figure == wanted]
    return places if len(places) == 1 else None


def _choices(left: str, previous: Plan, table: ResultTable) -> tuple[Pointed, ...]:
    """The rows to choose from, each with what is asked of it."""
    query = previous.queries[0].query
    if len(query.group_by) != 1 or not isinstance(query.group_by[0], FieldDimension):
        return ()
    each = (picked(query, table, [place]) for place in range(min(len(table.rows), _MOST_CHOICES)))
    return tuple(Pointed(left, about(previous, rows, keeps_groups=False), rows) for rows in each if rows is not None)


def asks_why_it_leads(question: str, previous: Plan) -> bool:
    """ "Why?" of who comes first: a change can be explained, not why one stands above the others."""
    if previous.shape not in _RANKED or previous.analysis is not None or not previous.queries:
        return False
    return _WHY_ALONE.match(question) is not None and _is_one(previous.queries[0].query)
