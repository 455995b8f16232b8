"""The words that ask for an analysis of customers, funnels, stock or rates: general English, no business's own names."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.durations import TimeGrain

COHORT = (
    "cohort, cohorts, cohort analysis, cohort retention, retention cohort, retention cohorts, retention by cohort, "
    "how well do we retain, how well do we keep, "
    "cohort table, cohort chart, cohort heat map, cohort heatmap, retention heat map, retention heatmap, cohort matrix, "
    "retention matrix, retention triangle, cohort triangle, retention table, retention curve, retention curves, cohort curve"
)
CAME_BACK = (
    "came back, come back, comes back, coming back, came back again, come back again, came back to buy, came back to order, "
    "returned to buy, returned to order, bought again, ordered again, purchased again, buy again, order again, purchase again, "
    "booked again, made a second purchase, made another purchase, placed another order, placed a second order, "
    "bought a second time, ordered a second time, were retained, got retained, stayed with us, bought something again"
)
FIRST_EVENT = (
    "first bought, first ordered, first purchased, bought first, ordered first, bought for the first time, "
    "ordered for the first time, purchased for the first time, made their first purchase, made a first purchase, "
    "placed their first order, placed a first order, had their first order, had their first purchase, "
    "whose first purchase was, whose first order was, first came, first purchase, first order"
)
RFM = (
    "rfm, rfm segments, rfm segment, rfm segmentation, rfm analysis, rfm model, rfm groups, rfm breakdown, "
    "recency frequency monetary, recency frequency and monetary, recency frequency monetary value, "
    "recency frequency and monetary value, recency frequency value, recency frequency and value, "
    "recency frequency and monetary value analysis"
)
RFM_SCORES = "rfm scores, rfm score, rfm cells, rfm grid, rfm score distribution, rfm quintiles"
BEST_ONES = (
    "who are our best, who are the best, who are my best, who are your best, who are our top, who are our most valuable, "
    "who are the most valuable, who are our most loyal, best by rfm, list our best, name our best"
)
FUNNEL = (
    "funnel, funnels, conversion funnel, funnel analysis, funnel chart, drop off, drop offs, dropoff, where do we lose, "
    "where are we losing, where do we lose people, where do people drop off, where are people dropping off, "
    "where do they drop off, lose people, losing people, lose most people, lose the most people, leak, leaking, "
    "step by step conversion, go from, get from, make it from, conversion from"
)
CHURN_RISK = (
    "churn risk, churn risks, risk of churn, risk of churning, risk of leaving, at risk of churning, at risk of leaving, "
    "at risk of churn, at risk, churn prone, about to churn, likely to churn, most likely to churn, likely to leave, "
    "most likely to leave, will churn, going to churn, might churn, may churn, could churn, predicted to churn, "
    "predict churn, churn prediction, churn predictions, predicted churn, churn score, churn scores, churn probability, "
    "churn probabilities, probability of churn, churn likelihood, likelihood to churn, churn propensity, churn model, "
    "likely to churn next, will churn next, churn next, leave next, "
    "about to leave, about to leave us, going to leave us, likely to stop buying, about to stop buying, in danger of leaving, "
    "in danger of churning, on the verge of leaving, on the verge of churning, we are about to lose, are we about to lose, "
    "we might lose, about to lose"
)
CHURN_DRIVERS = (
    "drivers of churn, churn drivers, what drives churn, what is driving churn, what predicts churn, predictors of churn, "
    "what makes customers churn, why do customers churn, why do customers leave, what leads to churn, what causes churn, "
    "churn risk drivers, drivers of churn risk, what drives churn risk, what churn risk depends on, reasons for churn"
)
REORDER = (
    "what should we reorder, what should i reorder, what to reorder, should we reorder, should i reorder, should be reordered, "
    "what should we order, what do we need to order, what do we need to reorder, what must we order, what must we reorder, "
    "need to be reordered, need to reorder, needs reordering, need reordering, reorder advice, reorder recommendations, "
    "reorder recommendation, reorder suggestions, reorder list, reorder proposal, reorder plan, reorder now, order now, "
    "restock, restocking, be restocked, need restocking, replenish, replenishment, be replenished, replenishment advice, "
    "will run out, going to run out, about to run out, run out soon, run out next, runs out next, run out first, "
    "will run out soon, will be out of stock, will go out of stock, run out of stock, running out soon, will stock out, "
    "about to stock out, will we run out of, are we going to run out of, are we about to run out of"
)
UNUSUAL = (
    "unusually often, unusually high, unusually many, unusually, unusual, abnormally often, abnormally high, abnormally, "
    "suspiciously often, suspiciously high, significantly more often, significantly high, exceptionally often, "
    "exceptionally high, disproportionately often, disproportionately high, disproportionately, more often than expected, "
    "more often than usual, more often than chance, more often than their peers, too often, prone, stand out for, "
    "remarkably often, remarkably high, strikingly often, strikingly high"
)
_EXPECTED = "expected, future, remaining, modelled, modeled, residual"
_LIFETIME = "lifetime value, customer lifetime value, lifetime values, ltv, clv, cltv, lifetime revenue"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STARTS = ("signup", "sign up", "registration", "joining", "join", "enrolment", "enrollment", "start", "onboarding")
_FIRSTS = ("first purchase", "first order", "acquisition", "first booking")
_GRAINS = {"week": TimeGrain.WEEK, "month": TimeGrain.MONTH, "quarter": TimeGrain.QUARTER, "year": TimeGrain.YEAR}


def lifetime_phrases() -> Iterator[tuple[str, float | None]]:
    """Phrases that ask for an expected lifetime value, each with the years it names (None: none)."""
    values = [item.strip() for item in _LIFETIME.split(",")]
    for place, word in enumerate(_NUMBERS, start=1):
        plural = "year" if place == 1 else "years"
        for number in (str(place), word):
            for value in values:
                yield f"{number} year {value}", float(place)
                yield f"{number}year {value}", float(place)
                yield f"{value} over {number} {plural}", float(place)
                yield f"{value} over the next {number} {plural}", float(place)
                yield f"{value} in the next {number} {plural}", float(place)
                yield f"{value} of the next {number} {plural}", float(place)
                yield f"expected {number} year {value}", float(place)
                yield f"predicted {number} year {value}", float(place)
            yield f"be worth over the next {number} {plural}", float(place)
            yield f"be worth in the next {number} {plural}", float(place)
            yield f"expected value of the next {number} {plural}", float(place)
            yield f"expected to spend in the next {number} {plural}", float(place)
            yield f"expected to spend over the next {number} {plural}", float(place)
    for lead in (item.strip() for item in _EXPECTED.split(",")):
        for value in values:
            yield f"{lead} {value}", None
    for model in ("bg nbd", "bgnbd", "buy till you die", "clv model", "ltv model", "lifetime value model"):
        yield model, None


def start_phrases() -> Iterator[tuple[str, TimeGrain | None]]:
    """Phrases that group by when an entity began, as declared: "signup month"."""
    yield from _beginnings(_STARTS)


def first_event_phrases() -> Iterator[tuple[str, TimeGrain | None]]:
    """Phrases that group by the first event: "first purchase month"."""
    yield from _beginnings(_FIRSTS)


def _beginnings(names: tuple[str, ...]) -> Iterator[tuple[str, TimeGrain | None]]:
    for name in names:
        yield f"{name} date", None
        yield f"{name} cohort", None
        yield f"{name} cohorts", None
        for unit, grain in _GRAINS.items():
            yield f"{name} {unit}", grain
            yield f"{unit} of {name}", grain
            yield f"{unit} of their {name}", grain
            yield f"{unit}ly {name}", grain
