"""What is made of a draft: a plan, a question back or a refusal, with its rank among those of other coverings."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded import clarify
from agent.planners.embedded.alike_choices import choices_of
from agent.planners.embedded.build import build_plan
from agent.planners.embedded.context_filters import said_in_passing
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.denied_words import asks_of_denied
from agent.planners.embedded.draft import Draft, RecordSlot
from agent.planners.embedded.figure_choices import figure_choices, growth_instead, side_by_side, which_figure
from agent.planners.embedded.follow_ups.inheriting import nothing_new
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.known_things import of_known_things
from agent.planners.embedded.last_look import happens_at_another_time, what_is_amiss
from agent.planners.embedded.left_out import of_what_is_left_out, says_what_is_left_out
from agent.planners.embedded.main_figures import (
    asks_how_it_goes,
    asks_how_things_stand,
    asks_which_figures,
    how_things_stand,
)
from agent.planners.embedded.nearest import Nearest
from agent.planners.embedded.not_granted import NotGranted
from agent.planners.embedded.nouns_left import noun_left_over
from agent.planners.embedded.outcomes import SETTLED, Outcome
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.questions_back import group_choices, impossible, not_yet, unknown
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.records import record_plan
from agent.planners.embedded.resolve import Resolution, resolve
from agent.planners.embedded.strategy import READERS, StrategyReading
from agent.planners.embedded.told_apart import difference_not_told, told_apart
from agent.planners.embedded.turned_words import asks_an_analysis
from agent.planners.embedded.unclaimed import MADE_UP_OF, words_not_shown
from agent.planners.embedded.unexpressed import division_not_made
from agent.planners.embedded.values_asked import asks_for_values
from agent.planners.embedded.verbs_as_values import without_verb
from agent.planners.embedded.ways import by_way, open_ways, split_by_a_figure, ways_taken
from catalog.access import CatalogView
from catalog.plan import Choice, Plan
from semantic_context.linking import Covering

_HOW_MUCH_DID = re.compile(r"\bhow much (?:do|did|does|have|has|had|are|were)\b", re.IGNORECASE)
_NUMBER_AND_SHARE = re.compile(
    r"\b(?:how many|number of)\b.*\band (?:what|which|how large an?|their|its|the) "
    r"(?:share|percent\w*|proportion|fraction|part|rate)\b",
    re.IGNORECASE,
)
_RIVAL_MARGIN = 0.035


class Deciding:
    """Turns a filled draft into an outcome, against one principal's view of a catalog."""

    def __init__(self, view: CatalogView, reach: Reach, nearest: Nearest, not_granted: NotGranted) -> None:
        self.view = view
        self.reach = reach
        self.nearest = nearest
        self.not_granted = not_granted

    def decide(
        self, draft: Draft, covering: Covering, as_of: dt.date, kept: tuple[str, ...], previous: Plan | None
    ) -> Outcome:
        score = covering.score
        special = self._special(draft, as_of)
        if special is not None:
            return special
        # "the products with name and category": a field of what is listed, whatever else is called so
        wants_personal = any(item.has("denied") and item.used != "record" for item in draft.items)
        wants_personal = wants_personal and not draft.metrics and not self.not_granted.lists_ways(draft.question)
        if draft.denied or wants_personal or asks_of_denied(draft):
            return Outcome(clarify.personal_data, 3, score, refuses=True)
        if draft.unexplained:
            return Outcome(lambda: unknown(draft, self.nearest), 5, score)
        analysed = self._analysed(StrategyReading(draft, self.reach, as_of, kept, previous))
        if analysed is not None:
            return analysed
        missed = [item.text for item in draft.items if asks_an_analysis(draft, item)]
        if missed:  # of a kind that no reader takes: not to be answered as if it were not asked
            draft.unexplained += missed
            return Outcome(lambda: unknown(draft, self.nearest), 5, score)
        if draft.records is not None:
            return self._recorded(draft, draft.records, as_of)
        if not draft.metrics and not asks_for_values(draft):
            if asks_how_things_stand(draft) and (stand := how_things_stand(draft, self.reach, as_of)) is not None:
                overall = stand if stand.clarification is not None else self._finished(draft, stand, kept)
                return Outcome(lambda: overall, 0 if stand.clarification is None else 4, score)
            if (found := self._of_what_is_left_out(draft, covering, as_of, kept, previous)) is not None:
                return found
            return Outcome(lambda: which_figure(draft, self.reach, as_of), 4, score)
        resolutions = resolve(draft, self.reach)
        valid = [item for item in resolutions if not item.problems]
        if valid and says_what_is_left_out(draft, valid[0]):
            valid, resolutions = [], tuple(item for item in resolutions if item.problems)
        if not valid and any(item.has("denied") and not item.has("value") for item in draft.items):
            return Outcome(clarify.personal_data, 3, score, refuses=True)
        if not valid:
            found = self._of_what_is_left_out(draft, covering, as_of, kept, previous)
            if found is None and (plain := without_verb(draft, resolutions)) is not None:
                return self.decide(plain, covering, as_of, kept, previous)
            found = found or self._by_which_way(draft, covering, as_of, kept, previous, resolutions)
            return found or Outcome(lambda: impossible(draft, self.reach, as_of, resolutions), 4, score)
        if kept and previous is not None and previous.analysis is not None:
            kept = (*kept, f"not the {previous.analysis.kind.replace('_', ' ')}")  # the figure itself is answered
        return self._from_valid(draft, covering, valid, as_of, kept, previous if kept else None)

    def _of_what_is_left_out(
        self, draft: Draft, covering: Covering, as_of: dt.date, kept: tuple[str, ...], previous: Plan | None
    ) -> Outcome | None:
        """What a figure leaves out by definition: its rate, its count, or the records themselves; None where it is not that."""
        found = of_what_is_left_out(draft, self.reach, as_of)
        if found is None or isinstance(found, Draft):
            return self.decide(found, covering, as_of, kept, previous) if found is not None else None
        plan = found if found.clarification is not None else self._finished(draft, found, kept)
        return Outcome(lambda: plan, 3 if found.clarification is not None else 0, covering.score)

    def _from_valid(
        self,
        draft: Draft,
        covering: Covering,
        valid: list[Resolution],
        as_of: dt.date,
        kept: tuple[str, ...],
        previous: Plan | None,
    ) -> Outcome:
        try:
            plans = [
                build_plan(draft, resolution, self.reach, as_of)
                for resolution in valid[:5]
                if resolution.score >= valid[0].score - _RIVAL_MARGIN
            ]
        except UnsupportedError as error:
            if (
                draft.included
                and (found := self._of_what_is_left_out(draft, covering, as_of, kept, previous)) is not None
            ):
                return found
            instead = error.choices or self._instead(draft, error, valid[0], as_of)
            asked = clarify.asking(error.reason, "unsupported", instead, error.words)
            rank = 3 if error.is_final else 4
            return Outcome(lambda: asked, rank, covering.score)
        if draft.asks & {Cue.WHY, Cue.FORECAST, Cue.WHAT_IF, Cue.GOAL}:
            return Outcome(lambda: not_yet(draft, plans[0]), 2, covering.score)
        plans = [
            plan for plan in plans if plan.analysis is None
        ] or plans  # what a metric counts, no rows need to be counted for
        distinct = {plan.queries[0].query.model_dump_json(): plan for plan in reversed(plans)}
        if len(distinct) > 1:
            ordered = [plan for plan in plans if distinct.get(plan.queries[0].query.model_dump_json()) is plan]
            choices = choices_of(ordered, self.view)
            return Outcome(lambda: clarify.ambiguous("That", choices), 2, covering.score)
        plan = self._finished(draft, plans[0], kept)
        plan = plan.model_copy(update={"caveats": (*plan.caveats, *ways_taken(self.view, plan.queries[0].query))})
        if lost := words_not_shown(draft, plan) or nothing_new(draft, plan, previous):
            draft.unexplained += lost
            return Outcome(lambda: unknown(draft, self.nearest), 5, covering.score)
        if draft.no_ratio is None and (thing := split_by_a_figure(draft)) is not None:
            side_by_side = (Choice(label=plan.interpretation, plan=plan),)
            words = f"I cannot split that by “{thing.text}”. Shall I show this instead?"
            asked_back = clarify.asking(words, "unsupported", side_by_side)
            return Outcome(lambda: asked_back, 4, covering.score)
        if (amiss := self._amiss(draft, plan)) is not None:
            return amiss
        if passing := said_in_passing(draft):
            rest = replace(draft, filters=[slot for slot in draft.filters if slot not in passing])
            without = self.decide(rest, covering, as_of, kept, None).plan()
            if without.queries != plan.queries:
                asked_which = clarify.in_passing([slot.text for slot in passing], plan, without)
                return Outcome(lambda: asked_which, 3, covering.score)
        named = {slot.candidates[0].name for slot in draft.metrics}  # of one: "kilos brought in, harvest 2025"
        said_twice = len(draft.metrics) > 1 and len(named) == 1
        if (draft.apart and not said_twice) or (plan.analysis is None and self._counts_a_rate(draft, plan)):
            rank = SETTLED if draft.split_between else 4
            return Outcome(lambda: self._which_of(draft, plan, as_of), rank, covering.score)
        plan = of_known_things(draft, told_apart(draft, plan, self.view), self.view)
        if (way := difference_not_told(draft, plan)) is not None:
            draft.unexplained.append(way)
            return Outcome(lambda: unknown(draft, self.nearest), 5, covering.score)
        # Two metrics that nothing joins may be one and a filter: a weaker covering is given its chance.
        return Outcome(lambda: plan, 4 if draft.loosely_joined else 0, covering.score)

    def _instead(
        self, draft: Draft, error: UnsupportedError, resolution: Resolution, as_of: dt.date
    ) -> tuple[Choice, ...]:
        """What to choose from where no query says what was asked: groups that are missing, else other figures."""
        if Cue.SHARE in draft.asks and draft.asks & CHANGES:
            return growth_instead(draft, self.reach, as_of, *resolution.metrics)
        if draft.no_ratio is not None:
            return side_by_side(draft, self.reach, as_of)
        if error.wants_groups:
            return group_choices(draft, self.reach, as_of, resolution.metrics)
        return figure_choices(draft, self.reach, as_of) if not draft.metrics else ()

    def _amiss(self, draft: Draft, plan: Plan) -> Outcome | None:
        """A question back where a plan does no justice to some words; None where it does to all."""
        words_left = what_is_amiss(draft, plan, self.view)
        if words_left is None:
            return None
        beside = (Choice(label=plan.interpretation, plan=plan),)
        question = f"I can show this, which is not quite what “{words_left}” asks for. Shall I?"
        amiss = clarify.asking(question, "unsupported", beside, (words_left,))
        query = plan.queries[0].query
        settled = division_not_made(draft, query, self.view) or noun_left_over(draft, query, self.view)
        settled = settled or happens_at_another_time(draft, query, self.view)
        return Outcome(lambda: amiss, 4 if settled is None else SETTLED, draft.score)

    def _by_which_way(
        self,
        draft: Draft,
        covering: Covering,
        as_of: dt.date,
        kept: tuple[str, ...],
        previous: Plan | None,
        resolutions: tuple[Resolution, ...],
    ) -> Outcome | None:
        """A question back by which of several ways a thing is meant, each way planned; None where none is open.

        It settles the matter: a weaker covering would leave out what is asked for.
        """
        problem = next((item.problems[0] for item in resolutions[:1] if item.problems), None)
        ways = open_ways(self.reach, problem) if problem is not None else ()
        if problem is None or not ways:
            return None
        choices = []
        for way in ways:
            taken = by_way(draft, problem.field, way.relationship)
            plan = self.decide(taken, covering, as_of, kept, previous).plan()
            if plan.clarification is None and plan.refusal is None:
                said = f"{plan.interpretation} ({way.words})"
                choices.append(Choice(label=said, plan=plan.model_copy(update={"interpretation": said})))
        thing = field_words(self.view, problem.field)
        label = self.view.whole.metric_by_name[problem.metric].label
        listed = " or ".join(way.words for way in ways)
        asked = clarify.asking(f"By which way do you mean the {thing} of {label}: {listed}?", "ambiguous", choices)
        return Outcome(lambda: asked, 3, covering.score)

    def _finished(self, draft: Draft, plan: Plan, kept: tuple[str, ...]) -> Plan:
        """The plan with its confidence, and with what was kept from before or set aside said."""
        caveats = plan.caveats
        if draft.set_aside:
            caveats = (*caveats, f"Set aside as context: {', '.join(draft.set_aside)}.")
        words = plan.interpretation + (f" (kept from before: {', '.join(kept)})" if kept else "")
        return plan.model_copy(
            update={"confidence": self._confidence(draft), "interpretation": words, "caveats": caveats}
        )

    def _counts_a_rate(self, draft: Draft, plan: Plan) -> bool:
        """Whether "how many" was asked and only a rate was found: another figure is meant."""
        names = [use.metric for use in plan.queries[0].query.metrics]
        metrics = [self.view.whole.metric_by_name[name] for name in names]
        guessed = any(
            slot.item >= 0 and draft.items[slot.item].span.best.how in ("meaning", "short") for slot in draft.metrics
        )
        how_much = guessed and _HOW_MUCH_DID.search(draft.question) is not None  # "how much did we sell" is no rate
        return (
            (Cue.COUNT in draft.asks or how_much)
            and len(metrics) == 1
            and metrics[0].unit == "fraction"
            and (Cue.SHARE not in draft.asks or _NUMBER_AND_SHARE.search(draft.question) is not None)
        )

    def _which_of(self, draft: Draft, plan: Plan, as_of: dt.date) -> Plan:
        """Asks which of several figures is meant that the question names without joining them."""
        query = plan.queries[0].query
        choices = []
        for use in query.metrics:
            only = self._only(draft, use.metric, as_of)
            if only is not None:
                choices.append(Choice(label=only.interpretation, plan=only))
        divided = any(item.kind == "ratio" and item.show == "measure" for item in query.calculations)
        if divided and all(choice.label == plan.interpretation for choice in choices):
            return plan  # the one divided by the other, whichever is looked at
        return clarify.asking("Which figure do you want?", "ambiguous", choices)

    def _only(self, draft: Draft, metric: str, as_of: dt.date) -> Plan | None:
        """The plan of the draft with one of its metrics alone."""
        slots = [slot for slot in draft.metrics if any(meaning.name == metric for meaning in slot.candidates)]
        alone = replace(draft, metrics=slots[:1], rank_metric=None)
        valid = [item for item in resolve(alone, self.reach) if not item.problems]
        try:
            return build_plan(alone, valid[0], self.reach, as_of) if valid else None
        except UnsupportedError:
            return None

    def _analysed(self, reading: StrategyReading) -> Outcome | None:
        """The outcome of a question that calls for an analysis; None for a plain one."""
        found = next((plan for read in READERS if (plan := read(reading)) is not None), None)
        if found is None:
            return None
        if found.clarification is not None:
            return Outcome(lambda: found, 2, reading.draft.score)
        finished = self._finished(reading.draft, found, reading.kept)
        return self._amiss(reading.draft, finished) or Outcome(lambda: finished, 0, reading.draft.score)

    def _recorded(self, draft: Draft, records: RecordSlot, as_of: dt.date) -> Outcome:
        try:
            plan = self._finished(draft, record_plan(draft, records, as_of), ())
        except UnsupportedError as error:
            asked = clarify.asking(error.reason, "unsupported", (), error.words)
            return Outcome(lambda: asked, 4, draft.score)
        return Outcome(lambda: plan, 0, draft.score)

    def _special(self, draft: Draft, as_of: dt.date) -> Outcome | None:
        if Cue.OVERVIEW in draft.asks and Cue.TARGET in draft.asks:
            return Outcome(lambda: which_figure(draft, self.reach, as_of), 2, draft.score)
        if Cue.OVERVIEW in draft.asks and not draft.metrics:
            overview = Plan(shape="overview", interpretation="What can be asked")
            return Outcome(lambda: overview, 1, draft.score)
        if (dataset := asks_which_figures(draft)) is not None:
            label = self.view.datasets[dataset].label
            figures = Plan(shape="overview", topic=dataset, interpretation=f"What can be asked of {label}")
            return Outcome(lambda: figures, 1, draft.score)
        if (
            Cue.DEFINE in draft.asks
            and not MADE_UP_OF.search(draft.question)
            and not asks_how_it_goes(draft.question)
            and draft.metrics
            and not draft.unexplained
            and not draft.time.named
            and not draft.groups
            and not draft.filters
            and len(draft.metrics) == 1
        ):
            name = draft.metrics[0].candidates[0].name
            label = self.view.whole.metric_by_name[name].label
            definition = Plan(shape="definition", topic=name, interpretation=f"What {label} means")
            return Outcome(lambda: definition, 1, draft.score)
        return None

    def _confidence(self, draft: Draft) -> float:
        confidence = 1.0
        for item in draft.items:
            if item.used in ("metric", "group", "value", "bound"):
                best = item.span.best
                confidence *= {"typo": 0.95, "meaning": 0.85, "short": 0.96, "inflection": 0.97}.get(best.how, 1.0)
        if draft.set_aside:
            confidence *= 0.85
        if any(not slot.sure for slot in draft.groups):
            confidence *= 0.95
        return round(max(0.05, min(1.0, confidence)), 3)
