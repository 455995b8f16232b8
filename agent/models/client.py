"""Asks one model. Every call ends: by its reply, by a typed error, by the question's deadline, or when called off."""

from __future__ import annotations

import asyncio
import concurrent.futures
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from agent.models.breaker import CircuitBreaker
from agent.models.budget import QuestionBudget
from agent.models.dialect import Dialect
from agent.models.errors import (
    ModelBudgetError,
    ModelBusyError,
    ModelCancelledError,
    ModelDeadlineError,
    ModelError,
    ModelRejectedError,
)
from agent.models.json_reply import json_object_of
from agent.models.ledger import ModelLedger
from agent.models.request import ModelReply, ModelRequest
from agent.models.settings import ModelSettings
from agent.models.spans import model_span

_FIRST_WAIT_S = 0.2
_GRACE_S = 0.4  # after the deadline, for the request under way to be torn down
_MAY_BE_OUR_WAY_OF_ASKING = (400, 415, 422, 501)  # statuses of a refusal that another way of asking may mend


class StepRequests:
    """The requests that one step of one question may make: retries and repairs share them."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self) -> None:
        """Count one; ModelBudgetError where none is left."""
        if self.left <= 0:
            raise ModelBudgetError("this step has used up its requests to the model")
        self.left -= 1


class ModelClient:
    """One endpoint and model, shared by all questions. Opens no connection before it is asked. Thread-safe."""

    def __init__(self, settings: ModelSettings, breaker: CircuitBreaker | None = None) -> None:
        self.settings = settings
        self.breaker = breaker or CircuitBreaker()
        self.dialect = Dialect.of(settings)
        self._lock = threading.Lock()
        self._chat_lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._chat: Any = None

    def question_budget(self) -> QuestionBudget:
        """A new question's leash."""
        return QuestionBudget(self.settings.deadline_s, self.settings.requests_per_question)

    def step_requests(self) -> StepRequests:
        """A new step's share of it."""
        return StepRequests(self.settings.requests_per_step)

    def complete(
        self, request: ModelRequest, budget: QuestionBudget, step: StepRequests, ledger: ModelLedger
    ) -> ModelReply:
        """The model's reply to a prompt, its JSON read. Retries what may pass; every other failure is a ModelError.

        What was sent, used and got goes to the ledger, whether it went well or not.
        """
        started = time.perf_counter()
        attempts = 0

        def count_attempt() -> None:
            nonlocal attempts
            step.take()
            budget.take_request()
            attempts += 1

        with model_span(self.settings, request) as span:
            try:
                reply = self._asked(request, budget, step, count_attempt)
            except ModelError as error:
                span.failed(error.code)
                ledger.add_failure(self.settings, request, error.code, attempts, time.perf_counter() - started)
                raise
            span.replied(reply)
        ledger.add_reply(self.settings, request, reply, attempts, time.perf_counter() - started)
        return reply

    def close(self) -> None:
        """Stop the loop that requests run in."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def _asked(
        self, request: ModelRequest, budget: QuestionBudget, step: StepRequests, count_attempt: Callable[[], None]
    ) -> ModelReply:
        wait_s = _FIRST_WAIT_S
        dialect = self.dialect
        last: ModelError | None = None
        while True:
            try:
                self.breaker.admit()
                count_attempt()
            except ModelBudgetError:
                if last is not None:
                    raise last from None
                raise
            try:
                reply = self._once(request, budget, dialect)
            except ModelRejectedError as error:
                self.breaker.succeeded()
                other = dialect.after(error.complaints, is_last=step.left == 1)
                if error.status not in _MAY_BE_OUR_WAY_OF_ASKING or other is None:
                    raise
                dialect, last = other, error
            except ModelError as error:
                self._note(error)
                if not error.is_transient:
                    raise
                last = error
                pause_s = wait_s * (1 + random.random() / 4)
                if isinstance(error, ModelBusyError) and error.retry_after_s is not None:
                    pause_s = error.retry_after_s
                if pause_s >= budget.remaining_s:
                    raise
                self._pause(pause_s, budget)
                wait_s *= 2
            else:
                self.breaker.succeeded()
                self.dialect = dialect  # what went well is how the next step asks
                return reply

    def _note(self, error: ModelError) -> None:
        if error.is_transient or isinstance(error, ModelDeadlineError):
            self.breaker.failed()
        else:
            self.breaker.let_go()

    def _pause(self, seconds: float, budget: QuestionBudget) -> None:
        called_off = threading.Event()
        forget = budget.watch(called_off.set)
        try:
            if called_off.wait(seconds):
                raise ModelCancelledError("the question was called off")
        finally:
            forget()

    def _once(self, request: ModelRequest, budget: QuestionBudget, dialect: Dialect) -> ModelReply:
        """One request, in the client's own loop, so that its end is ours to choose."""
        from agent.models.replies import reply_of

        remaining_s = budget.remaining_s
        future = asyncio.run_coroutine_threadsafe(self._request(request, remaining_s, dialect), self._opened())
        forget = budget.watch(future.cancel)
        try:
            message = future.result(timeout=remaining_s + _GRACE_S)
        except concurrent.futures.CancelledError as error:
            raise ModelCancelledError("the question was called off") from error
        except TimeoutError as error:
            future.cancel()
            raise ModelDeadlineError(f"the model did not answer within {budget.deadline_s:g} s") from error
        finally:
            forget()
        reply = reply_of(message, self.settings.name)
        return ModelReply(
            text=reply.text,
            data=json_object_of(reply.text),
            model=reply.model,
            input_tokens=reply.input_tokens,
            output_tokens=reply.output_tokens,
            finish_reason=reply.finish_reason,
        )

    async def _request(self, request: ModelRequest, remaining_s: float, dialect: Dialect) -> Any:
        try:
            async with asyncio.timeout(remaining_s):
                # The library takes a second to import, and more on a cold disk: that time counts, too.
                chat = await asyncio.get_running_loop().run_in_executor(None, self._opened_chat)
                return await self._sent(chat, request, dialect)
        except TimeoutError as error:
            raise ModelDeadlineError("the model did not answer in time") from error

    @staticmethod
    async def _sent(chat: Any, request: ModelRequest, dialect: Dialect) -> Any:
        from agent.models.failures import FAILURES, typed_failure

        messages, body = dialect.messages(request), dialect.body(request)
        # In the body directly: as an argument, the library would parse the reply and raise before it can be judged.
        given: dict[str, Any] = {"extra_body": body} if body else {}
        try:
            if not dialect.streams:
                return await chat.ainvoke(messages, **given)
            whole = None
            async for chunk in chat.astream(messages, stream_usage=dialect.counts_streamed, **given):
                whole = chunk if whole is None else whole + chunk
            return whole
        except FAILURES as error:
            raise typed_failure(error) from error

    def warm_up(self) -> None:
        """Import what a request needs, ahead of the first one."""
        self._opened_chat()

    def _opened_chat(self) -> Any:
        with self._chat_lock:
            if self._chat is None:
                self._chat = _chat_model(self.settings)
            return self._chat

    def _opened(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(loop,), name="plumbline-model", daemon=True).start()
                self._loop = loop
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


def _chat_model(settings: ModelSettings) -> Any:
    """LangChain's client without its own retries: the total of time, size and requests is held here."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from agent.models.transport import CappedTransport, proxy_for

    base_url = settings.base_url or "https://api.openai.com/v1"
    timeout = httpx2.Timeout(settings.deadline_s, connect=min(10.0, settings.deadline_s))
    return ChatOpenAI(
        model=settings.name,
        base_url=base_url,
        api_key=SecretStr(settings.api_key or "none"),  # servers of one's own often want none
        max_retries=0,
        use_responses_api=False,
        http_client=httpx2.Client(timeout=timeout),
        http_async_client=httpx2.AsyncClient(
            transport=CappedTransport(settings.largest_reply_bytes, proxy_for(base_url)),
            timeout=timeout,
            follow_redirects=False,
        ),
        timeout=settings.deadline_s,
    )
