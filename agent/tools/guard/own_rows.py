"""What a question cannot be answered with rows that are hidden is refused, by the policy alone: the data are not looked at.

    row filter of the role      orders.vendor_id = user.vendor, and the user's vendor is 17
    gmv of vendor 5             refused: nought would be no figure of vendor 5
    gmv by vendor               vendor 17's, which the answer says
    top vendors by gmv          refused: a place among others needs the others

The refusal of vendor 5 is that of a vendor who never was, so that it tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.compile.expressions import conjuncts, parse
from agent.tools.compile.request import leaves
from catalog.access import CatalogView
from catalog.query import Condition, FieldCondition, MetricQuery, Scalar

RULE = "row_filter"
_USER = "user"


def require_own_rows(view: CatalogView, query: MetricQuery) -> None:
    """PolicyRefusal for a question about other values than the user's own of what the role's rows are filtered by, and for
    a ranking among them."""
    own = _own_values(view)
    if not own:
        return
    roots: list[Condition] = [item for item in (query.where, *(use.where for use in query.metrics)) if item is not None]
    for condition in leaves(roots):
        if not isinstance(condition, FieldCondition) or condition.operator not in ("eq", "in") or condition.part:
            continue
        thing = _thing(view, condition.field)
        if thing in own and any(str(value) != str(own[thing]) for value in condition.values):
            label = view.whole.field(condition.field).label
            raise PolicyRefusal(
                RULE, f"the role {view.role.label} sees the rows of one {label.lower()} alone, its own; ask about that"
            )
    if query.limit is not None and query.metrics and any(_is_single(view, own, item.field) for item in query.group_by):
        raise PolicyRefusal(
            RULE,
            f"a ranking needs the rows of others, which the role {view.role.label} may not see; ask for its own figure",
        )


def _own_values(view: CatalogView) -> dict[str, Scalar]:
    """dataset.field that the role's row filters hold to a value of the user's, with that value."""
    found: dict[str, Scalar] = {}
    for name, filters in view.row_filters.items():
        for row_filter in filters:
            for part in conjuncts(parse(row_filter.expression)):
                for field, attribute in _equalities(part, name):
                    value = view.principal.attributes.get(attribute)
                    if value is not None:
                        found[_thing(view, field)] = value
    return found


def _equalities(part: exp.Expr, dataset: str) -> Iterator[tuple[str, str]]:
    """The field and the attribute of `field = user.attribute`, either way round."""
    if not isinstance(part, exp.EQ):
        return
    for mine, other in ((part.left, part.right), (part.right, part.left)):
        if isinstance(mine, exp.Column) and isinstance(other, exp.Column) and other.table.lower() == _USER:
            yield f"{mine.table or dataset}.{mine.name}", other.name


def _thing(view: CatalogView, field: str) -> str:
    """The key that a field points at, the field itself where it points at none: both name the same things."""
    for relation in view.whole.relationships:
        if [f"{relation.from_dataset}.{name}" for name in relation.from_fields] == [field]:
            return f"{relation.to_dataset}.{relation.to_fields[0]}"
    return field


def _is_single(view: CatalogView, own: dict[str, Scalar], field: str | None) -> bool:
    """Whether the role can only ever see one value of a field: it is held to one, or its dataset's key is."""
    if field is None:
        return False
    dataset = view.whole.dataset_by_name.get(field.partition(".")[0])
    if dataset is None or _thing(view, field) in own:
        return dataset is not None
    keys = [f"{dataset.name}.{name}" for name in dataset.primary_key]
    return bool(keys) and all(key in own for key in keys)
