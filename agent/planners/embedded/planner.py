"""The embedded planner: a question to a typed Plan, with no model, the same way each time."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded import clarify
from agent.planners.embedded.alike_choices import choices_of
from agent.planners.embedded.build import build_plan
from agent.planners.embedded.context_filters import said_in_passing
from agent.planners.embedded.cues import CHANGES, FUNCTION_WORDS, Cue, cue_phrases
from agent.planners.embedded.denied_words import asks_of_denied
from agent.planners.embedded.draft import Draft, Item, RecordSlot
from agent.planners.embedded.figure_choices import figure_choices, growth_instead, side_by_side, which_figure
from agent.planners.embedded.follow_ups import Following, ShownRows, followed, speaks_of_nothing
from agent.planners.embedded.follow_ups.inheriting import drop_nouns, inherit, is_follow_up, nothing_new
from agent.planners.embedded.gates import gate
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.known_things import of_known_things
from agent.planners.embedded.last_look import happens_at_another_time, what_is_amiss
from agent.planners.embedded.left_out import of_what_is_left_out, says_what_is_left_out
from agent.planners.embedded.main_figures import (
    asks_how_it_goes,
    asks_how_things_stand,
    asks_which_figures,
    how_things_stand,
)
from agent.planners.embedded.meant_elsewhere import says_another
from agent.planners.embedded.members import (
    MemberReading,
    Verbs,
    puts_them_side_by_side,
    read_members,
    read_of_those,
    read_repeated,
    read_spread,
    read_together,
)
from agent.planners.embedded.nearest import MeaningSearch, Nearest
from agent.planners.embedded.not_granted import NotGranted
from agent.planners.embedded.nouns_left import noun_left_over
from agent.planners.embedded.numbered_things import with_numbered_things
from agent.planners.embedded.outcomes import SETTLED, Outcome, choose
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.passes import PASSES
from agent.planners.embedded.passes.read_leftovers import bearing_starts
from agent.planners.embedded.questions_back import group_choices, impossible, not_yet, unknown, with_answerable_options
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.records import record_plan
from agent.planners.embedded.resolve import Resolution, resolve
from agent.planners.embedded.rewordings import Around, said_plainly
from agent.planners.embedded.rolling import Rolling, take_rolling
from agent.planners.embedded.said_quantities import said_quantities
from agent.planners.embedded.shown_before import prefer_shown_values
from agent.planners.embedded.spans import (
    WEIGHTS,
    Sources,
    corrected_bases,
    find_spans,
    is_a_move,
    is_a_named_season,
    is_a_stretch_of_time,
    is_part_of_a_compound,
    is_part_of_a_verb,
    known_starts,
    token_range,
)
from agent.planners.embedded.strategy import READERS, StrategyReading, read_supposing
from agent.planners.embedded.strategy.lever_words import LeverWords
from agent.planners.embedded.strategy.what_if_reading import Asked
from agent.planners.embedded.the_rest import beside_the_rest, take_the_rest
from agent.planners.embedded.told_apart import difference_not_told, told_apart
from agent.planners.embedded.turned_words import asks_an_analysis, denial_of_its_own
from agent.planners.embedded.unclaimed import MADE_UP_OF, words_not_shown
from agent.planners.embedded.under_way_or_done import without_what_is_under_way
from agent.planners.embedded.unexpressed import division_not_made, names_of_figures
from agent.planners.embedded.values_asked import asks_for_values
from agent.planners.embedded.verified import VerifiedQuestions
from agent.planners.embedded.ways import by_way, open_ways, split_by_a_figure, ways_taken
from catalog.access import CatalogView
from catalog.plan import Choice, Plan
from semantic_context.linking import (
    Covering,
    Meaning,
    Span,
    catalog_phrases,
    cover,
    merge_spans,
    spread_inner,
)
from semantic_context.numbers import find_numbers
from semantic_context.time_expressions import find_time_expressions
from semantic_context.values import ValueHit, ValueIndex
from semantic_context.words import Token, runs, tokenize

_HOW_MUCH_DID = re.compile(r"\bhow much (?:do|did|does|have|has|had|are|were)\b", re.IGNORECASE)
_NUMBER_AND_SHARE = re.compile(
    r"\b(?:how many|number of)\b.*\band (?:what|which|how large an?|their|its|the) "
    r"(?:share|percent\w*|proportion|fraction|part|rate)\b",
    re.IGNORECASE,
)
_RIVAL_MARGIN = 0.035
_COVERINGS_TRIED = 6
_COVERING_MARGIN = 2.0


class EmbeddedPlanner:
    """Understands questions against one principal's view of a catalog. Reads no clock, no network, no model."""

    def __init__(self, view: CatalogView, index: MeaningSearch | None, values: ValueIndex | None) -> None:
        self.view = view
        self.values = values
        self.reach = Reach(view)
        self.phrases = catalog_phrases(view, FUNCTION_WORDS)
        self.nearest = Nearest(view, index, values)
        self.verified = VerifiedQuestions(view)
        self.known = Known(view, self.phrases, self._values_named)
        self.levers = LeverWords(view, self.phrases)
        self.not_granted = NotGranted(view, self.phrases, self._values_named)
        self.verbs = Verbs(view)

    def plan(self, question: str, as_of: dt.date, previous: Plan | None = None, shown: ShownRows | None = None) -> Plan:
        """The plan of a question asked on a day, perhaps after another one, whose rows `shown` has. Never raises for what a
        person wrote."""
        plan = self._planned(question, as_of, previous, shown)
        return with_answerable_options(plan, question, lambda other: self._planned(other, as_of, previous, shown))

    def _planned(self, question: str, as_of: dt.date, previous: Plan | None, shown: ShownRows | None) -> Plan:
        text = " ".join(unicodedata.normalize("NFKC", question).split())
        settled = gate(text)
        if settled is not None:
            return settled
        if previous is None and (order := self.not_granted.order(text)) is not None:
            return order
        if previous is None and (verified := self.verified.plan(text, as_of)) is not None:
            return verified
        text = said_plainly(text, Around(self.known, as_of, previous))
        leans = False
        alone = speaks_of_nothing(text, self.phrases) if previous is None else None
        if alone is not None and not self._values_named(tokenize(text)):
            return clarify.asking(f"What do you mean by “{alone}”? Name it, and I take it from there.", "ambiguous")
        if previous is not None:
            given = Following(previous, shown, self.view, self.phrases, lambda words: self._kinds(words, as_of), as_of)
            follows = followed(text, given, lambda words, of: self._plain(words, as_of, of, leans=True))
            if follows.plan is not None:
                return self.not_granted.settled(follows.plan, text)
            text, leans = follows.text, follows.leans
        supposed = read_supposing(text, self._asked(text, as_of, previous))
        plan = supposed if supposed is not None else self._read(text, as_of, previous, leans=leans)
        plan = denial_of_its_own(text, plan, self.view, self.values) or plan
        return self.not_granted.settled(plan, text)

    def _kinds(self, words: str, as_of: dt.date) -> frozenset[str]:
        """What words may be of, for telling whether one of them takes the place of another."""
        named: set[str] = {meaning.kind for meaning in self.phrases.means(words) if meaning.kind in ("metric", "field")}
        named |= {hit.reference for hit in self._values_named(tokenize(words))}
        return frozenset(named | ({"time"} if find_time_expressions(words, as_of) else set()))

    def _read(self, text: str, as_of: dt.date, previous: Plan | None, *, leans: bool) -> Plan:
        """The plan of a question that supposes nothing, or of one about things by what they have none or so many of."""
        reading = MemberReading(
            self.view, self.reach, self.phrases, self.verbs, as_of, lambda part: self._plain(part, as_of, None)
        )
        together = read_together(text, reading)
        if together is not None:
            return together
        often = read_repeated(text, reading) or read_spread(text, reading) or read_of_those(text, reading)
        if often is not None:
            return often
        plan = read_members(text, reading, lambda: self._plain(text, as_of, previous, leans=leans))
        return puts_them_side_by_side(text, plan, reading) or plan

    def _asked(self, text: str, as_of: dt.date, previous: Plan | None) -> Asked:
        return Asked(text, self.view, self.levers, as_of, previous, lambda part: self._plain(part, as_of, None))

    def _plain(self, text: str, as_of: dt.date, previous: Plan | None, *, leans: bool = False) -> Plan:
        """The plan of a question that supposes nothing; one that `leans` is of what the plan before is of."""
        if (
            one_kind := take_the_rest(
                text, self.known.is_thing, lambda words: bool(self._values_named(tokenize(words)))
            )
        ) is not None:
            beside = beside_the_rest(self._plain(one_kind, as_of, previous, leans=leans), text, self.view)
            if beside is not None:
                return beside
        text, rolling = take_rolling(text)
        tokens = tokenize(text)
        coverings = self._coverings(text, tokens, as_of, previous)
        outcomes: list[Outcome] = []
        known = known_starts(tokens, coverings[0], "metric", "field", "value", "dataset", "denied")
        valued = known_starts(tokens, coverings[0], "value") | bearing_starts(tokens, coverings[0])
        asking = known_starts(tokens, coverings[0], "cue")
        timed = known_starts(tokens, coverings[0], "period")
        names = names_of_figures(coverings[0])
        for covering in coverings[:_COVERINGS_TRIED]:
            if covering.score < coverings[0].score - _COVERING_MARGIN:
                break
            outcomes.append(
                self._outcome(
                    text, tokens, covering, as_of, previous, (known, valued, asking, timed), rolling, leans, names
                )
            )
            if outcomes[-1].rank <= SETTLED:
                break
        return choose(outcomes).plan()

    def named_in(self, text: str) -> tuple[Meaning, ...]:
        """What of the catalog a text names, word by word: for choosing what a model is told of."""
        tokens = tokenize(text)
        bases = corrected_bases(tokens, self.phrases, frozenset())
        spans = find_spans(text, tokens, bases, self.phrases, Sources((), (), ()))
        return tuple(meaning for span in spans for meaning in span.meanings if meaning.kind in ("metric", "field"))

    def _coverings(
        self, text: str, tokens: tuple[Token, ...], as_of: dt.date, previous: Plan | None = None
    ) -> tuple[Covering, ...]:
        times = find_time_expressions(text, as_of, self.view.whole.calendar)
        numbers = tuple(
            number
            for number in find_numbers(text)
            if not any(time.start < number.end and number.start < time.end for time in times)
        )
        values = tuple(hit for hit in self._values_named(tokens) if not is_part_of_a_compound(text, tokens, hit))
        times = tuple(time for time in times if not is_a_named_season(text, time, values))
        busy: set[int] = set()
        sure = [(hit.start, hit.end) for hit in values if hit.how != "typo"]
        for start, end in [(time.start, time.end) for time in times] + sure:
            found = token_range(tokens, start, end)
            if found is not None:
                busy.update(range(*found))
        bases = corrected_bases(tokens, self.phrases, frozenset(busy))
        spans = find_spans(text, tokens, bases, self.phrases, Sources(times, numbers, values))
        spans = without_what_is_under_way(spans, tokens, self.view)
        spans = prefer_shown_values([*spans, *said_quantities(text, tokens, self.view)], values, previous)
        coverings = cover(tokens, merge_spans(spans), weights=WEIGHTS)
        meant = self._by_meaning(tokens, coverings[0])
        return cover(tokens, merge_spans([*spans, *meant]), weights=WEIGHTS) if meant else coverings

    def _values_named(self, tokens: tuple[Token, ...]) -> tuple[ValueHit, ...]:
        """Values that the question may name; a numbered thing ("store 99") only where it exists."""
        if self.values is None:
            return ()
        known = self.phrases.vocabulary | cue_phrases().vocabulary
        hits = self.values.find(tokens, self.view, known)
        return with_numbered_things(
            [
                hit
                for hit in hits
                if self._exists(hit)
                if not is_a_move(tokens, hit)
                if not (is_a_stretch_of_time(tokens, hit) or is_part_of_a_verb(tokens, hit))
            ]
        )

    def _exists(self, hit: ValueHit) -> bool:
        if hit.how != "pattern":
            return True
        assert self.values is not None
        near = self.values.nearest(self.view, hit.reference, str(hit.value), 1)
        return not near or str(near[0].value) == str(hit.value)

    def _by_meaning(self, tokens: Sequence[Token], covering: Covering) -> list[Span]:
        """Spans for runs of unexplained words whose meaning is near a metric's or field's."""
        left = {token.start for token in covering.unexplained}
        spans: list[Span] = []
        place = 0
        while place < len(tokens):
            if tokens[place].start not in left or not tokens[place].is_word:
                place += 1
                continue
            end = place
            while end < len(tokens) and tokens[end].start in left:
                end += 1
            words = " ".join(token.text for token in tokens[place:end])
            meanings = self.nearest.by_meaning(words)
            if meanings and not says_another(tokens[place:end], meanings[0], self.view):
                spans.append(Span(place, end, words, meanings))
            place = end
        return spans

    def _outcome(
        self,
        text: str,
        tokens: tuple[Token, ...],
        covering: Covering,
        as_of: dt.date,
        previous: Plan | None,
        known: tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int]],
        rolling: Rolling | None,
        leans: bool,
        names: tuple[Span, ...],
    ) -> Outcome:
        draft = Draft(
            question=text,
            tokens=tokens,
            items=[Item(place, span) for place, span in enumerate(spread_inner(covering.spans))],
            view=self.view,
            as_of=as_of,
            left_over=covering.unexplained,
            score=covering.score,
            follows=previous is not None,
            leans=leans,
            known_starts=known[0],
            value_starts=known[1],
            cue_starts=known[2],
            time_starts=known[3],
            rolling=rolling,
            names=names,
        )
        for read in PASSES:
            read(draft)
        left = [token for token in covering.unexplained if token.start not in draft.units_said]
        draft.unexplained += runs(text, [token for token in left if not draft.in_context(token)])
        draft.set_aside += runs(text, [token for token in left if draft.in_context(token)])
        kept: tuple[str, ...] = ()
        if previous is not None:
            drop_nouns(draft)
        if is_follow_up(draft, previous) and previous is not None:
            kept = inherit(draft, previous.queries[0].query)
        return self._decide(draft, covering, as_of, kept, previous)

    def _decide(
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
            return self._decide(found, covering, as_of, kept, previous) if found is not None else None
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
            without = self._decide(rest, covering, as_of, kept, None).plan()
            if without.queries != plan.queries:
                asked_which = clarify.in_passing([slot.text for slot in passing], plan, without)
                return Outcome(lambda: asked_which, 3, covering.score)
        if draft.apart or (plan.analysis is None and self._counts_a_rate(draft, plan)):
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
            plan = self._decide(taken, covering, as_of, kept, previous).plan()
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
