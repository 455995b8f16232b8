"""The names of a database read as words: prefixes taken off, joined words parted, short words written out in context."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.drafting.abbreviations import ABBREVIATIONS, AMBIGUOUS, CLASS_WORDS_FIRST, IDIOMS, Sense
from catalog.drafting.common_words import COMMON_WORDS
from catalog.drafting.names import ACRONYMS, ID_WORDS, JOINED_WHOLES, plural_of, raw_words
from catalog.drafting.shortened import unshortened
from catalog.models import FieldType
from catalog.readable import singular_of

_MEANINGS = frozenset(
    word
    for meaning in (*ABBREVIATIONS.values(), *(sense.means for senses in AMBIGUOUS.values() for sense in senses))
    for word in meaning.split()
)
_COMMON = frozenset(COMMON_WORDS) | _MEANINGS - frozenset(AMBIGUOUS)
_TABLE_PREFIXES = frozenset(
    "b d dim f fact fct l lkp m mst raw ref s stg t tb tbl tab v vw x xref".split()
)  # before another word
_KIND_SIGNS = {
    FieldType.STRING: "t",
    FieldType.INTEGER: "n",
    FieldType.NUMBER: "n",
    FieldType.DATE: "d",
    FieldType.TIMESTAMP: "d",
    FieldType.BOOLEAN: "b",
}
_JOINED_WITHOUT_DOUBT = frozenset(
    {"amt", "cost", "date", "flg", "key", "nbr", "pct", "prc", "qty", "typ"}
)  # little else ends so
_JOINED_SHORTS = frozenset({"acct", "addr", "cust", "dept", "emp", "prod", "supp"})
_HEADER = re.compile(r"_(?:headers?|heads?|masters?)$")
_SHORTEST_JOINED = 4  # lnno: line, number
_MOST_SHARED = 4  # letters of a prefix that all columns of a table share
_IN_NAME, _SETTLED, _IN_SCHEMA, _IN_TABLE, _MISSING = 5.0, 4.0, 3.0, 1.0, -0.5
# What people write behind a short word without a sign between them: acctbal, custseg, opndt.
_JOINED_WITH = frozenset(
    """
    addr amount amt bal cat cd cnt code count date desc description dt dte fl flag flg grp id key lvl mgr mo name nbr nm no nr num
    number pct prc price qty quantity rt seg stat status sts time tm total tot tp ts typ type val yr
    """.split()
)

Tables = Mapping[str, Mapping[str, FieldType | None]]


@dataclass(frozen=True, slots=True)
class NameReading:
    """Names written out in whole words, in snake case: `tables` by table, `columns` by table and column."""

    tables: dict[str, str]
    columns: dict[str, dict[str, str]]


@dataclass(slots=True)
class _Reader:
    """What is known while a database is read: its own whole words, and what short words of its tables' names mean."""

    own_words: tuple[str, ...] = ()
    settled: dict[str, str] = field(default_factory=dict)

    def written_out(self, parts: list[str], kind: str, about: frozenset[str]) -> list[str]:
        """The words of one name. `about` are the whole words of its table."""
        words: list[str] = []
        place = 0
        while place < len(parts):
            pair = tuple(parts[place : place + 2])
            if pair in IDIOMS:
                words.extend(IDIOMS[pair].split())
                place += 2
                continue
            beside = frozenset(word for part in (*parts[:place], *parts[place + 1 :]) for word in _plain(part))
            meant = self._word(parts[place], kind, beside, about, 0 < place == len(parts) - 1).split()
            if words[-len(meant) :] != meant:  # floor_area_sqm says twice what it is
                words.extend(meant)
            place += 1
        return words

    def _word(self, part: str, kind: str, beside: frozenset[str], about: frozenset[str], ends: bool) -> str:
        if "flag" in beside:
            kind = "b"  # whatever it is kept as
        if part in ABBREVIATIONS:
            return ABBREVIATIONS[part]
        if part in AMBIGUOUS:
            return self._sense(part, AMBIGUOUS[part], kind, beside, about, ends)
        if part[-1] == "s" and part[:-1] in ABBREVIATIONS and part not in _COMMON:
            return plural_of(ABBREVIATIONS[part[:-1]])
        if _is_known(part) or part in self.own_words:
            return part
        return unshortened(part, self.own_words, COMMON_WORDS) or part

    def _sense(
        self, part: str, senses: tuple[Sense, ...], kind: str, beside: frozenset[str], about: frozenset[str], ends: bool
    ) -> str:
        best, most = senses[-1].means, float("-inf")
        for sense in senses:
            if kind not in sense.kinds and kind:
                continue
            if sense.ends and not ends:
                continue
            score = _IN_NAME * bool(sense.near & beside) + _IN_TABLE * min(3, len(sense.near & about))
            score += _MISSING * bool(sense.near and not sense.near & (beside | about))
            score += _SETTLED * (self.settled.get(part) == sense.means)
            score += _IN_SCHEMA * bool(set(sense.means.split()) & set(self.own_words))
            if score > most:
                best, most = sense.means, score
        return best


