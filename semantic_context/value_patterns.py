"""Values that are said with a word beside them, by the catalog's patterns: "store {value}" finds 5 in "store 5"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.models import Catalog, FieldType
from catalog.query import Scalar
from semantic_context.numbers import NUMBER_WORDS
from semantic_context.value_keys import value_words
from semantic_context.words import Token

_NUMBER_SIGNS = {"#", "no", "nr", "number", "num"}
_BETWEEN = {",", "and", "or", "&"}


@dataclass(frozen=True, slots=True)
class ValuePattern:
    """Words before and after a bare value of a field."""

    dataset: str
    field: str
    type: FieldType
    before: tuple[str, ...]
    after: tuple[str, ...]


def value_patterns(catalog: Catalog) -> tuple[ValuePattern, ...]:
    """The catalog's patterns, for fields that are not hidden or personal; one of the bare value alone is none."""
    found: list[ValuePattern] = []
    for dataset in catalog.datasets:
        for item in dataset.fields:
            if dataset.hidden or item.personal_data:
                continue
            for pattern in item.values.said_as:
                before, _, after = pattern.partition("{value}")
                words = value_words(before), value_words(after)
                if any(words):
                    found.append(ValuePattern(dataset.name, item.name, item.type, *words))
    return tuple(found)


def pattern_hits(
    patterns: Sequence[ValuePattern], tokens: Sequence[Token]
) -> Iterator[tuple[ValuePattern, tuple[int, int], tuple[Scalar, ...]]]:
    """Each pattern where it stands: its span in tokens and the values, several where they are listed ("stores 1 and 2")."""
    bases = [token.base for token in tokens]
    for pattern in patterns:
        size = len(pattern.before)
        for start in range(len(tokens)):
            if tuple(bases[start : start + size]) != pattern.before:
                continue
            position = start + size
            position = _behind_the_word_for_number(tokens, position)
            values: list[Scalar] = []
            stop = position
            while stop < len(tokens) and (value := _value(tokens[stop], pattern.type)) is not None:
                values.append(value)
                position = stop + 1
                stop = position
                while stop < len(tokens) and tokens[stop].folded in _BETWEEN:
                    stop += 1
                if stop == position or pattern.after:
                    break
            if not values:
                continue
            if tuple(bases[position : position + len(pattern.after)]) != pattern.after:
                continue
            yield pattern, (start, position + len(pattern.after)), tuple(values)


def _behind_the_word_for_number(tokens: Sequence[Token], position: int) -> int:
    """Where the number stands of "store number 3", "store no. 3", "store #3"; the place itself where no such word leads to one."""
    behind = position
    if behind < len(tokens) and tokens[behind].folded in _NUMBER_SIGNS:
        behind += 1
        if behind < len(tokens) and tokens[behind].text == ".":
            behind += 1
    return behind if behind < len(tokens) and tokens[behind].text.isdigit() else position


def _value(token: Token, kind: FieldType) -> Scalar:
    """The value that a token is, of the field's type; None where it is none."""
    text = token.text
    if kind is FieldType.INTEGER:
        if text.isdigit():
            return int(text)
        return NUMBER_WORDS.get(token.folded)
    if kind is FieldType.NUMBER:
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return None
    return text if kind is FieldType.STRING and any(char.isdigit() for char in text) else None
