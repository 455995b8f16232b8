"""Receipts of answers, and the log that keeps them."""

from agent.tools.audit.log import AuditLog, EarlierThread, Fault, Recorded, Verification
from agent.tools.audit.receipt import ModelCall, QueryRun, Receipt, query_run, result_sha256

__all__ = [
    "AuditLog",
    "EarlierThread",
    "Fault",
    "ModelCall",
    "QueryRun",
    "Receipt",
    "Recorded",
    "Verification",
    "query_run",
    "result_sha256",
]
