"""What a person should confirm of a draft, gathered and written as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.drafting.drafted import Confirmation, DraftedDataset, DraftedMetric
from catalog.drafting.personal import is_about_persons, personal_data_of
from catalog.drafting.relationships import Structure
from catalog.errors import CatalogIssue
from catalog.models import FieldType
from catalog.profile import DatabaseProfile

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)


def confirmations_of(
    profile: DatabaseProfile,
    structure: Structure,
    datasets: tuple[DraftedDataset, ...],
    metrics: tuple[DraftedMetric, ...],
    as_of: str | None,
    currency: str | None,
) -> Iterator[Confirmation]:
    """What was assumed and cannot be known from data alone, the weightiest first."""
    yield from _of_relationships(structure)
    for metric in metrics:
        if metric.doubt:
            yield Confirmation(
                "Figures", metric.name, f"`{metric.expression or metric.formula}`: confirm {metric.doubt}"
            )
    yield from _of_times(datasets)
    yield from _of_personal_data(datasets)
    for name, key in structure.keys.items():
        if key.doubt:
            yield Confirmation("Keys", name, f"a row is one {', '.join(key.columns)}: {key.doubt}")
    for table in profile.tables:
        if table.name not in structure.keys:
            yield Confirmation(
                "Keys", table.name, "nothing found that makes a row unique; its rows are counted as they are"
            )
    for name, reason in profile.skipped.items():
        yield Confirmation("Left out", name, reason)
    for dataset in datasets:
        odd = [column.name for column in dataset.table.columns if column.type is None]
        if odd:
            yield Confirmation("Left out", dataset.name, f"columns of types that no field can have: {', '.join(odd)}")
    if as_of:
        yield Confirmation("Business", "as_of", f"today is the last day of the data: `{as_of}`")
    if not currency:
        yield Confirmation("Business", "currency", "none is known; say it in catalog.yaml if amounts are all in one")


def _of_relationships(structure: Structure) -> Iterator[Confirmation]:
    for item in structure.relationships:
        subject = f"{item.table}.{', '.join(item.columns)} -> {item.of_table}.{', '.join(item.of_columns)}"
        if item.doubt:
            yield Confirmation("Relationships", subject, f"{item.evidence}; {item.doubt}")
        elif item.one_to_one:
            yield Confirmation("Relationships", subject, "one to one: each value stands in one row of either")
        if item.leads_on_to:
            further = ", ".join(item.leads_on_to)
            yield Confirmation(
                "Relationships", subject, f"the way to {further} goes through it, though another leads there too"
            )
    for words in structure.possible:
        subject, _, rest = words.partition(": ")
        yield Confirmation("Relationships that were not drafted", subject, rest)


def _of_times(datasets: tuple[DraftedDataset, ...]) -> Iterator[Confirmation]:
    for dataset in datasets:
        times = [item.name for item in dataset.fields if item.type in _TIMES]
        if len(times) > 1 and dataset.time != "none":
            others = ", ".join(name for name in times if name != dataset.time)
            yield Confirmation("Times", dataset.name, f"its figures use {dataset.time}, not {others}")
        elif dataset.time and "." in dataset.time:
            yield Confirmation("Times", dataset.name, f"its figures use {dataset.time}")


def _of_personal_data(datasets: tuple[DraftedDataset, ...]) -> Iterator[Confirmation]:
    for dataset in datasets:
        for item in dataset.fields:
            if item.personal:
                found = personal_data_of(dataset.table, item.column)
                reason = found[1] if found else ""
                yield Confirmation(
                    "Personal data",
                    f"{dataset.name}.{item.name}",
                    f"marked {item.personal}: {reason}; it is never shown",
                )
        if is_about_persons(dataset.table) and not any(item.personal for item in dataset.fields):
            yield Confirmation("Personal data", dataset.name, "rows look like persons, but no field was marked")


def confirm_markdown(name: str, confirmations: Iterable[Confirmation], warnings: Iterable[CatalogIssue]) -> str:
    """CONFIRM.md"""
    lines = [
        f"# What to confirm in {name}",
        "",
        "This catalog was drafted from the data alone. It answers questions as it is; these are the assumptions a person who",
        "knows the business should look at. Change the YAML, run `plumbline catalog check`, and delete what is settled.",
    ]
    topic = ""
    for item in confirmations:
        if item.topic != topic:
            topic = item.topic
            lines += ["", f"## {topic}", ""]
        lines.append(f"- [ ] **{item.subject}**: {item.statement}")
    found = [issue.message for issue in warnings]
    if found:
        lines += ["", "## What the check warns of", "", *(f"- [ ] {message}" for message in found)]
    return "\n".join(lines) + "\n"
