"""A catalog as a MetricFlow project: semantic models, metrics, and by name what has no equal there."""

from __future__ import annotations

from typing import Any

from catalog.interop.exported import Exported
from catalog.interop.expressions import column_names, over_columns, with_columns
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    CatalogField,
    ConversionMetric,
    CumulativeMetric,
    Dataset,
    DerivedMetric,
    FieldRole,
    FieldType,
    Metric,
)

_TAKES = {"last": "max", "first": "min"}


class CannotCarryError(Exception):
    """Why an item has no equal in MetricFlow."""


def write_project(catalog: Catalog) -> Exported:
    """The catalog's semantic models and metrics, a document each."""
    return _Writer(catalog).exported()


def _parts_first(catalog: Catalog) -> list[Metric]:
    """The metrics, each after those its formula is made of."""
    order: dict[str, Metric] = {}

    def add(name: str) -> None:
        metric = catalog.metric_by_name[name]
        for item in metric.inputs if isinstance(metric, DerivedMetric) else ():
            if item.metric not in order:
                add(item.metric)
        order.setdefault(name, metric)

    for metric in catalog.metrics:
        add(metric.name)
    return list(order.values())


class _Writer:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.left_out: list[str] = []
        self.entity_of = {item.name: _slug(item.singular) for item in catalog.datasets if len(item.primary_key) == 1}
        self.measures: dict[str, list[dict[str, Any]]] = {}
        self.references: dict[str, dict[str, str]] = {}
        self._read_references()

    def exported(self) -> Exported:
        """Metrics first, as they say which measures the models need."""
        metrics = []
        for metric in _parts_first(self.catalog):
            try:
                metrics.append({"metric": self._metric(metric)})
            except CannotCarryError as reason:
                self.left_out.append(f"metric {metric.name}: {reason}")
            if metric.target is not None:
                self.left_out.append(f"target of {metric.name}: MetricFlow has no targets")
        models = [{"semantic_model": self._model(dataset)} for dataset in self.catalog.datasets]
        self.left_out += [f"role {role.name}: MetricFlow has no policies" for role in self.catalog.roles]
        self.left_out += [f"persona {persona.name}: MetricFlow has no personas" for persona in self.catalog.personas]
        spines = [
            {
                "node_relation": _relation(self.catalog.dataset_by_name[spine.dataset].source),
                "primary_column": {"name": spine.field, "time_granularity": spine.grain.value},
            }
            for spine in self.catalog.time_spines
        ]
        configuration = {"project_configuration": {"time_spines": spines}}
        return Exported((*models, *metrics, configuration), tuple(self.left_out))

    def _read_references(self) -> None:
        """The entities by which datasets refer to others; MetricFlow knows one a dataset and entity."""
        for relation in self.catalog.relationships:
            target = self.catalog.dataset_by_name[relation.to_dataset]
            own = self.references.setdefault(relation.from_dataset, {})
            entity = self.entity_of.get(relation.to_dataset)
            if entity is None or relation.to_fields != target.primary_key:
                self.left_out.append(f"relationship {relation.name}: it does not lead to a primary key of one field")
            elif entity in own:
                self.left_out.append(
                    f"relationship {relation.name}: a second one to {relation.to_dataset} has no name of its own"
                )
            else:
                own[entity] = relation.from_fields[0]

    # Models

    def _model(self, dataset: Dataset) -> dict[str, Any]:
        entities: list[dict[str, Any]] = []
        primary = self.entity_of.get(dataset.name)
        if primary is not None:
            entities.append(
                {"name": primary, "type": "primary", "expr": self._expression(dataset, dataset.primary_key[0])}
            )
        for entity, name in self.references.get(dataset.name, {}).items():
            if entity != primary:
                entities.append({"name": entity, "type": "foreign", "expr": self._expression(dataset, name)})
        dimensions = []
        for item in dataset.fields:
            common = {
                "name": _slug(item.name),
                "expr": self._expression(dataset, item.name),
                "description": item.description,
            }
            if item.role is FieldRole.TIME:
                grain = _granularity(item)
                dimensions.append({**common, "type": "time", "type_params": {"time_granularity": grain}})
            elif item.role is not FieldRole.MEASURE:
                dimensions.append({**common, "type": "categorical"})
        model: dict[str, Any] = {
            "name": dataset.name,
            "description": dataset.description,
            "node_relation": _relation(dataset.source),
        }
        if dataset.time_field:
            model["defaults"] = {"agg_time_dimension": dataset.time_field}
        if primary is None:
            model["primary_entity"] = _slug(dataset.singular)
        return {
            **model,
            "entities": entities,
            "dimensions": dimensions,
            "measures": self.measures.get(dataset.name, []),
        }

    def _expression(self, dataset: Dataset, name: str) -> str:
        return over_columns(self.catalog, dataset.name, name)

    # Metrics

    def _metric(self, metric: Metric) -> dict[str, Any]:
        common = {"name": metric.name, "label": metric.label, "description": metric.description}
        if isinstance(metric, AggregateMetric):
            body: dict[str, Any] = {"type": "simple", "type_params": {"measure": self._measure_use(metric)}}
        elif isinstance(metric, DerivedMetric):
            body = {"type": "derived", "type_params": self._derived(metric)}
        elif isinstance(metric, CumulativeMetric):
            body = {"type": "cumulative", "type_params": self._cumulative(metric)}
        elif isinstance(metric, ConversionMetric):
            body = {"type": "conversion", "type_params": {"conversion_type_params": self._conversion(metric)}}
        else:
            raise CannotCarryError(f"MetricFlow has no {metric.kind} metrics")
        if metric.filter:
            body["filter"] = self._filter(metric.filter)
        return {**common, **body}

    def _measure_use(self, metric: AggregateMetric) -> dict[str, Any]:
        own = self.catalog.dataset_by_name[metric.dataset]
        time = metric.time_field or (f"{own.name}.{own.time_field}" if own.time_field else None)
        if time is None or time.partition(".")[0] != own.name:
            raise CannotCarryError("MetricFlow needs a time of the measure's own model")
        if metric.expression.strip() != "*" and any(
            name.partition(".")[0] != own.name for name in column_names(metric.expression) if "." in name
        ):
            raise CannotCarryError("its expression reads another dataset")
        expression = (
            "1" if metric.expression.strip() == "*" else over_columns(self.catalog, own.name, metric.expression)
        )
        name = f"{metric.name}_measure"
        measure: dict[str, Any] = {"name": name, "agg": metric.aggregation.value, "expr": expression}
        if metric.aggregation is Aggregation.COUNT and expression == "1":
            measure["agg"] = "sum"
        if metric.aggregation is Aggregation.PERCENTILE:
            measure["agg_params"] = {
                "percentile": metric.percentile,
                "use_discrete_percentile": metric.percentile_discrete,
                "use_approximate_percentile": metric.percentile_approximate,
            }
        measure["agg_time_dimension"] = time.partition(".")[2]
        if metric.semi_additive is not None:
            level = metric.semi_additive
            if level.take not in _TAKES or level.over != time:
                raise CannotCarryError("MetricFlow knows levels by their first or last moment only")
            measure["non_additive_dimension"] = {
                "name": level.over.partition(".")[2],
                "window_choice": _TAKES[level.take],
            }
            if level.by:
                raise CannotCarryError(
                    "the last level of each entity has no equal that can be told from the entity's name"
                )
        self.measures.setdefault(own.name, []).append(measure)
        use: dict[str, Any] = {"name": name}
        if metric.fill_nulls_with is not None:
            use["fill_nulls_with"] = metric.fill_nulls_with
        if metric.fill_time_spine:
            use["join_to_timespine"] = True
        return use

    def _derived(self, metric: DerivedMetric) -> dict[str, Any]:
        if metric.only_where_all_have_data:
            raise CannotCarryError("MetricFlow does not keep to the days on which all parts have data")
        inputs = []
        for item in metric.inputs:
            self._check_carried(item.metric)
            entry: dict[str, Any] = {"name": item.metric}
            if item.name != item.metric:
                entry["alias"] = item.name
            if item.filter:
                entry["filter"] = self._filter(item.filter)
            if item.offset is not None:
                entry["offset_window"] = f"{item.offset.count} {item.offset.grain.value}"
            if item.offset_to_grain is not None:
                entry["offset_to_grain"] = item.offset_to_grain.value
            inputs.append(entry)
        return {"expr": metric.formula, "metrics": inputs}

    def _check_carried(self, name: str) -> None:
        found = self.catalog.metric_by_name[name]
        if found.kind not in ("aggregate", "derived", "cumulative", "conversion"):
            raise CannotCarryError(f"it is made of {name}, a {found.kind} metric")
        prefix = f"metric {name}: "
        for left_out in self.left_out:
            if left_out.startswith(prefix):
                raise CannotCarryError(f"it is made of {name}: {left_out.removeprefix(prefix)}")

    def _cumulative(self, metric: CumulativeMetric) -> dict[str, Any]:
        inner = self.catalog.metric_by_name[metric.metric]
        if not isinstance(inner, AggregateMetric):
            raise CannotCarryError(f"MetricFlow cumulates measures, and {metric.metric} is none")
        more: dict[str, Any] = {"period_agg": metric.period_aggregation}
        if metric.window is not None:
            more["window"] = f"{metric.window.count} {metric.window.grain.value}"
        if metric.to_date is not None:
            more["grain_to_date"] = metric.to_date.value
        return {"measure": self._filtered_measure(inner), "cumulative_type_params": more}

    def _filtered_measure(self, metric: AggregateMetric) -> dict[str, Any]:
        """A metric's measure, once written, with the metric's filter."""
        self._check_carried(metric.name)
        known = [item["name"] for item in self.measures.get(metric.dataset, [])]
        use = {"name": f"{metric.name}_measure"} if f"{metric.name}_measure" in known else self._measure_use(metric)
        return {**use, "filter": self._filter(metric.filter)} if metric.filter else use

    def _conversion(self, metric: ConversionMetric) -> dict[str, Any]:
        base, conversion = (
            self.catalog.metric_by_name[name] for name in (metric.base_metric, metric.conversion_metric)
        )
        assert isinstance(base, AggregateMetric) and isinstance(conversion, AggregateMetric)
        entity = self._entity(metric.base_entity)
        if entity is None or entity != self._entity(metric.conversion_entity):
            raise CannotCarryError("base and conversion events have no entity of one name")
        if metric.constant_properties:
            raise CannotCarryError("constant properties are carried for entities and dimensions of one name only")
        found: dict[str, Any] = {
            "base_measure": self._filtered_measure(base),
            "conversion_measure": self._filtered_measure(conversion),
            "entity": entity,
            "calculation": "conversion_rate" if metric.calculation == "rate" else "conversions",
        }
        if metric.window is not None:
            found["window"] = f"{metric.window.count} {metric.window.grain.value}"
        return found

    def _entity(self, reference: str) -> str | None:
        dataset, _, name = reference.partition(".")
        for entity, own in self.references.get(dataset, {}).items():
            if own == name:
                return entity
        primary = self.catalog.dataset_by_name[dataset].primary_key
        return self.entity_of.get(dataset) if primary == (name,) else None

    def _filter(self, text: str) -> str:
        def say(dataset: str, name: str) -> str:
            entity = self.entity_of.get(dataset)
            if entity is None:
                raise CannotCarryError(f"its filter reads {dataset}, which has no primary key of one field")
            item = self.catalog.dataset_by_name[dataset].field_by_name.get(name)
            if item is None:
                raise CannotCarryError(f"its filter reads the bare column {name}")
            if item.role is FieldRole.MEASURE:
                raise CannotCarryError(f"its filter reads {dataset}.{name}, which is no dimension")
            if item.role is FieldRole.TIME:
                grain = _granularity(item)
                return f"{{{{ TimeDimension('{entity}__{_slug(name)}', '{grain}') }}}}"
            return f"{{{{ Dimension('{entity}__{_slug(name)}') }}}}"

        return with_columns(text, say)


def _granularity(item: CatalogField) -> str:
    """What the field's times are held to: its declared grain, else a second for instants and a day for dates."""
    if item.time_grain is not None:
        return item.time_grain.value
    return "second" if item.type is FieldType.TIMESTAMP else "day"


def _slug(text: str) -> str:
    return "".join(character if character.isalnum() else "_" for character in text.lower()).strip("_")


def _relation(source: str) -> dict[str, str]:
    schema, _, alias = source.rpartition(".")
    return {"schema_name": schema, "alias": alias}
