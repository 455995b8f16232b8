"""The last look at a plan beside its question: what is counted, in which kind of unit, by whose time.

The passes account for words one by one; here the whole is held against the few things that decide whether a figure is the
one that was asked for at all.
"""

from __future__ import annotations

from agent.planners.embedded.amounts_said import amount_not_told
from agent.planners.embedded.another_measure import another_measure_said
from agent.planners.embedded.currencies import other_currency
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.last_look.figures import (
    cuts_a_field,
    cuts_a_name,
    holds_nothing_against,
    is_a_share_of_these,
    is_of_each_of_the_other,
    is_under_a_figure,
    is_what_became_of_them,
    leaves_a_figure_out,
    leaves_a_question_out,
    leaves_out_what_is_split,
    takes_one_of_two,
)
from agent.planners.embedded.last_look.things import (
    averages_another_thing,
    counts_another_thing,
    counts_the_doers,
    counts_what_people_did,
    is_a_rate_of_the_counted,
    is_a_word_of_the_things,
    is_called_so_itself,
    is_how_many_of_them,
    is_in_each_of_them,
    is_no_list,
    is_one_of_them,
    is_only_new,
    is_per_another_thing,
    is_the_kind_of_another_thing,
    leaves_out_which,
    so_many_people,
)
from agent.planners.embedded.last_look.times import (
    gathers_states,
    happens_at_another_time,
    is_of_either_time,
    other_time,
)
from agent.planners.embedded.last_look.units import (
    is_all_or_nothing,
    is_money_of_things_counted,
    is_no_length,
    is_no_money,
    is_no_rate,
    is_no_skill,
    other_length,
)
from agent.planners.embedded.nouns_left import noun_left_over
from agent.planners.embedded.places_said import place_of_another_thing
from agent.planners.embedded.turned_words import (
    came_back,
    cuts_a_figure_with_a_time,
    done_by_them,
    done_to_theirs,
    let_in_beside,
    only_expected,
    per_one_of_its_own,
    turned_away,
)
from agent.planners.embedded.unexpressed import another_figure_said, words_not_expressed
from agent.planners.embedded.verbs_left import clause_left_over, verb_left_over
from catalog.access import CatalogView
from catalog.analyses.rollup import RollupRequest
from catalog.plan import Plan


def what_is_amiss(draft: Draft, plan: Plan, view: CatalogView) -> str | None:
    """The words of the question that the plan does not do justice to; None where nothing is amiss.

    Plans of analyses are left to the reader that made them, but for a figure that a cause is not asked of.
    """
    if not plan.queries:
        return None
    query = plan.queries[0].query
    if plan.analysis is not None and plan.analysis.kind == "cause":
        return words_not_expressed(draft, query, view)
    if plan.analysis is not None:
        if not isinstance(plan.analysis, RollupRequest):
            return None
        return (
            leaves_out_which(draft, query, view)
            or is_no_money(draft, query, view)
            or amount_not_told(draft, query, view)
            or another_figure_said(draft, query, view)
            or clause_left_over(draft, query, view)
            or averages_another_thing(draft, query, view)
        )
    return (
        cuts_a_name(draft, query, view)
        or counts_another_thing(draft, query, view)
        or is_money_of_things_counted(draft, query, view)
        or leaves_a_figure_out(draft, query, view)
        or leaves_out_which(draft, query, view)
        or is_no_money(draft, query, view)
        or is_no_skill(draft, query, view)
        or other_time(draft, query, view)
        or happens_at_another_time(draft, query, view)
        or is_of_either_time(draft, query)
        or other_currency(draft, query, view)
        or other_length(draft, query, view)
        or is_no_length(draft, query, view)
        or gathers_states(query, view)
        or is_all_or_nothing(draft, query, view)
        or holds_nothing_against(draft, query)
        or so_many_people(draft, query, view)
        or is_one_of_them(draft, query, view)
        or is_called_so_itself(draft, query, view)
        or words_not_expressed(draft, query, view)
        or noun_left_over(draft, query, view)
        or verb_left_over(draft, query, view)
        or clause_left_over(draft, query, view)
        or amount_not_told(draft, query, view)
        or place_of_another_thing(draft, query, view)
        or is_the_kind_of_another_thing(draft, query, view)
        or another_measure_said(draft, query, view)
        or leaves_a_question_out(draft, query)
        or takes_one_of_two(draft)
        or leaves_out_what_is_split(draft, query, view)
        or is_under_a_figure(draft)
        or is_a_word_of_the_things(draft, query, view)
        or is_of_each_of_the_other(draft, query)
        or came_back(draft, query, view)
        or turned_away(draft)
        or done_by_them(draft, view)
        or done_to_theirs(draft, query, view)
        or let_in_beside(draft)
        or only_expected(draft)
        or per_one_of_its_own(draft, query, view)
        or cuts_a_figure_with_a_time(draft, query)
        or is_no_rate(draft, query, view)
        or is_how_many_of_them(draft)
        or is_a_rate_of_the_counted(draft, query, view)
        or counts_what_people_did(draft, query, view)
        or averages_another_thing(draft, query, view)
        or is_only_new(draft, view)
        or counts_the_doers(draft, query, view)
        or cuts_a_field(draft)
        or is_a_share_of_these(draft, query, view)
        or is_what_became_of_them(draft, query)
        or is_per_another_thing(draft)
        or is_no_list(draft, query)
        or is_in_each_of_them(draft, query)
    )
