"""Values a catalog computes from its own datasets: targets and as_of, as a literal or as SQL of one row and column."""

from __future__ import annotations

import re

from sqlglot import exp

from catalog.expressions import ExpressionError, column_names, parse_single_value, render

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def as_single_value(text: str) -> str:
    """The text as a date, a literal or SQL: a scalar over one dataset's fields gets its FROM.

    `18000000 * sample_info.scale` becomes `SELECT 18000000 * sample_info.scale FROM sample_info`.
    Raises ExpressionError.
    """
    if _DATE.fullmatch(text.strip()):
        return text.strip()
    tree = parse_single_value(text)
    if isinstance(tree, exp.Query):
        return text
    datasets = {dataset for dataset, _ in column_names(tree)}
    if not datasets:
        return text
    if len(datasets) > 1 or "" in datasets:
        raise ExpressionError("names in it are dataset.field of one dataset; for more write a SELECT")
    return f"SELECT {render(tree)} FROM {datasets.pop()}"
