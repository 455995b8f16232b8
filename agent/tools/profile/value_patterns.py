"""Which kinds of personal data a column's values look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+|\(|00|\d)[\d\s().\-/x]{6,22}\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?")
_CARD = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}")
_URL = re.compile(r"(?:https?://|www\.)\S+|/[\w\-./?=&%]*")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{24,64}")
_STREET = re.compile(
    r"(?=.*\d)(?=.*(?:\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|lane|ln|drive|dr|way|square|sq|court|ct|place|rua|rue|"
    r"calle|via|av|avda|platz|weg|allee|plaza)\b|stra(?:ss|ß)e|str\.|gatan|vej)).+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_NAME_SHAPE = re.compile(
    r"(?:[A-Z]\w?\.\s)?[A-Z][\w'’\-]+(?:\s(?:[A-Z][\w'’\-]*\.?|de|da|van|von|der|la|le|di|dos)){0,4}"
)
_WORDS = re.compile(r"\S+")

# Given names that are common in many countries: a column where many values begin with one holds persons.
_GIVEN_NAMES = frozenset(
    """
    aaron adam adrian agnes ahmed aisha alan alejandro alex alexander alexandra alice alicia amanda amelia amir amy ana andre
    andrea andreas andrew angela anita ann anna anne annette anthony antonio arthur astrid barbara beatrice ben benjamin bernard
    bjorn brian bruno camila camille carine carl carla carlos carmen caroline catherine cecilia charles charlotte chen chloe
    chris christian christina christine christopher clara claire claudia daan daniel daniela david deborah denise dennis diana
    diego dieter dominique donald dorothy edward elena elisabeth elizabeth ella emily emma enrique eric erik ethan eva evelyn
    fatima felipe felix fernanda fernando francis francisco francois frank fred frederic gabriel gabriela gary george gerard
    giovanni grace greg gustavo hannah hans harry hassan heather heidi helen helena helga henriette henry hiroshi howard hugo
    ian ibrahim ines ingrid irene isabel isabella ivan jack jacob jaime james jan jane janet jason javier jean jennifer jens
    jessica jim joan joao joe johan john jonas jonathan jorge jose joseph joshua juan judith julia julie karen karin karl kate
    katherine kenji kevin klaus kumar kyle lars laura lauren leila lena leo leonardo liam lily linda lisa louis luca lucas
    lucia luis luisa madalena manoj manuel margaret maria marie marco marcus mario mark marta martha martin martina mary
    matthew maurizio max megan mei mette mia michael michel michelle miguel mohamed mohammed monica nancy naomi natalie nathan
    nicholas nicole nina noah olga oliver olivia omar oscar pablo pamela paola pascale pat patricia patrick paul paula pedro
    peter philip pierre pirkko priya rachel rafael raj ralph raymond rebecca rene renate ricardo richard rita robert roberto
    roger roland rosa ruth ryan sakura samantha samuel sandra sara sarah sean sebastian sergio sharon simon sofia sophie stefan
    stephanie stephen steve steven susan sven sylvia tanya teresa thomas tim tom tomas valeria vanessa veronica victor victoria
    vincent walter wei wendy wilhelm william yang yuki yuri yvonne zoe
    """.split()
)
_COMPANY = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|co|corp|company|plc|ag|bv|nv|sa|srl|sarl|spa|pty|pte|oy|ltda|limited|incorporated|group|holdings|"
    r"stores?|markets?|foods?|bank|partners|services|solutions|systems|industries|trading|traders|logistics|supplies|supply|"
    r"motors|electronics|pharma|energy|media|labs?|technologies|enterprises|associates|consulting|capital|foundation|"
    r"university|college|school|hospital|clinic|hotel|restaurant|bakery|farms?|bros|sons|toys|books|tools|paints|products|"
    r"materials|works|studio|agency|airlines|airways|shipping|transport|imports?|exports?|retail|wholesale)\b",
    re.IGNORECASE,
)


def _is_card(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(reversed(digits))]
    return (
        bool(_CARD.fullmatch(text)) and 13 <= len(digits) <= 19 and sum(doubled) % 10 == 0
    )  # Luhn's check (ISO/IEC 7812)


def _is_phone(text: str) -> bool:
    """Digits in groups, or with an international prefix: digits alone may be any number."""
    return (
        bool(_PHONE.fullmatch(text))
        and 7 <= sum(sign.isdigit() for sign in text) <= 15
        and not text.isdigit()
        and not _DATE.fullmatch(text)
        and not _SSN.fullmatch(text)
        and not _NUMBER.fullmatch(text.lstrip("+"))
    ) or bool(re.fullmatch(r"\+\d{8,15}", text))


def _is_person(text: str) -> bool:
    words = re.sub(r"^(?:Dr|Mr|Mrs|Ms|Prof)\.?\s", "", text).split()
    return (
        2 <= len(words) <= 5
        and bool(_NAME_SHAPE.fullmatch(text))
        and words[0].lower() in _GIVEN_NAMES
        and not _COMPANY.search(text)
    )


_LOOKS: dict[str, Callable[[str], bool]] = {
    "email": lambda text: bool(_EMAIL.fullmatch(text)),
    "phone": _is_phone,
    "national_id": lambda text: bool(_SSN.fullmatch(text)),
    "payment": lambda text: bool(_IBAN.fullmatch(text)) or _is_card(text),
    "ip_address": lambda text: bool(_IP.fullmatch(text)),
    "address": lambda text: bool(_STREET.fullmatch(text)),
    "person_name": _is_person,
    "given_name": lambda text: text.lower() in _GIVEN_NAMES,
    "company": lambda text: bool(_COMPANY.search(text)),
    "iso_date": lambda text: bool(_ISO_DATE.fullmatch(text)),
    "url": lambda text: bool(_URL.fullmatch(text)),
    "opaque": lambda text: bool(_UUID.fullmatch(text)),
    "number": lambda text: bool(_NUMBER.fullmatch(text)),
    "sentence": lambda text: len(_WORDS.findall(text)) >= 6,
}


def patterns_of(values: Sequence[str]) -> dict[str, float]:
    """The fraction, from 0 to 1, of the values that look like each kind; kinds that none looks like are left out."""
    texts = [value.strip() for value in values if value.strip()]
    if not texts:
        return {}
    shares = {kind: sum(map(looks, texts)) / len(texts) for kind, looks in _LOOKS.items()}
    return {kind: round(share, 3) for kind, share in shares.items() if share}
