"""Two versions of a catalog: which metrics mean something else, what they come to on a database, and what that touches."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.errors import PolicyRefusal, QueryError, WarehouseError
from agent.settings import Settings
from agent.tools.guard.metric_access import base_dataset, parts_within, readings
from catalog.models import Catalog, Metric

# What is said about a metric, and does not change what it comes to.
_WORDS = {
    "label",
    "description",
    "words",
    "unit",
    "format",
    "direction",
    "target",
    "owner",
    "caveat",
    "default_period",
    "hidden",
    "not_by",
}


_MOST_RECEIPTS = 10_000


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric that means something else: how, and its value before and after (None without a database, or a value)."""

    metric: str
    kind: str  # added, removed, changed
    because: tuple[str, ...] = ()  # what of it, or of what it is made of, is another
    before: float | None = None
    after: float | None = None
    target_changed: bool = False
    verified_questions: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()

    def line(self) -> str:
        """The change in words."""
        said = f"{self.metric}: {self.kind}"
        if self.because:
            said += f" ({', '.join(self.because)})"
        if self.before is not None or self.after is not None:
            said += f"; {_number(self.before)} before, {_number(self.after)} after"
        if self.target_changed:
            said += "; its target is another"
        if self.verified_questions:
            said += f"; verified questions: {', '.join(repr(item) for item in self.verified_questions)}"
        if self.receipts:
            said += f"; {len(self.receipts)} receipts, the latest {self.receipts[0]}"
        return said


def diff_catalogs(
    old: str | Path, new: str | Path, database: Path | None = None, settings: Settings | None = None
) -> tuple[MetricChange, ...]:
    """The changes from one catalog to another, by metric name. Values, with a database, are of the metric's usual period.

    Receipts are those of the home folder that were answered with the metric under the old catalog's name. CatalogError
    where either cannot be read.
    """
    from agent.stores.verified import stored_questions
    from catalog.loader import load_catalog

    settings = settings or Settings()
    before, after = load_catalog(old), load_catalog(new)
    stored = stored_questions(settings.home, before.name)
    before = before.model_copy(update={"verified_questions": (*before.verified_questions, *stored)})
    names = sorted(before.metric_by_name.keys() | after.metric_by_name.keys())
    changed = [change for name in names if (change := _change(before, after, name)) is not None]
    if not changed:
        return ()
    asked = tuple(change.metric for change in changed)
    values_before = _values(old, before, asked, database, settings) if database is not None else {}
    values_after = _values(new, after, asked, database, settings) if database is not None else {}
    receipts = _receipts(settings, before, frozenset(asked))
    return tuple(
        MetricChange(
            change.metric,
            change.kind,
            change.because,
            values_before.get(change.metric),
            values_after.get(change.metric),
            change.target_changed,
            _verified(before, change.metric),
            receipts.get(change.metric, ()),
        )
        for change in changed
    )


def _change(before: Catalog, after: Catalog, name: str) -> MetricChange | None:
    if name not in before.metric_by_name:
        return MetricChange(name, "added")
    if name not in after.metric_by_name:
        return MetricChange(name, "removed")
    then, now = meaning(before, name), meaning(after, name)
    because = tuple(sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key)))
    targets = before.metric_by_name[name].target != after.metric_by_name[name].target
    if because:
        return MetricChange(name, "changed", because, target_changed=targets)
    return MetricChange(name, "same meaning", target_changed=True) if targets else None


def meaning(catalog: Catalog, name: str) -> dict[str, str]:
    """Everything that decides what a metric comes to, as text by name: it, its parts, the fields and tables they read."""
    found: dict[str, str] = {}
    for part in parts_within(catalog, name):
        own = "definition" if part.name == name else f"metric {part.name}"
        found[own] = _text(part.model_dump(mode="json", exclude=_WORDS))
        _add_data(catalog, part, found)
    return found


