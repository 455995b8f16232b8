"""One business opened for questions: its catalog, database, indexes and stores, kept fresh while it is open."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from agent.answer import Answer
from agent.errors import DatabaseUnavailableError, WarehouseError
from agent.locations import default_database
from agent.settings import Settings
from catalog.access import CatalogView, Principal
from catalog.loader import load_catalog
from catalog.models import Catalog, Role
from catalog.query import MetricQuery

if TYPE_CHECKING:
    from agent.meaning import LazyIndex
    from agent.models.client import ModelClient
    from agent.personal_words import PersonalWords
    from agent.planners.embedded import EmbeddedPlanner
    from agent.stores.decisions import DecisionStore
    from agent.tools.analysis.desk import AnalysisDesk
    from agent.tools.analysis.quality.check_result import CheckResult
    from agent.tools.audit import AuditLog
    from agent.tools.guard.answered_cells import AnsweredCells
    from agent.tools.guard.large_groups import ProtectedQuery
    from agent.tools.warehouse.warehouse import Warehouse
    from catalog.plan import Plan
    from semantic_context.values import ValueIndex

MOST_PLANNERS = 64  # people (roles with their attributes) whose planner and values are kept at hand
_EVERYTHING = Role(name="system", label="System", datasets=("*",), metrics=("*",))


Span = tuple[dt.date, dt.date]


def system_view(catalog: Catalog) -> CatalogView:
    """A catalog unrestricted, for the system's own look-ups; nothing of it is shown."""
    return CatalogView(whole=catalog, principal=Principal(user="system"), role=_EVERYTHING)


