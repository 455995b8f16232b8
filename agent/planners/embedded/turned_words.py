"""Words that are small by themselves and turn what is asked together: "came back", "turned down", "per hour worked"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from agent.planners.embedded import clarify
from agent.planners.embedded.counts import person_datasets
from agent.planners.embedded.cues import ANALYSIS_CUES, Cue, cue_phrases
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from agent.planners.embedded.stop_tokens import is_stop
from agent.tools.compile.request import leaves
from catalog.access import CatalogView
from catalog.plan import Plan
from catalog.query import AllOf, Condition, FieldCondition, MetricCondition, MetricQuery, Not
from semantic_context.values import ValueIndex
from semantic_context.words import phrase_key

_BACK = frozenset("return returned refund back repeat".split())
_DID_NOT = re.compile(r"\b(?:never|did(?:n['’]t| not)|(?:have|has|had)(?:n['’]t| not))\b", re.IGNORECASE)
_WAS_DONE_BY = re.compile(
    r"\b(?:(?:were|was|been|got)\s+)?(?:[a-z]+ly\s+)?[a-z]{2,}(?:ed|en|wn|ght|ld|id|nt|ut|ft)\s+by\s+(?:(?:our|the)\s+)?(?P<who>[a-z]+s)\b",
    re.IGNORECASE,
)
_WHAT_THEY_DID = re.compile(
    r"\bwhat (?:do|did|have) (?:(?:our|the) )?(?P<who>[a-z]+s) [a-z]+ (?:back )?(?:the )?(?:most|least)\b",
    re.IGNORECASE,
)
_BEING = frozenset(("was", "were", "been", "got"))
_FEW = 12  # values of a field that are told apart by what became of things
_NO = (("no",), ("not",), ("non",), ("never",))
# A verb and the little word that makes another one of it.
_TURNED = {
    "turned": ("down", "away"),
    "turn": ("down", "away"),
    "called": ("off",),
    "fell": ("through",),
    "fallen": ("through",),
    "backed": ("out",),
    "pulled": ("out",),
    "dropped": ("out",),
    "sent": ("back",),
    "written": ("off",),
    "signed": ("off",),
    "broke": ("down",),
}


def came_back(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many loans came back in April": words that ask for what was done again are none of a plain figure."""
    if any(isinstance(item, MetricCondition) for item in leaves([query.where] if query.where is not None else [])):
        return None
    names = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    called = {word for metric in names for text in (metric.label, *metric.words.synonyms) for word in phrase_key(text)}
    if called & _BACK:
        return None  # "the products that came back most often, with the number of returns"
    for item, behind in itertools.zip_longest(draft.items, draft.items[1:]):
        if item.cue() is Cue.CAME_BACK and item.used != "metric":
            return item.text
        if item.is_stop and behind is not None and behind.is_stop:
            both = draft.tokens[item.span.start : behind.span.end]
            found = cue_phrases().find(tuple(token.folded for token in both), tuple(token.base for token in both))
            if any(meaning.kind == "cue" and Cue(meaning.name) is Cue.CAME_BACK for meaning in found):
                return f"{item.text} {behind.text}"
    return None


def turned_away(draft: Draft) -> str | None:
    """ "Payments that were turned down": a verb with its little word, both of which were taken for nothing, tells which."""
    for item, behind in itertools.pairwise(draft.items):
        taken = behind.used is not None and not behind.used.startswith("cue:")
        is_small = item.is_stop or item.has("cue")  # "fell" by itself asks how something moved
        if is_small and not taken and behind.text.casefold() in _TURNED.get(item.text.casefold(), ()):
            return f"{item.text} {behind.text}"
    return None


def done_by_them(draft: Draft, view: CatalogView) -> str | None:
    """ "How many bookings were cancelled by customers", "what did customers return the most": people in the plural who did it are
    no split."""
    what = _WHAT_THEY_DID.search(draft.question)
    found = what or _WAS_DONE_BY.search(draft.question)
    if found is None:
        return None
    for slot in draft.groups:
        item = draft.items[slot.item] if slot.item >= 0 else None
        who = {meaning.name for meaning in item.of("dataset")} if item is not None else set()
        if item is not None and who & person_datasets(view) and item.text.casefold().endswith(found["who"].casefold()):
            return f"what {item.text}" if what else f"by {item.text}"
    return None


