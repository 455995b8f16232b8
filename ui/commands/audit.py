"""`plumbline audit`: the receipts of what was answered."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.errors import UsageError

app = typer.Typer(help="The receipts of what was answered.", no_args_is_help=True, rich_markup_mode=None)


@app.command("verify")
def verify() -> int:
    """Check that no receipt was changed or removed; exits 1 where one was."""
    from agent.admin import audit_log
    from ui.session import load_settings

    with audit_log(load_settings()) as log:
        found = log.verify()
    for fault in found.faults:
        print(f"receipt {fault.sequence}: {fault.reason}")
    state = "the chain holds" if found.holds else f"the chain is broken in {len(found.faults)} places"
    print(f"{found.receipts} receipts, {state}")
    return 0 if found.holds else 1


@app.command("show")
def show(
    receipt: Annotated[str | None, typer.Argument(help="The receipt's id; none: the latest ones, one a line.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many of the latest.")] = 20,
) -> None:
    """Show what an answer was made of: question, role, plan, SQL, catalog version, hash of the result."""
    from agent.admin import audit_log
    from agent.tools.present import plain_text
    from ui.session import load_settings

    with audit_log(load_settings()) as log:
        if receipt is not None:
            recorded = log.show(receipt)
            print(json.dumps({"id": recorded.id, **recorded.receipt.model_dump(mode="json")}, indent=2))
            return
        for item in log.latest(limit):
            moment = f"{item.recorded_at:%Y-%m-%d %H:%M:%S}"
            asked = plain_text(item.receipt.question)
            print(f"{item.id}  {moment}  {item.receipt.status:<7} {item.receipt.role:<12} {asked}")


@app.command("export")
def export(
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead.", dir_okay=False)] = None,
) -> None:
    """Write every receipt as a line of JSON, with the hashes that chain them."""
    from agent.admin import audit_log
    from ui.session import load_settings

    with audit_log(load_settings()) as log:
        if out is None:
            log.export(sys.stdout)
            return
        try:
            with out.open("w", encoding="utf-8") as target:
                count = log.export(target)
        except OSError as error:
            raise UsageError(f"cannot write {out}: {error.strerror}") from None
    print(f"{count} receipts written to {out}")
