"""How many tokens a text comes to, without the tables of any tokenizer: an estimate from above.

Byte-pair vocabularies give a frequent word one token and split others into pieces of four letters or so. The estimate takes
one token for a word of up to six letters, one more for every further four, one for every three digits, one for each sign,
line break and letter beyond ASCII. Measured against the WordPiece pieces of MiniLM on prompts (tests/agent/models).
"""

from __future__ import annotations

import re

_PIECES = re.compile(r"[A-Za-z]+|[0-9]+|[^\sA-Za-z0-9]|\n+")
_SHORT_WORD, _LETTERS_A_PIECE, _DIGITS_A_PIECE = 6, 4, 3


def estimate_tokens(text: str) -> int:
    """Tokens of a text, rather too many than too few."""
    return sum(_tokens_of(piece) for piece in _PIECES.findall(text))


def _tokens_of(piece: str) -> int:
    if piece[0].isascii() and piece[0].isalpha():
        return 1 + max(0, -(-(len(piece) - _SHORT_WORD) // _LETTERS_A_PIECE))
    if piece[0].isdigit() and piece[0].isascii():
        return -(-len(piece) // _DIGITS_A_PIECE)
    return 1 if piece[0].isascii() else 2
