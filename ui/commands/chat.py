"""`plumbline chat`: serves the chat."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.options import CatalogOption, DatabaseOption


def chat(
    host: Annotated[str, typer.Option("--host", help="A loopback address; the chat has no sign-in yet.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Default: 8000, or PLUMBLINE_CHAT_PORT.")
    ] = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
) -> None:
    """Serve the chat in the browser."""
    from ui.chat_server import serve

    serve(host, port, catalog=catalog, database=database)
