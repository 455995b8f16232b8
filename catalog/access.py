"""The catalog as one principal may see it. Index, planner, compiler and error messages use this view alone.

What a role may not see does not exist here: no dataset, field, metric, value or name of it can be suggested to anyone
it is hidden from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from catalog.errors import UnknownNameError, UsageError
from catalog.models import (
    EGRESS_LEVELS,
    Catalog,
    CatalogField,
    Dataset,
    EgressLevel,
    FieldRole,
    FieldRule,
    Metric,
    Role,
    RowFilter,
)

FieldAccess = Literal["show", "mask", "aggregate_only", "deny"]

UNIT_PREFIX = "unit:"  # of a field rule for every field in a unit: unit:EUR

# A catalog without roles grants its local owner everything but what looks personal.
OWNER_ROLE = Role(
    name="owner",
    label="Owner",
    default=True,
    datasets=("*",),
    metrics=("*",),
    field_rules=(FieldRule(fields=("personal",), access="deny"),),
    free_sql=True,
)


@dataclass(frozen=True)
class Principal:
    """Who is asking: from the caller's session, never from text.

    `token_salt` is a secret of the session: the tokens that stand for masked values in it mean nothing in another.
    """

    user: str = "local"
    role: str | None = None
    attributes: dict[str, str | int | float | bool] = field(default_factory=dict)
    token_salt: str = field(default="", repr=False)


def default_role(catalog: Catalog) -> Role:
    """The role of someone who names none: the catalog's default, or the owner where it declares no roles."""
    if not catalog.roles:
        return OWNER_ROLE
    for role in catalog.roles:
        if role.default:
            return role
    raise UsageError(f"catalog {catalog.name!r} has no default role; name one of {', '.join(catalog.role_by_name)}")


def resolve_role(catalog: Catalog, name: str | None) -> Role:
    """The role by name; UnknownNameError names the roles there are."""
    if name is None:
        return default_role(catalog)
    roles = catalog.role_by_name or {OWNER_ROLE.name: OWNER_ROLE}
    if name not in roles:
        raise UnknownNameError("role", name, tuple(roles))
    return roles[name]


def _granted(name: str, granted: tuple[str, ...], denied: tuple[str, ...]) -> bool:
    return name not in denied and ("*" in granted or name in granted)


def _selectors(dataset: Dataset, item: CatalogField) -> set[str]:
    """What a rule may call the field by: itself, all of its dataset, its unit, personal."""
    names = {f"{dataset.name}.{item.name}", f"{dataset.name}.*", f"{UNIT_PREFIX}{item.unit}"}
    return names | {"personal"} if item.personal_data else names


@dataclass(frozen=True)
class CatalogView:
    """A catalog seen by a principal. Make one with `view_for`."""

    whole: Catalog  # for the compiler's formulas and the guard; nothing of it is shown
    principal: Principal
    role: Role

    @cached_property
    def datasets(self) -> dict[str, Dataset]:
        """Datasets the role may use, with only the fields it may use (shown, masked or in aggregates)."""
        seen: dict[str, Dataset] = {}
        for dataset in self.whole.datasets:
            if _granted(dataset.name, self.role.datasets, self.role.denied_datasets):
                kept = tuple(item for item in dataset.fields if self.access_to(dataset, item) != "deny")
                seen[dataset.name] = dataset.model_copy(update={"fields": kept})
        return seen

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Metrics the role may ask for, hidden building blocks left out."""
        return {
            metric.name: metric
            for metric in self.whole.metrics
            if not metric.hidden and _granted(metric.name, self.role.metrics, self.role.denied_metrics)
        }

    @cached_property
    def denied_personal_fields(self) -> tuple[str, ...]:
        """dataset.field of personal fields that the role may not show: to recognise a request for them, never to suggest."""
        return tuple(
            f"{dataset.name}.{item.name}"
            for dataset in self.whole.datasets
            for item in dataset.fields
            if item.personal_data and self.access_to(dataset, item) != "show"
        )

    @property
    def egress(self) -> EgressLevel:
        """What a language model may be sent of the business for this role: the lower of the catalog's and the role's."""
        levels = (self.whole.egress, self.role.egress or self.whole.egress)
        return min(levels, key=EGRESS_LEVELS.index)

    @cached_property
    def row_filters(self) -> dict[str, tuple[RowFilter, ...]]:
        """The role's row filters by dataset; `user.<attribute>` still stands in the expressions."""
        grouped: dict[str, tuple[RowFilter, ...]] = {}
        for row_filter in self.role.row_filters:
            grouped[row_filter.dataset] = (*grouped.get(row_filter.dataset, ()), row_filter)
        return grouped

    def access_to(self, dataset: Dataset, item: CatalogField) -> FieldAccess:
        """What the role may do with a field. The last matching rule wins; personal fields start denied."""
        rule = self.rule_for(dataset, item)
        if rule is not None:
            return rule.access
        return "deny" if item.personal_data else "show"

    def rule_for(self, dataset: Dataset, item: CatalogField) -> FieldRule | None:
        """The rule that decides over a field, if any."""
        names = _selectors(dataset, item)
        matching = [rule for rule in self.role.field_rules if names & set(rule.fields)]
        return matching[-1] if matching else None

    def may_reveal(self, dataset: Dataset, item: CatalogField) -> bool:
        """Whether the role may see the field of one row at a time, whatever its rules say of it otherwise."""
        return bool(_selectors(dataset, item) & set(self.role.reveal))

    def minimum_group_size(self, dataset: Dataset, item: CatalogField) -> int | None:
        """How many of the dataset's rows a figure about the field must rest on at least, for the role; None for no such rule."""
        rule = self.rule_for(dataset, item)
        return rule.minimum_group_size if rule is not None else None

    def can_show(self, reference: str) -> bool:
        """Whether `dataset.field` may appear in a result or a group."""
        dataset, _, name = reference.partition(".")
        seen = self.datasets.get(dataset)
        if seen is None or name not in seen.field_by_name:
            return False
        return self.access_to(seen, seen.field_by_name[name]) == "show"

    def groupable_fields(self) -> tuple[tuple[Dataset, CatalogField], ...]:
        """Fields that questions may group or filter by."""
        return tuple(
            (dataset, item)
            for dataset in self.datasets.values()
            if not dataset.hidden
            for item in dataset.fields
            if not item.hidden and item.role is not FieldRole.TEXT and self.access_to(dataset, item) == "show"
        )


def view_for(catalog: Catalog, principal: Principal) -> CatalogView:
    """The catalog as the principal may see it; UnknownNameError for a role it does not declare."""
    return CatalogView(whole=catalog, principal=principal, role=resolve_role(catalog, principal.role))
