"""Serves the chat of ui/chat.py on this machine: prepares Chainlit's folder and starts it in this process."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path

from catalog.errors import UsageError
from ui.chat_folder import prepare_folder
from ui.page_guard import PageGuard, is_loopback
from ui.session import load_settings


def serve(host: str, port: int | None, *, catalog: str | None = None, database: Path | None = None) -> None:
    """Serves until it is stopped. UsageError for a host that others could reach, or a port that is taken."""
    settings = load_settings()
    port = port or settings.chat_port
    if not is_loopback(host):
        raise UsageError(
            f"the chat has no sign-in, so it is served on this machine only: --host 127.0.0.1, not {host!r}"
        )
    check_port(host, port)
    if catalog is not None:
        os.environ["PLUMBLINE_CATALOG"] = catalog
    if database is not None:
        os.environ["PLUMBLINE_DATABASE"] = str(database)
    from ui.chat_application import open_application

    open_application()  # a catalog or database that cannot be used is said here, before the browser opens
    start_chainlit(host, port, prepare_folder(settings.home / "chat"))


def check_port(host: str, port: int) -> None:
    """UsageError where nothing can listen at host and port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"cannot serve on {host}:{port} ({reason}); choose another with --port") from None


def start_chainlit(host: str, port: int, folder: Path) -> None:
    """Starts Chainlit; it reads its folder and address from the environment while it is imported."""
    os.environ.update(
        CHAINLIT_APP_ROOT=str(folder),
        CHAINLIT_HOST=host,
        CHAINLIT_PORT=str(port),
        LITERAL_API_KEY="",
        ANONYMIZED_TELEMETRY="False",
    )
    # Chainlit tells of its own start and of missing translations; only what matters is kept.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("chainlit").setLevel(logging.ERROR)
    from chainlit.cli import run_chainlit
    from chainlit.config import config
    from chainlit.server import app

    config.run.headless = True
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config.project.allow_origins = [address]
    app.add_middleware(PageGuard)
    sys.stderr.write(f"Plumbline's chat is at {address} (Ctrl-C stops it)\n")
    run_chainlit(str(Path(__file__).parent / "chat.py"))
