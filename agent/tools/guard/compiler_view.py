"""The catalog as the compiler reads it for a role: a masked field is its mask, wherever a question names it.

What the business itself decides by (keys that join, rows that a policy or a validity picks, fields computed from others)
goes on reading the values, through a hidden twin of the field that no question can name:

    customers.signup_date, mask year     signup_date: CAST(DATE_TRUNC('YEAR', signup_date) AS DATE)
                                         signup_date (unmasked): signup_date
    customers.name, mask constant        name: CASE WHEN NOT customer_id IS NULL THEN '***' END, null where no row joined
    customers.city, mask initial         city: LEFT(CAST(city AS TEXT), 1) || '***'
    customers.email, mask token          email: "email (token)", a column that the guard adds at the scan

So grouping, filtering and showing give what they would give on a copy of the data with the masks written in.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlglot import exp

from agent.tools.compile.expressions import columns_of, identifier, parse, replace_columns
from agent.tools.guard.permitted import masked_value
from catalog.access import CatalogView, Principal
from catalog.models import Catalog, CatalogField, Dataset, FieldRule, FieldType, Relationship, Role

_UNMASKED = " (unmasked)"
_TOKEN = " (token)"
_TABLE = "physical column"  # no dataset: a column so qualified is the table's own


def compiler_view(view: CatalogView) -> CatalogView:
    """The view to compile a question with; the view itself where its role masks nothing."""
    masks = _masks(view.whole, view.role)
    if not masks:
        return view
    return CatalogView(_masked_catalog(_Version(view.whole), view.role), view.principal, _open_role(view.role, masks))


def token_column(name: str) -> str:
    """What the column is called that the guard adds at a scan, with the tokens of a field."""
    return f"{name}{_TOKEN}"


def token_fields(view: CatalogView, dataset: Dataset) -> tuple[str, ...]:
    """The dataset's fields that the role sees as tokens."""
    whole = view.whole.dataset_by_name[dataset.name]
    return tuple(name for name, rule in _dataset_masks(view, whole).items() if rule.mask == "token")


def _dataset_masks(view: CatalogView, dataset: Dataset) -> dict[str, FieldRule]:
    found: dict[str, FieldRule] = {}
    for item in dataset.fields:
        rule = view.rule_for(dataset, item)
        if rule is not None and rule.access == "mask":
            found[item.name] = rule
    return found


