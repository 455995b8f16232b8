"""The door for those who look after a business: its catalog, sample data, users and audit log."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydantic

from agent.errors import StoreError
from agent.settings import Settings
from catalog.access import Principal, view_for
from catalog.errors import CatalogIssue, PlumblineError, UnknownNameError, UsageError, UserError
from catalog.query import MetricQuery

if TYPE_CHECKING:
    from agent.catalog_diff import MetricChange
    from agent.draft_files import DraftReport
    from agent.interop_files import ExportReport, ImportReport
    from agent.stores.feedback import Feedback
    from agent.stores.users import User
    from agent.tools.audit import AuditLog
    from catalog.models import Catalog, VerifiedQuestion
    from catalog.samples.calibration import KpiCheck
    from catalog.samples.generation import SampleReport

SAMPLES = ("novamart", "amalimart")


def check_catalog(
    source: str | Path, database: Path | None = None, settings: Settings | None = None
) -> tuple[CatalogIssue, ...]:
    """Everything wrong or doubtful about a catalog; with a database, what it lacks too. Errors do not raise here.

    Verified questions that the home folder holds and the catalog no longer compiles are errors too.
    """
    from catalog.errors import CatalogError
    from catalog.loader import load_with_issues
    from catalog.rules import check_against_database

    try:
        catalog, found = load_with_issues(source)
    except CatalogError as error:
        return error.issues
    issues = (*found, *_stale_questions(catalog, settings))
    if database is not None:
        from agent.business import system_view
        from agent.keys_hold import broken_keys
        from agent.tools.warehouse.warehouse import Warehouse

        with Warehouse.open(database) as warehouse:
            lacking = tuple(check_against_database(catalog, warehouse.tables()))
            faulty = frozenset(item.subject[1].partition(".")[0] for item in lacking if item.severity == "error")
            issues += (*lacking, *broken_keys(system_view(catalog), warehouse, faulty))
    return issues


def _stale_questions(catalog: Catalog, settings: Settings | None) -> tuple[CatalogIssue, ...]:
    from agent.verified import stale_questions

    return tuple(stale_questions(settings or Settings(), catalog))


def verify_question(settings: Settings, principal: Principal, source: str | Path, receipt: str) -> VerifiedQuestion:
    """Confirm the question of an answered receipt, as `agent.verified.verify` does."""
    from agent.verified import verify
    from catalog.loader import load_catalog

    return verify(settings, load_catalog(source), principal, receipt)


def forget_question(settings: Settings, principal: Principal, source: str | Path, question: str) -> None:
    """Take a verified question back. UnknownNameError where the home folder holds none such."""
    from agent.verified import forget
    from catalog.loader import load_catalog

    forget(settings, load_catalog(source), principal, question)


def verified_questions(settings: Settings, source: str | Path) -> tuple[VerifiedQuestion, ...]:
    """The questions verified for a catalog: those it ships, then those of the home folder."""
    from agent.stores.verified import stored_questions
    from catalog.loader import load_catalog

    catalog = load_catalog(source)
    return (*catalog.verified_questions, *stored_questions(settings.home, catalog.name))


def diff_catalogs(
    old: str | Path, new: str | Path, database: Path | None = None, settings: Settings | None = None
) -> tuple[MetricChange, ...]:
    """The metrics whose meaning differs between two catalogs, with values on a database and all that they touch."""
    from agent.catalog_diff import diff_catalogs

    return diff_catalogs(old, new, database, settings)


def show(source: str | Path, name: str | None = None) -> str:
    """A metric, dataset, field or the whole catalog, in plain words. UnknownNameError names the nearest."""
    from catalog.describe import describe
    from catalog.loader import load_catalog

    return describe(load_catalog(source), name)


def search(source: str | Path, text: str, limit: int = 10, settings: Settings | None = None) -> tuple[Any, ...]:
    """The metrics and fields nearest in meaning to a text, best first: hits with kind, name, score, document."""
    from agent.meaning import LazyIndex
    from catalog.loader import load_catalog

    catalog = load_catalog(source)
    index = LazyIndex((settings or Settings()).home, catalog, quick=True)
    return tuple(index.search(text, view_for(catalog, Principal()), kinds=("metric", "field"), limit=limit))


def draft_catalog(
    source: Path,
    out: Path | None = None,
    name: str | None = None,
    *,
    replace: bool = False,
    settings: Settings | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> DraftReport:
    """Write a first catalog of a DuckDB file, or of a folder of CSV or Parquet files; UsageError where that cannot be."""
    from agent.draft_files import draft_to_folder

    return draft_to_folder(source, out, name, settings or Settings(), replace=replace, progress=progress)


def import_catalog(source: Path, out: Path, schema: str = "main", *, replace: bool = False) -> ImportReport:
    """Read a MetricFlow project or an Ossie model and write it as a catalog's YAML; UsageError where that cannot be."""
    from agent.interop_files import import_to_folder

    return import_to_folder(source, out, schema, replace=replace)


