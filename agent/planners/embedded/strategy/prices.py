"""Reads questions about price: its elasticity by group, and the price that earns most."""

from __future__ import annotations

import re

from agent.planners.embedded.strategy.what_if_reading import Asked
from catalog.analyses.price import ElasticityRequest, PricePointRequest
from catalog.plan import NamedQuery, Plan
from catalog.query import FieldDimension

_ELASTICITY = re.compile(
    r"\b(?:price elasticit(?:y|ies)|elasticit(?:y|ies)(?: of demand)?|price[- ]sensitiv(?:e|ity)|sensitive (?:to|about) prices?)\b",
    re.IGNORECASE,
)
_PRICE_POINT = re.compile(
    r"\b(?:best|optimal|optimum|profit[- ]maximi[sz]ing|margin[- ]maximi[sz]ing|ideal|right) (?:price|price point"
    r"|prices|price points|price level|pricing)\b"
    r"|\bprice points?\b|\b(?:what|which) price(?:s)? (?:would |will )?(?:maximi[sz]es?|earns?|brings?|gives?|makes?)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\b(?:what|whats|what's|is|are|the|our|how|of|demand|show|me|give|list|estimate|which|would|will|be|price|prices|pricing|in|for|by|each|per|to|most|least|"
    r"customers|at|that|profit|margin|gross|highest|most|maximum|maximise|maximize|maximises|maximizes|products?|tell|about|and|with|so|do|does|we|have|"
    r"should|charge|set|earn|earns|bring|brings|give|gives|make|makes|very|a|an|compute|calculate|across|every|different|categories|s)\b|[?.,!']",
    re.IGNORECASE,
)


def read_price(text: str, asked: Asked) -> Plan | None:
    """The plan of a question about price elasticity or the price that earns most; None for any other, and where the
    catalog declares no answer of demand to price."""
    influences = [
        item for item in asked.view.whole.strategy.influences if item.by is not None or item.estimate is not None
    ]
    pattern = _ELASTICITY if _ELASTICITY.search(text) else _PRICE_POINT if _PRICE_POINT.search(text) else None
    if pattern is None or not influences:
        return None
    influence = influences[0]
    rest = " ".join(_FRAME.sub(" ", pattern.sub(" ", text)).split())
    effect = asked.view.metrics.get(influence.effect)
    if effect is None:
        return None
    base = asked.plain(f"{effect.label} {_with_glue(rest, text)}".strip())
    if not base.queries or base.clarification is not None or base.refusal is not None:
        return base
    query = base.queries[0].query
    groups = [item.field for item in query.group_by if isinstance(item, FieldDimension)]
    if any(field != influence.by for field in groups):
        return None
    kept = query.model_copy(update={"group_by": (), "calculations": (), "order_by": (), "limit": None})
    where = f" where {base.interpretation.partition(' where ')[2]}" if " where " in base.interpretation else ""
    named = (NamedQuery(name="answer", query=kept),)
    if pattern is _ELASTICITY:
        elasticity = ElasticityRequest(cause=influence.cause, effect=influence.effect, where=query.where)
        words = f"How {effect.label} answers to price{where}"
        return Plan(shape="price", analysis=elasticity, queries=named, interpretation=words, confidence=0.95)
    point = PricePointRequest(period=query.period, where=query.where)
    words = f"The price level with the highest gross profit{where}"
    return Plan(shape="price", analysis=point, queries=named, interpretation=words, confidence=0.95)


def _with_glue(rest: str, text: str) -> str:
    """What is left of the question, with the word that joins it: "for Books", "by category"."""
    if not rest:
        return ""
    joined = re.search(
        rf"\b(by|per|for each|for|in|of|across)\s+(?:the\s+|our\s+|each\s+)?{re.escape(rest)}", text, re.IGNORECASE
    )
    return f"{joined[1]} {rest}" if joined else f"for {rest}"
