"""The one door for questions. Identity comes from the caller's session, never from text."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import threading
import traceback
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from agent.answer import Answer, AnswerEvent, ClarificationShown, RefusalShown, ServiceEvent, StepEvent
from agent.business import Business
from agent.errors import DatabaseUnavailableError, PolicyRefusal, QueryError, StoreError, WarehouseError
from agent.models.traces import keep_out_of_traces
from agent.settings import Settings
from agent.spans import Span, agent_span, agent_span_between
from catalog.access import CatalogView, Principal, view_for
from catalog.errors import PlumblineError, UnknownNameError, UserError
from catalog.models import Persona, VerifiedQuestion
from catalog.query import MetricQuery

if TYPE_CHECKING:
    from agent.graphs.answering import AnswerGraph
    from agent.graphs.consultation import Consultation
    from agent.replay import Replay
    from agent.tools.analysis.quality.check_result import CheckResult
    from agent.tools.audit import EarlierThread as EarlierThread

LOCAL = Principal()
UNUSABLE = "the data cannot be used just now; the reason stands in the receipt of this answer"
DEFECT = "something went wrong inside Plumbline; what it was stands in the receipt of this answer"
_LONGEST_TRACEBACK = 20_000


class PlumblineService:
    """Answers questions about one business. Open it once; it may be shared by many threads; close it when done."""

    def __init__(self, business: Business) -> None:
        keep_out_of_traces()
        self.business = business
        self._graphs: dict[bool, AnswerGraph] = {}
        self._running: dict[str, Consultation] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        catalog: str | Path | None = None,
        database: Path | None = None,
        workers: int = 1,
    ) -> Self:
        """Open a business: a catalog by shipped name or folder, and its database. UserError where either is unusable.

        `workers` statements run at once: one for a person, more where several ask.
        """
        business = Business.open(settings or Settings(), catalog=catalog, database=database, workers=workers)
        try:
            business.warm_up_model()
        except BaseException:
            business.close()
            raise
        return cls(business)

    @property
    def personas(self) -> tuple[Persona, ...]:
        """The kinds of people the catalog expects, with the questions each may start from."""
        return self.business.catalog.personas

    @property
    def catalog_name(self) -> str:
        """The catalog's short name."""
        return self.business.catalog.name

    @property
    def catalog_label(self) -> str:
        """The business's name, for people."""
        return self.business.catalog.label

    @property
    def has_roles(self) -> bool:
        """Whether the catalog says who may see what."""
        return bool(self.business.catalog.roles)

    @property
    def database(self) -> Path:
        """The database file that questions are answered from."""
        return self.business.warehouse.database

    @property
    def as_of(self) -> dt.date:
        """The day that counts as today where a question gives none."""
        return self.business.as_of()

    def view(self, principal: Principal) -> CatalogView:
        """What a principal may see; UnknownNameError for a role the catalog does not declare."""
        return view_for(self.business.catalog, principal)

    def require_policies_for(self, principal: Principal) -> None:
        """PolicyRefusal where the catalog has no policies and the principal is not the local owner.

        Without policies nothing says what anyone else may see, so a door that others can reach serves the owner alone.
        """
        if not self.business.catalog.roles and principal.user != LOCAL.user:
            raise PolicyRefusal(
                "no_policies",
                f"catalog {self.catalog_name!r} has no roles, so it answers its local owner alone; add roles to serve others",
            )

    def ask(
        self,
        question: str,
        *,
        principal: Principal = LOCAL,
        thread: str | None = None,
        as_of: dt.date | None = None,
    ) -> Answer:
        """One answer. With a thread, earlier questions of it are remembered and a question back may be answered."""
        return _last_answer(self._events(question, principal, thread, as_of, []))

    def resume(self, thread: str, choice: str, *, principal: Principal = LOCAL) -> Answer:
        """Answer a question back: an option's label or number, or other words."""
        return self.ask(choice, principal=principal, thread=thread)

    async def stream(
        self,
        question: str,
        *,
        principal: Principal = LOCAL,
        thread: str | None = None,
        as_of: dt.date | None = None,
    ) -> AsyncIterator[ServiceEvent]:
        """The steps as they happen, then the answer."""
        asked: list[Consultation] = []
        try:
            async for event in _in_thread(lambda: self._events(question, principal, thread, as_of, asked)):
                yield event
        finally:
            for consultation in asked:  # whoever stops listening no longer waits for a model
                consultation.budget.cancel()

    def stream_resume(self, thread: str, choice: str, *, principal: Principal = LOCAL) -> AsyncIterator[ServiceEvent]:
        """`resume`, with its steps as they happen."""
        return self.stream(choice, principal=principal, thread=thread)

    def draft_sql(
        self,
        question: str,
        *,
        principal: Principal = LOCAL,
        dialect: str = "duckdb",
        thread: str | None = None,
        as_of: dt.date | None = None,
    ) -> Answer:
        """The SQL of a question, not run: `results` hold the statements and their columns, no rows."""
        from agent.direct import draft_answer

        del thread  # a draft neither reads nor changes a conversation
        with agent_span("plumbline") as span, self._guarded(question, principal, None, as_of, span=span) as holder:
            holder.append(draft_answer(self.business, question, principal, dialect, as_of or self.as_of))
        return holder[0]

    def run_query(self, query: MetricQuery, *, principal: Principal = LOCAL, as_of: dt.date | None = None) -> Answer:
        """A MetricQuery, compiled, run and presented."""
        from agent.direct import query_answer

        with agent_span("plumbline") as span, self._guarded("", principal, None, as_of, span=span) as holder:
            holder.append(query_answer(self.business, query, principal, as_of or self.as_of))
        return holder[0]

    def explain(self, query: MetricQuery, *, principal: Principal = LOCAL) -> str:
        """Which definitions, joins, filters and policies a query uses."""
        from agent.direct import explain_query

        return explain_query(self.business, query, principal, self.as_of)

    def run_sql(self, sql: str, *, principal: Principal = LOCAL) -> Answer:
        """A statement of a person's own, through the free door."""
        from agent.direct import sql_answer

        with agent_span("plumbline") as span, self._guarded(sql, principal, None, None, span=span) as holder:
            holder.append(sql_answer(self.business, sql, principal, self.as_of))
        return holder[0]

    def reveal(self, dataset: str, key: str, *, reason: str, principal: Principal = LOCAL) -> Answer:
        """The personal fields of one row that the principal's role may reveal; its receipt holds the reason."""
        from agent.direct import reveal_answer

        with (
            agent_span("plumbline") as span,
            self._guarded(f"reveal {dataset} {key}: {reason}", principal, None, None, span=span) as holder,
        ):
            holder.append(reveal_answer(self.business, dataset, key, reason, principal, self.as_of))
        return holder[0]

    def check_data(self, datasets: tuple[str, ...] = (), *, as_of: dt.date | None = None) -> tuple[CheckResult, ...]:
        """Every data check, for who looks after the data; answers warn of what is in doubt from then on."""
        return self.business.check_data(datasets, as_of or self.as_of)

    def replay(self, receipt: str) -> Replay:
        """A receipt run again, as its user and role: what changed since, and by how much. For who looks after the log."""
        from agent.replay import replay

        return replay(self.business, receipt)

    def feedback(self, receipt: str, *, helpful: bool, comment: str = "", principal: Principal = LOCAL) -> None:
        """Whether an answer helped, kept with its receipt and user. UnknownNameError for a receipt of someone else."""
        from agent.admin import give_feedback

        give_feedback(self.business.settings, principal, receipt, helpful=helpful, comment=comment)

    def threads(self, principal: Principal = LOCAL, limit: int = 10) -> tuple[EarlierThread, ...]:
        """The principal's own earlier conversations, the last first. To go on with one is to ask with its name."""
        role = self.view(principal).role.name
        return self.business.audit.threads(principal.user, role, self.business.catalog.name, limit)

    def verify(self, receipt: str, *, principal: Principal = LOCAL) -> VerifiedQuestion:
        """Confirm an answered question of the principal's for everybody: it is understood so from now on.

        PolicyRefusal for a role that may not; UnknownNameError and UsageError for a receipt that cannot be confirmed.
        """
        from agent.verified import verify

        item = verify(self.business.settings, self.business.catalog, principal, receipt)
        self.business.renew_verified_questions()
        return item

    def close(self) -> None:
        """End the engine's processes and close the stores."""
        self.business.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _events(
        self,
        question: str,
        principal: Principal,
        thread: str | None,
        as_of: dt.date | None,
        consultations: list[Consultation],
    ) -> Iterator[ServiceEvent]:
        """Runs the graph; every failure a person can meet becomes an answer with the right status."""
        with (
            agent_span_between("plumbline", self._conversation(principal, thread)) as span,
            self._guarded(question, principal, thread, as_of, consultations, span) as holder,
        ):
            consultation = self._consultation(principal)
            consultations += [consultation] if consultation is not None else []
            for event in _within(span, self._run_graph(question, principal, thread, as_of, consultation)):
                if isinstance(event, AnswerEvent):
                    holder.append(event.answer)
                else:
                    yield event
        yield AnswerEvent(answer=holder[-1])

    @staticmethod
    def _conversation(principal: Principal, thread: str | None) -> str | None:
        return None if thread is None else f"{principal.user}/{thread}"

    def cancel(self, thread: str, *, principal: Principal = LOCAL) -> bool:
        """Call off what a thread of the principal's is asking a model for; False where it asks nothing."""
        with self._lock:
            running = self._running.get(self._place(principal, self.view(principal), thread))
        if running is None:
            return False
        running.budget.cancel()
        return True

    def _run_graph(
        self,
        question: str,
        principal: Principal,
        thread: str | None,
        as_of: dt.date | None,
        consultation: Consultation | None,
    ) -> Iterator[ServiceEvent]:
        from agent.graphs.answering import AnswerContext, is_waiting, resumed_with

        view = self.view(principal)
        graph = self._graph(keeps_state=thread is not None)
        context = AnswerContext(
            view=view,
            planner=self.business.planner(view),
            warehouse=self.business.warehouse,
            audit=self.business.audit,
            span_of=lambda names: self.business.span_of(view, names),
            protect=lambda query, day: self.business.protected(view, query, day),
            desk=lambda day, say: self.business.desk(view, day, say),
            flags=lambda plan: self.business.flags(view, plan),
            thread=thread,
            keeps_state=thread is not None,
            consultation=consultation,
        )
        place = self._place(principal, view, thread or uuid.uuid4().hex)
        config: Any = {"configurable": {"thread_id": place}}
        given: Any = {"question": question, "as_of": (as_of or self.as_of).isoformat()}
        if thread is not None and is_waiting(graph, config):
            given = resumed_with(question)
        durability: Any = "exit" if thread is not None else None
        with self._cancellable(place, consultation):
            events: Iterator[Any] = graph.stream(
                given,
                config,
                context=context,
                stream_mode=["custom", "updates"],
                subgraphs=True,
                durability=durability,
            )
            for path, mode, chunk in events:
                if mode == "custom" and isinstance(chunk, StepEvent) and not _is_inside_step(path):
                    yield chunk
                elif mode == "updates" and not path and isinstance(chunk, dict) and "record" in chunk:
                    yield AnswerEvent(answer=chunk["record"]["answer"])

    @staticmethod
    def _place(principal: Principal, view: CatalogView, thread: str) -> str:
        """Where a thread is kept: no name reaches into another's."""
        return f"{quote(principal.user, safe='')}/{quote(view.role.name, safe='')}/{thread}"

    @contextlib.contextmanager
    def _cancellable(self, place: str, consultation: Consultation | None) -> Iterator[None]:
        if consultation is None:
            yield
            return
        with self._lock:
            self._running[place] = consultation
        try:
            yield
        finally:
            with self._lock:
                self._running.pop(place, None)

    def _consultation(self, principal: Principal) -> Consultation | None:
        """What one question's agents share; None without a model, or where the role's egress allows none."""
        client = self.business.model_client()
        if client is None:
            return None
        view = self.view(principal)
        if view.egress == "none":
            return None
        from agent.graphs.consultation import Consultation
        from agent.planners.llm import ModelPlanner

        return Consultation(
            client=client,
            planner=ModelPlanner(self.business.planner(view), self.business.personal_words().clean),
            budget=client.question_budget(),
            nearness=lambda words, name: self.business.nearness(view, words, name),
            narrates=self.business.settings.model_narrates,
            only_when_unsure=self.business.settings.model_use == "when_unsure",
        )

    def _graph(self, *, keeps_state: bool) -> AnswerGraph:
        from agent.graphs.supervisor import build_supervisor

        with self._lock:
            if keeps_state not in self._graphs:
                self._graphs[keeps_state] = build_supervisor(self.business.checkpointer() if keeps_state else None)
            return self._graphs[keeps_state]

    @contextlib.contextmanager
    def _guarded(
        self,
        question: str,
        principal: Principal,
        thread: str | None,
        as_of: dt.date | None,
        consultations: Sequence[Consultation] = (),
        span: Span | None = None,
    ) -> Iterator[list[Answer]]:
        """Turns what the block raises into an answer with a receipt: refused, asked back, or an error. Bad usage goes through."""
        holder: list[Answer] = []

        def ended(status: str, failure: str | None = None, **shown: Any) -> None:
            use = consultations[0].use() if consultations else None
            holder.append(self._failed(status, question, principal, thread, as_of, failure, model=use, **shown))

        try:
            yield holder
        except PolicyRefusal as refusal:
            shown = RefusalShown(rule=refusal.rule, reason=str(refusal))
            ended("refuse", refusal=shown, headline=str(refusal))
        except (QueryError, UnknownNameError) as error:
            asking = ClarificationShown(question=str(error), reason="unsupported")
            ended("clarify", clarification=asking, headline=str(error))
        except WarehouseError as error:
            ended("error", error.detail, error=str(error), headline=str(error))
        except (DatabaseUnavailableError, StoreError) as error:
            # Its text names files, tables and columns: that is for whoever looks after them. Where it is the audit log
            # that cannot be written, this raises again and nothing is shown.
            ended("error", str(error), error=UNUSABLE, headline=UNUSABLE)
        except UserError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect: its words may quote data, so they are for the log alone
            ended("error", _traceback_of(error), error=DEFECT, headline=DEFECT)
            if span is not None:
                span.failed(error)
        if span is not None and holder:
            span.note("plumbline.answer.status", holder[-1].status)
            span.note("plumbline.receipt", holder[-1].receipt or "")

    def _failed(
        self,
        status: str,
        question: str,
        principal: Principal,
        thread: str | None,
        as_of: dt.date | None,
        failure: str | None = None,
        **shown: Any,
    ) -> Answer:
        view = self.view(principal)
        answer = Answer.model_validate(
            {
                "status": status,
                "question": question,
                "role": view.role.name,
                "as_of": as_of or self.business.known_as_of(),
                "confidence": 0.0,
                "thread": thread,
                **shown,
            }
        )
        try:
            return self.business.recorded(answer, view, failure=failure)
        except PlumblineError:
            raise
        except Exception as error:
            raise StoreError("the receipt cannot be made, and without one no answer is shown") from error


