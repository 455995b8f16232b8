"""What a question may do with the answer before it: point at its rows, change its plan, put a word of it right."""

from agent.planners.embedded.follow_ups.following import Following, Leaning, followed
from agent.planners.embedded.follow_ups.rows import ShownRows

__all__ = ["Following", "Leaning", "ShownRows", "followed"]