class _Version:
    """A catalog as a cache key: equal content, equal key."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return hash(self.catalog.content_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Version) and other.catalog.content_hash == self.catalog.content_hash


def _masks(catalog: Catalog, role: Role) -> tuple[str, ...]:
    """dataset.field of everything the role sees masked."""
    return _known_masks(_Version(catalog), role) if any(rule.access == "mask" for rule in role.field_rules) else ()


@lru_cache(maxsize=64)
def _known_masks(version: _Version, role: Role) -> tuple[str, ...]:
    view = _bare_view(version.catalog, role)
    return tuple(
        f"{dataset.name}.{name}" for dataset in version.catalog.datasets for name in _dataset_masks(view, dataset)
    )


def _bare_view(catalog: Catalog, role: Role) -> CatalogView:
    return CatalogView(catalog, Principal(), role)


def _open_role(role: Role, masks: tuple[str, ...]) -> Role:
    """The role with its masked fields to be shown, as what they show is their mask, and its row filters on the values."""
    twins = tuple(f"{name}{_UNMASKED}" for name in masks)
    rules = (*role.field_rules, FieldRule(fields=masks, access="show"), FieldRule(fields=twins, access="deny"))
    filters = tuple(
        item.model_copy(update={"expression": _unmasked_text(item.expression, item.dataset, frozenset(masks))})
        for item in role.row_filters
    )
    return role.model_copy(update={"field_rules": rules, "row_filters": filters})


@lru_cache(maxsize=32)
def _masked_catalog(version: _Version, role: Role) -> Catalog:
    catalog = version.catalog
    view = _bare_view(catalog, role)
    masks = frozenset(_known_masks(version, role))
    datasets = tuple(_masked_dataset(dataset, _dataset_masks(view, dataset), masks) for dataset in catalog.datasets)
    relationships = tuple(_unmasked_keys(item, masks) for item in catalog.relationships)
    return catalog.model_copy(update={"datasets": datasets, "relationships": relationships})


def _masked_dataset(dataset: Dataset, rules: dict[str, FieldRule], masks: frozenset[str]) -> Dataset:
    fields: list[CatalogField] = []
    for item in dataset.fields:
        expression = _unmasked_text(item.expression, dataset.name, masks, own=item.name)
        if item.name not in rules:
            fields.append(item.model_copy(update={"expression": expression}))
            continue
        shown = _mask_text(item, expression, rules[item.name])
        if rules[item.name].mask == "constant" and item.type is FieldType.STRING:
            shown = f"CASE WHEN {_row_is_there(dataset, masks)} THEN {shown} END"
        as_text = {"type": FieldType.STRING} if rules[item.name].mask == "token" else {}
        fields.append(item.model_copy(update={"expression": shown, **as_text}))
        twin = {"name": item.name + _UNMASKED, "expression": _physical(expression, item.name), "hidden": True}
        fields.append(item.model_copy(update=twin | {"shared_dimension": None, "personal_data": None}))
    changes: dict[str, Any] = {
        "fields": tuple(fields),
        "primary_key": tuple(_twin(dataset.name, name, masks) for name in dataset.primary_key),
    }
    if dataset.validity is not None:
        validity = dataset.validity
        changes["validity"] = validity.model_copy(
            update={
                "valid_from": _twin(dataset.name, validity.valid_from, masks),
                "valid_to": _twin(dataset.name, validity.valid_to, masks),
            }
        )
    return dataset.model_copy(update=changes)


def _row_is_there(dataset: Dataset, masks: frozenset[str]) -> str:
    """True in a row, null beside rows that found none to join: a constant stands for what is there."""
    names = dataset.primary_key or tuple(dataset.field_by_name)
    known = (exp.column(identifier(_twin(dataset.name, name, masks))).sql(dialect="duckdb") for name in names)
    return " OR ".join(f"NOT {name} IS NULL" for name in known)


def _physical(expression: str, name: str) -> str:
    """The expression with a column that bears the field's own name told apart from the field, which is a mask now."""

    def one(found: exp.Column) -> exp.Expr | None:
        return exp.column(identifier(name), table=_TABLE) if found.name == name else None

    return replace_columns(parse(expression), one).sql(dialect="duckdb")


def _mask_text(item: CatalogField, expression: str, rule: FieldRule) -> str:
    if rule.mask == "token":
        return exp.to_identifier(token_column(item.name), quoted=True).sql(dialect="duckdb")
    return masked_value(item, parse(expression), rule.mask).sql(dialect="duckdb")


def _unmasked_keys(item: Relationship, masks: frozenset[str]) -> Relationship:
    return item.model_copy(
        update={
            "from_fields": tuple(_twin(item.from_dataset, name, masks) for name in item.from_fields),
            "to_fields": tuple(_twin(item.to_dataset, name, masks) for name in item.to_fields),
        }
    )


def _twin(dataset: str, name: str, masks: frozenset[str]) -> str:
    return name + _UNMASKED if f"{dataset}.{name}" in masks else name


def _unmasked_text(text: str, dataset: str, masks: frozenset[str], own: str | None = None) -> str:
    """An expression that reads the twins of masked fields; a field's own name in its own expression is a column."""

    def one(found: exp.Column) -> exp.Expr | None:
        home = found.table or dataset
        if (found.name == own and home == dataset) or f"{home}.{found.name}" not in masks:
            return None
        return exp.column(identifier(found.name + _UNMASKED), table=found.args.get("table"))

    if not any(f"{found.table or dataset}.{found.name}" in masks for found in columns_of(parse(text))):
        return text
    return replace_columns(parse(text), one).sql(dialect="duckdb")
