"""The distinct values of dimensions, without a metric: from one dataset, or from one that reaches them all."""

from __future__ import annotations

from agent.errors import QueryError
from agent.tools.compile.aggregate import field_key
from agent.tools.compile.builder import Builder
from agent.tools.compile.periods import spine_relation
from agent.tools.compile.reach import Reach
from agent.tools.compile.relation import Relation
from agent.tools.compile.request import Request, leaves
from agent.tools.compile.scan import Scan
from agent.tools.compile.scope import Scope
from agent.tools.compile.timeline import ALL_TIME, within
from catalog.query import FieldCondition


def values_relation(builder: Builder, request: Request, scope: Scope) -> Relation:
    """The combinations of the keys' values there are in the data; without conditions also values that nothing refers to."""
    spine = spine_relation(builder.draft, request.keys, scope)
    if spine is not None and not scope.conditions:
        return spine
    timeless = [key.name for key in request.keys if key.field is None]
    if timeless:
        raise QueryError(f"without a metric {timeless[0]} is the time of nothing: name a time field")
    scan = Scan(builder.draft, values_base(builder, request))
    scan.full = not scope.conditions and scope.span == ALL_TIME
    dataset = builder.draft.dataset(scan.dataset)
    if scope.span != ALL_TIME:
        if dataset.time_field is None:
            raise QueryError(f"{dataset.label} have no time, so they cannot be narrowed to a period")
        time = scan.column(scan.reach(f"{dataset.name}.{dataset.time_field}"))
        scan.where += within(time, scope.span)
    expressions = {key.name: field_key(builder, scan, key) for key in request.keys}
    for condition in scope.conditions:
        scan.where.append(builder.predicates.build(scan, condition, scope))
    return Relation("combinations", scan.select(), expressions, {}, True)


def values_base(builder: Builder, request: Request) -> str:
    """The dataset that reaches every field without repeating rows in the fewest joins; a field's own comes first."""
    wanted = [(key.field, key.path) for key in request.keys if key.field is not None]
    own = [reference.partition(".")[0] for reference, _ in wanted]
    if request.query.where is not None:
        conditions = [item for item in leaves((request.query.where,)) if isinstance(item, FieldCondition)]
        wanted += [(item.field, item.path) for item in conditions if "." in item.field]
    best: tuple[int, str] | None = None
    candidates = [*dict.fromkeys(own), *(name for name in builder.draft.view.datasets if name not in own)]
    for candidate in candidates:
        reached = [builder.draft.reaches.reach(candidate, reference, path) for reference, path in wanted]
        if all(isinstance(found, Reach) and not found.fans_out for found in reached):
            hops = sum(len(found.route) for found in reached if isinstance(found, Reach))
            if best is None or hops < best[0]:
                best = (hops, candidate)
    if best is None:
        names = ", ".join(reference for reference, _ in wanted)
        raise QueryError(f"no dataset holds {names} together; ask for each alone, or with a metric that relates them")
    return best[1]
