"""A MetricFlow project as a catalog, with what it cannot carry named."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog.durations import Duration, TimeGrain
from catalog.errors import UsageError
from catalog.interop.imported import Imported
from catalog.interop.metricflow.manifest import Manifest, load_manifest, texts
from catalog.interop.metricflow.models import Model, read_model, relationships
from catalog.interop.metricflow.names import METRIC_TIME, GroupItem, MetricItem, parsed_call, rendered, take_apart
from catalog.interop.metricflow.read_columns import with_read_columns
from catalog.interop.metricflow.spines import read_spines
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    ConstantProperty,
    ConversionMetric,
    CumulativeMetric,
    Dataset,
    DerivedMetric,
    Metric,
    MetricInput,
    Relationship,
    SemiAdditive,
    TimeSpine,
)
from catalog.query import (
    Dimension,
    FieldDimension,
    MetricQuery,
    MetricUse,
    OrderBy,
    SqlCondition,
    TimeDimension,
    dimension_name,
)

Item = dict[str, Any]
_AGGREGATIONS = {
    "sum": Aggregation.SUM,
    "count_distinct": Aggregation.COUNT_DISTINCT,
    "average": Aggregation.AVERAGE,
    "avg": Aggregation.AVERAGE,
    "min": Aggregation.MIN,
    "max": Aggregation.MAX,
    "median": Aggregation.MEDIAN,
    "percentile": Aggregation.PERCENTILE,
    "sum_boolean": Aggregation.SUM,
    "count": Aggregation.SUM,
}


@dataclass
class MetricFlowProject:
    """A project being read: its models by name, and where names lead."""

    manifest: Manifest
    schema: str
    models: list[Model]
    relations: tuple[Relationship, ...]
    custom_grains: frozenset[str]
    spines: tuple[TimeSpine, ...]
    spine_datasets: tuple[Dataset, ...]
    not_carried: list[str] = field(default_factory=list)

    # Names

    def field_of(self, item: GroupItem, base: str | None = None) -> str:
        """dataset.field of an element: of the nearest model that has it under the entity it is asked by."""
        entity = item.entities[-1] if item.entities else None
        candidates = [
            model
            for model in self.models
            if item.element in model.dataset.field_by_name
            and (
                (entity is None and (base is None or model.name == base or item.element in model.entities))
                or entity in (model.primary_entity, *(name for name in model.entities if model.is_one(name)))
            )
        ]
        if not candidates:
            raise UsageError(f"no semantic model has {'__'.join((*item.entities, item.element))}")
        if base is None:
            return f"{candidates[0].name}.{item.element}"
        nearest = min(candidates, key=lambda model: self.distance(base, model.name))
        return f"{nearest.name}.{item.element}"

    def distance(self, base: str, target: str) -> int:
        """How many joins lead from one model to another."""
        reached, frontier, steps = {base}, {base}, 0
        while frontier:
            if target in reached:
                return steps
            frontier = {
                relation.to_dataset if relation.from_dataset in frontier else relation.from_dataset
                for relation in self.relations
                if relation.from_dataset in frontier or (relation.one_to_one and relation.to_dataset in frontier)
            } - reached
            reached |= frontier
            steps += 1
        return 99

    def path_of(self, item: GroupItem, base: str | None, target: str) -> tuple[str, ...]:
        """The relationships by which the entities lead from the base to the target, where they say so."""
        if base is None or base == target or len(item.entities) < 2:
            return ()
        at, path = base, []
        for index, entity in enumerate(item.entities):
            last = index == len(item.entities) - 1
            steps = [
                relation
                for relation in self.relations
                if relation.from_fields[0] == entity and at in (relation.from_dataset, relation.to_dataset)
                if relation.from_dataset == at or relation.one_to_one
            ]
            ends = {
                relation.to_dataset if relation.from_dataset == at else relation.from_dataset: relation
                for relation in steps
            }
            following = item.entities[index + 1] if not last else None
            fitting = [name for name in ends if (name == target if last else following in self.model(name).entities)]
            if len(fitting) != 1:
                return ()
            path.append(ends[fitting[0]].name)
            at = fitting[0]
        return tuple(path)

    def model(self, name: str) -> Model:
        """A model by name."""
        return next(model for model in self.models if model.name == name)

    def sql(self, template: str, base: str | None) -> str:
        """A filter as SQL over dataset.field."""

        def say(item: GroupItem | MetricItem) -> str:
            if isinstance(item, MetricItem):
                per = [self._entity_field(name, base) for name in item.group_by]
                return f"METRIC({', '.join(repr(text) for text in (item.metric, *per))})"
            name = METRIC_TIME if item.element == METRIC_TIME else self.field_of(item, base)
            if item.custom_grain is not None:
                return f"CUSTOM_GRAIN('{item.custom_grain}', {name})"
            return f"DATE_TRUNC('{item.grain.value}', {name})" if item.grain is not None else name

        return rendered(template, say, self.custom_grains)

    def _entity_field(self, name: str, base: str | None) -> str:
        item = take_apart(name, self.custom_grains)
        if item.entities and not any(item.entities[-1] in model.entities for model in self.models):
            item = GroupItem((), item.element)  # a local entity by its own model's name
        homes = [model.name for model in self.models if model.entities.get(item.element) == "primary"]
        if item.entities or not homes:
            return self.field_of(item, base)
        nearest = min(homes, key=lambda home: self.distance(base, home)) if base else homes[0]
        return f"{nearest}.{item.element}"

    # Queries

    def dimension(self, name: str, base: str | None, grain: str | None = None, part: str | None = None) -> Dimension:
        """A group-by name as a dimension, under MetricFlow's column name."""
        item = take_apart(name, self.custom_grains, grain, part)
        return self.as_dimension(item, base)

    def as_dimension(self, item: GroupItem, base: str | None, default: TimeGrain | None = None) -> Dimension:
        """The dimension of a group-by item; `default` is the grain of metric_time where none is named."""
        plain = "__".join((*item.entities, item.element))
        if item.element == METRIC_TIME:
            reference: str | None = None
            path: tuple[str, ...] = ()
            grain = default or TimeGrain.DAY
        else:
            reference = self.field_of(item, base)
            path = self.path_of(item, base, reference.partition(".")[0])
            home = self.model(reference.partition(".")[0])
            if item.element not in home.dimensions or home.dimensions[item.element]["type"].lower() != "time":
                return FieldDimension(field=reference, path=path, alias=plain)
            grain = home.dataset.field_by_name[item.element].time_grain or TimeGrain.DAY
        if item.custom_grain is not None:
            alias = f"{plain}__{item.custom_grain}"
            return TimeDimension(field=reference, path=path, custom_grain=item.custom_grain, alias=alias)
        if item.part is not None:
            return TimeDimension(field=reference, path=path, part=item.part, alias=f"{plain}__{item.part.value}")
        grain = item.grain or grain
        return TimeDimension(field=reference, path=path, grain=grain, alias=f"{plain}__{grain.value}")

    # Catalog

    def imported(self) -> Imported:
        """The catalog and what it leaves out."""
        metrics = MetricReader(self).metrics()
        catalog = Catalog(
            name=self.manifest.name,
            label=self.manifest.name.replace("_", " "),
            datasets=with_read_columns((*(model.dataset for model in self.models), *self.spine_datasets), metrics),
            relationships=self.relations,
            metrics=tuple(metrics),
            time_spines=self.spines,
        )
        saved = {
            item["name"]: query
            for item in self.manifest.saved_queries
            for query in [self._saved(item, catalog)]
            if query
        }
        return Imported(catalog, tuple(self.not_carried), saved)

    def _saved(self, item: Item, catalog: Catalog) -> MetricQuery | None:
        parameters = item.get("query_params") or {}
        try:
            names = [name.lower() for name in parameters.get("metrics") or []]
            base = base_of(catalog, names[0]) if names else None
            group_by = []
            for text in parameters.get("group_by") or []:
                parsed = parsed_call(text, self.custom_grains)
                assert isinstance(parsed, GroupItem)
                group_by.append(self.as_dimension(parsed, base))
            where = [self.sql(template, base) for template in texts(parameters.get("where"))]
            orders = []
            for text in parameters.get("order_by") or []:
                parsed = parsed_call(text, self.custom_grains)
                column = (
                    parsed.metric if isinstance(parsed, MetricItem) else dimension_name(self.as_dimension(parsed, base))
                )
                orders.append(OrderBy(column=column, descending=".descending(True)" in text))
        except UsageError as error:
            self.not_carried.append(f"saved query {item['name']}: {error}")
            return None
        return MetricQuery(
            metrics=tuple(MetricUse(metric=name) for name in names),
            group_by=tuple(group_by),
            where=SqlCondition(expression=" AND ".join(f"({text})" for text in where)) if where else None,
            order_by=tuple(orders),
            limit=parameters.get("limit"),
        )


