"""Verified questions: an analyst confirms what an answer understood, and the question is known from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import PolicyRefusal
from agent.stores.verified import VerifiedStore, stored_questions
from catalog.access import CatalogView, Principal, view_for
from catalog.errors import CatalogIssue, UnknownNameError, UsageError
from catalog.models import Catalog, VerifiedQuestion
from catalog.plan import Plan
from catalog.query import MetricQuery
from catalog.rules.verified_questions_resolve import RULE, faults_of

if TYPE_CHECKING:
    from agent.settings import Settings


def with_stored_questions(catalog: Catalog, home: Path) -> Catalog:
    """The catalog with the home folder's verified questions beside its own; those that name what is gone are left out."""
    own = {item.question.casefold() for item in catalog.verified_questions}
    stored = [
        item
        for item in stored_questions(home, catalog.name)
        if item.question.casefold() not in own and not any(faults_of(catalog, item.query))
    ]
    if not stored:
        return catalog
    return catalog.model_copy(update={"verified_questions": (*catalog.verified_questions, *stored)})


def may_verify(view: CatalogView) -> bool:
    """Who may confirm a question for others: roles that write SQL of their own, and the owner of a catalog without roles."""
    return view.role.free_sql or not view.whole.roles


def verify(settings: Settings, catalog: Catalog, principal: Principal, receipt: str) -> VerifiedQuestion:
    """Confirm the question of an answered receipt with the query it was taken for.

    PolicyRefusal for a role that may not; UnknownNameError for a receipt that is not the principal's; UsageError for one
    that no query of this catalog answered.
    """
    from agent.tools.audit import AuditLog

    view = view_for(catalog, principal)
    if not may_verify(view):
        raise PolicyRefusal("verify", f"role {view.role.name!r} may not confirm questions for others")
    log = AuditLog.open(settings.home)
    try:
        found = log.show(receipt, user=principal.user)
    finally:
        log.close()
    kept = found.receipt
    plan = Plan.model_validate(kept.plan) if kept.plan is not None else None
    if kept.catalog != catalog.name:
        raise UsageError(f"receipt {found.id} is of catalog {kept.catalog!r}, not of {catalog.name!r}")
    if kept.status != "answer" or plan is None or not plan.queries or plan.analysis is not None:
        raise UsageError(f"receipt {found.id} was not answered by a query, so there is nothing to confirm")
    query = plan.queries[0].query
    if query.as_of is None and kept.as_of is not None:
        query = query.model_copy(update={"as_of": kept.as_of})
    item = VerifiedQuestion(
        question=" ".join(kept.question.split()),
        query=query.model_dump(mode="json"),
        verified_by=principal.user,
        verified_at=dt.datetime.now(dt.UTC),
    )
    store = VerifiedStore.open(settings.home)
    try:
        store.put(catalog.name, item, found.id)
    finally:
        store.close()
    return item


def forget(settings: Settings, catalog: Catalog, principal: Principal, question: str) -> None:
    """Take a verified question back. UnknownNameError, with the ones there are, where the home folder holds none such."""
    view = view_for(catalog, principal)
    if not may_verify(view):
        raise PolicyRefusal("verify", f"role {view.role.name!r} may not take back what others confirmed")
    store = VerifiedStore.open(settings.home)
    try:
        if not store.remove(catalog.name, " ".join(question.split())):
            raise UnknownNameError(
                "verified question", question, tuple(item.question for item in store.of(catalog.name)[:5])
            )
    finally:
        store.close()


def stale_questions(settings: Settings, catalog: Catalog) -> Iterator[CatalogIssue]:
    """An error for each stored verified question whose query the catalog no longer compiles."""
    from agent.business import system_view
    from agent.errors import QueryError
    from agent.tools.compile import compile_query
    from catalog.errors import PlumblineError

    for item in stored_questions(settings.home, catalog.name):
        faults = list(faults_of(catalog, item.query))
        if not faults:
            try:
                compile_query(system_view(catalog), MetricQuery.model_validate(item.query))
            except (QueryError, PlumblineError) as error:
                faults = [str(error)]
        for message in faults:
            said = (
                f"verified question {item.question!r} (by {item.verified_by}, {item.verified_at:%Y-%m-%d}): {message}"
            )
            yield CatalogIssue(RULE, said, subject=("question", item.question))
