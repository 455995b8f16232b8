"""The rewordings of a question before it is read, in their one order: each says plainly what some way of speaking says.

A rewording takes the text and what is known, and gives the text back as it stands where it has nothing to say. The order
matters: what opens and frames a question goes first, then turns of phrase, then figures said with verbs, whose names stand
together only after those, and last the words that a figure's unit is told by.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.adhoc_ratios import ratios_said_outright
from agent.planners.embedded.among_those import average_among_those
from agent.planners.embedded.asked_abouts import topics_asked_for
from agent.planners.embedded.asked_meanings import meanings_asked_for
from agent.planners.embedded.bounds_by_verbs import bounds_by_verbs
from agent.planners.embedded.bounds_in_units import bounds_in_units
from agent.planners.embedded.clauses_of_splits import clauses_as_fields
from agent.planners.embedded.compound import without_told_figure
from agent.planners.embedded.counts_of_deeds import counts_of_deeds
from agent.planners.embedded.deeds_done import deeds_done
from agent.planners.embedded.deeds_in_other_words import deeds_in_other_words
from agent.planners.embedded.durations_said import durations_said
from agent.planners.embedded.each_of_them import figures_of_each
from agent.planners.embedded.everyday_verbs import in_plain_verbs, verbs_in_the_end, verbs_under_way
from agent.planners.embedded.examples_told import without_examples
from agent.planners.embedded.fields_behind import fields_behind
from agent.planners.embedded.figures_of_verbs import figures_of_verbs
from agent.planners.embedded.framing import reframed
from agent.planners.embedded.heads_of_figures import with_whole_names
from agent.planners.embedded.heads_of_values import parts_without_kinds, with_heads_of_values
from agent.planners.embedded.how_often import rates_of_what_is_done, with_rates_asked_for
from agent.planners.embedded.kinds_listed import kinds_counted, kinds_of_one_thing
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.lead_ins import without_lead_in
from agent.planners.embedded.means_of_one import means_of_one
from agent.planners.embedded.means_said import means_said
from agent.planners.embedded.money_and_rates_said import money_and_rates_said
from agent.planners.embedded.money_in_plain_words import money_in_plain_words
from agent.planners.embedded.money_of_things import money_of_things
from agent.planners.embedded.money_of_verbs import money_of_verbs
from agent.planners.embedded.not_here_yet import not_here_yet
from agent.planners.embedded.numbers_that_agree import without_numbers_that_agree
from agent.planners.embedded.of_what_figure import figure_of_them, time_before_said
from agent.planners.embedded.parts_said import parts_said
from agent.planners.embedded.people_at_things import people_at_things
from agent.planners.embedded.prices_and_delays import prices_and_delays, things_that_came_late
from agent.planners.embedded.purposes_told import without_purpose
from agent.planners.embedded.ratings_said import ratings_said
from agent.planners.embedded.reasons_told import reasons_as_values
from agent.planners.embedded.said_costs import costs_of_things
from agent.planners.embedded.said_separately import (
    figure_of_the_two,
    two_named_before,
    which_of_them_all,
    with_sides_held_apart,
)
from agent.planners.embedded.said_with_verbs import names_put_together, names_said_apart
from agent.planners.embedded.shorthand import expand
from agent.planners.embedded.sides_of_yes_or_no import sides_of_yes_or_no
from agent.planners.embedded.slips_of_the_tongue import without_slips
from agent.planners.embedded.strategy import reworded
from agent.planners.embedded.takings_said import takings_said
from agent.planners.embedded.things_by_figures import figures_of_things
from agent.planners.embedded.things_listed import things_listed
from agent.planners.embedded.things_of_a_time import things_of_a_time
from agent.planners.embedded.things_sent_back import things_sent_back
from agent.planners.embedded.told_apart import differences_said_outright, sides_of_a_deed, sides_told_alike
from agent.planners.embedded.turns_of_phrase import plainly
from agent.planners.embedded.units_apart import with_words_beside
from agent.planners.embedded.values_compared import values_compared
from agent.planners.embedded.values_inverted import values_said_forwards
from agent.planners.embedded.verbs_of_fields import without_verbs_of_fields
from agent.planners.embedded.why_left_out import without_why_left_out
from catalog.plan import Plan
from semantic_context.time_expressions import find_time_expressions

# Words that only carry a conversation on.
_OPENING = re.compile(
    r"^(?:(?:(?:and\s+)?now|okay|ok|so|well|(?:and\s+)?then|right|alright|great|thanks|thank you)[,.!;\s]+)+(?=\S+\s*\S)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:now|then)\b", re.IGNORECASE)
_LEADS_TO_A_FIGURE = re.compile(r"^(?:(?:show|give|tell)(?: me| us)? )?(?:(?:the|our) )?", re.IGNORECASE)
_SAYS_MORE = re.compile(
    r"\b(?:by|per|each|every|for|in|of|from|with|without|only|just|and|instead|why|it|them|that)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Around:
    """What a rewording may look at besides the text: the names known, the day, and the plan of the question before."""

    known: Known
    as_of: dt.date
    previous: Plan | None

    def is_metric(self, words: str) -> bool:
        """Whether words name a figure."""
        return self._means(words, "metric")

    def is_thing(self, words: str) -> bool:
        """Whether words name the things of a dataset."""
        return self.known.is_thing(words)

    def is_told_of_things(self, words: str) -> bool:
        """Whether words name a field, or things that others belong to."""
        return self._means(words, "field", "dataset")

    def _means(self, words: str, *kinds: str) -> bool:
        return any(meaning.kind in kinds for meaning in self.known.phrases.means(words))


def carried_on(text: str, around: Around) -> str:
    """The question without the words that only carry a conversation on. Behind another one, "now the margin" and the mere name
    of a figure go on with what was asked before."""
    found = _OPENING.match(text)
    rest = (text[found.end() :] if found is not None else text) or text
    if around.previous is None:
        return rest
    goes_on = found is not None and _GOES_ON.search(found[0]) is not None
    told = _LEADS_TO_A_FIGURE.sub("", rest).rstrip(" ?!.")
    is_new = _SAYS_MORE.search(told) is not None or bool(
        find_time_expressions(told, around.as_of, around.known.view.whole.calendar)
    )
    return f"and {rest}" if (goes_on and not is_new) or around.known.is_figure(told) else rest


Rewording = Callable[[str, Around], str]

REWORDINGS: tuple[Rewording, ...] = (
    lambda text, around: without_slips(text, around.known),
    lambda text, around: reframed(text, around.as_of, around.known.view.whole, around.known.phrases.vocabulary),
    lambda text, around: which_of_them_all(two_named_before(text, around.known), follows=around.previous is not None),
    lambda text, around: without_lead_in(text, around.as_of, around.known),
    lambda text, around: without_purpose(text, around.as_of, around.known),
    lambda text, around: without_why_left_out(text, around.as_of, around.known),
    lambda text, around: expand(carried_on(text, around)),
    lambda text, around: without_examples(text),
    lambda text, around: without_numbers_that_agree(text, around.known),
    lambda text, around: things_of_a_time(text, around.known),
    lambda text, around: time_before_said(text, around.previous, around.as_of),
    lambda text, around: figure_of_them(text, around.known, around.as_of),
    lambda text, around: fields_behind(text, around.is_told_of_things, around.is_thing),
    lambda text, around: meanings_asked_for(text, around.is_metric),
    lambda text, around: deeds_in_other_words(text, around.known),
    lambda text, around: plainly(text),
    lambda text, around: topics_asked_for(text, around.known),
    lambda text, around: parts_without_kinds(with_heads_of_values(text, around.known), around.known),
    lambda text, around: in_plain_verbs(text, around.known.phrases.vocabulary),
    lambda text, around: verbs_under_way(verbs_in_the_end(text)),
    lambda text, around: not_here_yet(text, around.known),
    lambda text, around: things_sent_back(text, around.known),
    lambda text, around: sides_of_yes_or_no(text, around.known),
    lambda text, around: sides_of_a_deed(sides_told_alike(text), around.known),
    lambda text, around: kinds_counted(kinds_of_one_thing(text, around.known), around.known),
    lambda text, around: things_listed(text, around.known),
    lambda text, around: values_said_forwards(text, around.known),
    lambda text, around: reasons_as_values(text, around.known),
    lambda text, around: values_compared(text, around.known),
    lambda text, around: parts_said(text, around.is_metric),
    lambda text, around: average_among_those(text, around.known),
    lambda text, around: people_at_things(text, around.known),
    lambda text, around: means_of_one(text, around.known),
    lambda text, around: means_said(text, around.known, around.as_of),
    lambda text, around: things_that_came_late(prices_and_delays(text, around.known), around.known),
    lambda text, around: durations_said(text, around.known),
    lambda text, around: ratings_said(text, around.known),
    lambda text, around: figures_of_each(text, around.known),
    lambda text, around: figures_of_things(text, around.known.phrases),
    lambda text, around: bounds_by_verbs(text, around.known),
    lambda text, around: reworded(text, around.is_metric),
    lambda text, around: without_told_figure(text),
    lambda text, around: ratios_said_outright(text, around.is_metric),
    lambda text, around: differences_said_outright(text, around.is_metric),
    lambda text, around: rates_of_what_is_done(with_rates_asked_for(text), around.known),
    lambda text, around: figure_of_the_two(text, around.known, around.as_of),
    lambda text, around: with_sides_held_apart(text, around.known.is_figure),
    lambda text, around: figures_of_verbs(text, around.known),
    lambda text, around: counts_of_deeds(text, around.known),
    lambda text, around: money_in_plain_words(text, around.known),
    lambda text, around: deeds_done(text, around.known),
    lambda text, around: money_and_rates_said(text, around.known),
    lambda text, around: takings_said(text, around.known),
    lambda text, around: money_of_things(text, around.known),
    lambda text, around: money_of_verbs(text, around.known),
    lambda text, around: clauses_as_fields(text, around.known, around.previous),
    lambda text, around: names_said_apart(text, around.known),
    lambda text, around: names_put_together(text, around.known.phrases, around.known.view),
    lambda text, around: without_verbs_of_fields(text, around.known),
    lambda text, around: bounds_in_units(text, around.known),
    lambda text, around: costs_of_things(text, around.known, around.previous),
    lambda text, around: with_words_beside(text, around.known.phrases),
    lambda text, around: with_whole_names(text, around.known),
)


def said_plainly(text: str, around: Around) -> str:
    """The question reworded: by each of the rewordings once, in their order."""
    for rewording in REWORDINGS:
        text = rewording(text, around)
    return text
