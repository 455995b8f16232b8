"""The last look at a plan beside its question."""

from agent.planners.embedded.last_look.chain import what_is_amiss
from agent.planners.embedded.last_look.times import happens_at_another_time

__all__ = ["happens_at_another_time", "what_is_amiss"]
