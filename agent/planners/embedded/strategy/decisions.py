"""Reads questions about what was saved: "save this as ...", "compare scenarios A and B", "how did my scenario turn out?"."""

from __future__ import annotations

import re

from agent.planners.embedded import clarify
from agent.planners.embedded.strategy.what_if_reading import Asked
from catalog.analyses.decision import DecisionRequest, KeptForecastRequest
from catalog.analyses.forecast import ForecastRequest
from catalog.analyses.scenario import GoalRequest, ScenarioRequest
from catalog.plan import Plan

_KIND = r"(?P<kind>scenario|forecast|goal|plan|decision|what[- ]if)s?"
_QUOTED = r"['\"“”‘’«»]"
_NAME = rf"(?:{_QUOTED}(?P<quoted>[^'\"“”‘’«»]+){_QUOTED}|(?P<bare>[^'\"“”‘’«»,?!]+?))"
_SAVE = re.compile(
    rf"^(?:please )?(?:save|store|keep|remember|name|call|record) (?:this|it|that|the (?:last |current )?(?:scenario"
    rf"|one|answer|goal|result))"
    rf"(?: (?:scenario|one|answer|goal|result))?(?: as| under(?: the name)?)?(?: scenario)? {_NAME}$",
    re.IGNORECASE,
)
_SAVE_TOO = re.compile(
    rf"(?:,|;|\.)?\s*(?:and |then )?(?:please )?(?:save|store|keep|remember|name|call) (?:this|it|that|the (?:scenario"
    rf"|result|goal))(?: as| under(?: the name)?)?"
    rf" {_QUOTED}(?P<name>[^'\"“”‘’«»]+){_QUOTED}$",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"^(?:(?:please )?(?:list|show|show me|give me|open|see)|what are|which are|what|which) (?:me )?(?:all )?(?:of"
    rf" )?(?:my |our |the )?(?:saved )?{_KIND}"
    r"(?: (?:have i|did i|do i have|have we|i have|i|are|there are|there|that i)\s*(?:saved|keep|kept|have|there)?(?: saved)?)?$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    rf"^(?:please )?(?:compare|contrast|set|put|show) (?:me )?(?:my |the |our )?(?:saved )?(?:{_KIND} )?"
    rf"(?:{_QUOTED}(?P<q1>[^'\"“”‘’«»]+){_QUOTED}|(?P<b1>.+?)) (?:and|with|to|versus|vs\.?|against|beside|next to) "
    rf"(?:my |the |scenario )*(?:{_QUOTED}(?P<q2>[^'\"“”‘’«»]+){_QUOTED}|(?P<b2>.+?))(?: side by side)?$",
    re.IGNORECASE,
)
_COMPARE_ALL = re.compile(
    rf"^(?:please )?compare (?:all )?(?:of )?(?:my |the |our )?(?:saved )?{_KIND}(?: side by side)?$", re.IGNORECASE
)
_SCORE = re.compile(
    rf"^(?:how (?:did|has|well did|good was|accurate was|right was)|was|were|score|check|did|what became of) (?:my "
    rf"|the |our )?(?:saved )?(?:{_KIND})?\s*{_NAME}?"
    r"(?:\s+(?:turn(?:ed)? out|work(?:ed)? out|do|done|come out|hold|held up|hold up|perform|compare with (?:the"
    r" )?actuals|against (?:the )?actuals"
    r"|right|come true|accurate|good|against what happened))?$",
    re.IGNORECASE,
)
_SAVED = re.compile(rf"\b(?:saved?|my|i|kept|keep)\b|{_QUOTED}", re.IGNORECASE)
_TURNED_OUT = re.compile(
    r"turn(?:ed)? out|work(?:ed)? out|come out|held up|hold up|come true|actuals|what happened|accurate|right|became|score|check",
    re.IGNORECASE,
)
_FORGET = re.compile(
    rf"^(?:please )?(?:delete|forget|remove|discard) (?:my |the |our )?(?:saved )?(?:{_KIND} )?{_NAME}$", re.IGNORECASE
)


