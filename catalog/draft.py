"""A first catalog, inferred from a measured database: it loads, it answers, and it says what a person should confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from catalog.drafting.confirmations import confirm_markdown, confirmations_of
from catalog.drafting.datasets import draft_datasets
from catalog.drafting.drafted import Confirmation
from catalog.drafting.layout import catalog_yaml, datasets_yaml, metrics_yaml, relationships_yaml
from catalog.drafting.metrics import draft_metrics
from catalog.drafting.names import capitalised, identifier_of, readable, words_of
from catalog.drafting.relationships import structure_of
from catalog.drafting.times import as_of_of
from catalog.drafting.units import currency_of
from catalog.loader import load_texts
from catalog.models import Catalog
from catalog.profile import DatabaseProfile

CONFIRM_FILE = "CONFIRM.md"


_DATASETS_A_FILE = 50
_METRICS_A_FILE = 500
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted catalog: loaded, as files by name (YAML, and CONFIRM.md), and what to confirm."""

    catalog: Catalog
    files: dict[str, str]
    confirmations: tuple[Confirmation, ...]


def draft_catalog(profile: DatabaseProfile, name: str | None = None) -> Draft:
    """The first catalog of a database. Its name is the database's unless one is given.

    CatalogError where what was drafted does not load, which is a defect of the drafting.
    """
    name = identifier_of(name or profile.name)
    structure = structure_of(profile)
    datasets = draft_datasets(profile, structure)
    currency = currency_of([column for table in profile.tables for column in table.columns])
    metrics = draft_metrics(datasets, structure, currency)
    as_of = as_of_of(datasets, structure, profile.measured_on)
    label = capitalised(readable(words_of(name)))
    description = f"Drafted from {len(datasets)} tables on {profile.measured_on}; see {CONFIRM_FILE}."
    files = {
        "catalog.yaml": catalog_yaml(name, label, description, as_of, currency),
        **_in_files("datasets", datasets, _DATASETS_A_FILE, datasets_yaml),
        "relationships.yaml": relationships_yaml(structure, datasets),
        **_in_files("metrics", metrics, _METRICS_A_FILE, metrics_yaml),
    }
    files = {file: text for file, text in files.items() if text}
    catalog, warnings = load_texts({Path(file): text for file, text in files.items()})
    found = tuple(confirmations_of(profile, structure, datasets, metrics, as_of, currency))
    files[CONFIRM_FILE] = confirm_markdown(name, found, warnings)
    return Draft(catalog, files, found)


def _in_files(
    name: str, items: tuple[Item, ...], most: int, written: Callable[[tuple[Item, ...]], str]
) -> dict[str, str]:
    """Their YAML: one file, or several where there are many, as a catalog's file has a largest size."""
    if len(items) <= most:
        return {f"{name}.yaml": written(items)}
    return {
        f"{name}_{number + 1}.yaml": written(items[start : start + most])
        for number, start in enumerate(range(0, len(items), most))
    }
