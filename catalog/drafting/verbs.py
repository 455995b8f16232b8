"""The verbs that go with nouns: who speaks of a hire date says that someone was hired."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.readable import singular_of

# A noun, and the participles by which people say that it happened, the closest first.
_VERBS = {
    noun: tuple(verbs.split())
    for line in """
    admission: admitted
    application: applied submitted filed received
    appointment: appointed
    arrest: arrested
    arrival: arrived
    bill: billed issued
    birth: born
    booking: booked made
    call: called made received
    cancellation: cancelled
    claim: claimed filed submitted received
    completion: completed
    complaint: complained filed received made
    contract: signed
    creation: created
    delivery: delivered
    departure: departed
    discharge: discharged
    donation: donated received made
    enrollment: enrolled
    enrolment: enrolled
    entry: entered
    establishment: established
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
    opening: opened
    order: ordered placed received
    payment: paid received made
    permit: issued granted
    production: produced
    publication: published
    purchase: purchased bought made
    receipt: received
    refund: refunded issued
    registration: registered
    release: released
    renewal: renewed
    rental: rented
    repair: repaired
    request: requested submitted received
    reservation: reserved booked made
    return: returned
    sale: sold made
    shipment: shipped
    shipping: shipped
    signup: signed_up
    start: started
    submission: submitted
    subscription: subscribed
    termination: terminated
    transfer: transferred
    treatment: treated
    vaccination: vaccinated
    visit: visited
    """.strip().splitlines()
    for noun, _, verbs in [line.strip().partition(": ")]
}
_OF_TIME = frozenset({"date", "day", "time", "timestamp", "datetime", "at", "on", "dt", "ts", "utc"})
_WAYS = frozenset({"method", "mode", "means", "channel"})
_LEADING = ("by", "with", "via", "in", "through", "using")


def verbs_of(noun: str) -> tuple[str, ...]:
    """The participles that go with a noun, in words; none where it has none of its own."""
    return tuple(verb.replace("_", " ") for verb in _VERBS.get(singular_of(noun), ()))


def verbs_of_time(words: tuple[str, ...], entity: tuple[str, ...]) -> tuple[str, ...]:
    """What people say of rows by a time column's name: hired for a hire date, paid for the date of a payment."""
    stem = tuple(word for word in words if word not in _OF_TIME)
    return verbs_of((stem or entity)[-1]) if len(stem) <= 1 or stem == entity else ()


def joined_by(words: tuple[str, ...]) -> tuple[str, ...]:
    """What people say of persons by the time when their row was made."""
    made = set(words) - _OF_TIME
    return ("joined", "signed up", "registered") if made in ({"created"}, {"signup"}, {"registration"}) else ()


def leads_to_values(words: tuple[str, ...]) -> Iterable[str]:
    """What leads to a value of a way that something is done: paid by, paid with, of a payment method."""
    if len(words) == 2 and words[-1] in _WAYS:
        for verb in verbs_of(words[0])[:1]:
            yield from (f"{verb} {lead}" for lead in _LEADING)
