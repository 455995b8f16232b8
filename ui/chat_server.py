"""Serves the chat of ui/chat.py: prepares Chainlit's folder and starts it in this process."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
from ipaddress import ip_address
from pathlib import Path

from agent.admin import has_accounts
from catalog.errors import UsageError
from ui.chat_folder import prepare_folder
from ui.page_guard import PageGuard, is_address, is_loopback
from ui.session import load_settings

Tls = tuple[Path, Path]  # a certificate and its key, PEM files


def serve(
    host: str,
    port: int | None,
    *,
    names: tuple[str, ...] = (),
    tls: Tls | None = None,
    catalog: str | None = None,
    database: Path | None = None,
) -> None:
    """Serves until it is stopped. UsageError for a port that is taken, and for a host that others could reach where
    nobody has an account or the catalog has no roles.

    `names` are those by which browsers reach it, beside its address. Where anybody has an account, people sign in.
    """
    settings = load_settings()
    port = port or settings.chat_port
    shared = not is_loopback(host) or bool(names)  # a name is for a server in front that hands requests on
    if shared and not has_accounts(settings):
        raise UsageError(
            f"at {', '.join((host, *names))} others could reach the chat, and nobody has an account: "
            "`plumbline users add NAME --role ROLE` makes one; without, it is served at --host 127.0.0.1"
        )
    check_port(host, port)
    if catalog is not None:
        os.environ["PLUMBLINE_CATALOG"] = catalog
    if database is not None:
        os.environ["PLUMBLINE_DATABASE"] = str(database)
    from ui.chat_application import SIGN_IN_REQUIRED, open_application

    service = open_application()  # a catalog or database that cannot be used is said here, before the browser opens
    if shared:
        if not service.has_roles:
            raise UsageError(
                f"catalog {service.catalog_name!r} has no roles, so it answers its local owner alone: --host 127.0.0.1"
            )
        os.environ[SIGN_IN_REQUIRED] = "1"
        if tls is None and not is_loopback(host):
            sys.stderr.write(
                "warning: passwords and answers travel unencrypted; give --tls-certificate and --tls-key, "
                "or serve at 127.0.0.1 behind a server that speaks TLS\n"
            )
    start_chainlit(host, port, prepare_folder(settings.home / "chat"), names, tls)


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


def start_chainlit(host: str, port: int, folder: Path, names: tuple[str, ...], tls: Tls | None) -> None:
    """Starts Chainlit; it reads its folder and address from the environment while it is imported."""
    os.environ.update(
        CHAINLIT_APP_ROOT=str(folder),
        CHAINLIT_HOST=host,
        CHAINLIT_PORT=str(port),
        CHAINLIT_AUTH_SECRET=secrets.token_urlsafe(48),  # of this process: a restart signs everybody out
        CHAINLIT_COOKIE_SAMESITE="lax",
        LITERAL_API_KEY="",
        ANONYMIZED_TELEMETRY="False",
    )
    if tls is not None:
        os.environ.update(CHAINLIT_SSL_CERT=str(tls[0]), CHAINLIT_SSL_KEY=str(tls[1]))
    # Chainlit tells of its own start and of missing translations; only what matters is kept.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("chainlit").setLevel(logging.ERROR)
    from chainlit.cli import run_chainlit
    from chainlit.config import config
    from chainlit.server import app

    config.run.headless = True
    scheme = "https" if tls is not None else "http"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    # At every address of the machine no list can name them: the guard holds each origin to the host it asked.
    everywhere = is_address(host) and ip_address(host).is_unspecified
    own = [address, *(f"{scheme}://{name}:{port}" for name in names), *(f"https://{name}" for name in names)]
    config.project.allow_origins = ["*"] if everywhere else own
    app.add_middleware(PageGuard, names=names, shared=not is_loopback(host), secure=tls is not None)
    sys.stderr.write(f"Plumbline's chat is at {address} (Ctrl-C stops it)\n")
    run_chainlit(str(Path(__file__).parent / "chat.py"))