def without_saving(text: str) -> tuple[str, str | None]:
    """A question without "and save it as 'X'", and X."""
    found = _SAVE_TOO.search(text.rstrip("?!. "))
    if found is None or found.start() == 0:
        return text, None
    return text[: found.start()].rstrip(" ,;."), found["name"].strip()


def read_decision(text: str, asked: Asked) -> Plan | None:
    """The plan of a question about saved scenarios and forecasts; None for any other."""
    text = text.strip().rstrip("?!. ")
    save = _SAVE.match(text)
    if save is not None:
        return _saved((save["quoted"] or save["bare"]).strip(), asked)
    for pattern, action in ((_COMPARE_ALL, "compare"), (_LIST, "list")):
        found = pattern.match(text)
        if found is not None and not _means_the_catalog(found["kind"], text, asked):
            return _plan(
                action,
                (),
                found["kind"],
                "All that you saved, side by side" if action == "compare" else "What you saved",
            )
    compared = _COMPARE.match(text)
    named = compared is not None and compared["kind"] and not _means_the_catalog(compared["kind"], text, asked)
    if compared is not None and (named or (compared["q1"] and compared["q2"])):
        names = tuple((compared[f"q{place}"] or compared[f"b{place}"]).strip() for place in (1, 2))
        return _plan("compare", names, compared["kind"], f"Saved “{names[0]}” and “{names[1]}” side by side")
    score = _SCORE.match(text)
    if score is not None and _TURNED_OUT.search(text) and (score["kind"] or score["quoted"]):
        name = (score["quoted"] or score["bare"] or "").strip()
        names = (name,) if name else ()
        return _plan(
            "score",
            names,
            score["kind"],
            f"What “{name}” expected, and what came" if name else "What was expected, and what came",
        )
    forget = _FORGET.match(text)
    if forget is not None and (forget["kind"] or forget["quoted"]):
        name = (forget["quoted"] or forget["bare"]).strip()
        return _plan("forget", (name,), forget["kind"], f"Forget what is saved as “{name}”")
    return None


def _means_the_catalog(kind: str, text: str, asked: Asked) -> bool:
    """Whether "scenarios", "plans" and the like are a field, thing or figure of the catalog, and nothing says they are
    saved ones."""
    if _SAVED.search(text) is not None:
        return False
    return any(item.kind in ("field", "dataset", "metric") for item in asked.levers.phrases.means(kind))


def _plan(action: str, names: tuple[str, ...], kind: str | None, words: str) -> Plan:
    of = kind.lower() if kind is not None and kind.lower() in ("scenario", "forecast", "goal") else None
    request = DecisionRequest.model_validate({"action": action, "names": names, "of": None if names else of})
    return Plan(shape="decision", analysis=request, interpretation=words, confidence=0.95)


def _saved(name: str, asked: Asked) -> Plan | None:
    before = asked.previous
    if before is None or before.analysis is None:
        if re.search(r"\bscenario\b|\bgoal\b", asked.question, re.IGNORECASE) or before is not None:
            return clarify.asking("There is no scenario before this to save: ask “what if ...” first.", "unsupported")
        return None
    words = f"{before.interpretation}; saved as “{name}”"
    if isinstance(before.analysis, ForecastRequest):
        kept = KeptForecastRequest(name=name, forecast=before.analysis, question=asked.question)
        return before.model_copy(update={"analysis": kept, "interpretation": words, "clarification": None})
    if not isinstance(before.analysis, ScenarioRequest | GoalRequest):
        return clarify.asking(
            "I can save scenarios, goals and forecasts: ask “what if ...” or “what would it take ...” first.",
            "unsupported",
        )
    request = before.analysis.model_copy(update={"name": name})
    return before.model_copy(
        update={
            "analysis": request,
            "interpretation": words,
            "clarification": None,
        }
    )