def _last_answer(events: Iterator[ServiceEvent]) -> Answer:
    answer = None
    for event in events:
        if isinstance(event, AnswerEvent):
            answer = event.answer
    assert answer is not None, "a run ends with an answer"
    return answer


def _within(span: Span, events: Iterator[ServiceEvent]) -> Iterator[ServiceEvent]:
    """The events, each made inside a span; what is done with them in between is not part of it."""
    while True:
        with span.entered():
            event = next(events, None)
        if event is None:
            return
        yield event


def _traceback_of(error: Exception) -> str:
    """Where and why a defect happened; of a long one the end, where the reason stands."""
    return "".join(traceback.format_exception(error))[-_LONGEST_TRACEBACK:]


def _is_inside_step(path: tuple[str, ...]) -> bool:
    """Whether a part of the graph works for one step of several: what it says would run into the other steps' words."""
    return any(part.partition(":")[0] == "step" for part in path)


async def _in_thread(make: Callable[[], Iterator[ServiceEvent]]) -> AsyncIterator[ServiceEvent]:
    """Events of a blocking iterator, made in a thread of their own; its error is raised after them."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[ServiceEvent | None] = asyncio.Queue()

    def produce() -> None:
        try:
            for event in make():
                loop.call_soon_threadsafe(queue.put_nowait, event)
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    producing = loop.run_in_executor(None, produce)
    while (event := await queue.get()) is not None:
        yield event
    await producing
