"""`plumbline catalog`: check a catalog, read it, find things in it, and the schema that editors use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.draft import draft
from ui.commands.interop import export_command, import_command
from ui.commands.options import DatabaseOption

app = typer.Typer(help="Check, show and search a catalog.", no_args_is_help=True, rich_markup_mode=None)

CatalogArgument = Annotated[
    str | None, typer.Argument(help="A shipped catalog's name or a folder of YAML; default: PLUMBLINE_CATALOG.")
]
CatalogFlag = Annotated[
    str | None,
    typer.Option("--catalog", help="A shipped catalog's name or a folder of YAML (default: PLUMBLINE_CATALOG)."),
]


app.command("draft")(draft)
app.command("import")(import_command)
app.command("export")(export_command)


def source_of(catalog: str | None) -> str:
    """The catalog named, or the settings' own."""
    if catalog is not None:
        return catalog
    from ui.session import load_settings

    return load_settings().catalog


@app.command("check")
def check(catalog: CatalogArgument = None, database: DatabaseOption = None) -> int:
    """Check a catalog, and with --database also that the data has what it names; exits 1 where an error is found."""
    from agent.admin import check_catalog
    from ui.session import load_settings

    source = source_of(catalog)
    issues = check_catalog(source, database, load_settings())
    for issue in issues:
        print(issue)
    errors = sum(issue.severity == "error" for issue in issues)
    print(f"{source}: {errors} errors, {len(issues) - errors} warnings")
    return 1 if errors else 0


@app.command("show")
def show(
    name: Annotated[str | None, typer.Argument(help="A metric, dataset or dataset.field; none: all names.")] = None,
    catalog: CatalogFlag = None,
) -> None:
    """Show what a name means: its definition, formula, unit, target, synonyms."""
    from agent import admin

    print(admin.show(source_of(catalog), name))


@app.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Words.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=100)] = 10,
    catalog: CatalogFlag = None,
) -> int:
    """Find metrics and fields by name, synonym and meaning; exits 1 where nothing is found."""
    from agent import admin

    hits = admin.search(source_of(catalog), text, limit)
    for hit in hits:
        print(f"{hit.score:.2f}  {hit.kind:<7} {hit.name}")
    if not hits:
        print("nothing found")
    return 0 if hits else 1


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="The catalog as it was: a shipped name or a folder of YAML.")],
    new: Annotated[str, typer.Argument(help="The catalog as it is to be.")],
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
) -> int:
    """Name the metrics that mean something else, and what they touch; with --database their values before and after.

    Exits 1 where a metric's meaning or target differs.
    """
    import dataclasses

    from agent.admin import diff_catalogs

    changes = diff_catalogs(old, new, database)
    if as_json:
        print(json.dumps([dataclasses.asdict(item) for item in changes], indent=2, ensure_ascii=False))
    else:
        for item in changes:
            print(item.line())
        print(f"{len(changes)} metrics differ" if changes else "no metric means anything else")
    return 1 if changes else 0


@app.command("schema")
def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead.", dir_okay=False)] = None,
) -> None:
    """Print the JSON Schema of a catalog's YAML, for editors."""
    from agent.admin import authoring_schema

    text = json.dumps(authoring_schema(), indent=2, ensure_ascii=False)
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
