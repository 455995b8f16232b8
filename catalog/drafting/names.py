"""Names of tables and columns made readable: words, abbreviations written out, the entity a table is about."""

from __future__ import annotations

import re
from functools import cache

from catalog.drafting.abbreviations import ABBREVIATIONS
from catalog.readable import singular_of

# What people join to another word without a sign between them: customerid, orderdate.
_JOINED_ENDINGS = ("number", "amount", "price", "total", "count", "date", "name", "code", "type", "time", "id")
JOINED_WHOLES = frozenset(
    """
    account android avoid barcode candidate covid daytime discount downtime fluid forename grid hybrid invalid lifetime liquid
    mandate miscount nickname overtime paid postcode prepaid prototype raid recount rename runtime solid subtotal surname
    unpaid update uptime valid viscount zipcode
    """.split()
)
ACRONYMS = frozenset(
    """
    aov api arr asin asn bic bmi cac cpc cpm cpu crm csat cvv ean ebit ebitda erp eta etd fx gdp gmv gps gpu gtin hs hts
    hvac iata iban icao icd icu id imei ip isbn iso kpi kwh ltv mmsi mrn mrr mwh nfc npi nps otp pdf pin pnl ram rfid
    roas roi sku sla sms ssn swift upc url usd utm uuid vat vin vip
    """.split()
)
_UNCOUNTABLE = frozenset(
    """
    advice census clickstream content data equipment feedback info information inventory maintenance media metadata money
    music news payroll revenue sales series software staff stock telemetry traffic usage weather
    """.split()
)
_TABLE_PREFIXES = frozenset({"dim", "fact", "fct", "tbl", "stg", "raw", "vw", "mst", "ref", "lkp"})
_TABLE_SUFFIXES = frozenset({"dim", "fact", "fct", "tbl", "table", "master", "mst", "lkp", "lookup"})

# SQL's own words, which an expression cannot hold as a name without quotes.
RESERVED = frozenset(
    """
    all analyse analyze and any array as asc at between both by case cast check collate column constraint create cross current
    default deferrable delete desc describe distinct do drop else end except exists extract false fetch for foreign from full
    grant group grouping having if in initially inner insert intersect interval into is join lambda lateral leading left like
    limit localtime localtimestamp natural not null offset on only or order outer over overlaps partition pivot placing primary
    qualify range references returning right row rows select set show similar some summarize symmetric table tablesample then
    to trailing true union unique unnest unpivot update user using values variadic when where window with within
    """.split()
)

# The words by which a column says that it identifies something.
ID_WORDS = frozenset({"id", "key", "code", "number", "uuid", "guid", "sk", "fk", "pk", "ref", "reference"})
NATURAL_KEYS = frozenset({"sku", "isbn", "ean", "upc", "iata", "icao", "vin", "ticker", "slug"})


_SAYS_WHETHER = frozenset({"is", "has", "was", "are"})
_FLAGS = frozenset({"flag", "indicator", "switch", "yn"})


@cache
def raw_words(name: str) -> tuple[str, ...]:
    """The words of a name as written, lower case: `OrderID`, "Order ID", `order_id` and `orderid` give order, id."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Z][a-z])", " ", name.strip())
    words = [word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word]
    if len(words) == 1 and words[0] not in JOINED_WHOLES and words[0] not in ABBREVIATIONS:
        word = words[0]
        for ending in _JOINED_ENDINGS:
            if word.endswith(ending) and len(word) >= len(ending) + 3:
                return (word.removesuffix(ending), ending)
    return tuple(words)


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, lower case, unmistakable abbreviations written out: `ord_qty` gives order, quantity."""
    found: list[str] = []
    for word in raw_words(name):
        found.extend(ABBREVIATIONS.get(word, word).split())
    return tuple(found)


def is_initials(word: str) -> bool:
    """Whether it is the first letters of the words it stands for: po, of purchase order."""
    written_out = ABBREVIATIONS.get(word, "").split()
    return len(written_out) > 1 and word == "".join(part[0] for part in written_out)


def with_initials(name: str) -> tuple[str, ...]:
    """A name with the initials people know and the rest written out: PO date, of po_dt; none where it has no initials."""
    raw = raw_words(name)
    words = [word.upper() if is_initials(word) else ABBREVIATIONS.get(word, word) for word in raw]
    return (" ".join(words),) if len(words) > 1 and any(word.isupper() for word in words) else ()


@cache
def entity_of(table: str) -> tuple[str, ...]:
    """What a row of a table is, in words, singular: `dim_customers` gives customer, `OrderDetails` order, detail."""
    words = list(words_of(table.rpartition(".")[2]))
    while len(words) > 1 and words[0] in _TABLE_PREFIXES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _TABLE_SUFFIXES:
        words = words[:-1]
    return tuple(singular_of(" ".join(words)).split()) if words else (table.lower(),)


@cache
def without_id_words(name: str) -> tuple[str, ...]:
    """The words of a column's name without those that say it identifies something: `customer_id` gives customer."""
    words = words_of(name)
    while words and words[-1] in ID_WORDS:
        words = words[:-1]
    while words and words[0] in ("id", "fk", "pk", "sk"):
        words = words[1:]
    return words


def is_id_like(name: str) -> bool:
    """Whether a column's name says that it identifies something."""
    words = words_of(name)
    return bool(words) and (
        words[-1] in ID_WORDS - {"reference"} or words[-1] in NATURAL_KEYS or words[0] in ("id", "fk", "pk")
    )


def said_of_flag(words: tuple[str, ...]) -> tuple[str, ...]:
    """What holds where a flag is set: `is_billable` and `billable_flag` give billable."""
    while len(words) > 1 and words[0] in _SAYS_WHETHER:
        words = words[1:]
    while len(words) > 1 and words[-1] in _FLAGS:
        words = words[:-1]
    return words


def identifier_of(name: str) -> str:
    """A catalog name: letters, digits and _, words kept as written: `Order Details` gives order_details."""
    words = raw_words(name)
    text = "_".join(re.sub(r"[^a-z0-9]", "", word) for word in words) or "field"
    return (f"n{text}" if text[0].isdigit() else text)[:100]


def readable(words: tuple[str, ...] | list[str]) -> str:
    """Words as people write them: acronyms in capitals."""
    return " ".join(word.upper() if word in ACRONYMS else word for word in words)


def capitalised(text: str) -> str:
    """The first letter a capital."""
    return text[:1].upper() + text[1:]


def is_uncountable(text: str) -> bool:
    """Whether people do not count it: feedback, stock."""
    return text.rpartition(" ")[2] in _UNCOUNTABLE


def plural_of(text: str) -> str:
    """English, by the common endings: "order item" as "order items", "category" as "categories"."""
    if is_uncountable(text):
        return text
    head, _, last = text.rpartition(" ")
    if last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        last = last[:-1] + "ies"
    elif last == "person":
        last = "people"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last += "" if last.endswith("s") and not last.endswith("ss") else "es"
    else:
        last += "s"
    return f"{head} {last}" if head else last
