"""`plumbline catalog import` and `export`: catalogs from and to MetricFlow and Apache Ossie."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def import_command(
    source: Annotated[Path, typer.Argument(help="A MetricFlow project or manifest, or an Ossie model.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write the catalog to.", show_default=False)],
    schema: Annotated[
        str, typer.Option("--schema", help="Where a source's schema is a placeholder: this one.")
    ] = "main",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite what the folder holds.")] = False,
) -> None:
    """Read another tool's catalog; whatever cannot be carried over is listed by name."""
    from agent.admin import import_catalog

    report = import_catalog(source, out, schema, replace=replace)
    catalog = report.catalog
    print(
        f"{report.folder}: {len(catalog.datasets)} datasets, {len(catalog.relationships)} relationships, "
        f"{sum(not metric.hidden for metric in catalog.metrics)} metrics read ({', '.join(report.files)})"
    )
    _say_left_out(report.not_carried)


def export_command(
    catalog: Annotated[str | None, typer.Argument(help="A shipped catalog's name or a folder of YAML.")] = None,
    to: Annotated[str, typer.Option("--to", help="metricflow, ossie or plumbline.")] = "ossie",
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to; without it the YAML is printed.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite files of an earlier export.")] = False,
) -> None:
    """Write a catalog for another tool; whatever cannot be carried over is listed by name."""
    from agent.admin import export_catalog
    from ui.commands.catalog import source_of

    report = export_catalog(source_of(catalog), to, out, replace=replace)
    if out is None:
        print("---\n".join(report.texts.values()), end="")
    for file in report.files:
        print(file)
    _say_left_out(report.not_carried)


def _say_left_out(names: tuple[str, ...]) -> None:
    for name in names:
        print(f"left out: {name}", file=sys.stderr)
