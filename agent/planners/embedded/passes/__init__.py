"""The passes of composition, in order: each takes the spans it understands and fills its slots of the draft."""

from agent.planners.embedded.passes.count_once import count_once
from agent.planners.embedded.passes.count_things import count_things
from agent.planners.embedded.passes.count_times import count_times
from agent.planners.embedded.passes.follow_owners import follow_owners
from agent.planners.embedded.passes.leave_out_doers import leave_out_doers
from agent.planners.embedded.passes.name_each import name_each
from agent.planners.embedded.passes.name_the_kind import name_the_kind
from agent.planners.embedded.passes.prefer_names import prefer_names
from agent.planners.embedded.passes.read_asks import read_asks
from agent.planners.embedded.passes.read_bounds import read_bounds
from agent.planners.embedded.passes.read_divisions import read_divisions
from agent.planners.embedded.passes.read_groups import read_groups
from agent.planners.embedded.passes.read_known import read_known
from agent.planners.embedded.passes.read_known_splits import read_known_splits
from agent.planners.embedded.passes.read_leftovers import read_leftovers
from agent.planners.embedded.passes.read_levels import read_levels
from agent.planners.embedded.passes.read_metrics import read_metrics
from agent.planners.embedded.passes.read_presence import read_presence
from agent.planners.embedded.passes.read_ranking import read_ranking
from agent.planners.embedded.passes.read_records import read_records
from agent.planners.embedded.passes.read_time import read_time
from agent.planners.embedded.passes.read_values import read_values
from agent.planners.embedded.passes.say_no_more import say_no_more
from agent.planners.embedded.passes.set_context_aside import set_context_aside
from agent.planners.embedded.passes.split_by_names import split_by_names
from agent.planners.embedded.passes.tell_differences import tell_differences

PASSES = (
    set_context_aside,
    prefer_names,
    read_known,
    read_divisions,
    read_time,
    read_asks,
    read_ranking,
    read_bounds,
    read_values,
    read_groups,
    read_levels,
    read_metrics,
    leave_out_doers,
    tell_differences,
    read_presence,
    split_by_names,
    name_the_kind,
    read_known_splits,
    count_once,
    count_things,
    count_times,
    follow_owners,
    name_each,
    read_records,
    read_leftovers,
    say_no_more,
)

__all__ = ["PASSES"]
