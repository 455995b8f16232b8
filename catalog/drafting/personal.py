"""Which columns hold personal data, by their names and by what their values look like."""

from __future__ import annotations

from catalog.drafting.names import entity_of, words_of
from catalog.models import FieldType
from catalog.profile import ColumnProfile, TableProfile
from catalog.rules.personal_data_is_marked import personal_kind

PERSON_ENTITIES = frozenset(
    """
    actor agent applicant author buyer candidate client colleague contact customer doctor donor driver employee guest
    guardian instructor lead member nurse owner parent passenger patient person people physician player professor
    relative rep respondent seller staff student subscriber supporter teacher technician tenant traveller user visitor
    volunteer worker
    """.split()
)
# Who may be a company as well as a person.
_EITHER = frozenset(
    "account agent buyer client customer dealer donor member owner partner seller subscriber supplier tenant vendor".split()
)
_OF_COMPANIES = frozenset(
    "company contact duns employees headcount industry legal manager sector subsidiary vat website".split()
)
_OF_PERSONS = frozenset("age birth first gender given last maiden marital middle salutation sex surname".split())
_NOTES = frozenset(
    {"note", "notes", "comment", "comments", "remark", "remarks", "feedback", "message", "review", "memo", "narrative"}
)
_PERSON_NAME_WORDS = frozenset(
    {"first", "last", "given", "family", "middle", "sur", "full", "maiden", "nick", "contact"}
)
_PATTERN_KINDS = ("email", "national_id", "payment", "ip_address", "phone", "address")
_MOST = 0.6  # of the values, for a pattern to decide
_CLUES = 2  # columns that speak of a company: one alone may speak of a person's
_SOME_NAMES = 0.3  # given names are too many to list them all


def is_about_persons(table: TableProfile) -> bool:
    """Whether a row is a person, by the table's name; clients and such may be companies, which their other columns say."""
    entity = entity_of(table.said)[-1]
    return entity in PERSON_ENTITIES and not (entity in _EITHER and _is_about_companies(table))


def _is_about_companies(table: TableProfile) -> bool:
    """Whether columns speak of a company (its sector, a contact there, its account manager) and none of a person."""
    own = set(entity_of(table.said))
    said = [words_of(column.said) for column in table.columns]
    named = {word for words in said for word in words} - own
    clues = [words for words in said if set(words) & _OF_COMPANIES - own and words != ("contact",)]
    looks = [column.patterns.get("person_name", 0.0) for column in table.columns if words_of(column.said)[-1] == "name"]
    return len(clues) >= _CLUES and not named & _OF_PERSONS and max(looks, default=0.0) < _SOME_NAMES / 2


def personal_data_of(table: TableProfile, column: ColumnProfile) -> tuple[str, str] | None:
    """The kind of personal data that a column seems to hold and why; None where nothing points to it."""
    words = words_of(column.said)
    if column.type is FieldType.BOOLEAN or column.type is None:
        return None
    named = personal_kind("_".join(words)) or personal_kind(column.name)
    if named is not None and _fits(named, column):
        return named, "its name says so"
    if column.type is not FieldType.STRING:
        return None
    looks = column.patterns
    for kind in _PATTERN_KINDS:
        if looks.get(kind, 0.0) >= _MOST:
            return kind, f"{looks[kind]:.0%} of its values look like it"
    return _name(table, column, words) or _free_text(column, words)


def _fits(kind: str, column: ColumnProfile) -> bool:
    """A name that says a kind is not believed where the type cannot hold it."""
    if kind == "birth_date":
        return column.type is not FieldType.NUMBER
    return column.type is FieldType.STRING or kind in ("phone", "national_id", "payment")


def _name(table: TableProfile, column: ColumnProfile, words: tuple[str, ...]) -> tuple[str, str] | None:
    looks = column.patterns
    if looks.get("person_name", 0.0) >= _SOME_NAMES or looks.get("given_name", 0.0) >= 0.5:
        share = max(looks.get("person_name", 0.0), looks.get("given_name", 0.0))
        return "name", f"{share:.0%} of its values begin with a given name"
    says_name = words[-1:] == ("name",) or words[-1:] == ("surname",)
    if not says_name or looks.get("company", 0.0) >= 0.2:
        return None
    entity = entity_of(table.said)[-1]
    if words[:-1] and set(words[:-1]) <= set(entity_of(table.said)) and not is_about_persons(table):
        return None  # the name of what the row is, which is no person
    if set(words[:-1]) & (_PERSON_NAME_WORDS | PERSON_ENTITIES) or (
        is_about_persons(table) and set(words[:-1]) <= {entity}
    ):
        return "name", "its name says so"
    return None


def _free_text(column: ColumnProfile, words: tuple[str, ...]) -> tuple[str, str] | None:
    if set(words) & _NOTES:
        return "free_text", "notes may hold anything about a person"
    if (
        column.patterns.get("sentence", 0.0) >= 0.5
        and (column.average_length or 0.0) >= 40
        and "description" not in words
    ):
        return "free_text", "its values are sentences"
    return None
