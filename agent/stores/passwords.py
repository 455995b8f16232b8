"""Passwords as hashes that cannot be turned back: scrypt (RFC 7914), with a salt of its own for each.

scrypt:15:8:1:<salt, base64>:<hash, base64>      the cost (a power of two), the block size, the lanes
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import threading

from catalog.errors import UsageError

LEAST_LENGTH, MOST_LENGTH = 10, 200
_COST, _BLOCK, _LANES = 15, 8, 1  # 32 MB and some 60 ms each
_MOST_COST = 18
_KEY_BYTES = 32
_SCHEME = "scrypt"
_AT_ONCE = threading.BoundedSemaphore(2)  # so that many tries at once take turns, not all the memory


def hash_password(password: str) -> str:
    """A new hash of a password. UsageError for one that is too short or too long."""
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise UsageError(f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters")
    salt = secrets.token_bytes(16)
    key = _key(password, salt, _COST, _BLOCK, _LANES)
    return ":".join((_SCHEME, str(_COST), str(_BLOCK), str(_LANES), _text(salt), _text(key)))


def is_password_hash(text: str) -> bool:
    """Whether a text is a hash that `matches` can read."""
    return _parts(text) is not None


def matches(password: str, hashed: str | None) -> bool:
    """Whether the password is the one of the hash. Without a hash it takes as long, and is false."""
    parts = _parts(hashed) if hashed is not None else None
    cost, block, lanes, salt, key = parts or (_COST, _BLOCK, _LANES, b"nobody's account", b"")
    if len(password) > MOST_LENGTH:
        return False
    return hmac.compare_digest(_key(password, salt, cost, block, lanes), key)


def _key(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    memory = 2 * 128 * block * (1 << cost)
    secret = password.encode("utf-8", "surrogatepass")
    with _AT_ONCE:
        return hashlib.scrypt(secret, salt=salt, n=1 << cost, r=block, p=lanes, maxmem=memory, dklen=_KEY_BYTES)


def _parts(text: str) -> tuple[int, int, int, bytes, bytes] | None:
    pieces = text.split(":")
    if len(pieces) != 6 or pieces[0] != _SCHEME or not all(piece.isdigit() for piece in pieces[1:4]):
        return None
    cost, block, lanes = (int(piece) for piece in pieces[1:4])
    try:
        salt, key = (base64.b64decode(piece, validate=True) for piece in pieces[4:])
    except (binascii.Error, ValueError):
        return None
    usable = 14 <= cost <= _MOST_COST and 1 <= block <= 32 and 1 <= lanes <= 16 and len(key) == _KEY_BYTES
    return (cost, block, lanes, salt, key) if usable else None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
