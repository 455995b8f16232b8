"""`plumbline chat`: serves the chat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import CatalogOption, DatabaseOption


def chat(
    host: Annotated[
        str,
        typer.Option("--host", help="The address to serve at; others than loopback need accounts (plumbline users)."),
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Default: 8000, or PLUMBLINE_CHAT_PORT.")
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="A name by which browsers reach it, such as plumbline.example.org. May be repeated."
        ),
    ] = None,
    tls_certificate: Annotated[
        Path | None,
        typer.Option("--tls-certificate", help="A PEM file, to serve over TLS.", exists=True, dir_okay=False),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", help="The certificate's key, a PEM file.", exists=True, dir_okay=False)
    ] = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
) -> None:
    """Serve the chat in the browser."""
    from ui.chat_server import serve

    if (tls_certificate is None) != (tls_key is None):
        raise typer.BadParameter("give both or neither", param_hint="'--tls-certificate' and '--tls-key'")
    tls = (tls_certificate, tls_key) if tls_certificate is not None and tls_key is not None else None
    serve(host, port, names=tuple(name or ()), tls=tls, catalog=catalog, database=database)
