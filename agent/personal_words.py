"""Personal values in texts: what a prompt must not hold, found by asking the data themselves.

A text of the catalog or a question may quote a person: in a description, a verified question, an example. Words that are
no others are looked up in the fields marked personal, once for each data; what is found there is taken out of every prompt.
"""

from __future__ import annotations

import calendar
import logging
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator

from agent.errors import DatabaseUnavailableError, PolicyRefusal, QueryError, WarehouseError
from agent.planners.model.redaction import without_personal
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.known_values import known_values_statement
from agent.tools.warehouse.result import ResultTable
from catalog.models import Catalog, CatalogField, Dataset
from semantic_context.words import base_form

logger = logging.getLogger(__name__)
_PIECE = re.compile(r"[^\s,;:!?()\[\]{}<>“”\"|]+")
_LONGEST = 4
_SHORTEST_LETTERS = 3
_AT_ONCE = 5_000
_MOST_REMEMBERED = 20_000
_TIMES = frozenset(
    name.casefold() for names in (calendar.month_name, calendar.month_abbr, calendar.day_name) for name in names if name
)
_INSTEAD = "(personal value)"


class PersonalWords:
    """Finds and takes out the personal values of one database. Safe between threads."""

    def __init__(
        self, catalog: Catalog, run: Callable[[GuardedStatement], ResultTable], plain_words: Collection[str]
    ) -> None:
        """`plain_words` are those that questions of any business are made of: they are taken for nobody's name."""
        self._fields = tuple(_personal_fields(catalog))
        self._run = run
        self._known = frozenset(plain_words) | _TIMES
        self._looked_up: set[str] = set()
        self._personal: set[str] = set()
        self._cleaned: dict[str, str] = {}
        self._has_looked_up = False
        self._lock = threading.Lock()

    def clean(self, text: str) -> str:
        """The text without what looks personal and without the personal values that were found in it."""
        cleaned = self._cleaned.get(text)
        if cleaned is None:
            self.look_up((text,))
            cleaned = without_personal(self._without_known(text))
            with self._lock:
                if len(self._cleaned) >= _MOST_REMEMBERED:
                    self._cleaned.clear()
                self._cleaned[text] = cleaned
        return cleaned

    def look_up_once(self, texts: Callable[[], Iterable[str]]) -> None:
        """Asks the data about texts that do not change, the first time that it is called."""
        if not self._has_looked_up:
            self.look_up(texts())
            self._has_looked_up = True

    def look_up(self, texts: Iterable[str]) -> None:
        """Asks the data about the words of some texts that it was not asked about before."""
        if not self._fields:
            return
        with self._lock:
            new = [item for text in texts for item in self._candidates(text) if item not in self._looked_up]
            new = list(dict.fromkeys(new))
            for start in range(0, len(new), _AT_ONCE):
                self._ask(new[start : start + _AT_ONCE])
            self._looked_up.update(new)

    def _ask(self, texts: list[str]) -> None:
        for dataset, field in self._fields:
            try:
                found = self._run(known_values_statement(dataset, field, texts))
            except (WarehouseError, QueryError, PolicyRefusal, DatabaseUnavailableError) as error:
                # Where the data cannot say, a word counts as personal: a prompt is worse for it, and nothing leaves.
                logger.warning("personal values cannot be looked up (%s); unknown words stay out of prompts", error)
                self._personal.update(texts)
                return
            self._personal.update(str(row[0]) for row in found.rows)

    def _candidates(self, text: str) -> Iterator[str]:
        """Runs of up to four words, as values may be written, that are not all words of any question."""
        pieces = [match[0].strip(".'’").casefold() for match in _PIECE.finditer(text)]
        for start in range(len(pieces)):
            for end in range(start + 1, min(start + _LONGEST, len(pieces)) + 1):
                run = pieces[start:end]
                if self._may_be_personal(run):
                    yield " ".join(run)

    def _may_be_personal(self, run: list[str]) -> bool:
        unknown = [piece for piece in run if base_form(piece) not in self._known and piece not in self._known]
        if not unknown or (run[0] not in unknown and run[-1] not in unknown):
            return False
        return len(" ".join(run)) >= _SHORTEST_LETTERS and not all(piece.isdigit() and len(piece) < 5 for piece in run)

    def _without_known(self, text: str) -> str:
        found = [item for item in self._candidates(text) if item in self._personal]
        for item in sorted(set(found), key=len, reverse=True):
            words = r"[\s,;:!?()\[\]{}<>“”\"|.'’]+".join(re.escape(word) for word in item.split())
            text = re.sub(rf"(?<!\w){words}(?!\w)", _INSTEAD, text, flags=re.IGNORECASE)
        return text


def _personal_fields(catalog: Catalog) -> Iterator[tuple[Dataset, CatalogField]]:
    for dataset in catalog.datasets:
        for item in dataset.fields:
            if item.personal_data:
                yield dataset, item


def catalog_texts(catalog: Catalog) -> Iterator[str]:
    """Every text of a catalog that a prompt may hold."""
    for metric in catalog.metrics:
        yield from (metric.label, metric.description, *metric.words.synonyms)
    for dataset in catalog.datasets:
        for item in dataset.fields:
            yield from (item.label, item.description, *item.words.synonyms)
    for verified in catalog.verified_questions:
        yield verified.question