def export_catalog(source: str | Path, to: str, out: Path | None = None, *, replace: bool = False) -> ExportReport:
    """A catalog as a MetricFlow project, an Ossie model or Plumbline's own YAML; UsageError where that cannot be."""
    from agent.interop_files import export_to_folder

    return export_to_folder(source, to, out, replace=replace)


def authoring_schema() -> dict[str, Any]:
    """The JSON Schema of the YAML that people write."""
    from catalog.schema import authoring_schema

    return authoring_schema()


def generate_sample(
    name: str,
    out: Path,
    *,
    scale: float | None = None,
    seed: int | None = None,
    events: Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> SampleReport:
    """Write a sample business's database; scale and seed default to the sample's own. UsageError for a name there is no
    sample of, and for events where the sample takes none."""
    _require_sample(name)
    if name == "novamart":
        from catalog.samples import novamart

        return novamart.generate(
            out,
            scale=novamart.DEFAULT_SCALE if scale is None else scale,
            seed=novamart.DEFAULT_SEED if seed is None else seed,
            events=events,
            progress=progress,
        )
    if events is not None:
        raise UsageError(f"the sample {name} takes no list of events")
    from catalog.samples import amalimart

    return amalimart.generate(
        out,
        scale=amalimart.DEFAULT_SCALE if scale is None else scale,
        seed=amalimart.DEFAULT_SEED if seed is None else seed,
        progress=progress,
    )


def calibrate_sample(name: str, database: Path) -> tuple[KpiCheck, ...]:
    """Each figure of a sample beside what it must come to."""
    _require_sample(name)
    from catalog.samples import amalimart, novamart

    return {"novamart": novamart.calibrate, "amalimart": amalimart.calibrate}[name](database)


def _require_sample(name: str) -> None:
    if name not in SAMPLES:
        raise UsageError(
            f"there is no sample called {name!r}; there {'is' if len(SAMPLES) == 1 else 'are'} {', '.join(SAMPLES)}"
        )


def load_query(path: Path) -> MetricQuery:
    """A MetricQuery from a YAML or JSON file. UsageError names the file, what is wrong and what is valid."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"cannot read {path}: {reason}") from error
    try:
        data = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (json.JSONDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path} is no valid {'JSON' if path.suffix == '.json' else 'YAML'}: {error}") from error
    try:
        return MetricQuery.model_validate(spelled_out(data))
    except pydantic.ValidationError as error:
        lines = [
            f"  {'.'.join(str(part) for part in item['loc']) or 'the query'}: {item['msg']}" for item in error.errors()
        ]
        valid = ", ".join(MetricQuery.model_fields)
        raise UsageError(f"{path} is no valid query; it may hold {valid}\n" + "\n".join(lines)) from error


def spelled_out(data: Any) -> Any:
    """Shorthands of a query file written out: metrics and groups by name, conditions as `field: value`."""
    if not isinstance(data, dict):
        raise UsageError("a query is a mapping; for instance: {metrics: [gmv], group_by: [month]}")
    from agent.query_shorthands import expand

    return expand(data)


def principal_for(settings: Settings, user: str | None, role: str | None) -> Principal:
    """Who the command line speaks as: a user of users.yaml with their role and attributes, or the local owner."""
    if user is None:
        return Principal(role=role)
    from agent.stores.users import read_users

    users = read_users(settings.home)
    if user not in users:
        raise UnknownNameError("user", user, tuple(users)[:5])
    found = users[user]
    return Principal(user=user, role=role or found.role, attributes=dict(found.attributes))


def give_feedback(settings: Settings, principal: Principal, receipt: str, *, helpful: bool, comment: str = "") -> None:
    """Keep whether an answer helped. UnknownNameError for a receipt that is not the principal's."""
    from agent.stores.feedback import Feedback, FeedbackStore

    with audit_log(settings) as log:
        known = log.show(receipt, user=principal.user).id
    store = FeedbackStore.open(settings.home)
    try:
        store.put(Feedback(known, principal.user, helpful, comment, dt.datetime.now(dt.UTC)))
    finally:
        store.close()


def latest_feedback(settings: Settings, user: str | None = None) -> tuple[Feedback, ...]:
    """What was said of answers, the latest first; with a user, by them alone."""
    from agent.stores.feedback import FeedbackStore

    store = FeedbackStore.open(settings.home)
    try:
        return store.latest(user=user)
    finally:
        store.close()


def require_role(source: str | Path, name: str) -> None:
    """UnknownNameError, with the roles there are, for a role that the catalog does not declare."""
    from catalog.access import resolve_role
    from catalog.loader import load_catalog

    resolve_role(load_catalog(source), name)


def users(settings: Settings) -> tuple[User, ...]:
    """Who users.yaml knows, in its order; nobody where there is no file."""
    from agent.stores.user_file import known_users

    return tuple(known_users(settings.home).values())


def has_accounts(settings: Settings) -> bool:
    """Whether anybody may sign in."""
    return any(user.password is not None for user in users(settings))


def add_user(
    settings: Settings, name: str, role: str, attributes: dict[str, str | int | float | bool], password: str | None
) -> None:
    """A new user; with a password they may sign in to the chat. UsageError names what is wrong."""
    from agent.stores import user_file
    from agent.stores.passwords import hash_password

    user_file.add_user(settings.home, name, role, attributes, hash_password(password) if password is not None else None)


def set_password(settings: Settings, name: str, password: str) -> None:
    """Another password for a user; whoever is signed in by the old one is signed out."""
    from agent.stores import user_file
    from agent.stores.passwords import hash_password

    user_file.set_password(settings.home, name, hash_password(password))


def remove_user(settings: Settings, name: str) -> None:
    """A user less: they may neither sign in nor ask, and who is signed in is signed out."""
    from agent.stores import user_file

    user_file.remove_user(settings.home, name)


def sign_in(settings: Settings, name: str, password: str) -> str | None:
    """A mark of the account, where the name has one and the password is its own; None for anything else."""
    from agent.stores.passwords import matches
    from agent.stores.user_file import known_users

    user = known_users(settings.home).get(name)
    right = matches(password, user.password if user is not None else None)
    return _mark(user) if user is not None and right else None


def account_principal(settings: Settings, name: str, mark: str) -> Principal:
    """Who is signed in, as users.yaml says now. PolicyRefusal where the account is gone or has another password since."""
    from agent.errors import PolicyRefusal
    from agent.stores.user_file import known_users

    user = known_users(settings.home).get(name)
    if user is None or user.password is None or not hmac.compare_digest(_mark(user), mark):
        raise PolicyRefusal("signed_out", "your account was changed or removed since you signed in; sign in again")
    return Principal(user=name, role=user.role, attributes=dict(user.attributes))


def _mark(user: User) -> str:
    """What tells the account's password from another without telling anything of it."""
    return hashlib.sha256(f"{user.name}\n{user.password}".encode()).hexdigest()[:32]


def as_of_date(text: str) -> dt.date:
    """A date given on the command line. UsageError where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date; write it as 2026-10-31") from error


def record_unanswered(
    settings: Settings, source: str | Path | None, question: str, principal: Principal, error: PlumblineError
) -> None:
    """The receipt of a question that met no open business, so that none is without one; nothing where the catalog fails too.

    The error is what the asker is told: where the receipt cannot be written, they are told it all the same.
    """
    from agent.answer import Answer
    from agent.receipts import receipt_of
    from catalog.loader import load_catalog

    with contextlib.suppress(UserError, StoreError):
        view = view_for(load_catalog(source or settings.catalog), principal)
        text = "the business cannot be opened"
        answer = Answer(
            status="error", question=question, role=view.role.name, as_of=dt.date.today(), error=text, confidence=0.0
        )
        with audit_log(settings) as log:
            log.append(receipt_of(answer, view, failure=str(error)))


@contextlib.contextmanager
def audit_log(settings: Settings) -> Iterator[AuditLog]:
    """The log of receipts of the home folder, for as long as the block runs."""
    from agent.tools.audit import AuditLog

    log = AuditLog.open(settings.home)
    try:
        yield log
    finally:
        log.close()
