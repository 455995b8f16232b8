"""What can go wrong with a model, one class for each way to mend it. No message quotes what a model wrote."""

from __future__ import annotations

from typing import ClassVar

from catalog.errors import PlumblineError


class ModelError(PlumblineError):
    """The model gave nothing that can be used. `code` is short and stable, for receipts and spans."""

    code: ClassVar[str] = "model_error"
    is_transient: ClassVar[bool] = False  # asking again may help
    is_repairable: ClassVar[bool] = False  # telling the model what was wrong may help


class ModelUnreachableError(ModelError):
    """No connection, or one that broke before a reply was whole."""

    code = "unreachable"
    is_transient = True


class ModelBusyError(ModelError):
    """The endpoint cannot answer now; `retry_after_s` is how long to wait, where it says so."""

    is_transient = True

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class ModelRateLimitedError(ModelBusyError):
    """The endpoint asks to wait."""

    code = "rate_limited"


class ModelServerError(ModelBusyError):
    """The endpoint failed (5xx)."""

    code = "server_error"


class ModelRejectedError(ModelError):
    """The endpoint does not take the request (4xx): the key, the name of the model, or what was asked for. `complaints` are
    the parameters of ours that it names."""

    code = "rejected"

    def __init__(self, message: str, status: int, complaints: frozenset[str] = frozenset()) -> None:
        self.status = status
        self.complaints = complaints
        super().__init__(message)


class ModelDeadlineError(ModelError):
    """The time that a question may spend on the model is over."""

    code = "deadline"


class ModelCancelledError(ModelError):
    """The person who asked called it off."""

    code = "cancelled"


class ModelBudgetError(ModelError):
    """The requests that a step or a question may make are used up."""

    code = "budget"


class ModelRestingError(ModelError):
    """The endpoint failed so often that it is left alone for a while."""

    code = "resting"


class ModelTooLargeError(ModelError):
    """The reply is larger than any plan can be."""

    code = "too_large"


class ModelRefusalError(ModelError):
    """The model declined to answer."""

    code = "refusal"


class ModelCutShortError(ModelError):
    """The reply is not whole: it was cut by length, by a filter, or ended without saying so."""

    code = "cut_short"


class ModelReplyError(ModelError):
    """The reply is not what was asked for: no choice, no text, no JSON, another shape."""

    code = "bad_reply"
    is_repairable = True


class ModelToolError(ModelError):
    """The model called a tool that does not exist here."""

    code = "wrong_tool"
    is_repairable = True
