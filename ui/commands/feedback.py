"""`plumbline feedback`: whether an answer helped, said by who asked; and what was said."""

from __future__ import annotations

from typing import Annotated

import typer

from catalog.errors import UsageError
from ui.commands.options import UserOption


def feedback(
    receipt: Annotated[str | None, typer.Argument(help="The answer's receipt; none: list what was said.")] = None,
    helpful: Annotated[bool | None, typer.Option("--helpful/--wrong", help="Whether the answer helped.")] = None,
    comment: Annotated[str, typer.Option("--comment", help="What was right or wrong about it.")] = "",
    user: UserOption = None,
) -> None:
    """Say whether an answer of yours helped; without a receipt, list what was said."""
    from agent.admin import give_feedback, latest_feedback, principal_for
    from agent.tools.present import plain_text
    from ui.session import load_settings

    settings = load_settings()
    if receipt is None:
        for item in latest_feedback(settings, user):
            said = "helpful" if item.helpful else "wrong"
            print(
                f"{item.receipt}  {item.given_at:%Y-%m-%d %H:%M}  {item.user}  {said}  {plain_text(item.comment)}".rstrip()
            )
        return
    if helpful is None:
        raise UsageError("say --helpful or --wrong")
    give_feedback(settings, principal_for(settings, user, None), receipt, helpful=helpful, comment=comment)
    print(f"thank you; it is kept with {receipt}")
