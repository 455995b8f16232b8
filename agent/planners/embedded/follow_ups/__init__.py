"""What a question may do with the answer before it: point at its rows, change its plan, put a word of it right."""

from agent.planners.embedded.follow_ups.following import Followed, Following, asks_which_row, followed
from agent.planners.embedded.follow_ups.pointing import leans_back, speaks_of_nothing
from agent.planners.embedded.follow_ups.rows import ShownRows

__all__ = [
    "Followed",
    "Following",
    "ShownRows",
    "asks_which_row",
    "followed",
    "leans_back",
    "speaks_of_nothing",
]
