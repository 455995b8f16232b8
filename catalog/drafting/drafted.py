"""What a draft is made of before it is written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.models import FieldRole, FieldType
from catalog.profile import ColumnProfile, TableProfile


@dataclass(frozen=True, slots=True)
class DraftedField:
    """One field of a dataset; `remark` becomes a comment beside it."""

    name: str
    expression: str | None  # None: the column of that name
    type: FieldType
    role: FieldRole | None  # None: what follows from the type
    label: str
    synonyms: tuple[str, ...]
    column: ColumnProfile
    description: str = ""
    unit: str | None = None
    personal: str | None = None
    sample: bool | None = None
    said_as: tuple[str, ...] = ()
    value_words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # value -> words for it
    hidden: bool = False  # one value in every row: it splits nothing
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DraftedDataset:
    """One table as a dataset."""

    name: str
    table: TableProfile
    label: str
    singular: str
    synonyms: tuple[str, ...]
    fields: tuple[DraftedField, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    time: str | None = None  # a field's name, dataset.field, or none
    since: str | None = (
        None  # the field that says since when a person or a store is there, which its count is not about
    )
    display: str | None = None
    hidden: bool = False  # a single row of settings

    @property
    def has_own_time(self) -> bool:
        """Whether its rows happen at a time of their own."""
        return self.time not in (None, "none") and "." not in str(self.time)

    @property
    def has_time(self) -> bool:
        """Whether its figures have a time: its rows' own, or that of what they belong to."""
        return self.time not in (None, "none")

    def field_of(self, column: str) -> DraftedField:
        """The field of a column; KeyError where it is none (a list, a struct)."""
        for item in self.fields:
            if item.column.name == column:
                return item
        raise KeyError(column)


@dataclass(frozen=True, slots=True)
class DraftedMetric:
    """One metric: an expression or a formula."""

    name: str
    label: str
    description: str
    synonyms: tuple[str, ...] = ()
    expression: str | None = None
    dataset: str | None = None
    formula: str | None = None
    unit: str | None = None
    semi_additive: str | None = None  # dataset.field of the time it must not be added up over
    semi_additive_by: tuple[str, ...] = ()  # the last one of each of these, not the last of all
    is_state: bool = False
    time: str | None = None  # dataset.field, where it is not the dataset's
    filter: str | None = None  # SQL over dataset.field: the rows it is about
    doubt: str = ""  # what a person should confirm


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One thing a person should look at: the topic, what it is about, what was assumed and on what evidence."""

    topic: str
    subject: str
    statement: str


@dataclass(slots=True)
class Phrases:
    """Words that are taken: one phrase means one thing."""

    taken: set[str] = field(default_factory=set)

    def free(self, phrase: str) -> bool:
        """Whether nothing has this name yet."""
        return _folded(phrase) not in self.taken

    def take(self, *phrases: str) -> tuple[str, ...]:
        """Those that were free, now taken."""
        kept: list[str] = []
        for phrase in phrases:
            if phrase and self.free(phrase):
                self.taken.add(_folded(phrase))
                kept.append(phrase)
        return tuple(kept)


def _folded(phrase: str) -> str:
    return " ".join(phrase.replace("_", " ").replace("-", " ").casefold().split())
