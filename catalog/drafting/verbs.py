"""The verbs that go with nouns: who speaks of a hire date says that someone was hired."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.drafting.names import plural_of
from catalog.readable import singular_of

# A noun, and the participles by which people say that it happened, the closest first.
_VERBS = {
    noun: tuple(verbs.split())
    for line in """
    activation: activated
    admission: admitted
    answer: answered
    application: applied submitted filed received
    appointment: appointed
    approval: approved
    arrest: arrested
    arrival: arrived
    bill: billed issued
    birth: born
    booking: booked made
    call: called made received
    cancellation: cancelled
    checkin: checked_in
    checkout: checked_out
    churn: churned
    claim: claimed filed submitted received
    closing: closed
    closure: closed
    completion: completed
    complaint: complained filed received made
    contract: signed
    creation: created
    delivery: delivered
    departure: departed
    discharge: discharged
    dispatch: dispatched
    donation: donated received made
    enrollment: enrolled
    enrolment: enrolled
    entry: entered
    escalation: escalated
    establishment: established
    expiration: expired
    expiry: expired
    fix: fixed
    foundation: founded
    graduation: graduated
    hire: hired
    hiring: hired
    inspection: inspected
    installation: installed
    invoice: invoiced issued billed
    issue: issued
    join: joined
    joining: joined
    launch: launched
    loan: borrowed lent issued granted
    log: logged
    opening: opened
    order: ordered placed received
    payment: paid received made
    permit: issued granted
    pickup: picked_up
    production: produced
    promotion: promoted
    publication: published
    purchase: purchased bought made
    receipt: received
    refund: refunded issued
    reassignment: reassigned
    registration: registered
    rejection: rejected
    release: released
    renewal: renewed
    reopen: reopened
    reopening: reopened
    rental: rented
    repair: repaired
    request: requested submitted received
    reservation: reserved booked made
    resignation: resigned
    resolution: resolved
    retirement: retired
    retry: retried
    return: returned
    sale: sold made
    shipment: shipped
    shipping: shipped
    signup: signed_up
    start: started
    submission: submitted
    subscription: subscribed
    termination: terminated
    ticket: raised opened submitted
    transfer: transferred
    treatment: treated
    vaccination: vaccinated
    visit: visited
    """.strip().splitlines()
    for noun, _, verbs in [line.strip().partition(": ")]
}
_DONE_BY_VERB = {
    "activate": "activated",
    "close": "closed",
    "create": "created",
    "enroll": "enrolled",
    "open": "opened",
}
_OF_TIME = frozenset({"date", "day", "time", "timestamp", "datetime", "at", "on", "dt", "ts", "utc"})
# Plans, and what says nothing of the things themselves.
_NOT_DONE = frozenset(
    "updated modified changed created inserted planned expected estimated required requested scheduled promised".split()
)
_IRREGULAR = frozenset("begun born bought built gone left lost made paid seen sent sold spent taken won".split())
_WAYS = frozenset({"method", "mode", "means", "channel"})
_LEADING = ("by", "with", "via", "in", "through", "using")


def verbs_of(noun: str) -> tuple[str, ...]:
    """The participles that go with a noun, in words; none where it has none of its own."""
    return tuple(verb.replace("_", " ") for verb in _VERBS.get(singular_of(noun), ()))


def nouns_of(participle: str) -> tuple[str, ...]:
    """The nouns that go with a participle, the closest first: dispatch for dispatched, start for started."""
    wanted = participle.replace(" ", "_")
    found = [(verbs.index(wanted), noun) for noun, verbs in _VERBS.items() if wanted in verbs]
    return tuple(noun for _, noun in sorted(found, key=lambda item: item[0]))


def is_participle(word: str) -> bool:
    """Whether a word says what became of things: produced, sold, left."""
    return (word.endswith("ed") and len(word) > 4) or word in _IRREGULAR


def gerund_of(participle: str) -> str:
    """`opening` of opened, for participles that end as most do; empty for others."""
    return f"{participle[:-2]}ing" if participle.endswith("ed") and len(participle) > 4 else ""


def verbs_of_time(words: tuple[str, ...], entity: tuple[str, ...]) -> tuple[str, ...]:
    """What people say of rows by a time column's name: hired for a hire date, paid for the date of a payment."""
    stem = tuple(word for word in words if word not in _OF_TIME)
    if len(stem) == 1 and is_participle(stem[0]) and stem[0] not in _NOT_DONE and stem[0] != "left":
        return (stem[0],)  # "how many are left" asks for what remains
    return verbs_of((stem or entity)[-1]) if len(stem) <= 1 or stem == entity else ()


def participle_of_time(words: tuple[str, ...]) -> str:
    """What happened at a time, by its name alone: resolved for resolved_at, churned for the churn date; empty for plans."""
    stem = tuple(word for word in words if word not in _OF_TIME)
    if len(stem) != 1 or stem[0] in _NOT_DONE:
        return ""
    return stem[0] if is_participle(stem[0]) else next(iter(verbs_of(stem[0])), "")


def thing_and_verb(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What was done with what at a time, by its name: accounts opened, of an account open date; empty where it does not say."""
    stem = tuple(word for word in words if word not in _OF_TIME)
    if len(stem) != 2 or stem[1] in _NOT_DONE:
        return ()
    verb = stem[1] if is_participle(stem[1]) else next(iter(verbs_of(stem[1])), _DONE_BY_VERB.get(stem[1], ""))
    return ((plural_of(stem[0]), verb),) if verb else ()


def said_of_day(words: tuple[str, ...]) -> tuple[str, ...]:
    """What people call a day or a moment whose column says no such word: due date for due_on, dispatch date for dispatched_at."""
    stem = tuple(word for word in words if word not in _OF_TIME)
    if len(words) != len(stem) + 1 or not stem or words[-1] not in ("at", "on"):
        return ()
    if len(stem) > 1:  # next due on: the next due date
        return () if is_participle(stem[-1]) else (f"{' '.join(stem)} date",)
    nouns = nouns_of(stem[0])[:1] if is_participle(stem[0]) else ()
    return (f"{stem[0]} date", *(f"{noun} date" for noun in nouns), *(f"date of {noun}" for noun in nouns))


def joined_by(words: tuple[str, ...]) -> tuple[str, ...]:
    """What people say of persons by the time when their row was made."""
    made = set(words) - _OF_TIME
    return ("joined", "signed up", "registered") if made in ({"created"}, {"signup"}, {"registration"}) else ()


def leads_to_values(words: tuple[str, ...]) -> Iterable[str]:
    """What leads to a value of a way that something is done: paid by, paid with, of a payment method."""
    if len(words) == 2 and words[-1] in _WAYS:
        for verb in verbs_of(words[0])[:1]:
            yield from (f"{verb} {lead}" for lead in _LEADING)
