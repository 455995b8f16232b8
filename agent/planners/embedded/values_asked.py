"""Whether the values of a field are what a question asks for."""

from __future__ import annotations

from agent.planners.embedded.as_it_stands import of_things_as_they_are
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.passes.count_things import uncounted_thing


def asks_for_values(draft: Draft) -> bool:
    """Whether the values of a field are asked for ("which regions are there"), and nothing that needs a metric."""
    if not draft.groups or not draft.asks & {Cue.LIST, Cue.WHICH, Cue.EXIST, Cue.COUNT}:
        return False
    if uncounted_thing(draft) is not None:
        return False  # their number is asked for, not what they are split by
    if Cue.COUNT in draft.asks and all(slot.leader in (Cue.BY, Cue.EACH) for slot in draft.groups):
        return False  # "how many stores per region"
    return not (
        draft.ranking
        or draft.bounds
        or (draft.time.named and not of_things_as_they_are(draft))
        or draft.time.compare_expressions
        or draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.SHARE, Cue.TARGET, Cue.TREND, Cue.COMPARE}
    )