def done_to_theirs(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many classes were cancelled", where only bookings of theirs are: each may have many, and one of them is no class."""
    bases = frozenset(base for use in query.metrics for base in base_datasets(view, use.metric))
    reached = pointed_at(view, bases)
    for slot in draft.filters:
        item = draft.items[slot.item] if slot.item > 1 else None
        if (
            item is None
            or item.span.end - item.span.start != 1
            or not draft.tokens[item.span.start].folded.endswith("ed")
        ):
            continue
        being, counted = draft.tokens[item.span.start - 1].folded, draft.items[slot.item - 2]
        holders = {found.field.partition(".")[0] for found in slot.candidates}
        if being in _BEING and counted.used == "metric" and bases and not holders & reached:
            return f"{being} {item.text}"
    return None


def only_expected(draft: Draft) -> str | None:
    """ "Expected prescriptions received in 2024": what was expected of things is none of what they came to."""
    for item, behind in itertools.pairwise(draft.items):
        if (
            item.is_stop
            and item.used is None
            and item.text.casefold() == "expected"
            and behind.has("dataset", "metric")
        ):
            return f"{item.text} {behind.text}"
    return None


def let_in_beside(draft: Draft) -> str | None:
    """ "Orders in the app, the web ones also": values that count too beside others of their field are a second kind of them."""
    for slot in draft.included:
        fields = {found.field for found in slot.candidates}
        if any(fields & {found.field for found in other.candidates} for other in draft.filters):
            return slot.text
    return None


def per_one_of_its_own(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Maintenance cost per visit": for each of what the figure is made of, and no split by the visit's cause."""
    bases = [view.whole.dataset_by_name[base] for use in query.metrics for base in base_datasets(view, use.metric)]
    heads = {phrase_key(dataset.singular)[-1:] for dataset in bases}
    for slot in draft.groups:
        item = draft.items[slot.item] if slot.item >= 0 else None
        before = draft.preceding(slot.item) if item is not None else None
        if item is None or before is None or before.text.casefold() != "per" or item.span.best.how != "short":
            continue
        if phrase_key(item.text) in heads:
            return f"per {item.text}"
    return None


def cuts_a_figure_with_a_time(draft: Draft, query: MetricQuery) -> str | None:
    """ "Revenue per hour worked", where hours worked are a figure: no split by the hour of the day."""
    shown = {use.metric for use in query.metrics} | {bound.column for bound in query.having}
    for span in draft.names:
        names = {meaning.name for meaning in span.meanings if meaning.kind == "metric"}
        if names & shown:
            continue
        for item in draft.items:
            inside = item.span.start < span.end and span.start < item.span.end
            if item.used == "time" and inside and item.span.end < span.end:
                return span.text
    return None


def denial_of_its_own(question: str, plan: Plan, view: CatalogView, values: ValueIndex | None) -> Plan | None:
    """What is asked back where things "never turned up", and beside those that did there is a value for just these: those that
    were called off before have not turned up either."""
    if (
        values is None
        or _DID_NOT.search(question) is None
        or plan.clarification is not None
        or plan.refusal is not None
    ):
        return None
    for named in plan.queries:
        for denied in _denied(named.query.where):
            known = [str(item.value) for item in values.nearest(view, denied.field, "", _FEW)]
            others = [value for value in known if phrase_key(value.replace("_", " "))[:1] in _NO]
            others = [value for value in others if value not in denied.values]
            if others:
                told = " or ".join(str(value) for value in denied.values)
                return clarify.asking(f"Do you mean {' or '.join(others)}, or all that are not {told}?", "ambiguous")
    return None


def _denied(condition: Condition | None) -> Iterator[FieldCondition]:
    """The conditions on fields that a condition says do not hold."""
    if isinstance(condition, Not):
        if isinstance(condition.condition, FieldCondition) and condition.condition.operator in ("eq", "in"):
            yield condition.condition
    elif isinstance(condition, AllOf):
        for part in condition.conditions:
            yield from _denied(part)
    elif isinstance(condition, FieldCondition) and condition.operator in ("ne", "not_in"):
        yield condition


def asks_an_analysis(draft: Draft, item: Item) -> bool:
    """Whether an item was taken as the words of an analysis, and says more than stop words do."""
    taken = item.used is not None and item.used.startswith("cue:") and item.used[4:] in ANALYSIS_CUES
    return taken and not all(is_stop(token) for token in draft.tokens[item.span.start : item.span.end])
