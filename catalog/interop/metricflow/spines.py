"""Time spines as hidden datasets."""

from __future__ import annotations

from catalog.durations import TimeGrain
from catalog.interop.metricflow.manifest import Manifest
from catalog.interop.metricflow.names import GRAINS
from catalog.models import CatalogField, Dataset, FieldRole, FieldType, TimeSpine


def read_spines(
    manifest: Manifest, schema: str, taken: list[str]
) -> tuple[tuple[TimeSpine, ...], tuple[Dataset, ...], list[str]]:
    """The spines, their datasets, and those of grains finer than a second, which have no equal here."""
    spines: list[TimeSpine] = []
    datasets: list[Dataset] = []
    left_out: list[str] = []
    for item in manifest.project_configuration.get("time_spines") or []:
        column, relation = item["primary_column"], item["node_relation"]
        grain = str(column["time_granularity"]).lower()
        name = str(relation["alias"]).lower()
        if grain not in GRAINS:
            left_out.append(f"time spine {name}: grains finer than a second have no equal here")
            continue
        custom = {
            str(each["name"]).lower(): str(each.get("column_name") or each["name"]).lower()
            for each in item.get("custom_granularities") or []
        }
        fields = [column["name"], *custom.values()]
        dataset_name = _free_name(name, str(column["name"]), {*taken, *(dataset.name for dataset in datasets)})
        home = str(relation.get("schema_name") or "").replace("$source_schema", schema)
        datasets.append(
            Dataset(
                name=dataset_name,
                source=f"{home}.{relation['alias']}" if home else str(relation["alias"]),
                label=dataset_name.replace("_", " "),
                singular="period",
                primary_key=(column["name"],),
                fields=tuple(
                    CatalogField(
                        name=each,
                        expression=each,
                        type=FieldType.TIMESTAMP,
                        role=FieldRole.TIME,
                        label=each,
                        hidden=True,
                    )
                    for each in fields
                ),
                hidden=True,
            )
        )
        spines.append(
            TimeSpine(dataset=dataset_name, field=column["name"], grain=TimeGrain(grain), custom_grains=custom)
        )
    return tuple(spines), tuple(datasets), left_out


def _free_name(name: str, column: str, taken: set[str]) -> str:
    """The table's name; where a model or another column's spine has it, one that says which it is."""
    free = (text for text in (name, f"{name}_periods", f"{name}_{column.lower()}") if text not in taken)
    return next(free, f"{name}_{column.lower()}_periods")
