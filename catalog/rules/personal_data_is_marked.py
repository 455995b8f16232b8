"""A field whose name says personal data should be marked so, or it is shown to everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, FieldType
from catalog.rules.findings import warning

RULE = "personal_data_is_marked"
_KINDS = {
    "email": r"e_?mail(_?addr(ess)?)?",
    "phone": r"(phone|mobile|telephone|fax)(_?(number|no))?|msisdn",
    "name": r"(first|last|middle|full|family|given|sur|maiden)_?name",
    "address": r"(street|postal|billing|shipping|home|mailing)_?address|address_?(line)?_?\d*|street",
    "birth_date": r"(birth|born)_?(date|day|on)?|date_of_birth|dob",
    "national_id": r"ssn|social_security(_number)?|passport(_?(number|no))?|national_id|tax_id",
    "payment": r"(credit_?)?card_?(number|no)|iban|account_?iban|cvv",
    "ip_address": r"ip(_?addr(ess)?)?",
}
_PATTERNS = {kind: re.compile(rf"(.*_)?({pattern})") for kind, pattern in _KINDS.items()}


def personal_kind(name: str) -> str | None:
    """The kind of personal data that a column's name suggests."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(name.lower())), None)


def personal_data_is_marked(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Warnings for fields that look personal and are not marked."""
    for dataset in catalog.datasets:
        for item in dataset.fields:
            kind = personal_kind(item.name)
            if kind and not item.personal_data and not item.hidden and item.type is not FieldType.BOOLEAN:
                message = f"{dataset.name}.{item.name} looks like personal data; mark it personal: {kind}, or hide it"
                yield warning(RULE, message, "field", f"{dataset.name}.{item.name}")
