"""What all chat sessions share: one open service, and who a session's person is."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from agent.errors import PolicyRefusal
from catalog.access import Principal
from catalog.errors import PlumblineError, UnknownNameError
from catalog.models import Persona

if TYPE_CHECKING:
    from agent.service import PlumblineService

LOCAL_USER = "local"
SIGN_IN_REQUIRED = "PLUMBLINE_CHAT_SIGN_IN"  # set by the server of this process where others could reach it
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


@dataclass(frozen=True)
class SignedIn:
    """An account that a session's cookie names, as the cookie was signed."""

    name: str
    mark: str


def requires_sign_in() -> bool:
    """Whether people sign in: where anybody has an account, and wherever others could reach the chat."""
    from agent.admin import has_accounts
    from ui.session import load_settings

    return bool(os.environ.get(SIGN_IN_REQUIRED)) or has_accounts(load_settings())


def session_principal(profile: str | None, session: str = "", account: SignedIn | None = None) -> Principal:
    """Who a session's person is. What they type never decides this.

    Who signed in has the role and attributes of their account, whatever profile they chose. Without accounts it is the
    person at this machine, with the role of the profile; attributes that row filters read come from the user `local` of
    users.yaml, where there is one. Tokens in place of masked values are the session's own. PolicyRefusal for anyone but
    the local owner where the catalog has no policies, and for a session whose account is another since.
    """
    salt = hmac.new(_SECRET, session.encode(), "sha256").hexdigest()
    principal = replace(_person(profile, account), token_salt=salt)
    open_application().require_policies_for(principal)
    return principal


def _person(profile: str | None, account: SignedIn | None) -> Principal:
    from agent.admin import account_principal, principal_for
    from ui.session import load_settings

    settings = load_settings()
    if account is not None:
        return account_principal(settings, account.name, account.mark)
    if requires_sign_in():
        raise PolicyRefusal("sign_in", "sign in first: this chat answers people with an account")
    persona = persona_named(profile)
    role = persona.role if persona else None
    if not (settings.home / "users.yaml").exists():
        return Principal(user=LOCAL_USER, role=role)
    try:
        return principal_for(settings, LOCAL_USER, role)
    except UnknownNameError:
        return Principal(user=LOCAL_USER, role=role)


def personas_for(account: SignedIn | None) -> tuple[Persona, ...]:
    """The personas whose questions a session is offered: all, or of who signed in those of their role."""
    personas = open_application().personas
    if account is None:
        return personas
    try:
        role = open_application().view(session_principal(None, account=account)).role.name
    except PlumblineError:
        return ()
    return tuple(persona for persona in personas if persona.role == role)
