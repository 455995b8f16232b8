"""From what the libraries raise to what went wrong, typed. No message of theirs is passed on: it may quote the reply."""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import Any

import httpx2
import openai

from agent.models.dialect import complaints_in
from agent.models.errors import (
    ModelDeadlineError,
    ModelError,
    ModelRateLimitedError,
    ModelRejectedError,
    ModelReplyError,
    ModelServerError,
    ModelUnreachableError,
)

# What a request may raise: the libraries' own errors, and those of reading a reply that is not what it should be.
FAILURES = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    ModelError,
    TimeoutError,
    asyncio.TimeoutError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    RecursionError,
)
_LONGEST_COMPLAINT = 4_000
_REASONS = {
    400: "does not take what was asked",
    401: "does not take the key",
    403: "does not allow the key to use this model",
    404: "knows no such model or address",
    413: "finds the prompt too long",
    422: "does not take what was asked",
}


def typed_failure(error: BaseException) -> ModelError:
    """The ModelError that an exception comes to."""
    own = _own_error(error)
    if own is not None:
        return own
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
        return ModelDeadlineError("the model did not answer in time")
    if isinstance(error, openai.APIResponseValidationError):
        return ModelReplyError("the endpoint's reply is no chat completion")
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return ModelUnreachableError("the model cannot be reached, or the connection broke")
    if isinstance(error, openai.APIError):
        return ModelServerError("the endpoint reported an error while it answered")
    if isinstance(error, httpx2.InvalidURL):
        return ModelRejectedError("PLUMBLINE_MODEL_BASE_URL is no address", 0)
    return ModelReplyError("the endpoint's reply is no chat completion")


def _own_error(error: BaseException | None) -> ModelError | None:
    for _ in range(10):
        if error is None:
            return None
        if isinstance(error, ModelError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _of_status(error: openai.APIStatusError) -> ModelError:
    status = error.status_code
    retry_after_s = retry_after(error.response.headers)
    if status in (408, 409, 425, 429):
        return ModelRateLimitedError("the endpoint asks to wait", retry_after_s)
    if status >= 500:
        return ModelServerError(f"the endpoint failed ({status})", retry_after_s)
    complaints = complaints_in(error.response.text[:_LONGEST_COMPLAINT])
    reason = _REASONS.get(status, "refuses the request")
    return ModelRejectedError(f"the endpoint {reason} ({status})", status, complaints)


def retry_after(headers: Any) -> float | None:
    """Seconds to wait, from retry-after-ms or Retry-After (seconds or a date); None where neither can be read."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        given = headers.get("retry-after")
        return None if given is None else max(0.0, float(given))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
