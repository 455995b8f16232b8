"""A MetricQuery under a role's policies: what it may ask, compiled over what the role may see, and guarded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from agent.errors import PolicyRefusal
from agent.tools.compile import CompiledQuery, compile_query
from agent.tools.compile.request import every_condition
from agent.tools.guard.compiler_view import compiler_view
from agent.tools.guard.implied_filters import without_implied_filters
from agent.tools.guard.metric_access import refused_metric, require_metric_access
from catalog.access import CatalogView
from catalog.query import Condition, FieldCondition, FieldDimension, MetricCondition, MetricQuery, SqlCondition

_MASK_WORDS = {
    "year": "by year only",
    "token": "as tokens",
    "initial": "by first letter only",
    "constant": "masked",
    "null": "masked",
    None: "masked",
}


def compile_permitted(
    view: CatalogView,
    query: MetricQuery,
    *,
    dialect: str = "duckdb",
    name: str = "result",
    as_of: dt.date | None = None,
) -> CompiledQuery:
    """The query compiled for the view's role: masked fields read as their masks, rows that policies hide left out.

    Its caveats say so. PolicyRefusal for a metric that the role's policies do not let be computed, by its name, and for
    SQL in a question; otherwise the errors of `compile_query`.
    """
    require_permitted(view, query)
    compiled = compile_query(compiler_view(view), query, dialect=dialect, name=name, as_of=as_of)
    filtered = [dataset for dataset in compiled.datasets if dataset in view.row_filters]
    for dataset in filtered:
        figures = _metrics_of(query)
        if figures and any(item.metrics == "refused" for item in view.row_filters[dataset]):
            raise refused_metric(view, figures[0])
    caveats = _caveats(view, query, filtered)
    lighter = without_implied_filters(compiled.expression) if len(filtered) > 1 else None
    if lighter is not None:
        compiled = replace(compiled, sql=lighter.sql(dialect=dialect, pretty=True), expression=lighter)
    return replace(compiled, caveats=tuple(dict.fromkeys((*compiled.caveats, *caveats))))


def require_permitted(view: CatalogView, query: MetricQuery) -> None:
    """PolicyRefusal for a metric that the role may not be answered, by its name, and for SQL in a question."""
    if any(isinstance(item, SqlCondition) for item in conditions_of(query)):
        raise PolicyRefusal("raw_sql", "a query holds conditions on fields and metrics, not SQL of its own")
    for metric in _metrics_of(query):
        require_metric_access(view, metric)


def conditions_of(query: MetricQuery) -> tuple[FieldCondition | MetricCondition | SqlCondition, ...]:
    """Every condition of the query, those of its metrics included."""
    roots: list[Condition] = [item for item in (query.where, *(use.where for use in query.metrics)) if item is not None]
    return tuple(every_condition(roots))


def _metrics_of(query: MetricQuery) -> tuple[str, ...]:
    named = [use.metric for use in query.metrics]
    named += [item.metric for item in conditions_of(query) if isinstance(item, MetricCondition)]
    return tuple(dict.fromkeys(named))


def _caveats(view: CatalogView, query: MetricQuery, filtered: list[str]) -> list[str]:
    found = []
    labels = [view.whole.dataset_by_name[name].label for name in filtered]
    if labels:
        found.append(f"Only the {_and(labels)} that the role {view.role.label} may see are counted.")
    fields = [item.field for item in query.group_by if isinstance(item, FieldDimension)]
    fields += [item.field for item in query.group_by if not isinstance(item, FieldDimension) and item.field]
    fields += [item.field for item in conditions_of(query) if isinstance(item, FieldCondition)]
    for reference in dict.fromkeys(fields):
        dataset, _, name = reference.partition(".")
        seen = view.datasets.get(dataset)
        item = seen.field_by_name.get(name) if seen is not None else None
        if seen is None or item is None or view.access_to(seen, item) != "mask":
            continue
        rule = view.rule_for(seen, item)
        how = _MASK_WORDS[rule.mask if rule is not None else None]
        found.append(f"{item.label} is seen {how} by the role {view.role.label}.")
    return found


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
