"""The condition a rate itself measures: a share of failed payments is never taken of the failed ones alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.planners.embedded.draft import Draft
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.resolve import Resolution
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric
from semantic_context.linking import split_route


def without_what_it_measures(
    draft: Draft, resolution: Resolution, metrics: tuple[str, ...]
) -> tuple[Draft, Resolution]:
    """Both without a filter on what the one rate asked for tests itself: the word is the rate's ("what fails most often?").

    A filter on another value of it, or a split by it, would give 0 % or 100 %: UnsupportedError.
    """
    measured = own_conditions(draft.view, metrics[0]) if len(metrics) == 1 else {}
    if not measured:
        return draft, resolution
    label = draft.view.whole.metric_by_name[metrics[0]].label
    kept = []
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        field = split_route(choice.field)[0]
        if field not in measured:
            kept.append((slot, choice))
        elif slot.negated or not {str(value) for value in choice.values} <= measured[field]:
            raise UnsupportedError(
                f"{label} is itself about {field_words(draft.view, field)}: of what shall I take it?"
            )
    split = next((name for name in resolution.groups if split_route(name)[0] in measured), None)
    if split is not None:
        raise UnsupportedError(
            f"{label} is itself about {field_words(draft.view, split_route(split)[0])}: split by what?"
        )
    filters = tuple(choice for _, choice in kept)
    return replace(draft, filters=[slot for slot, _ in kept]), replace(resolution, filters=filters)


def own_conditions(view: CatalogView, name: str) -> dict[str, frozenset[str]]:
    """The fields whose values a share tests, each with the values that count: of an average of yes and no those that give
    one, of a ratio those that its numerator asks for beyond its denominator."""
    metric = view.whole.metric_by_name[name]
    if metric.unit != "fraction":
        return {}
    if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.AVERAGE:
        return _tested(metric.expression, in_cases=True)
    if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
        return {}
    above, below = metric.inputs
    if metric.formula.replace(" ", "") != f"{above.name}/{below.name}":
        return {}
    inputs = [view.whole.metric_by_name[item.metric] for item in (above, below)]
    if not isinstance(inputs[0], AggregateMetric) or not isinstance(inputs[1], AggregateMetric):
        return {}
    counted = inputs[0].expression if inputs[0].aggregation is Aggregation.SUM_BOOLEAN else inputs[0].filter
    if counted is None:
        return {}
    return {
        field: values
        for field, values in _tested(counted).items()
        if inputs[1].filter is None or field not in _tested(inputs[1].filter)
    }


def _tested(predicate: str, *, in_cases: bool = False) -> dict[str, frozenset[str]]:
    """The fields that a text of SQL holds equal to a value or asks to be one of some."""
    import sqlglot
    from sqlglot import exp

    def tests() -> Iterator[exp.Expr]:
        tree = sqlglot.parse_one(predicate, dialect="duckdb")
        roots = [item.this for item in tree.find_all(exp.If)] if in_cases else [tree]
        for root in roots:
            yield from root.flatten() if isinstance(root, exp.And) else (root,)

    found: dict[str, frozenset[str]] = {}
    for test in tests():
        column = test.this
        if not isinstance(column, exp.Column) or not isinstance(test, exp.EQ | exp.In):
            continue
        literals = test.expressions if isinstance(test, exp.In) else [test.expression]
        if literals and all(isinstance(item, exp.Literal) for item in literals):
            found[f"{column.table}.{column.name}"] = frozenset(item.name for item in literals)
    return found
