"""A model's reading of a question: a flat form in the catalog's names, small enough for a small model to fill."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from agent.models.errors import ModelReplyError
from agent.models.request import ReplySchema
from catalog.durations import TimeGrain, TimePart

Kind = Literal["figures", "values", "definition", "analysis", "steps", "sql", "unclear", "outside"]
Order = Literal["none", "highest", "lowest", "best", "worst"]
Extra = Literal["share", "growth", "target", "running_total"]
Comparator = Literal["more_than", "less_than", "at_least", "at_most", "equal", "between"]

TIMES = (
    "none",
    *(grain.value for grain in TimeGrain if grain.rank >= TimeGrain.HOUR.rank),
    *(part.value for part in TimePart),
)
_MOST_ITEMS, _MOST_TEXT = 12, 300


class _Form(BaseModel):
    """Keys beyond the form's are left alone: small models add some."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=_MOST_TEXT)


class FilterRead(_Form):
    """Only (or, with `exclude`, all but) the rows whose field has one of the values, in the question's own words."""

    field: str
    values: tuple[str, ...] = Field(min_length=1, max_length=_MOST_ITEMS)
    exclude: bool = False


class BoundRead(_Form):
    """A metric or a number field held against a number of the question; `upper` with between."""

    on: str
    is_: Comparator = Field(alias="is")
    number: float
    upper: float | None = None


class WordsRead(_Form):
    """Words of the question that are no name here, and the name of the catalog they were taken for."""

    words: str
    name: str


class ModelReading(_Form):
    """What the question asks, as a model reads it. Every part but `kind` may be empty."""

    kind: Kind
    metrics: tuple[str, ...] = Field(default=(), max_length=_MOST_ITEMS)
    group_by: tuple[str, ...] = Field(default=(), max_length=4)
    by_time: str = "none"
    filters: tuple[FilterRead, ...] = Field(default=(), max_length=_MOST_ITEMS)
    bounds: tuple[BoundRead, ...] = Field(default=(), max_length=4)
    period: str = ""
    compare_with: str = ""
    order: Order = "none"
    limit: int = Field(default=0, ge=0, le=10_000)
    show: tuple[Extra, ...] = Field(default=(), max_length=4)
    in_other_words: str = ""
    taken_for: tuple[WordsRead, ...] = Field(default=(), max_length=_MOST_ITEMS)
    not_in_catalog: tuple[str, ...] = Field(default=(), max_length=_MOST_ITEMS)

    @field_validator("by_time", mode="before")
    @classmethod
    def _known_time(cls, value: Any) -> Any:
        if value in (None, ""):
            return "none"
        if value not in TIMES:
            raise ValueError(f"by_time is one of {', '.join(TIMES)}")
        return value

    @field_validator("period", "compare_with", "in_other_words", mode="before")
    @classmethod
    def _absent_is_empty(cls, value: Any) -> Any:
        return "" if value is None or value == "none" else value

    @field_validator("metrics", "group_by", "filters", "bounds", "show", "taken_for", "not_in_catalog", mode="before")
    @classmethod
    def _absent_is_none(cls, value: Any) -> Any:
        return () if value is None else value

    @field_validator("limit", mode="before")
    @classmethod
    def _absent_is_no_limit(cls, value: Any) -> Any:
        return 0 if value is None else value


def reading_of(data: dict[str, Any]) -> ModelReading:
    """The reading in a reply's object; ModelReplyError names the parts that do not fit, never what stands in them."""
    try:
        return ModelReading.model_validate(data)
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in item["loc"][:1]) or "kind" for item in error.errors()})
        raise ModelReplyError(f"these parts of the object do not fit the schema: {', '.join(places)}") from error


def _strings() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object as strict structured output wants it: every key required, no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


READING_SCHEMA = ReplySchema(
    "reading",
    _object(
        {
            "kind": {"type": "string", "enum": list(Kind.__args__)},  # type: ignore[attr-defined]
            "metrics": _strings(),
            "group_by": _strings(),
            "by_time": {"type": "string", "enum": list(TIMES)},
            "filters": {
                "type": "array",
                "items": _object({"field": {"type": "string"}, "values": _strings(), "exclude": {"type": "boolean"}}),
            },
            "bounds": {
                "type": "array",
                "items": _object(
                    {
                        "on": {"type": "string"},
                        "is": {"type": "string", "enum": list(Comparator.__args__)},  # type: ignore[attr-defined]
                        "number": {"type": "number"},
                        "upper": {"type": ["number", "null"]},
                    }
                ),
            },
            "period": {"type": "string"},
            "compare_with": {"type": "string"},
            "order": {"type": "string", "enum": list(Order.__args__)},  # type: ignore[attr-defined]
            "limit": {"type": "integer"},
            "show": {"type": "array", "items": {"type": "string", "enum": list(Extra.__args__)}},  # type: ignore[attr-defined]
            "in_other_words": {"type": "string"},
            "taken_for": {
                "type": "array",
                "items": _object({"words": {"type": "string"}, "name": {"type": "string"}}),
            },
            "not_in_catalog": _strings(),
        }
    ),
)
