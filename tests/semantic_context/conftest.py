"""A small business that no sample knows: a chain of libraries."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.access import CatalogView, Principal, view_for
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    CatalogField,
    Dataset,
    FieldRole,
    FieldRule,
    FieldType,
    Metric,
    Role,
    ValueWords,
    VerifiedQuestion,
    Words,
)
from semantic_context.embedding import MiniLmEncoder


def _field(name: str, role: FieldRole = FieldRole.DIMENSION, **more: object) -> CatalogField:
    values = {"name": name, "expression": name, "type": FieldType.STRING, "role": role, "label": name.replace("_", " ")}
    return CatalogField.model_validate(values | more)


def _count(name: str, label: str, description: str, *synonyms: str, dataset: str = "loans", **more: object) -> Metric:
    return AggregateMetric.model_validate(
        {
            "name": name,
            "label": label,
            "description": description,
            "words": Words(synonyms=synonyms),
            "dataset": dataset,
            "aggregation": Aggregation.COUNT,
            "expression": "*",
        }
        | more
    )


@pytest.fixture(scope="session")
def library() -> Catalog:
    return Catalog(
        name="library",
        label="City libraries",
        datasets=(
            Dataset(
                name="loans",
                source="loans",
                label="loans",
                singular="loan",
                fields=(
                    _field("loan_id", FieldRole.KEY),
                    _field("branch_city", words=Words(synonyms=("town", "place"))),
                    _field(
                        "lending_channel",
                        values=ValueWords(
                            synonyms={"self_checkout": ("the machine", "kiosk"), "remote": ("distance lending",)},
                            groups={"remote": ("home_delivery", "e_reader")},
                        ),
                    ),
                    _field("shelf_mark", values=ValueWords(sample=False)),
                    _field("remarks", FieldRole.TEXT),
                    _field("internal_code", hidden=True),
                ),
            ),
            Dataset(
                name="readers",
                source="readers",
                label="readers",
                singular="reader",
                fields=(
                    _field("reader_id", FieldRole.KEY),
                    _field("full_name", personal_data="name"),
                    _field("membership", description="The kind of card a reader holds"),
                ),
            ),
        ),
        metrics=(
            _count("loan_count", "Loans", "How many books were lent", "lendings", "checkouts"),
            _count("overdue_loans", "Overdue loans", "Loans that were not brought back in time", "late books"),
            _count("reader_count", "Readers", "People who hold a card", "members", dataset="readers"),
            _count("staff_cost", "Staff cost", "Wages and salaries paid to librarians", "payroll"),
            _count("hidden_block", "Building block", "Used in formulas only", hidden=True),
        ),
        roles=(
            Role(name="director", label="Director", default=True, datasets=("*",), metrics=("*",)),
            Role(
                name="volunteer",
                label="Volunteer",
                datasets=("loans",),
                metrics=("*",),
                denied_metrics=("staff_cost", "reader_count"),
                field_rules=(FieldRule(fields=("loans.branch_city",), access="deny"),),
            ),
        ),
        verified_questions=(
            VerifiedQuestion(
                question="How many books did we lend?",
                query={"metrics": [{"metric": "loan_count"}]},
                verified_by="ana",
                verified_at=dt.datetime(2026, 1, 1),
            ),
            VerifiedQuestion(
                question="What do our librarians earn?",
                query={"metrics": [{"metric": "staff_cost"}]},
                verified_by="ana",
                verified_at=dt.datetime(2026, 1, 1),
            ),
        ),
    )


@pytest.fixture(scope="session")
def director(library: Catalog) -> CatalogView:
    return view_for(library, Principal(role="director"))


@pytest.fixture(scope="session")
def volunteer(library: Catalog) -> CatalogView:
    return view_for(library, Principal(role="volunteer"))


@pytest.fixture(scope="session")
def minilm() -> MiniLmEncoder:
    return MiniLmEncoder()
