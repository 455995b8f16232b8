"""A catalog written as YAML and loaded again is the same catalog; what the rules refuse is left out by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import CatalogError
from catalog.interop.native import saved_texts
from catalog.loader import load_catalog, load_texts
from catalog.models import Catalog, MetricInput
from tests.agent.tools.compile.cinema import cinema

FOREIGN = Path(__file__).parents[2] / "foreign"


def read_back(texts: dict[str, str]) -> Catalog:
    return load_texts({Path(file): text for file, text in texts.items()})[0]


@pytest.mark.parametrize(
    "source", ["novamart", FOREIGN / "hospital" / "catalog", FOREIGN / "carrier" / "catalog"], ids=str
)
def test_a_whole_catalog_comes_back(source: str | Path) -> None:
    catalog = load_catalog(source)
    texts, changed = saved_texts(catalog)
    assert changed == ()
    again = read_back(texts)
    for kind in ("label", "as_of", "currency", "calendar", "default_periods", "datasets", "relationships", "roles"):
        assert getattr(again, kind) == getattr(catalog, kind), kind
    assert [item.name for item in again.metrics] == [item.name for item in catalog.metrics]
    assert again.personas == catalog.personas
    assert again.verified_questions == catalog.verified_questions


def test_every_kind_of_metric_comes_back() -> None:
    catalog = cinema()
    texts, changed = saved_texts(catalog)
    assert {metric.kind for metric in catalog.metrics} >= {"aggregate", "derived", "cumulative", "conversion"}
    assert [line for line in changed if line.startswith("metric ")] == []
    assert {item.name for item in read_back(texts).metrics} == {item.name for item in catalog.metrics}


def test_a_metric_the_rules_refuse_is_left_out_by_name_with_those_made_of_it() -> None:
    catalog = load_catalog("novamart")
    broken = next(item for item in catalog.metrics if item.kind == "derived")
    broken = broken.model_copy(update={"inputs": (MetricInput(name="a", metric="no_such"),), "formula": "a"})
    dependent = broken.model_copy(update={"name": "twice", "formula": "b", "hidden": False, "target": None})
    dependent = dependent.model_copy(update={"inputs": (MetricInput(name="b", metric=broken.name),)})
    metrics = (*(item for item in catalog.metrics if item.name != broken.name), broken, dependent)
    texts, changed = saved_texts(catalog.model_copy(update={"metrics": metrics}))
    left = {item.name for item in read_back(texts).metrics}
    assert broken.name not in left
    assert "twice" not in left
    assert any(broken.name in line and "no_such" in line for line in changed)
    assert any("twice" in line for line in changed)


def test_a_fault_that_is_no_single_metrics_is_an_error() -> None:
    catalog = load_catalog("novamart")
    twice = catalog.model_copy(update={"datasets": (*catalog.datasets, catalog.datasets[0])})
    with pytest.raises(CatalogError):
        saved_texts(twice)
