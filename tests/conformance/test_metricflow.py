"""MetricFlow's own integration cases through our importer and compiler; those that differ are named with the reason."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.interop.metricflow import read_project
from catalog.interop.native import saved_texts
from catalog.loader import load_texts
from tests.conformance.metricflow_cases import FOLDERS, Suite, judge, open_suite

_FOLDER = os.environ.get("PLUMBLINE_CONFORMANCE")
_ROOT = Path(_FOLDER) if _FOLDER else None
if _ROOT is not None and (_ROOT / "metricflow").is_dir():
    _ROOT = _ROOT / "metricflow"

pytestmark = pytest.mark.skipif(
    _ROOT is None, reason="PLUMBLINE_CONFORMANCE names no folder with MetricFlow's cases, so they were not run"
)

# Why our answer is another one. Each is a choice, not a gap we hope nobody sees.
DIFFERENT = {
    "query_dimension_with_constraint_from_diff_source": "values of a field are those of its own rows, not of rows that lack it",
    "metric_time_with_other_dimensions": "all days times all values of other fields is no list of values",
    "saved_query_no_dedupe": "a list of values holds each once",
    "test_no_metrics_with_custom_granularity_filter": "days are not narrowed by a condition on something else",
    "custom_offset_window": "offsets are lengths of plain grains",
    "custom_offset_window_with_grain_and_date_part": "offsets are lengths of plain grains",
    "derived_metric_with_offset_window_and_offset_to_grain_and_granularity": (
        "a day at a month's end counts once in a year, not for each day that looks back to it"
    ),
    "cumulative_time_offset_metric_with_time_constraint": "the window behind a period's first day is read, not cut off",
    "simple_metric_with_joined_sub_daily_dimension": (
        "partitions must agree between neighbours of a join, not across a dataset between"
    ),
    "multihop_join_two_dims_different_sources": "an account with two customers counts for each, not once for each pair of joins",
    "mixed_length_joins": "an account with two customers counts for each, not once for each pair of joins",
}


def test_the_cases() -> None:
    assert _ROOT is not None
    suite = open_suite(_ROOT)
    wrong = {}
    for case in suite.cases:
        if case["name"] in DIFFERENT:
            continue
        difference = judge(suite, case)
        if difference is not None:
            wrong[case["name"]] = difference
    assert not wrong
    with_rows = [case for case in suite.cases if case["expected_rows"] is not None]
    equal = [case for case in with_rows if case["name"] not in DIFFERENT]
    assert len(equal) >= 160 or len(with_rows) != 168, f"{len(equal)} of {len(with_rows)} are equal"


def test_every_manifest_loads_and_says_what_it_leaves_out() -> None:
    assert _ROOT is not None
    for folder in sorted((_ROOT / "manifests").iterdir()):
        if folder.name == "shared":
            continue
        imported = read_project(folder, "mf").imported()
        assert imported.catalog.metrics, folder.name
        assert all(": " in item for item in imported.not_carried)


def test_the_cases_after_saving_and_loading_the_catalog() -> None:
    """What `plumbline catalog import` writes answers as the project does; a metric left out is named."""
    assert _ROOT is not None
    suite = open_suite(_ROOT)
    saved = Suite(suite.root, suite.connection, suite.cases)
    left_out: set[str] = set()
    for model in FOLDERS:
        project, imported = suite.project(model)
        texts, changed = saved_texts(imported.catalog)
        catalog, _ = load_texts({Path(file): text for file, text in texts.items()})
        saved.projects[model] = (project, replace(imported, catalog=catalog))
        left_out |= {item.name for item in imported.catalog.metrics} - set(catalog.metric_by_name)
        assert all(any(name in line for line in changed) for name in left_out & set(imported.catalog.metric_by_name))
    wrong = {}
    for case in saved.cases:
        if case["name"] not in DIFFERENT and not left_out & {name.lower() for name in case.get("metrics") or []}:
            difference = judge(saved, case)
            if difference is not None:
                wrong[case["name"]] = difference
    assert not wrong
