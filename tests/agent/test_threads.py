"""Earlier conversations: each user's own, under the role they were had with; nobody lists, opens or goes on with another's."""

from __future__ import annotations

from agent.service import PlumblineService
from catalog.access import Principal

ANN, BOB = Principal(user="threads ann"), Principal(user="threads bob")


def test_a_user_sees_what_they_asked_and_goes_on(hospital: PlumblineService) -> None:
    hospital.ask("Admissions in May 2025", thread="t1", principal=ANN)
    hospital.ask("Admissions in 2019", thread="t2", principal=ANN)
    hospital.resume("t2", "1", principal=ANN)
    hospital.ask("and by department?", thread="t1", principal=ANN)
    threads = hospital.threads(ANN)
    assert [(item.id, item.questions[0]) for item in threads] == [
        ("t1", "Admissions in May 2025"),
        ("t2", "Admissions in 2019"),
    ]
    assert threads[0].questions == ("Admissions in May 2025", "and by department?")
    again = hospital.ask("and in April?", thread="t1", principal=ANN)
    assert again.interpretation.startswith("Admissions, April 2025, by department")


def test_no_other_user_lists_opens_or_goes_on(hospital: PlumblineService) -> None:
    hospital.ask("Discharges in May 2025", thread="private", principal=ANN)
    assert hospital.threads(BOB) == ()
    stranger = hospital.ask("and by department?", thread="private", principal=BOB)
    assert stranger.status == "clarify"
    assert "Discharges" not in stranger.interpretation
    hospital.ask("Admissions in 2019", thread="waiting", principal=ANN)
    answered = hospital.resume("waiting", "1", principal=BOB)
    assert answered.status == "clarify", "a question back to one user is not answered by another"
    assert hospital.resume("waiting", "1", principal=ANN).status == "answer"
    for name in ("threads ann", "threads%20ann", "threads ann/owner/private", "../threads ann", "THREADS ANN", "%"):
        assert all(item.id != "private" for item in hospital.threads(Principal(user=f"{name}!")))


def test_answers_without_a_conversation_are_none(hospital: PlumblineService) -> None:
    carl = Principal(user="threads carl")
    hospital.ask("Admissions in May 2025", principal=carl)
    assert hospital.threads(carl) == ()
