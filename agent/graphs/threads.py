"""Where conversations are kept: LangGraph checkpoints in SQLite."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def open_checkpointer(home: Path) -> Iterator[BaseCheckpointSaver[Any]]:
    """A saver on <home>/threads.sqlite; one in memory, with a warning, where that file cannot be written."""
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(home / "threads.sqlite", check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA user_version")
    except (OSError, sqlite3.OperationalError) as error:
        logger.warning("conversations are kept in memory only: %s cannot be written (%s)", home, error)
        from langgraph.checkpoint.memory import InMemorySaver

        yield InMemorySaver()
        return
    from langgraph.checkpoint.sqlite import SqliteSaver

    saver = SqliteSaver(connection)
    saver.setup()
    try:
        yield saver
    finally:
        connection.close()
