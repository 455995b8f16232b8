"""Units decide how figures are written; an unknown one is shown as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error, warning
from catalog.units import KNOWN_UNITS, is_currency

RULE = "units_are_known"


def units_are_known(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Warnings for units that are neither ISO 4217 nor one of Plumbline's; an error for a currency that is none."""
    if catalog.currency is not None and not is_currency(catalog.currency):
        yield error(RULE, f"{catalog.currency!r} is no ISO 4217 currency, such as USD or EUR", "catalog", "currency")
    for metric in catalog.metrics:
        if metric.unit is not None and not _is_unit(metric.unit):
            yield warning(RULE, f"metric {metric.name}: {_message(metric.unit)}", "metric", metric.name, "unit")
    for dataset in catalog.datasets:
        for item in dataset.fields:
            if item.unit is not None and not _is_unit(item.unit):
                name = f"{dataset.name}.{item.name}"
                yield warning(RULE, f"field {name}: {_message(item.unit)}", "field", name, "unit")


def _is_unit(unit: str) -> bool:
    return unit in KNOWN_UNITS or is_currency(unit)


def _message(unit: str) -> str:
    if is_currency(unit.upper()):
        return f"unit {unit!r} is written {unit.upper()}"
    return (
        f"unit {unit!r} is neither an ISO 4217 currency nor one of {', '.join(KNOWN_UNITS)}; {hint(unit, KNOWN_UNITS)}"
    )
