"""A longer way goes before a shorter one by which a thing is had in a role of its own: each took the home site for the site."""

from __future__ import annotations

from tests.soundness.small_business import SmallBusiness, small_business

_TABLES = {
    "sites": """
        site_id:int town
        1 North
        2 South
    """,
    "screens": """
        screen_id:int site_id:int
        1 1
        2 2
    """,
    "members": """
        member_id:int home_site_id:int
        1 2
    """,
    "showings": """
        showing_id:int screen_id:int
        1 1
        2 2
    """,
    "tickets": """
        ticket_id:int showing_id:int member_id:int price:int
        1 1 1 10
        2 1 - 20
        3 2 - 5
    """,
}
_ROUTES = {
    "screens.site_id": "sites",
    "showings.screen_id": "screens",
    "tickets.showing_id": "showings",
    "tickets.member_id": "members",
}


def _cinema(home: str = "members.home_site_id") -> SmallBusiness:
    tables = dict(_TABLES)
    if home != "members.home_site_id":
        tables["members"] = tables["members"].replace("home_site_id", home.partition(".")[2])
    return small_business(
        tables, {**_ROUTES, home: "sites"}, {"takings": "sum(tickets.price)", "people": "count(members.*)"}
    )


def _by_town(business: SmallBusiness, metric: str, **more: object) -> dict[str, float]:
    rows = business.ask(metrics=[metric], group_by=[{"kind": "field", "field": "sites.town", **more}])
    return {str(town): value for town, value in rows}


def test_the_site_of_a_ticket_is_that_of_its_screen() -> None:
    assert _by_town(_cinema(), "takings") == {"North": 30, "South": 5}


def test_said_with_a_path_the_role_is_taken() -> None:
    path = ("members_home_site_id",)
    assert _by_town(_cinema(), "takings", path=path) == {"South": 10, "None": 25}


def test_what_is_had_in_a_role_by_the_rows_themselves_is_theirs() -> None:
    assert _by_town(_cinema(), "people") == {"South": 1}


def test_without_a_role_the_shorter_way_is_taken() -> None:
    assert _by_town(_cinema("members.site_id"), "takings") == {"South": 10, "None": 25}
