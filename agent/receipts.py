"""From an answer to its receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from agent.answer import Answer
from agent.tools.audit import Receipt, query_run, result_sha256
from catalog.access import CatalogView


def receipt_of(
    answer: Answer,
    view: CatalogView,
    *,
    database_fingerprint: str | None = None,
    policies: tuple[str, ...] = (),
    timings_ms: Mapping[str, float] | None = None,
    failure: str | None = None,
    door: str = "compiled",
) -> Receipt:
    """What an answer was made of: question, user, role, plan, SQL, catalog version, policies, result hash, timings.

    `failure` is what the engine said, which the answer does not: it may quote data.
    """
    return Receipt(
        question=answer.question,
        status=answer.status,
        user=view.principal.user,
        role=view.role.name,
        attributes=dict(view.principal.attributes),
        thread=answer.thread,
        asked_at=dt.datetime.now(dt.UTC),
        as_of=answer.as_of,
        catalog=view.whole.name,
        catalog_sha256=view.whole.content_hash,
        database_fingerprint=database_fingerprint,
        plan=answer.plan.model_dump(mode="json") if answer.plan is not None else None,
        queries=tuple(query_run(table, door) for table in answer.results),
        policies=policies,
        refusal_rule=answer.refusal.rule if answer.refusal is not None else None,
        failure=failure,
        row_count=sum(len(table.rows) for table in answer.results),
        result_sha256=result_sha256(answer.results),
        timings_ms=dict(timings_ms or {}),
        model_calls=answer.model.calls if answer.model is not None else (),
    )