def _add_data(catalog: Catalog, metric: Metric, found: dict[str, str]) -> None:
    datasets = {base_dataset(metric)}
    waiting = [reading.field for reading in readings(catalog, metric)]
    seen: set[str] = set()
    while waiting:
        reference = waiting.pop()
        dataset, _, name = reference.partition(".")
        home = catalog.dataset_by_name.get(dataset)
        item = home.field_by_name.get(name) if home is not None else None
        if item is None or reference in seen:
            continue
        seen.add(reference)
        datasets.add(dataset)
        found[f"field {reference}"] = _text([item.expression, item.type.value])
        waiting += [f"{dataset}.{other}" for other in _names_in(item.expression) if other != name]
    for dataset in datasets - {""}:
        home = catalog.dataset_by_name.get(dataset)
        if home is not None:
            found[f"dataset {dataset}"] = _text(
                [home.source, home.time_field, home.model_dump(mode="json")["validity"]]
            )
    for relation in catalog.relationships:
        if {relation.from_dataset, relation.to_dataset} <= datasets:
            found[f"relationship {relation.name}"] = _text(relation.model_dump(mode="json", exclude={"words", "name"}))


def _names_in(expression: str) -> Iterable[str]:
    from agent.tools.compile.expressions import columns_of, parse

    return [column.name for column in columns_of(parse(expression))]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _values(
    source: str | Path, catalog: Catalog, names: tuple[str, ...], database: Path | None, settings: Settings
) -> dict[str, float]:
    """Each metric over its usual period, as the catalog's owner sees it; none where it cannot be computed."""
    from agent.business import Business
    from agent.planners.embedded.periods import usual_period
    from agent.tools.compile import compile_query
    from agent.tools.guard.compiled import guard_compiled
    from catalog.query import MetricQuery, MetricUse

    found: dict[str, float] = {}
    business = Business.open(settings, catalog=source, database=database)
    try:
        view = business.whole_view()
        as_of = business.as_of()
        for name in names:
            if name not in view.metrics:
                continue
            period = usual_period(view, name, as_of)
            try:
                compiled = compile_query(
                    view, MetricQuery(metrics=(MetricUse(metric=name),), period=period), as_of=as_of
                )
                rows = business.warehouse.run(guard_compiled(compiled, view), compiled.columns).rows
            except (PolicyRefusal, QueryError, WarehouseError):
                continue
            if rows and rows[0][0] is not None:
                found[name] = float(rows[0][0])
    finally:
        business.close()
    return found


def _verified(catalog: Catalog, metric: str) -> tuple[str, ...]:
    """The verified questions that ask for the metric, or for one made of it."""
    from catalog.query import MetricQuery

    found = []
    for item in catalog.verified_questions:
        query = MetricQuery.model_validate(item.query)
        if any(metric in _made_of(catalog, use.metric) for use in query.metrics):
            found.append(item.question)
    return tuple(found)


def _made_of(catalog: Catalog, metric: str) -> set[str]:
    return {part.name for part in parts_within(catalog, metric)}


def _receipts(settings: Settings, catalog: Catalog, metrics: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the receipts answered with each metric, newest first."""
    from agent.tools.audit import AuditLog
    from catalog.plan import Plan

    found: dict[str, list[str]] = {}
    log = AuditLog.open(settings.home)
    try:
        for recorded in log.latest(_MOST_RECEIPTS):
            receipt = recorded.receipt
            if receipt.catalog != catalog.name or receipt.status != "answer" or receipt.plan is None:
                continue
            uses = [use.metric for named in Plan.model_validate(receipt.plan).queries for use in named.query.metrics]
            for metric in metrics & {part for use in uses for part in _made_of(catalog, use)}:
                found.setdefault(metric, []).append(recorded.id)
    finally:
        log.close()
    return {metric: tuple(ids) for metric, ids in found.items()}


def _number(value: float | None) -> str:
    return "no value" if value is None else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