def read_names(tables: Tables) -> NameReading:
    """Every table's and column's name in whole words. Types decide where a short word has several meanings."""
    parts_of_table = _without_shared_prefix({name: _parts(name.rpartition(".")[2]) for name in tables})
    parts_of_columns = {
        table: _without_own_prefix({name: _parts(name) for name in columns}, parts_of_table[table])
        for table, columns in tables.items()
    }
    everything = [*parts_of_table.values(), *(parts for found in parts_of_columns.values() for parts in found.values())]
    reader = _Reader(own_words=_whole_words(everything))
    about = _words_about(tables, parts_of_table, parts_of_columns, reader)
    said: dict[str, str] = {}
    for table, parts in parts_of_table.items():
        words = reader.written_out(parts, "e", about[table])
        said[table] = "_".join(words)
        if len(parts) == 1 and parts[0] in AMBIGUOUS:
            reader.settled[parts[0]] = said[table].replace("_", " ")
    said = _without_headers(said)
    columns = {
        table: {
            name: "_".join(
                _as_said(
                    reader.written_out(
                        _own_initial_off(parts, parts_of_table[table]), _sign(tables[table][name]), about[table]
                    ),
                    _sign(tables[table][name]),
                )
            )
            for name, parts in found.items()
        }
        for table, found in parts_of_columns.items()
    }
    with_schema = {
        table: f"{table.rpartition('.')[0]}.{text}" if "." in table else text for table, text in said.items()
    }
    return NameReading(with_schema, columns)


def _words_about(
    tables: Tables, of_table: dict[str, list[str]], of_columns: dict[str, dict[str, list[str]]], reader: _Reader
) -> dict[str, frozenset[str]]:
    """What each table speaks of: the words of its columns, short ones read by those that need no context first."""
    found = {}
    for table, columns in of_columns.items():
        plain = frozenset(
            word for parts in (of_table[table], *columns.values()) for part in parts for word in _plain(part)
        )
        read = [reader.written_out(parts, _sign(tables[table][name]), plain) for name, parts in columns.items()]
        found[table] = plain | {word for words in read for word in words}
    return found


def _sign(kind: FieldType | None) -> str:
    return _KIND_SIGNS.get(kind, "") if kind else ""


def _plain(part: str) -> list[str]:
    return ABBREVIATIONS.get(part, part).split()


# -- parts ----------------------------------------------------------------------------------------------------------


def _parts(name: str) -> list[str]:
    """The parts of a name as written: joined ones parted (custno: cust, no), digits apart (addr1: addr, 1)."""
    parts: list[str] = []
    for word in raw_words(name):
        numbered = re.fullmatch(r"([a-z]+)(\d+)", word)
        if numbered and (numbered[1] in ABBREVIATIONS or numbered[1] in _COMMON):
            parts.extend((*_parted(numbered[1]), numbered[2]))
        else:
            parts.extend(_parted(word))
    return parts


def _is_known(word: str) -> bool:
    singular = word.removesuffix("s") if len(word) > 3 else word
    return (
        singular in ABBREVIATIONS
        or word in AMBIGUOUS
        or word in _COMMON
        or singular_of(word) in _COMMON
        or word in ACRONYMS
    )


