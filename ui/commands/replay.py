"""`plumbline replay`: an answer's receipt, run again."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from ui.commands.options import CatalogOption, DatabaseOption, JsonOption


def replay(
    receipt: Annotated[str, typer.Argument(help="The receipt's id, as an answer or `plumbline audit show` gives it.")],
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> int:
    """Run a receipt again and say what changed since: data, definition or policy, and by how much; exits 1 where it did."""
    from ui.session import open_service

    with open_service(catalog, database) as service:
        found = service.replay(receipt)
    if as_json:
        print(json.dumps(dataclasses.asdict(found), indent=2, allow_nan=False))
    else:
        for line in found.lines():
            print(line)
    return 0 if found.same else 1
