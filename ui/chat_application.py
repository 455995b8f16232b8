"""What all chat sessions share: one open service, and who a session's person is."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.access import Principal
from catalog.errors import UnknownNameError
from catalog.models import Persona

if TYPE_CHECKING:
    from agent.service import PlumblineService

LOCAL_USER = "local"
WORKERS = 2  # so that one person's long question does not hold up another's
_SECRET = secrets.token_bytes(32)  # of this process: what a session's tokens are made with is told to nobody


@lru_cache(maxsize=1)
def open_application() -> PlumblineService:
    """The service of this process, opened at the first call from the environment's settings."""
    from ui.session import open_service

    return open_service(None, None, workers=WORKERS)


def persona_named(name: str | None) -> Persona | None:
    """The persona whose profile a session chose; None where the catalog has none of that name."""
    return next((persona for persona in open_application().personas if persona.name == name), None)


def session_principal(profile: str | None, session: str = "") -> Principal:
    """The person at this machine, with the role of the profile they chose. What they type never decides this.

    Attributes that row filters read come from the user `local` of users.yaml, where there is one. Tokens in place of
    masked values are the session's own. PolicyRefusal for anyone but the local owner where the catalog has no policies.
    """
    salt = hmac.new(_SECRET, session.encode(), "sha256").hexdigest()
    principal = replace(_person(profile), token_salt=salt)
    open_application().require_policies_for(principal)
    return principal


def _person(profile: str | None) -> Principal:
    from agent.admin import principal_for
    from ui.session import load_settings

    persona = persona_named(profile)
    role = persona.role if persona else None
    settings = load_settings()
    if not (settings.home / "users.yaml").exists():
        return Principal(user=LOCAL_USER, role=role)
    try:
        return principal_for(settings, LOCAL_USER, role)
    except UnknownNameError:
        return Principal(user=LOCAL_USER, role=role)
