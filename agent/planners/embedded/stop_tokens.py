"""Words of a question that carry no meaning of their own."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import STOP_STEMS, STOP_WORDS
from semantic_context.words import Token, verb_stem

_CONTRACTION = re.compile(r"(?:i|we|you|they|he|she|it|that|there|here|what|who|how|where)['’](?:d|m|ll|re|ve|s)")


def is_stop(token: Token) -> bool:
    """Whether a token carries no meaning of its own, in any of its forms."""
    if _CONTRACTION.fullmatch(token.folded):
        return True
    return token.folded in STOP_WORDS or token.base in STOP_WORDS or verb_stem(token.base) in STOP_STEMS
