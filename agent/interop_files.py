"""Catalogs from and to other tools' files: MetricFlow projects and manifests, and Apache Ossie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UsageError
from catalog.interop.imported import Imported
from catalog.interop.native import saved_texts
from catalog.loader import load_catalog
from catalog.models import Catalog

FORMATS = ("metricflow", "ossie", "plumbline")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was imported: the catalog, the folder, its files by name, and by name what could not be carried over."""

    catalog: Catalog
    folder: Path
    files: tuple[str, ...]
    not_carried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was exported: texts by file name, the files written, and by name what could not be carried over."""

    texts: dict[str, str]
    files: tuple[Path, ...]
    not_carried: tuple[str, ...]


def import_to_folder(source: Path, out: Path, schema: str = "main", *, replace: bool = False) -> ImportReport:
    """Read a MetricFlow project or an Ossie model and write it as a catalog's YAML to the folder `out`.

    Saved queries become queries/<name>.json, for `plumbline query`. UsageError where `source` is neither, or where `out`
    holds something and `replace` is not set; CatalogError where the rules refuse what is no single metric's fault.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; --out is a folder")
    if not replace and out.is_dir() and any(out.iterdir()):
        raise UsageError(f"the folder {out} is not empty; choose another with --out, or overwrite with --replace")
    imported = _read(source, schema)
    texts, changed = saved_texts(imported.catalog)
    files = dict(texts)
    for name, query in imported.saved_queries.items():
        files[f"queries/{name}.json"] = query.model_dump_json(indent=2, exclude_defaults=True) + "\n"
    for file, text in files.items():
        _write(out / file, text)
    return ImportReport(imported.catalog, out, tuple(files), (*imported.not_carried, *changed))


def export_to_folder(source: str | Path, to: str, out: Path | None = None, *, replace: bool = False) -> ExportReport:
    """A catalog in another format, written to the folder `out` where one is given.

    UsageError for a format that is none of FORMATS, or where a file stands there already and `replace` is not set.
    """
    from catalog.interop.metricflow.writer import write_project
    from catalog.interop.ossie import write_ossie

    if to not in FORMATS:
        raise UsageError(f"{to!r} is no format to export to; there are {', '.join(FORMATS)}")
    catalog = load_catalog(source)
    if to == "plumbline":
        texts, left_out = saved_texts(catalog)
    else:
        exported = write_project(catalog) if to == "metricflow" else write_ossie(catalog)
        texts, left_out = {f"{catalog.name}.{to}.yaml": exported.to_yaml()}, exported.not_carried
    files = tuple(out / name for name in texts) if out is not None else ()
    taken = [str(file) for file in files if file.exists()]
    if taken and not replace:
        raise UsageError(f"{', '.join(taken)} exists already; choose another with --out, or overwrite with --replace")
    for file, text in zip(files, texts.values(), strict=False):
        _write(file, text)
    return ExportReport(texts, files, left_out)


def _read(source: Path, schema: str) -> Imported:
    from catalog.interop.metricflow.manifest import load_manifest
    from catalog.interop.metricflow.reader import read_project

    if not source.exists():
        raise UsageError(
            f"there is no file or folder {source}; give a MetricFlow project or manifest, or an Ossie model"
        )
    try:
        load_manifest(source)
    except UsageError:
        return Imported(load_catalog(source))
    return read_project(source, schema).imported()


def _write(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.parent / f".{path.name}.{os.getpid()}"
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
