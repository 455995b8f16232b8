"""Our sentences in better words: the model sees marks in place of figures, names and dates, and must keep every one.

What comes back is used only if it has the same marks, the same directions and no number, link or name of its own. So nothing
of a result leaves, and nothing that a model wrote can change a figure.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.models.errors import ModelReplyError
from agent.models.request import Egress, ModelRequest, ReplySchema
from agent.planners.model.context import as_data
from agent.prompts import load_prompt
from catalog.access import CatalogView
from semantic_context.words import tokenize

_MARK = re.compile(r"\[(\d{1,3})\]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# Words that say which way, from where and whether: they must stand between the same marks as before.
_TURNS = {
    "rise": "rose risen rise rises rising up grew grown grow grows increased increase increases gained higher above ahead",
    "fall": "fell fallen fall falls falling down declined decline dropped drop decreased decrease lower below behind lost",
    "more": "more most",
    "less": "less least",
    "not": "not no never without neither nor",
    "from": "from since after",
    "to": "to until before",
    "than": "than against",
    "if": "would will could may if expected likely",
}
_TURN_BY_WORD = {word: turn for turn, words in _TURNS.items() for word in words.split()}
# Words that our own sentences are made of; all others are names or figures, and become marks.
_PLAIN = frozenset(
    """
    a an the this that these those it its of in on at to from by for with and or but than as was were is are be been has have
    had rose fell up down grew grown growth declined dropped increased decreased unchanged flat same higher lower above below
    ahead behind most least highest lowest high low best worst first last next each every all total whole average mean median
    share part parts month months quarter quarters year years week weeks day days period periods before after earlier later
    since until between compared against target gap short met missed reached would will could may expected likely range change
    changed difference came come comes made rest others other only alone more less about not no so far now then there while
    which who what why how much many main drivers driver drove explains explained due because cause causes effect effects
    contributed contribution biggest largest smallest followed account accounts accounted percent points per over under within
    across without
    """.split()
)


class _Sentences(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    sentences: tuple[str, ...] = Field(max_length=20)


NARRATION_SCHEMA = ReplySchema(
    "sentences",
    {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": {"type": "string"}}},
        "required": ["sentences"],
        "additionalProperties": False,
    },
)


class Masked:
    """Sentences with marks for all that is not plain English of ours; `filled` puts the things back."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.things: list[str] = []
        self.originals = sentences
        self.texts = tuple(self._masked(sentence) for sentence in sentences)

    def _masked(self, sentence: str) -> str:
        parts: list[str] = []
        run: list[str] = []

        def end_run() -> None:
            if run:
                self.things.append(" ".join(run))
                parts.append(f"[{len(self.things)}]")
                run.clear()

        for piece in sentence.split():
            bare = piece.strip(".,;:!?()“”\"'")
            if _WORD.fullmatch(bare) and bare.casefold() in _PLAIN:
                end_run()
                parts.append(piece)
                continue
            tail = piece[len(piece.rstrip(".,;:!?")) :]
            run.append(piece[: len(piece) - len(tail)] if tail else piece)
            if tail:
                end_run()
                parts[-1] += tail
        end_run()
        return " ".join(parts)

    def filled(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        """The rewritten sentences with the things back in; None where any is not a faithful rewriting."""
        if len(texts) != len(self.texts):
            return None
        if not all(_is_faithful(given, masked) for given, masked in zip(texts, self.texts, strict=True)):
            return None
        return tuple(_MARK.sub(lambda mark: self.things[int(mark[1]) - 1], text.strip()) for text in texts)


def _is_faithful(text: str, masked: str) -> bool:
    """Whether a rewriting has the same marks and turns in the same order, and plain words of ours between them."""
    if _signature(text) != _signature(masked) or len(text) > 1.6 * len(masked) + 20:
        return False
    rest = _MARK.sub(" ", text)
    words, own = {word.casefold() for word in _WORD.findall(rest)}, {word.casefold() for word in _WORD.findall(masked)}
    if not words <= _PLAIN | own or re.search(r"\d|https?:|www\.|[<>`*_#\[\]|{}\\]", rest):
        return False
    return all(token.is_word or len(token.text) == 1 for token in tokenize(rest))


def _signature(text: str) -> list[str]:
    found: list[str] = []
    for match in re.finditer(r"\[\d{1,3}\]|[A-Za-z][A-Za-z'’-]*", text):
        piece = match[0].casefold()
        if piece.startswith("["):
            found.append(piece)
        elif piece in _TURN_BY_WORD:
            found.append(_TURN_BY_WORD[piece])
    return found


def narration_request(masked: Masked, view: CatalogView) -> ModelRequest:
    """The prompt: sentences that hold marks alone; where figures may leave, what stands behind the marks beside them."""
    prompt = load_prompt("narrator")
    listed = "\n".join(f"{number}. {text}" for number, text in enumerate(masked.texts, start=1))
    counts = {"sentences": len(masked.texts)}
    behind = ""
    if view.egress in ("aggregates", "rows"):
        behind = (
            "\n<marks>\n"
            + "\n".join(f"[{n}] {as_data(thing)}" for n, thing in enumerate(masked.things, start=1))
            + "\n</marks>"
        )
        counts["cells"] = len(masked.things)
    return ModelRequest(
        prompt.agent,
        prompt.version,
        (("system", prompt.text), ("user", f"<sentences>\n{listed}\n</sentences>{behind}")),
        NARRATION_SCHEMA,
        Egress(view.egress, counts),
    )


def sentences_of(data: dict[str, Any]) -> tuple[str, ...]:
    """The sentences in a reply; ModelReplyError where they are none."""
    try:
        return _Sentences.model_validate(data).sentences
    except ValidationError as error:
        raise ModelReplyError("reply with sentences, a list of texts") from error
