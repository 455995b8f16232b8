"""A verified question's query is one, and names what exists."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.query import FieldDimension, MetricQuery
from catalog.rules.findings import error, unknown, unknown_field

RULE = "verified_questions_resolve"


def verified_questions_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for queries that cannot be read, and for metrics and fields that do not exist."""
    for verified in catalog.verified_questions:
        for message in faults_of(catalog, verified.query):
            yield error(RULE, f"verified question {verified.question!r}: {message}", "question", verified.question)


def faults_of(catalog: Catalog, data: dict[str, object]) -> Iterator[str]:
    """What is wrong with a verified question's query: it cannot be read, or names what does not exist."""
    try:
        query = MetricQuery.model_validate(data)
    except ValidationError as fault:
        for item in fault.errors(include_url=False):
            yield f"{'.'.join(str(step) for step in item['loc'])}: {item['msg']}"
        return
    for use in query.metrics:
        if use.metric not in catalog.metric_by_name:
            yield unknown("metric", use.metric, list(catalog.metric_by_name))
    for dimension in query.group_by:
        if isinstance(dimension, FieldDimension) and (message := unknown_field(catalog, dimension.field)):
            yield message
