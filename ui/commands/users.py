"""`plumbline users`: who may ask, as what, and who may sign in to the chat."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from catalog.errors import UsageError
from ui.commands.options import CatalogOption

app = typer.Typer(
    help="Who may ask, as what, and who may sign in to the chat.", no_args_is_help=True, rich_markup_mode=None
)
NameArgument = Annotated[str, typer.Argument(help="The user's name, as they sign in.")]
FromStdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking for it.")
]


@app.command("add")
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", help="A role of the catalog.")],
    attribute: Annotated[
        list[str] | None,
        typer.Option("--attribute", help="What row filters read of them: region=West. May be repeated."),
    ] = None,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They may be named by --user, and cannot sign in.")
    ] = False,
    password_stdin: FromStdinOption = False,
    catalog: CatalogOption = None,
) -> None:
    """Add a user. Their password is asked for twice, and kept as a hash."""
    from agent.admin import add_user, require_role
    from ui.session import load_settings

    settings = load_settings()
    require_role(catalog or settings.catalog, role)
    attributes = dict(_attribute(text) for text in attribute or ())
    add_user(settings, name, role, attributes, None if no_password else _password(from_stdin=password_stdin))
    print(f"{name} is added as {role}" + ("" if no_password else " and may sign in"))


@app.command("list")
def list_users() -> None:
    """List the users: name, role, attributes, and whether they may sign in."""
    from agent.admin import users
    from ui.session import load_settings

    for user in users(load_settings()):
        attributes = ", ".join(f"{name}={value}" for name, value in user.attributes.items())
        access = "may sign in" if user.password is not None else "no password"
        print("  ".join(part for part in (user.name, user.role or "(default role)", attributes, access) if part))


@app.command("remove")
def remove(name: NameArgument) -> None:
    """Remove a user; whoever is signed in as them is signed out."""
    from agent.admin import remove_user
    from ui.session import load_settings

    remove_user(load_settings(), name)
    print(f"{name} is removed")


@app.command("password")
def password(name: NameArgument, password_stdin: FromStdinOption = False) -> None:
    """Set another password; whoever is signed in by the old one is signed out."""
    from agent.admin import set_password
    from ui.session import load_settings

    set_password(load_settings(), name, _password(from_stdin=password_stdin))
    print(f"{name} has a new password")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password at; give it by --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _attribute(text: str) -> tuple[str, str | int | float | bool]:
    import yaml

    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise UsageError(f"{text!r} is no attribute; write it as name=value, such as region=West")
    try:
        read = yaml.safe_load(value)
    except yaml.YAMLError:
        read = value
    return name, read if isinstance(read, str | int | float | bool) else value
