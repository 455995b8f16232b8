"""users.yaml in the home folder: who may ask, with their role and the attributes that row filters read.

users:
  anna: executive
  ben:
    role: regional_manager
    attributes: {region: North}
    password: scrypt:15:8:1:...      who has one may sign in to the chat; `plumbline users password ben` sets it
"""

from __future__ import annotations

import difflib
from pathlib import Path

from pydantic import Field

from agent.stores.passwords import is_password_hash
from catalog.errors import CatalogError, CatalogIssue, UsageError
from catalog.models import Frozen
from catalog.yaml_nodes import YamlNode, read_yaml

Attribute = str | int | float | bool
_KEYS = ("role", "attributes", "password")


class User(Frozen):
    """A user as the file knows them; no role means the catalog's default. Who has a password (its hash) has an account."""

    name: str
    role: str | None = None
    attributes: dict[str, Attribute] = Field(default_factory=dict)
    password: str | None = Field(default=None, repr=False)


def read_users(home: Path) -> dict[str, User]:
    """The users by name. UsageError without a file; CatalogError, with every issue and its line, for one that is wrong."""
    path = home / "users.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no {path}; it maps users to roles, for instance `users: {{anna: executive}}`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    root, issues = read_yaml(text, path)
    users: dict[str, User] = {}
    if root is not None:
        users = _users(root, issues)
    if issues:
        raise CatalogError(tuple(issues))
    return users


def _users(root: YamlNode, issues: list[CatalogIssue]) -> dict[str, User]:
    listed = root.content.get("users") if isinstance(root.content, dict) else None
    if not isinstance(root.content, dict) or listed is None or not isinstance(listed.content, dict):
        issues.append(CatalogIssue("users", "the file holds a mapping `users:` from names to roles", root.location))
        return {}
    for key in root.content.keys() - {"users"}:
        issues.append(CatalogIssue("users", f"{key!r} means nothing here; only `users` does", root.key_at.get(key)))
    return {name: _user(name, node, issues) for name, node in listed.content.items()}


def _user(name: str, node: YamlNode, issues: list[CatalogIssue]) -> User:
    if isinstance(node.content, str):
        return User(name=name, role=node.content)
    if not isinstance(node.content, dict):
        issues.append(CatalogIssue("users", f"{name} is a role's name, or a mapping with {_or(_KEYS)}", node.location))
        return User(name=name)
    for key in node.content.keys() - set(_KEYS):
        near = difflib.get_close_matches(key, _KEYS, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; valid are {_or(_KEYS)}"
        issues.append(CatalogIssue("users", f"{name} has an unknown key {key!r}{hint}", node.key_at.get(key)))
    role = node.content.get("role")
    if role is not None and not isinstance(role.content, str):
        issues.append(CatalogIssue("users", f"the role of {name} is a role's name", role.location))
        role = None
    return User(
        name=name,
        role=role.content if role is not None and isinstance(role.content, str) else None,
        attributes=_attributes(name, node.content.get("attributes"), issues),
        password=_password(name, node.content.get("password"), issues),
    )


def _password(name: str, node: YamlNode | None, issues: list[CatalogIssue]) -> str | None:
    if node is None:
        return None
    if isinstance(node.content, str) and is_password_hash(node.content):
        return node.content
    issues.append(
        CatalogIssue("users", f"the password of {name} is no hash; set it by `plumbline users password`", node.location)
    )
    return None


def _attributes(name: str, node: YamlNode | None, issues: list[CatalogIssue]) -> dict[str, Attribute]:
    if node is None:
        return {}
    if not isinstance(node.content, dict):
        issues.append(
            CatalogIssue("users", f"the attributes of {name} are a mapping from names to values", node.location)
        )
        return {}
    found: dict[str, Attribute] = {}
    for key, value in node.content.items():
        if isinstance(value.content, str | int | float | bool):
            found[key] = value.content
        else:
            issues.append(
                CatalogIssue("users", f"the attribute {key} of {name} is one text, number or truth", value.location)
            )
    return found


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)
