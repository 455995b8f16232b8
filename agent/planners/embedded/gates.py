"""What is settled before a question is read: empty or endless text, other scripts, SQL, orders to change data."""

from __future__ import annotations

import re

from agent.planners.embedded.orders_to_change import is_about_the_answer, orders_a_change
from catalog.plan import Clarification, Plan, Refusal

MAX_QUESTION_CHARACTERS = 2_000

_SQL = re.compile(
    r"^\s*(?:--[^\n]*\n|/\*.*?\*/|\s)*(?:(?:select|with|explain|describe|pragma|attach|copy|install|load|call|values|from)\b"
    r"(?=.*\b(?:from|select|values|table|database|into|;)\b|.*[;*(=])|(?:show\s+tables\b))",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_FROM = re.compile(
    r"^\s*(?:from|with|describe|explain|call|values|load|copy)\b(?!.*\bselect\b)(?!.*[;*=])", re.I | re.S
)
_SQL_WRITE = re.compile(
    r"\b(?:drop\s+(?:table|view|schema|database|index|column)|delete\s+from|truncate\s+(?:table\s+)?\w+|insert\s+into|"
    r"update\s+\w+\s+set|alter\s+(?:table|view|database|role|user)|create\s+(?:or\s+replace\s+)?(?:table|view|schema|"
    r"database|role|user|macro|function)|grant\s+\w+\s+(?:on|to)|revoke\s+\w+|attach\s+'|copy\s+\w+\s+(?:to|from)\s)",
    re.IGNORECASE,
)
_POLITE = r"(?:please|pls|kindly|now|can you|could you|would you|i want you to|i need you to|go and|just|then|hey|hi|ok|okay|and)"
_WRITE_ORDER = re.compile(
    rf"^\s*(?:{_POLITE}[\s,]+)*(?:delete|erase|wipe|purge|truncate|insert|overwrite|rename|destroy|anonymi[sz]e|"
    r"(?:update|modify|edit|alter|change|set|correct|fix|increase|raise|lower|reset|remove|cancel|add|create|mark|refund)"
    r"(?!(?<=refund|cancel)\s+(?:rates?|shares?|ratios?|percentages?|trends?|amounts?|volumes?|figures?)\b)"
    r"(?!\s+(?:in|of|over|from|by|vs|versus|for)\b)(?=\s+(?:all|every|the|a|an|our|my|this|that|these|those|new|\w+'s|\w+)\b.*"
    r"\b(?:to|records?|rows?|tables?|database|db|columns?|data|entries|entry|account|status)\b))\b",
    re.IGNORECASE,
)
# What somebody says on the way to an order.
_BY_THE_WAY = re.compile(
    r"^\s*(?:(?:hey|hi|oh|ok|okay|so|and|please|well)[\s,]+)*"
    r"(?:while (?:you|we|u)(?:['’]?re| are)(?: still)?(?: at it| there| about it)"
    r"|before (?:i|we) forget|by the way|btw|one (?:more|last|other) thing"
    r"|when you (?:get|have) (?:the|a) (?:chance|minute|moment))[\s,:–-]+",
    re.IGNORECASE,
)
_ORDER_ON_ONE = re.compile(
    rf"^\s*(?:{_POLITE}[\s,]+)*(?:cancel|refund|delete|remove|block|approve|close|ban|mark)\s+(?:the\s+|an?\s+)?\w+\s+(?:no\.?\s*|number\s+|#)?\d+\b",
    re.IGNORECASE,
)
# Orders that no question begins with, where a determiner follows.
_IMPERATIVE = re.compile(
    rf"^\s*(?:{_POLITE}[\s,]+)*(?:cancel|refund|mark|block|approve|reject|ban|close|archive|deactivate|activate|terminate|"
    r"suspend|reassign|assign|transfer|unsubscribe|merge|duplicate|reopen|reimburse|charge|void)\s+"
    r"(?:the|a|an|all|every|each|this|that|these|those|my|our|his|her|their|any)\b(?!.*\?)",
    re.IGNORECASE,
)
_ADDS_TO_THE_ANSWER = re.compile(
    r"^\s*(?:please\s+)?(?:add|set|remove)\b.*\b(?:to|beside|from|next to)\s+(?:that|this|it|them|those|these|"
    r"the\s+(?:chart|answer|view|picture|breakdown|comparison|result))\s*[.!?]*$",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(r"\b(?:what|how|if|would|impact|effect|scenario|by how much)\b", re.IGNORECASE)


def gate(question: str) -> Plan | None:
    """A plan that already settles the question (asks back or refuses), or None where it may be read."""
    text = question.strip()
    if not text or not any(char.isalnum() for char in text):
        return _ask("There is no question here. Ask for a metric, such as a total, a trend or a ranking.", "empty")
    if len(text) > MAX_QUESTION_CHARACTERS:
        return _ask(
            f"That is {len(text):,} characters; I read at most {MAX_QUESTION_CHARACTERS:,}. Ask one question at a time.",
            "unsupported",
        )
    if _SQL_WRITE.search(text):
        return _refuse("write", "I only read data: nothing is changed, added or deleted here.")
    if _SQL.match(text) and not _PLAIN_FROM.match(text):
        return _refuse("raw_sql", "SQL is not run as a question. Analysts may run a statement with the SQL command.")
    if _ADDS_TO_THE_ANSWER.search(text) or is_about_the_answer(text):
        return None
    order = _BY_THE_WAY.sub("", text)
    if _IMPERATIVE.match(order) or orders_a_change(order):
        return _refuse("write", "I only read data: nothing is changed, added or deleted here.")
    if (_WRITE_ORDER.match(order) or _ORDER_ON_ONE.match(order)) and not _HYPOTHETICAL.search(text):
        return _refuse("write", "I only read data: nothing is changed, added or deleted here.")
    letters = [char for char in text if char.isalpha()]
    if letters and sum(char.isascii() or "LATIN" in _script(char) for char in letters) < len(letters) / 2:
        return _ask("I read questions in English for now. Could you ask in English?", "unsupported")
    return None


def _script(char: str) -> str:
    import unicodedata

    return unicodedata.name(char, "")


def _ask(question: str, reason: str) -> Plan:
    clarification = Clarification.model_validate({"question": question, "reason": reason})
    return Plan(clarification=clarification, confidence=0.0)


def _refuse(rule: str, reason: str) -> Plan:
    return Plan(refusal=Refusal(rule=rule, reason=reason), confidence=1.0)
