"""What all chat sessions share: one open service, and who a session's person is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.access import Principal
from catalog.errors import UnknownNameError
from catalog.models import Persona

if TYPE_CHECKING:
    from agent.service import PlumblineService

LOCAL_USER = "local"


@lru_cache(maxsize=1)
def open_application() -> PlumblineService:
    """The service of this process, opened at the first call from the environment's settings."""
    from ui.session import open_service

    return open_service(None, None)


def persona_named(name: str | None) -> Persona | None:
    """The persona whose profile a session chose; None where the catalog has none of that name."""
    return next((persona for persona in open_application().personas if persona.name == name), None)


def session_principal(profile: str | None) -> Principal:
    """The person at this machine, with the role of the profile they chose. What they type never decides this.

    Attributes that row filters read come from the user `local` of users.yaml, where there is one.
    """
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
