"""`plumbline reveal`: personal fields of one thing, for a reason that is kept with the receipt."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.options import CatalogOption, DatabaseOption, JsonOption, RoleOption, UserOption


def reveal(
    dataset: Annotated[str, typer.Argument(help="A dataset of the catalog, such as customers.")],
    key: Annotated[str, typer.Argument(help="The key of the one row to reveal.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the receipt.")],
    role: RoleOption = None,
    user: UserOption = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> int:
    """Reveal the personal fields of one row that the role may reveal; each reveal leaves its receipt."""
    from agent.admin import principal_for
    from ui.commands.questions import show
    from ui.session import asked_service, load_settings

    settings = load_settings()
    principal = principal_for(settings, user, role)
    with asked_service(f"reveal {dataset} {key}: {reason}", principal, catalog, database, settings) as service:
        return show(service.reveal(dataset, key, reason=reason, principal=principal), as_json)
