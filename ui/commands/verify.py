"""`plumbline verify`: an analyst confirms what an answer understood; and which questions are confirmed."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.options import CatalogOption, RoleOption, UserOption


def verify(
    receipt: Annotated[str | None, typer.Argument(help="The answer's receipt; none: list what is verified.")] = None,
    forget: Annotated[str | None, typer.Option("--forget", help="The question to take back.")] = None,
    user: UserOption = None,
    role: RoleOption = None,
    catalog: CatalogOption = None,
) -> None:
    """Confirm the question of an answer as it was understood; without a receipt, list the verified questions."""
    from agent.admin import forget_question, principal_for, verified_questions, verify_question
    from agent.tools.present import plain_text
    from ui.session import load_settings

    settings = load_settings()
    source = catalog or settings.catalog
    principal = principal_for(settings, user, role)
    if forget is not None:
        forget_question(settings, principal, source, forget)
        print(f"forgotten: {plain_text(forget)}")
    elif receipt is not None:
        item = verify_question(settings, principal, source, receipt)
        print(f"verified by {item.verified_by}: {plain_text(item.question)}")
    else:
        for item in verified_questions(settings, source):
            print(f"{item.verified_at:%Y-%m-%d}  {item.verified_by}  {plain_text(item.question)}")
