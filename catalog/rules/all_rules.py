"""The rules, in the order they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.aggregations_fit import aggregations_fit
from catalog.rules.calendar_is_possible import calendar_is_possible
from catalog.rules.customer_analyses_resolve import customer_analyses_resolve
from catalog.rules.datasets_are_keyed import datasets_are_keyed
from catalog.rules.drivers_resolve import drivers_resolve
from catalog.rules.expressions_do_not_fan_out import expressions_do_not_fan_out
from catalog.rules.expressions_resolve import expressions_resolve
from catalog.rules.field_expressions_resolve import field_expressions_resolve
from catalog.rules.field_values_fit import field_values_fit
from catalog.rules.filtered_ratios_are_denied import filtered_ratios_are_denied
from catalog.rules.formulas_resolve import formulas_resolve
from catalog.rules.levels_are_not_summed import levels_are_not_summed
from catalog.rules.levers_and_influences_resolve import levers_and_influences_resolve
from catalog.rules.metric_parts_exist import metric_parts_exist
from catalog.rules.metrics_are_acyclic import metrics_are_acyclic
from catalog.rules.names_are_identifiers import names_are_identifiers
from catalog.rules.names_are_unique import names_are_unique
from catalog.rules.not_by_resolves import not_by_resolves
from catalog.rules.one_role_is_default import one_role_is_default
from catalog.rules.personal_data_is_marked import personal_data_is_marked
from catalog.rules.personas_have_roles import personas_have_roles
from catalog.rules.policies_resolve import policies_resolve
from catalog.rules.quality_resolves import quality_resolves
from catalog.rules.relationships_are_keyed import relationships_are_keyed
from catalog.rules.relationships_are_told_apart import relationships_are_told_apart
from catalog.rules.synonyms_do_not_collide import synonyms_do_not_collide
from catalog.rules.targets_can_be_met import targets_can_be_met
from catalog.rules.time_fields_are_times import time_fields_are_times
from catalog.rules.units_are_known import units_are_known
from catalog.rules.validity_pairs_exist import validity_pairs_exist
from catalog.rules.verified_questions_resolve import verified_questions_resolve

Rule = Callable[[Catalog], Iterable[CatalogIssue]]

RULES: tuple[Rule, ...] = (
    names_are_identifiers,
    names_are_unique,
    datasets_are_keyed,
    validity_pairs_exist,
    field_expressions_resolve,
    field_values_fit,
    personal_data_is_marked,
    relationships_are_keyed,
    relationships_are_told_apart,
    expressions_resolve,
    expressions_do_not_fan_out,
    aggregations_fit,
    formulas_resolve,
    metric_parts_exist,
    metrics_are_acyclic,
    time_fields_are_times,
    levels_are_not_summed,
    units_are_known,
    targets_can_be_met,
    drivers_resolve,
    levers_and_influences_resolve,
    customer_analyses_resolve,
    quality_resolves,
    not_by_resolves,
    drivers_resolve,
    one_role_is_default,
    policies_resolve,
    filtered_ratios_are_denied,
    personas_have_roles,
    calendar_is_possible,
    verified_questions_resolve,
    synonyms_do_not_collide,
)


def check_catalog(catalog: Catalog) -> tuple[CatalogIssue, ...]:
    """Everything the rules find wrong with a catalog, errors and warnings; places are added by the loader."""
    return tuple(issue for rule in RULES for issue in rule(catalog))
