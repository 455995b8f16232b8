"""Personal fields of one thing, by its key, for a role that may reveal them: the one way past a field's mask or denial.

role: reveal: [personal]     plumbline reveal users 17 --reason "chargeback 4711"
SELECT user_id, user_full_name, user_email FROM users WHERE user_id = 17, under the role's row filters
"""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.row_filters import field_expression, source_table
from agent.tools.guard.statement import GuardedStatement
from catalog.access import CatalogView
from catalog.errors import UnknownNameError, UsageError
from catalog.models import CatalogField, Dataset, FieldRule, FieldType

_ROW = "revealed"


def guard_reveal(view: CatalogView, dataset: str, key: str) -> tuple[GuardedStatement, tuple[str, ...]]:
    """The statement that gives the key and what the role may reveal of one row, guarded, and the dataset.field it reveals.

    PolicyRefusal where the role may reveal nothing of the dataset; UnknownNameError for a dataset that it does not see;
    UsageError for a dataset without a single key, or a key that cannot be one.
    """
    if not view.role.reveal:
        raise PolicyRefusal("reveal", f"the role {view.role.label} may not reveal personal data")
    if dataset not in view.datasets:
        offered = tuple(name for name in view.datasets if revealable(view, view.whole.dataset_by_name[name]))
        raise UnknownNameError("dataset", dataset, offered)
    whole = view.whole.dataset_by_name[dataset]
    fields = revealable(view, whole)
    if not fields:
        raise PolicyRefusal("reveal", f"the role {view.role.label} may reveal nothing of {whole.label}")
    if len(whole.primary_key) != 1:
        raise UsageError(f"{whole.label} have no single key to find one of them by")
    identity = whole.primary_key[0]
    condition = exp.EQ(
        this=exp.paren(field_expression(whole, identity, _ROW)), expression=_literal(whole.field_by_name[identity], key)
    )
    shown = [identity, *(item.name for item in fields if item.name != identity)]
    columns = [exp.alias_(field_expression(whole, name, _ROW), name, quoted=True) for name in shown]
    query = exp.select(*columns).from_(source_table(whole, _ROW)).where(condition).limit(1)
    names = tuple(f"{dataset}.{name}" for name in shown)
    rules = (*view.role.field_rules, FieldRule(fields=names, access="show"))
    opened = replace(view, role=view.role.model_copy(update={"field_rules": rules}))
    return guard_compiled(query, opened), names


def revealable(view: CatalogView, dataset: Dataset) -> tuple[CatalogField, ...]:
    """The dataset's fields that the role may reveal of one row at a time."""
    return tuple(item for item in dataset.fields if view.may_reveal(dataset, item))


def _literal(item: CatalogField, key: str) -> exp.Expr:
    if item.type is not FieldType.INTEGER:
        return exp.Literal.string(key)
    if not key.removeprefix("-").isascii() or not key.removeprefix("-").isdigit() or len(key) > 20:
        raise UsageError(f"{key!r} is no {item.label.lower()}: that is a whole number")
    return exp.Literal.number(key)