def _parted(word: str) -> tuple[str, ...]:
    """A word that is two known ones written together, the longer first one preferred; else the word itself."""
    if _is_known(word) or len(word) < _SHORTEST_JOINED:
        return (word,)
    for place in range(len(word) - 2, 1, -1):
        first, second = word[:place], word[place:]
        if second in _JOINED_WITH and _is_known(first) and (len(first) > 2 or not set(first) & set("aeiou")):
            return (first, second)
        if second in _JOINED_WITHOUT_DOUBT and len(first) >= 4 and word not in JOINED_WHOLES:
            return (first, second)
        if second in _JOINED_SHORTS and _is_known(first) and len(first) >= 3:
            return (first, second)
        if _is_known(first) and second in _COMMON and len(second) >= 4 and (len(first) >= 4 or first in ABBREVIATIONS):
            return (first, second)
    return (word,)


def _whole_words(names: Iterable[list[str]]) -> tuple[str, ...]:
    """The database's own whole words, the commoner first: those of the list, and long ones that can be spoken."""
    counted = Counter(part for parts in names for part in parts)
    whole = [
        word
        for word in counted
        if word not in ABBREVIATIONS
        and word not in AMBIGUOUS
        and (word in _COMMON or (len(word) >= 6 and sum(sign in "aeiou" for sign in word) >= 2))
    ]
    return tuple(sorted(whole, key=lambda word: (-counted[word], word)))


# -- prefixes -------------------------------------------------------------------------------------------------------


def _without_shared_prefix(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """Tables' names without a prefix that all of them share (erp_), or that says it is a table (tbl_, t_, dim_)."""
    firsts = {parts[0] for parts in tables.values() if parts}
    shared = len(tables) >= 3 and len(firsts) == 1 and all(len(parts) > 1 for parts in tables.values())
    found = {name: parts[1:] if shared else parts for name, parts in tables.items()}
    return {name: _without_kind(parts) or [name.rpartition(".")[2].lower()] for name, parts in found.items()}


def _without_kind(parts: list[str]) -> list[str]:
    while len(parts) > 1 and parts[0] in _TABLE_PREFIXES:
        parts = parts[1:]
    return parts


def _without_own_prefix(columns: dict[str, list[str]], table: list[str]) -> dict[str, list[str]]:
    """Columns' names without the short prefix that nearly all of a table's share, unless it is a word (c_name, c_phone)."""
    firsts = Counter(parts[0] for parts in columns.values() if len(parts) > 1)
    first, often = max(firsts.items(), key=lambda item: item[1], default=("", 0))
    is_word = _is_known(first) or first in table
    if is_word or len(first) > _MOST_SHARED or often < 3 or often * 10 < len(columns) * 9:
        return columns
    return {name: parts[1:] if len(parts) > 1 and parts[0] == first else parts for name, parts in columns.items()}


def _own_initial_off(parts: list[str], table: list[str]) -> list[str]:
    """`ename` in a table of employees is the name."""
    if len(parts) == 2 and parts[1] == "name" and len(parts[0]) == 1 and table and table[-1].startswith(parts[0]):
        return parts[1:]
    if len(parts) == 1 and parts[0][1:] == "name" and table and table[-1][:1] == parts[0][0]:
        return ["name"]
    return parts


def _without_headers(said: dict[str, str]) -> dict[str, str]:
    """An order's header is the order, where no other table is."""
    taken = {singular_of(text) for text in said.values()}
    return {
        table: short if (short := _HEADER.sub("", text)) != text and singular_of(short) not in taken else text
        for table, text in said.items()
    }


def _as_said(words: list[str], kind: str) -> list[str]:
    return _counted(_class_word_last(words), kind)


def _class_word_last(words: list[str]) -> list[str]:
    """`dt_order` as people say it: order date."""
    if len(words) < 2 or words[0] not in CLASS_WORDS_FIRST or words[1] in ("of", "to", "from", "in", "on"):
        return words
    if words[-1] in CLASS_WORDS_FIRST or words[-1] in ID_WORDS or words[-1].endswith("s") or words[-1].isdigit():
        return words
    return [*words[1:], words[0]]


def _counted(words: list[str], kind: str) -> list[str]:
    """`nbr_beds` is the number of beds."""
    is_count = kind == "n" and len(words) == 2 and words[0] == "number" and words[1].endswith("s")
    return [words[0], "of", words[1]] if is_count else words