def base_of(catalog: Catalog, metric: str) -> str | None:
    """The dataset that a metric, or the first part of it, is aggregated from."""
    found = catalog.metric_by_name.get(metric)
    while found is not None and not isinstance(found, AggregateMetric):
        if isinstance(found, DerivedMetric):
            found = catalog.metric_by_name.get(found.inputs[0].metric)
        elif isinstance(found, CumulativeMetric):
            found = catalog.metric_by_name.get(found.metric)
        elif isinstance(found, ConversionMetric):
            found = catalog.metric_by_name.get(found.base_metric)
        else:
            return None
    return found.dataset if found is not None else None


def read_project(path: Path, schema: str = "main") -> MetricFlowProject:
    """The project at a path, its models read. `imported()` gives the catalog. UsageError where it cannot be read."""
    manifest = load_manifest(path)
    models = [read_model(item, schema) for item in manifest.semantic_models]
    names = [model.name for model in models]
    twice = sorted({name for name in names if names.count(name) > 1})
    not_carried = [f"semantic model {name}: stands several times, the first is kept" for name in twice]
    models = list({model.name: model for model in reversed(models)}.values())[::-1]
    spines, datasets, left_out = read_spines(manifest, schema, names)
    custom = frozenset(name for spine in spines for name in spine.custom_grains)
    relations = relationships(models)
    return MetricFlowProject(manifest, schema, models, relations, custom, spines, datasets, [*not_carried, *left_out])


