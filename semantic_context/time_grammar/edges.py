"""The edges of a stretch as they are said: "the end of May", "the start of the year"."""

from __future__ import annotations

from semantic_context.time_grammar.reader import Reader


def edge_of(reader: Reader, index: int) -> int | None:
    """The index after "the end of" and the like."""
    index = reader.skip(index, {"the"})
    return index + 2 if reader.word(index) in ("end", "close") and reader.word(index + 1) == "of" else None


def start_of(reader: Reader, index: int) -> int | None:
    index = reader.skip(index, {"the"})
    return (
        index + 2 if reader.word(index) in ("start", "beginning", "begin") and reader.word(index + 1) == "of" else None
    )