class Business:
    """Everything an answer needs. What depends on the data is renewed when the database is replaced."""

    def __init__(self, settings: Settings, catalog: Catalog, warehouse: Warehouse, audit: AuditLog) -> None:
        self.settings = settings
        self.catalog = catalog
        self.warehouse = warehouse
        self.audit = audit
        self._lock = threading.RLock()
        self._fingerprint = ""
        self._as_of: dt.date | None = None
        self._values: dict[str, ValueIndex] = {}
        self._index: LazyIndex | None = None
        self._planners: dict[str, EmbeddedPlanner] = {}
        self._model: ModelClient | None = None
        self._personal: PersonalWords | None = None
        self._spans: dict[tuple[str, tuple[str, ...]], tuple[dt.date, dt.date] | None] = {}
        self._checkpointer: Any = None
        self._answered: AnsweredCells | None = None
        self._decisions: DecisionStore | None = None
        self._doubts: tuple[str, tuple[CheckResult, ...]] | None = None
        self._shipped_questions = catalog.verified_questions
        self._closing = contextlib.ExitStack()

    @classmethod
    def open(cls, settings: Settings, *, catalog: str | Path | None, database: Path | None, workers: int = 1) -> Self:
        """Load the catalog, begin to open the database, open the stores. UserError names what is wrong and what is valid.

        `workers` statements run at once.
        """
        from agent.stores.home import open_home
        from agent.tools.audit import AuditLog
        from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
        from agent.tools.warehouse.warehouse import Warehouse

        open_home(settings.home)
        name = catalog or settings.catalog
        loaded = load_catalog(name)
        path = database or settings.database or default_database(settings, loaded.name)
        limits = QueryLimits(
            deadline_s=settings.query_deadline_s, memory_mb=settings.query_memory_mb, rows=settings.query_rows
        )
        warehouse = Warehouse.open(path, WarehouseSettings(limits=limits, workers=workers))
        business = cls(settings, loaded, warehouse, AuditLog.open(settings.home))
        business.renew_verified_questions()
        business._closing.callback(business.audit.close)
        business._closing.callback(warehouse.close)
        try:
            business.require_tables()
        except BaseException:
            business.close()
            raise
        return business

    def renew_verified_questions(self) -> None:
        """Takes in what was verified or taken back since the business was opened."""
        from agent.verified import with_stored_questions

        with self._lock:
            own = self.catalog.model_copy(update={"verified_questions": self._shipped_questions})
            self.catalog = with_stored_questions(own, self.settings.home)
            self._planners.clear()
            self._index = None

    def require_tables(self) -> None:
        """DatabaseUnavailableError where the database lacks tables or columns that the catalog names."""
        from catalog.rules import check_against_database

        issues = [
            issue
            for issue in check_against_database(self.catalog, self.warehouse.tables())
            if issue.severity == "error"
        ]
        if issues:
            shown = "; ".join(issue.message for issue in issues[:5])
            more = f"; and {len(issues) - 5} more" if len(issues) > 5 else ""
            raise DatabaseUnavailableError(
                f"{self.warehouse.database} does not fit catalog {self.catalog.name!r}: {shown}{more}"
            )

    def as_of(self) -> dt.date:
        """Today, as the catalog says; the calendar's where it says nothing."""
        with self._lock:
            self._refresh()
            if self._as_of is None:
                self._as_of = self._declared_as_of() or dt.date.today()
            return self._as_of

    def known_as_of(self) -> dt.date:
        """`as_of`, also where the database cannot be asked any more: what it was before, else the calendar's day."""
        try:
            return self.as_of()
        except (DatabaseUnavailableError, WarehouseError):
            return self._as_of or dt.date.today()

    def _declared_as_of(self) -> dt.date | None:
        text = self.catalog.as_of
        if text is None:
            return None
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text)
        from agent.tools.compile import scalar_sql
        from agent.tools.guard.compiled import guard_compiled

        view = self.whole_view()
        result = self.warehouse.run(guard_compiled(scalar_sql(view, text), view), name="as_of")
        cell = result.rows[0][0] if result.rows else None
        if isinstance(cell, dt.datetime):
            return cell.date()
        return cell if isinstance(cell, dt.date) else None

    def whole_view(self) -> CatalogView:
        """The catalog unrestricted, for the system's own look-ups; nothing of it is shown."""
        return system_view(self.catalog)

    def planner(self, view: CatalogView) -> EmbeddedPlanner:
        """The planner of a view's role, made once for the data as they are."""
        from agent.planners.embedded import EmbeddedPlanner

        with self._lock:
            self._refresh()
            key = f"{view.role.name}/{sorted(view.principal.attributes.items())}"
            if key not in self._planners:
                if len(self._planners) >= MOST_PLANNERS:
                    self._planners.pop(next(iter(self._planners)))
                self._planners[key] = EmbeddedPlanner(view, self._semantic_index(), self._value_index(view))
            return self._planners[key]

    def model_client(self) -> ModelClient | None:
        """The client of the model that the settings name; None where they name none. Nothing is asked before it is used."""
        with self._lock:
            if self._model is None and self.settings.model:
                from agent.model_settings import model_settings
                from agent.models.client import ModelClient

                self._model = ModelClient(model_settings(self.settings))
                self._closing.callback(self._model.close)
            return self._model

    def personal_words(self) -> PersonalWords:
        """What takes personal values out of prompts, made once for the data as they are; the catalog's texts are looked up."""
        from agent.personal_words import PersonalWords, catalog_texts
        from agent.planners.embedded.cues import STOP_WORDS, cue_phrases

        with self._lock:
            self._refresh()
            if self._personal is None:
                plain_words = cue_phrases().vocabulary | STOP_WORDS
                self._personal = PersonalWords(
                    self.catalog, lambda statement: self.warehouse.run(statement, name="personal"), plain_words
                )
            personal = self._personal
        personal.look_up_once(lambda: catalog_texts(self.catalog))
        return personal

    def warm_up_model(self) -> None:
        """Make ready, beside whatever else goes on, what the first question to a model would wait for."""
        client = self.model_client()
        if client is not None:
            threading.Thread(target=client.warm_up, name="plumbline-model-import", daemon=True).start()
            self._semantic_index().opened_within(0.0)

    def nearness(self, view: CatalogView, words: str, name: str) -> float:
        """How near some words are in meaning to a metric or field that the view may see: a cosine."""
        hits = self._semantic_index().search(words, view, kinds=("metric", "field"), limit=20)
        return next((hit.score for hit in hits if hit.name == name), 0.0)

    def _semantic_index(self) -> LazyIndex:
        from agent.meaning import LazyIndex

        if self._index is None:
            self._index = LazyIndex(self.settings.home, self.catalog, quick=True)
        return self._index

    def _value_index(self, view: CatalogView) -> ValueIndex:
        """The index of the values that the view may see; people who may see the same ones share it."""
        from semantic_context.values import ValueIndex, value_scope

        scope = value_scope(view)
        if scope not in self._values:
            if len(self._values) >= MOST_PLANNERS:
                self._values.pop(next(iter(self._values)))
            self._values[scope] = ValueIndex.open(self.settings.home, self.catalog, self.warehouse, view)
        return self._values[scope]

    def span_of(self, view: CatalogView, names: tuple[str, ...]) -> tuple[dt.date, dt.date] | None:
        """The first and last day that the metrics' data hold, for what the view may see; None where that is unknown."""
        with self._lock:
            self._refresh()
            key = (f"{view.role.name}/{sorted(view.principal.attributes.items())}", names)
            if key not in self._spans:
                self._spans[key] = self._measure_span(view, names)
            return self._spans[key]

    def _measure_span(self, view: CatalogView, names: tuple[str, ...]) -> Span | None:
        spans = [span for name in names if (span := self._metric_span(view, name)) is not None]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    def _metric_span(self, view: CatalogView, name: str) -> Span | None:
        """A metric's span; of one that needs all its parts, the days on which all have data."""
        from agent.tools.compile import metric_span_query
        from agent.tools.guard.compiled import guard_compiled
        from agent.tools.guard.uncounted import uncounted

        metric = self.catalog.metric_by_name[name]
        if metric.kind == "derived" and metric.only_where_all_have_data:
            parts = [self._metric_span(_with_building_blocks(view), item.metric) for item in metric.inputs]
            known = [part for part in parts if part is not None]
            return (max(first for first, _ in known), min(last for _, last in known)) if known else None
        sql = metric_span_query(view, name)
        if sql is None:
            return None
        first, last = self.warehouse.run(guard_compiled(sql, uncounted(view)), name="span").rows[0]
        return (first, last) if isinstance(first, dt.date) and isinstance(last, dt.date) else None

    def protect(self, view: CatalogView, query: MetricQuery, as_of: dt.date) -> None:
        """PolicyRefusal where a figure about sensitive fields, beside the user's earlier ones, would tell about too few.

        A question that passes is remembered; one that touches no field of a minimum group size costs nothing.
        """
        from agent.tools.guard.group_size import protection_of

        protection = protection_of(view, query, as_of)
        if protection is not None:
            self._answered_cells().admit(view, protection, self.warehouse.run)

    def protected(self, view: CatalogView, query: MetricQuery, as_of: dt.date) -> ProtectedQuery:
        """`protect`, but that a breakdown with groups too small is cut down to those that may be shown, where there are any."""
        from agent.tools.guard.large_groups import admitted

        run = self.warehouse.run
        return admitted(view, query, as_of, lambda asked: self._answered_cells().admit(view, asked, run), run)

    def _answered_cells(self) -> AnsweredCells:
        from agent.tools.guard.answered_cells import AnsweredCells

        with self._lock:
            if self._answered is None:
                self._answered = AnsweredCells.open(self.settings.home)
                self._closing.callback(self._answered.close)
            return self._answered

    def desk(
        self,
        view: CatalogView,
        as_of: dt.date,
        say: Callable[[str], None] = lambda label: None,
        *,
        keeps: bool = True,
    ) -> AnalysisDesk:
        """What an analysis for a principal works with on a day; `say` hears of its progress. Without `keeps` it saves
        nothing."""
        from agent.tools.analysis.desk import AnalysisDesk

        return AnalysisDesk(
            view=view,
            as_of=as_of,
            run=lambda statement, columns, name: self.warehouse.run(statement, columns, name=name),
            protect=lambda query, day: self.protect(view, query, day),
            span_of=lambda names: self.span_of(view, names),
            say=say,
            open_decisions=lambda: self.decisions().book(view),
            keeps=keeps,
        )

    def check_data(self, datasets: tuple[str, ...], as_of: dt.date) -> tuple[CheckResult, ...]:
        """Every data check over the whole catalog, worst first; a run over all datasets is kept for the answers."""
        from agent.stores.quality_runs import write_run
        from agent.tools.analysis.quality.tool import quality_results
        from catalog.analyses.quality import QualityRequest
        from catalog.errors import UnknownNameError

        for name in datasets:
            if name not in self.catalog.dataset_by_name:
                raise UnknownNameError("dataset", name, tuple(self.catalog.dataset_by_name))
        view = system_view(self.catalog)
        results = tuple(quality_results(QualityRequest(datasets=datasets), self.desk(view, as_of)))
        if not datasets:
            write_run(self._quality_file(), as_of, results)
        with self._lock:
            self._doubts = None
        return results

    def flags(self, view: CatalogView, plan: Plan) -> tuple[str, ...]:
        """Caveats from the last data checks of this database, for the rows that a plan reads; nothing is run for them."""
        from agent.stores.quality_runs import read_run

        if view.row_filters:  # the checks are of all rows: what they found is not of those that this role sees
            return ()
        fingerprint = self.warehouse.fingerprint()
        with self._lock:
            if self._doubts is None or self._doubts[0] != fingerprint:
                results = read_run(self._quality_file()) or ()
                self._doubts = (fingerprint, tuple(item for item in results if item.verdict != "pass"))
            doubts = self._doubts[1]
        if not doubts:
            return ()
        from agent.tools.analysis.quality.flags import flags_for

        return flags_for(doubts, plan, view)

    def _quality_file(self) -> Path:
        from agent.stores.quality_runs import runs_file

        return runs_file(self.settings.home, self.catalog.name, self.warehouse.fingerprint())

    def decisions(self) -> DecisionStore:
        """The saved scenarios and forecasts, each its user's own. StoreError where the home folder cannot be written."""
        from agent.stores.decisions import DecisionStore
        from agent.stores.home import open_home

        with self._lock:
            if self._decisions is None:
                self._decisions = DecisionStore.open(open_home(self.settings.home).decisions)
                self._closing.callback(self._decisions.close)
            return self._decisions

    def checkpointer(self) -> Any:
        """Where threads are kept: a SQLite file in the home folder; in memory where that cannot be written."""
        with self._lock:
            if self._checkpointer is None:
                from agent.graphs.threads import open_checkpointer

                self._checkpointer = self._closing.enter_context(open_checkpointer(self.settings.home))
            return self._checkpointer

    def recorded(
        self,
        answer: Answer,
        view: CatalogView,
        *,
        policies: tuple[str, ...] = (),
        failure: str | None = None,
        door: str = "compiled",
    ) -> Answer:
        """The answer with its receipt written."""
        from agent.receipts import receipt_of

        fingerprint = None
        with contextlib.suppress(DatabaseUnavailableError):
            fingerprint = self.warehouse.fingerprint()
        receipt = receipt_of(
            answer, view, database_fingerprint=fingerprint, policies=policies, failure=failure, door=door
        )
        return answer.model_copy(update={"receipt": self.audit.append(receipt)})

    def close(self) -> None:
        """End the processes and close the stores."""
        self._closing.close()

    def _refresh(self) -> None:
        """Forget what was learned from a database that has been replaced since."""
        fingerprint = self.warehouse.fingerprint()
        if fingerprint != self._fingerprint:
            if self._fingerprint:
                self.require_tables()
            self._fingerprint = fingerprint
            self._as_of = None
            self._values.clear()
            self._planners.clear()
            self._spans.clear()


def _with_building_blocks(view: CatalogView) -> CatalogView:
    """The view with hidden metrics open, for measuring the parts of one that it shows; rows stay as filtered."""
    metrics = tuple(metric.model_copy(update={"hidden": False}) for metric in view.whole.metrics)
    role = view.role.model_copy(update={"metrics": ("*",), "denied_metrics": ()})
    return CatalogView(view.whole.model_copy(update={"metrics": metrics}), view.principal, role)