class MetricReader:
    """Measures and metrics as the catalog's metrics."""

    def __init__(self, project: MetricFlowProject) -> None:
        self.project = project
        self.measures = {name: (model, item) for model in project.models for name, item in model.measures.items()}
        self.found: dict[str, Metric] = {}
        self._hidden: dict[str, Metric] = {}

    def metrics(self) -> list[Metric]:
        """Every metric, hidden ones for bare measures first."""
        for name, (model, item) in self.measures.items():
            if item.get("create_metric"):
                self.found[name] = self.aggregate(name, model, item, {}, {"name": name})
        for item in self.project.manifest.metrics:
            try:
                self.found[item["name"].lower()] = self.metric(item)
            except (UsageError, KeyError, ValueError) as error:
                self.project.not_carried.append(f"metric {item.get('name')}: {_reason(error)}")
        return [*self._hidden.values(), *self.found.values()]

    def metric(self, item: Item) -> Metric:
        """One metric of any type."""
        kind = str(item["type"]).lower()
        parameters = item.get("type_params") or {}
        if kind == "simple":
            name, use = self.measure_use(parameters["measure"])
            model, measure = self.measures[name]
            return self.aggregate(item["name"].lower(), model, measure, use, item)
        if kind in ("ratio", "derived"):
            return self.derived(item, parameters, kind == "ratio")
        if kind == "cumulative":
            return self.cumulative(item, parameters)
        if kind == "conversion":
            return self.conversion(item, parameters["conversion_type_params"])
        raise UsageError(f"metrics of type {kind} have no equal here")

    def common(self, item: Item) -> Item:
        """What metrics of every type have."""
        name = item["name"].lower()
        return {
            "name": name,
            "label": item.get("label") or name.replace("_", " "),
            "description": item.get("description") or "",
        }

    def measure_use(self, value: Any) -> tuple[str, Item]:
        """A measure's name and how it is used, from either form."""
        use = {"name": value} if isinstance(value, str) else value
        name = use["name"].lower()
        if name not in self.measures:
            raise UsageError(f"there is no measure {name}")
        return name, use

    def conditions(self, templates: list[str], base: str | None) -> str | None:
        """Filters that must all hold as one."""
        found = [self.project.sql(template, base) for template in templates]
        return found[0] if len(found) == 1 else " AND ".join(f"({text})" for text in found) if found else None

    def aggregate(self, name: str, model: Model, measure: Item, use: Item, item: Item) -> AggregateMetric:
        """A measure as a metric: a simple metric, or the hidden measure of one."""
        kind = str(measure["agg"]).lower()
        if kind not in _AGGREGATIONS:
            raise UsageError(f"the aggregation {kind} has no equal here")
        expression = str(measure.get("expr") or measure["name"])
        if kind == "count":
            expression = f"CASE WHEN {expression} IS NOT NULL THEN 1 ELSE 0 END"
        elif kind == "sum_boolean":
            expression = f"CASE WHEN {expression} THEN 1 ELSE 0 END"
        parameters = measure.get("agg_params") or {}
        level = measure.get("non_additive_dimension")
        time = (measure.get("agg_time_dimension") or "").lower()
        return AggregateMetric(
            **self.common({**item, "name": name}),
            dataset=model.name,
            aggregation=_AGGREGATIONS[kind],
            expression=expression,
            percentile=parameters.get("percentile"),
            percentile_discrete=bool(parameters.get("use_discrete_percentile")),
            percentile_approximate=bool(parameters.get("use_approximate_percentile")),
            time_field=f"{model.name}.{time}" if time else None,
            filter=self.conditions([*texts(use.get("filter")), *texts(item.get("filter"))], model.name),
            semi_additive=self._level(model, level) if level else None,
            fill_nulls_with=use.get("fill_nulls_with"),
            fill_time_spine=bool(use.get("join_to_timespine")),
            missing="null",
        )

    @staticmethod
    def _level(model: Model, level: Item) -> SemiAdditive:
        take = "last" if str(level.get("window_choice") or "min").lower() == "max" else "first"
        by = tuple(f"{model.name}.{name.lower()}" for name in level.get("window_groupings") or [])
        return SemiAdditive.model_validate({"over": f"{model.name}.{level['name'].lower()}", "take": take, "by": by})

    def hidden(self, value: Any) -> str:
        """The name of a hidden metric for a measure as it is used."""
        name, use = self.measure_use(value)
        model, measure = self.measures[name]
        metric = self.aggregate(f"measure_{name}", model, measure, use, {"name": name})
        number, chosen = 2, metric.name
        while chosen in self._hidden and self._hidden[chosen] != metric.model_copy(
            update={"name": chosen, "hidden": True}
        ):
            chosen, number = f"{metric.name}_{number}", number + 1
        self._hidden[chosen] = metric.model_copy(update={"name": chosen, "hidden": True})
        return chosen

    def derived(self, item: Item, parameters: Item, ratio: bool) -> DerivedMetric:
        """A formula over metrics; a ratio is one."""
        raw = [parameters["numerator"], parameters["denominator"]] if ratio else parameters.get("metrics") or []
        inputs = [{"name": value} if isinstance(value, str) else value for value in raw]
        named = []
        for index, part in enumerate(inputs):
            alias = ("numerator", "denominator")[index] if ratio else (part.get("alias") or part["name"]).lower()
            named.append(
                MetricInput(
                    name=alias,
                    metric=part["name"].lower(),
                    filter=self.conditions(texts(part.get("filter")), self._base(part["name"].lower())),
                    offset=_duration(part.get("offset_window")),
                    offset_to_grain=part.get("offset_to_grain"),
                )
            )
        formula = "CAST(numerator AS DOUBLE) / denominator" if ratio else str(parameters.get("expr"))
        base = self._base(inputs[0]["name"].lower()) if inputs else None
        return DerivedMetric(
            **self.common(item),
            formula=formula,
            inputs=tuple(named),
            filter=self.conditions(texts(item.get("filter")), base),
            missing_terms="null",
        )

    def _base(self, metric: str) -> str | None:
        """The model of a metric's first measure, whether it has been read yet or not."""
        for item in self.project.manifest.metrics:
            if item["name"].lower() == metric:
                parameters = item.get("type_params") or {}
                first = parameters.get("measure")
                if first is not None:
                    return self.measures[self.measure_use(first)[0]][0].name
                conversion = parameters.get("conversion_type_params")
                if conversion:
                    return self.measures[self.measure_use(conversion["base_measure"])[0]][0].name
                inner = parameters.get("numerator") or (parameters.get("metrics") or [None])[0]
                if inner is None:
                    return None
                return self._base((inner if isinstance(inner, str) else inner["name"]).lower())
        return self.measures[metric][0].name if metric in self.measures else None

    def cumulative(self, item: Item, parameters: Item) -> CumulativeMetric:
        """A cumulative metric over its measure."""
        more = {**parameters, **(parameters.get("cumulative_type_params") or {})}
        window = more.get("window")
        inner: Any = more.get("metric")
        measure = parameters.get("measure")
        metric = (
            self.hidden(measure)
            if measure is not None
            else str(inner["name"] if isinstance(inner, dict) else inner).lower()
        )
        return CumulativeMetric(
            **self.common(item),
            metric=metric,
            window=_duration(window),
            to_date=more.get("grain_to_date"),
            period_aggregation=more.get("period_agg") or "first",
            filter=self.conditions(texts(item.get("filter")), self._base(item["name"].lower())),
        )

    def conversion(self, item: Item, parameters: Item) -> ConversionMetric:
        """A conversion metric over its two measures."""
        base, conversion = self.hidden(parameters["base_measure"]), self.hidden(parameters["conversion_measure"])
        one, two = self._hidden[base], self._hidden[conversion]
        assert isinstance(one, AggregateMetric) and isinstance(two, AggregateMetric)
        entity = parameters["entity"].lower()
        properties = tuple(
            ConstantProperty(
                base_field=f"{one.dataset}.{each['base_property'].lower()}",
                conversion_field=f"{two.dataset}.{each['conversion_property'].lower()}",
            )
            for each in parameters.get("constant_properties") or []
        )
        rate = str(parameters.get("calculation") or "conversion_rate").lower() == "conversion_rate"
        return ConversionMetric(
            **self.common(item),
            base_metric=base,
            conversion_metric=conversion,
            base_entity=f"{one.dataset}.{entity}",
            conversion_entity=f"{two.dataset}.{entity}",
            window=_duration(parameters.get("window")),
            calculation="rate" if rate else "count",
            constant_properties=properties,
            filter=self.conditions(texts(item.get("filter")), one.dataset),
            missing="null",
        )


def _duration(value: Any) -> Duration | None:
    if value is None:
        return None
    return Duration.model_validate(
        {"count": value["count"], "grain": value["granularity"]} if isinstance(value, dict) else value
    )


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error).splitlines()[0]
