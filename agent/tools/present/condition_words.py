"""Conditions in words: what a question was narrowed to, and the bounds it set."""

from __future__ import annotations

from agent.tools.present.display_text import shown_name
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import as_decimal, format_number
from agent.tools.present.table_columns import Measure
from agent.tools.present.table_reading import TableReading
from catalog.access import CatalogView
from catalog.query import AllOf, Condition, FieldCondition, Scalar

NOT_SIMPLE = ""  # stands for a condition that a few words cannot say
_MAXIMUM_VALUES = 3
_BOUND_WORDS = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most", "eq": "exactly"}


def condition_values(
    condition: Condition | None, view: CatalogView, groups: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The values a condition narrows to, as words, one for each field; NOT_SIMPLE among them where it says more. That the
    fields of `groups` are known goes without saying: the rows name them."""
    if condition is None:
        return ()
    if isinstance(condition, AllOf):
        return tuple(value for item in condition.conditions for value in condition_values(item, view, groups))
    if isinstance(condition, FieldCondition) and condition.operator == "is_not_null" and condition.field in groups:
        return ()
    if (
        not isinstance(condition, FieldCondition)
        or condition.operator not in ("eq", "in")
        or condition.part is not None
        or condition.grain is not None
        or not 0 < len(condition.values) <= _MAXIMUM_VALUES
    ):
        return (NOT_SIMPLE,)
    dataset, _, name = condition.field.partition(".")
    seen = view.datasets.get(dataset)
    field = seen.field_by_name.get(name) if seen else None
    label = mid_sentence(field.label) if field else name.replace("_", " ")
    return (" or ".join(_value_words(value, label) for value in condition.values),)


def fields_narrowed(condition: Condition | None) -> tuple[str, ...]:
    """The fields (dataset.field) that a condition holds to values, those inside "and" too."""
    if isinstance(condition, AllOf):
        return tuple(name for item in condition.conditions for name in fields_narrowed(item))
    return (condition.field,) if isinstance(condition, FieldCondition) and condition.operator in ("eq", "in") else ()


def scope_words(values: tuple[str, ...]) -> str:
    """ " for web", with a leading space; " for the selection" where a few words cannot say it."""
    if not values:
        return ""
    return " for the selection" if NOT_SIMPLE in values else f" for {', '.join(values)}"


def bound_words(reading: TableReading, measure: Measure) -> str:
    """The bound a question set on a measure ("above $100"); empty where it set none, or several."""
    query = reading.query
    having = [item for item in query.having if item.operator != "is_not_null"] if query is not None else []
    if len(having) != 1 or having[0].column != measure.name or having[0].operator not in _BOUND_WORDS:
        return ""
    bound = having[0].values[0] if having[0].values else None
    if as_decimal(bound) is None:
        return ""
    return f"{_BOUND_WORDS[having[0].operator]} {format_number(bound, measure.unit, 'headline', measure.pattern)}"


def _value_words(value: Scalar, label: str) -> str:
    if isinstance(value, str):
        return shown_name(value)
    if isinstance(value, bool):
        return label if value else f"not {label}"
    return f"{label} {shown_name(value)}"
