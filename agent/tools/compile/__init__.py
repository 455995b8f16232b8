"""MetricQuery to SQL, and what can be asked of a metric."""

from agent.tools.compile.compiled import CompiledQuery, Explanation
from agent.tools.compile.compiler import compile_query
from agent.tools.compile.fields import (
    Way,
    can_filter,
    can_group,
    metric_span_query,
    metric_time,
    reachable_dimensions,
    ways_between,
)
from agent.tools.compile.scalar import scalar_sql

__all__ = [
    "CompiledQuery",
    "Explanation",
    "Way",
    "can_filter",
    "can_group",
    "compile_query",
    "metric_span_query",
    "metric_time",
    "reachable_dimensions",
    "scalar_sql",
    "ways_between",
]
