"""`plumbline quality run`: every data check, printed, kept for the answers, and told by the exit code."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ui.commands.options import AsOfOption, CatalogOption, DatabaseOption, JsonOption

app = typer.Typer(help="Checks of the data themselves.", no_args_is_help=True)
FAILED = 1


@app.callback()
def quality() -> None:
    """Checks of the data themselves: batches, seasons, freshness, keys, references, ranges."""


@app.command("run")
def run(
    dataset: Annotated[list[str] | None, typer.Argument(help="The datasets to check; none: all.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Print the checks that pass too.")] = False,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> int:
    """Run the data checks. Exit code 1 where one fails; what is in doubt is said beside the answers that rest on it."""
    from ui.session import open_service

    with open_service(catalog, database) as service:
        results = service.check_data(tuple(dataset or ()), as_of=as_of)
    if as_json:
        print(json.dumps([item.model_dump(mode="json") for item in results], indent=2, ensure_ascii=False))
    else:
        for item in results:
            if item.verdict != "pass" or everything:
                when = "" if item.period is None else f" {item.period}"
                expected = "" if item.expected is None else f", expected {item.expected:,.0f}"
                print(
                    f"{item.verdict:<5} {item.check:<10} {item.table} {item.subject}{when}: {item.observed:,.0f}{expected}"
                )
        counts = {verdict: sum(item.verdict == verdict for item in results) for verdict in ("pass", "warn", "fail")}
        print(f"{len(results)} checks: {counts['pass']} pass, {counts['warn']} warn, {counts['fail']} fail")
    return FAILED if any(item.verdict == "fail" for item in results) else 0
