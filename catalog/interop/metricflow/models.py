"""Semantic models as datasets: entities and dimensions as fields, shared entities as relationships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.durations import TimeGrain
from catalog.models import CatalogField, Dataset, FieldRole, FieldType, Relationship, Validity

Item = dict[str, Any]
_ONE = ("primary", "unique", "natural")
_COARSE = {grain.value: grain for grain in TimeGrain}


@dataclass(frozen=True, slots=True)
class Model:
    """A semantic model and what its names are."""

    name: str
    dataset: Dataset
    entities: dict[str, str]  # entity -> type
    primary_entity: str | None
    dimensions: dict[str, Item]
    measures: dict[str, Item]
    partition: str | None

    def is_one(self, entity: str) -> bool:
        """Whether the model has one row (at a time) for each of the entity."""
        return self.entities.get(entity) in _ONE


def read_model(item: Item, schema: str) -> Model:
    """The dataset of one semantic model. `schema` stands where the model says $source_schema."""
    fields: dict[str, CatalogField] = {}
    entities: dict[str, str] = {}
    for entity in item.get("entities") or []:
        name = entity["name"].lower()
        entities[name] = str(entity["type"]).lower()
        fields[name] = _field(name, entity, FieldType.STRING, FieldRole.KEY)
    starts: dict[str, str] = {}
    partition = None
    dimensions: dict[str, Item] = {}
    for dimension in item.get("dimensions") or []:
        name = dimension["name"].lower()
        dimensions[name] = dimension
        parameters = dimension.get("type_params") or {}
        if str(dimension["type"]).lower() == "time":
            grain = _COARSE.get(str(parameters.get("time_granularity") or "day").lower(), TimeGrain.SECOND)
            fields[name] = _field(name, dimension, FieldType.TIMESTAMP, FieldRole.TIME, grain)
            if dimension.get("is_partition"):
                partition = name
            validity = parameters.get("validity_params") or {}
            for key in ("is_start", "is_end"):
                if validity.get(key):
                    starts[key] = name
        else:
            fields[name] = _field(name, dimension, FieldType.STRING, FieldRole.DIMENSION)
    relation = item.get("node_relation") or {}
    name = item["name"].lower()
    keys = [entity for entity, kind in entities.items() if kind == "primary"]
    defaults = item.get("defaults") or {}
    dataset = Dataset(
        name=name,
        source=_source(relation, schema),
        label=(item.get("label") or item["name"]).replace("_", " "),
        singular=(item.get("label") or item["name"]).replace("_", " "),
        description=item.get("description") or "",
        primary_key=tuple(keys[:1]),
        unique_keys=tuple((entity,) for entity, kind in entities.items() if kind == "unique"),
        time_field=(defaults.get("agg_time_dimension") or "").lower() or None,
        validity=Validity(valid_from=starts["is_start"], valid_to=starts["is_end"]) if len(starts) == 2 else None,
        fields=tuple(fields.values()),
    )
    measures = {measure["name"].lower(): measure for measure in item.get("measures") or []}
    primary = (item.get("primary_entity") or (keys[0] if keys else None) or "").lower() or None
    return Model(name, dataset, entities, primary, dimensions, measures, partition)


def _source(relation: Item, schema: str) -> str:
    home = str(relation.get("schema_name") or "").replace("$source_schema", schema)
    alias = relation.get("alias") or str(relation.get("relation_name") or "").replace('"', "").rpartition(".")[2]
    return f"{home}.{alias}" if home else str(alias)


def _field(name: str, item: Item, kind: FieldType, role: FieldRole, grain: TimeGrain | None = None) -> CatalogField:
    return CatalogField(
        name=name,
        expression=str(item.get("expr") or item["name"]),
        type=kind,
        role=role,
        label=item.get("label") or name.replace("_", " "),
        description=item.get("description") or "",
        time_grain=grain,
    )


def relationships(models: list[Model]) -> tuple[Relationship, ...]:
    """Every way MetricFlow would join: an entity of one model to the models that have one row for each of it.

    Partitions of both sides must agree, so they are part of the reference.
    """
    found: list[Relationship] = []
    for near in models:
        for entity in near.entities:
            for far in models:
                if far is near or not far.is_one(entity):
                    continue
                both = near.is_one(entity)
                if both and any(
                    other.from_dataset == far.name and other.to_dataset == near.name and other.from_fields[0] == entity
                    for other in found
                ):
                    continue  # one-to-one holds both ways: once is enough
                shared = near.partition is not None and near.partition == far.partition
                fields = (entity, near.partition) if shared and near.partition else (entity,)
                found.append(
                    Relationship(
                        name=f"{near.name}__{entity}__{far.name}",
                        from_dataset=near.name,
                        to_dataset=far.name,
                        from_fields=fields,
                        to_fields=fields,
                        one_to_one=both,
                    )
                )
    return tuple(found)
