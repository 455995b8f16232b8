"""Questions about things by what they did or did not: "customers who never ordered", "members who checked in only once"."""

from agent.planners.embedded.members.columns import listed_with_columns, wants_a_list
from agent.planners.embedded.members.of_those import puts_them_side_by_side, read_of_those
from agent.planners.embedded.members.reading import MemberReading, read_members
from agent.planners.embedded.members.repeated import read_repeated
from agent.planners.embedded.members.spread import read_spread
from agent.planners.embedded.members.together import read_together
from agent.planners.embedded.members.verbs import Verbs

__all__ = [
    "MemberReading",
    "Verbs",
    "listed_with_columns",
    "puts_them_side_by_side",
    "read_members",
    "read_of_those",
    "read_repeated",
    "read_spread",
    "read_together",
    "wants_a_list",
]
