"""What a role may not have, in whatever words it is asked for: people's data, what people wrote, denied figures and things,
changes of the data. Such a question is refused by its rule instead of asked back about.

It is told by words alone, from the whole catalog's names and what everybody calls personal: nobody's name is looked up, so that a
refusal is the same whether somebody of that name exists or not. Only the ways to reach somebody are known by their values.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cached_property

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import FUNCTION_WORDS
from catalog.access import CatalogView
from catalog.models import CatalogField, Dataset, FieldRole
from catalog.plan import Plan, Refusal
from catalog.query import FieldDimension
from semantic_context.linking import PhraseTable
from semantic_context.values import ValueHit
from semantic_context.words import Token, phrase_key, tokenize

Phrase = tuple[str, ...]
ValuesNamed = Callable[[tuple[Token, ...]], tuple[ValueHit, ...]]

WRITES = "I only read data: nothing is changed, added or deleted here."
_NOT_YOURS = "Your role may not see that. Ask for a figure that it has: “what can I ask?” lists them."
_OTHERS_WORDS = (
    "What people wrote is personal data, which your role may not see. Counts and totals over groups are fine."
)
_LONGEST_PHRASE = 5
# Asked about, not understood, or one of several: nothing of it was answered.
_MAY_BE_REFUSED = frozenset({"unknown_word", "unknown_metric", "ambiguous", "unsupported"})
# Data of people that no business need call by another name. Words that also name figures stand only beside others.
_PERSONAL = """
phone|phone number|telephone|telephone number|mobile number|cell number|fax number|email|mailing list|email address|e mail
|mail address|home address|postal address|street address|contact detail|contact data|full name|first name
|last name|surname|birthday|birth date|date of birth|password|passphrase|social security number
|ssn|national id|passport|passport number|driver license|tax id|iban|bank account|account number|credit card
|card number|cvv|medical record|personal data|personal detail|home town of
"""
_PERSONAL_PHRASES = frozenset(phrase_key(" ".join(words.split())) for words in _PERSONAL.split("|"))
_OF_PEOPLE_ONLY = frozenset(
    {("phone",), ("telephone",), ("email",), ("e", "mail")}
)  # channels and goods are called so, too
_KEPT_IN_ROWS = frozenset({"price", "stock", "status", "name", "cost"})  # though figures are called by them, too
_PAY_WORDS = frozenset({"salary", "wage", "payslip", "paycheck"})  # of somebody, where no figure is called so
_WRITTEN = re.compile(
    r"\b(?:texts?|wording|verbatims?|comments?|remarks?|messages?|quotes?)\b|"
    r"\bwhat\s+(?:do|does|did|has|have)\b.*\b(?:write|wrote|written|say|said|comment|complain\s+about)\b|"
    r"\bwhat\s+(?:(?:the|our|their|his|her|all)\s+)?\w+\s+(?:wrote|have written|had written|commented)\b",
    re.IGNORECASE,
)
# A way to reach somebody, not somebody's number: "booked by phone", "on the website or by e-mail".
_BY_CHANNEL = re.compile(
    r"\b(?:or|and|made|came|come|[a-z]{2,}ed)\s+(?:by|via|over the)\s+(?:phone|telephone|e-?mail)\b(?!\s+(?:numbers?|address))",
    re.IGNORECASE,
)
_LISTED = re.compile(r",? (?:and|or|versus|vs\.?) (?:(?:with|by|via|for|on|in|through|over) )?|, ", re.IGNORECASE)
_SAYING = re.compile(
    r"^\s*(?:\w+\s+){0,3}?what\s+(?:do|does|did)\s+(?P<who>.+?)\s+(?:write|say|comment)\b(?!\s+about)", re.IGNORECASE
)
_COUNTS = re.compile(r"\b(?:how many|number of|count|distinct)\b", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:called(?! (?:off|in|back|up)\b)|named|by the name of)\b", re.IGNORECASE)
_BY_NAME = re.compile(r"\b(?:by|with|and|their|whose) names?\b", re.IGNORECASE)
_WHO = re.compile(r"^\s*who\b(?!\s+(?:is|are)\s+(?:you|i)\b)", re.IGNORECASE)
_ORDER = re.compile(
    r"^\s*(?:(?:please|pls|kindly|now|can you|could you|would you|i want you to|i need you to|go and|just|then|hey|ok|okay)[\s,]+)*"
    r"(?P<verb>add|create|make|drop|remove|update|fix|edit|replace|rename|correct|restock|overwrite|register|upload|put)\s+"
    r"(?P<determiner>(?:(?:the|an?|all|every|each|my|our|this|that|these|those|any|some|another|one|new|wrong|old)\s+)*)"
    r"(?P<what>[^?]+?)\s*[.!]*$",
    re.IGNORECASE,
)
_MAKING = frozenset({"add", "create", "make", "put", "register", "upload"})
_NEEDS_DETERMINER = _MAKING | {"drop", "remove"}
# Words of a question about figures: what follows an order's verb is then no order to change rows.
_ABOUT_FIGURES = re.compile(
    r"\b(?:by|per|versus|vs|compared|beside|rate|trend|breakdown|share|chart|table above|total|average|filter|from|over time|"
    r"month|quarter|week|year|in \d{4}|to (?:that|this|it|the (?:chart|answer|list|breakdown)))\b",
    re.IGNORECASE,
)


class NotGranted:
    """What one view may not have. Made once for a planner."""

    def __init__(self, view: CatalogView, phrases: PhraseTable, values_named: ValuesNamed) -> None:
        self._view = view
        self._phrases = phrases
        self._values_named = values_named

    def order(self, text: str) -> Plan | None:
        """A refusal of an order to change rows: a verb of change, and then a thing or field of the business."""
        match = _ORDER.match(text)
        if match is None or _ABOUT_FIGURES.search(match["what"]):
            return None
        if match["verb"].casefold() in _NEEDS_DETERMINER and not match["determiner"]:
            return None
        words = phrase_key(match["what"])
        if match["verb"].casefold() in _MAKING:
            named = bool(words) and words[0] in self._words_of_things
        else:
            named = any(word in self._words_of_rows for word in words[:4])
        if not named or (words and words[0] in ("me", "us")):
            return None
        return Plan(refusal=Refusal(rule="write", reason=WRITES), confidence=1.0)

    def settled(self, plan: Plan, text: str) -> Plan:
        """The plan, or the refusal that its question deserves."""
        if plan.refusal is not None or plan.shape in ("overview", "definition"):
            return plan
        keys = tuple(token.base for token in tokenize(text) if token.is_word or token.text.isdigit())
        asked = plan.clarification
        if asked is None:
            return self._of_an_answer(plan, text, keys)
        if asked.reason not in _MAY_BE_REFUSED:
            return plan
        unexplained = frozenset(word for phrase in asked.unexplained for word in phrase_key(phrase))
        if self._is_personal(text, keys, unexplained):
            return clarify.personal_data()
        if self._asks_what_is_written(text) and self._hides_what_is_written and not self._shows_texts:
            return clarify.personal_data(_OTHERS_WORDS)
        if asked.reason == "unsupported" and not unexplained:
            return plan  # every word was understood: "CAC by search, video and email" names a channel
        if any(self._denied.get(phrase) for phrase in _runs(keys)):
            return Plan(refusal=Refusal(rule="not_granted", reason=_NOT_YOURS))
        return plan

    def lists_ways(self, text: str) -> bool:
        """Whether ways to reach people are listed, "CSAT with chat or with email": a value beside another one of its field is
        nobody's address. What is listed beside a name or another address is one, and so is what is said once more."""
        tokens = tokenize(text)
        said = [token.base for token in tokens]
        hits = [hit for hit in self._values_named(tokens) if hit.how == "exact"]
        for first, other in itertools.permutations(hits, 2):
            between = text[min(first.end, other.end) : max(first.start, other.start)]
            if first.reference != other.reference or not _LISTED.fullmatch(between):
                continue
            way = phrase_key(first.label)
            once = said.count(way[0]) == 1 if way else False
            if once and way in _OF_PEOPLE_ONLY and phrase_key(other.label) not in _PERSONAL_PHRASES:
                return True
        return False

    def _asks_what_is_written(self, text: str) -> bool:
        """Whether a question is about what people wrote; "the share of quotes" is not where quotes are things of the business."""
        things = {word for dataset in self._view.datasets.values() for word in _words_of(dataset)}
        return any(not set(phrase_key(found[0])) <= things for found in _WRITTEN.finditer(text))

    def _of_an_answer(self, plan: Plan, text: str, keys: Phrase) -> Plan:
        """A name of several words that is denied is not answered by what one of its words means elsewhere."""
        said = _SAYING.match(text)
        hidden = self._hides_what_is_written and not self._shows_texts
        if hidden and said is not None and set(phrase_key(said["who"])) & self._words_of_writers:
            return clarify.personal_data(_OTHERS_WORDS)
        if any(len(phrase) > 1 and self._denied.get(phrase) == "all" for phrase in _runs(keys)):
            return Plan(refusal=Refusal(rule="not_granted", reason=_NOT_YOURS))
        if _WHO.match(text) and self._hidden_of("name") and self._groups_by_keys_alone(plan):
            return clarify.personal_data()
        return plan

    def _is_personal(self, text: str, keys: Phrase, unexplained: frozenset[str]) -> bool:
        if self._may_count_people and _COUNTS.search(text):
            return False
        of_people = bool(self._words_of_writers & set(keys)) and not _BY_CHANNEL.search(text)
        of_people = of_people and not self.lists_ways(text)
        for phrase in _runs(keys):
            if phrase in _PERSONAL_PHRASES and (of_people or phrase not in _OF_PEOPLE_ONLY):
                meanings = self._phrases.means(" ".join(phrase))
                if not meanings or any(meaning.kind == "denied" for meaning in meanings):
                    return True
        if unexplained & _PAY_WORDS:
            return True
        if not self._hidden_of("name"):
            return False
        return bool(_BY_NAME.search(text)) or bool(_CALLED.search(text) and unexplained)

    def _groups_by_keys_alone(self, plan: Plan) -> bool:
        groups = [group for named in plan.queries for group in named.query.group_by]
        fields = [group for group in groups if isinstance(group, FieldDimension)]
        return bool(fields) and all(self._view.whole.field(group.field).role is FieldRole.KEY for group in fields)

    def _hidden_of(self, kind: str) -> bool:
        whole = self._view.whole
        return any(whole.field(name).personal_data == kind for name in self._view.denied_personal_fields)

    @cached_property
    def _may_count_people(self) -> bool:
        """Whether people's data are counted for the role, though never shown."""
        return any(
            item.personal_data and self._view.access_to(dataset, item) == "aggregate_only"
            for dataset in self._view.datasets.values()
            for item in dataset.fields
        )

    @cached_property
    def _hides_what_is_written(self) -> bool:
        return self._hidden_of("free_text")

    @cached_property
    def _shows_texts(self) -> bool:
        """Whether some text that people wrote is the role's to see."""
        return any(
            item.role is FieldRole.TEXT and self._view.access_to(dataset, item) == "show"
            for dataset in self._view.datasets.values()
            for item in dataset.fields
        )

    @cached_property
    def _words_of_writers(self) -> frozenset[str]:
        """The words for people, and for the things that they wrote."""
        named = {name.partition(".")[0] for name in self._view.denied_personal_fields}
        words = {word for name in named for word in _words_of(self._view.whole.dataset_by_name[name])}
        return frozenset(
            words | {"they", "people", "person", "customer", "user", "client", "buyer", "everyone", "everybody"}
        )

    @cached_property
    def _words_of_things(self) -> frozenset[str]:
        """Each word that names a dataset."""
        return frozenset(word for dataset in self._view.whole.datasets for word in _words_of(dataset)) - FUNCTION_WORDS

    @cached_property
    def _words_of_rows(self) -> frozenset[str]:
        """Each word that names a dataset or one of its fields, but those that figures alone are called by."""
        whole = self._view.whole
        fields = {
            word
            for dataset in whole.datasets
            for item in dataset.fields
            for name in _names_of(item)
            for word in phrase_key(name)
        }
        figures = {
            word
            for metric in whole.metrics
            for name in (metric.label, *metric.words.synonyms)
            for word in phrase_key(name)
        }
        kept = fields - figures - FUNCTION_WORDS
        return self._words_of_things | kept | (_KEPT_IN_ROWS & fields)

    @cached_property
    def _denied(self) -> dict[Phrase, str]:
        """Names that stand for nothing the role may have: "all" of it is denied, or it may be "count"ed."""
        view, found = self._view, {}
        for metric in view.whole.metrics:
            if metric.name not in view.metrics and not metric.hidden:
                for name in (metric.name, metric.label, *metric.words.synonyms):
                    found[phrase_key(name)] = "all"
        for dataset in view.whole.datasets:
            if dataset.hidden:
                continue
            seen = dataset.name in view.datasets
            if not seen:
                for name in (dataset.label, dataset.singular, *dataset.words.synonyms):
                    found[phrase_key(name)] = "all"
            for item in dataset.fields:
                access = view.access_to(dataset, item) if seen else "deny"
                if access != "show" and item.role is not FieldRole.KEY and not item.hidden:
                    for name in _names_of(item):
                        phrase = phrase_key(name)
                        # One word of people's data may be another thing's name, too ("email", a channel): see _is_personal.
                        if len(phrase) > 1 or not item.personal_data:
                            found.setdefault(phrase, "count" if access == "aggregate_only" else "all")
        return {
            phrase: kind
            for phrase, kind in found.items()
            if phrase and not any(meaning.kind != "denied" for meaning in self._phrases.means(" ".join(phrase)))
        }


def _names_of(item: CatalogField) -> tuple[str, ...]:
    return (item.label, *item.words.synonyms)


def _words_of(dataset: Dataset) -> Iterator[str]:
    for name in (dataset.label, dataset.singular, *dataset.words.synonyms):
        yield from phrase_key(name)


def _runs(keys: Phrase) -> Iterator[Phrase]:
    """Every run of a question's words, up to the longest that a name has."""
    for start in range(len(keys)):
        for end in range(start + 1, min(len(keys), start + _LONGEST_PHRASE) + 1):
            yield keys[start:end]
