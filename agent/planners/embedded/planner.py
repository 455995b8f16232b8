"""The embedded planner: a question to a typed Plan, with no model, the same way each time."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import FUNCTION_WORDS, cue_phrases
from agent.planners.embedded.deciding import Deciding
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.follow_ups import Following, ShownRows, followed, speaks_of_nothing
from agent.planners.embedded.follow_ups.inheriting import drop_nouns, inherit, is_follow_up
from agent.planners.embedded.gates import gate
from agent.planners.embedded.groups_against_average import against_average
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.meant_elsewhere import says_another
from agent.planners.embedded.members import (
    MemberReading,
    Verbs,
    listed_with_columns,
    puts_them_side_by_side,
    read_members,
    read_of_those,
    read_repeated,
    read_spread,
    read_together,
    wants_a_list,
)
from agent.planners.embedded.nearest import MeaningSearch, Nearest
from agent.planners.embedded.not_granted import NotGranted
from agent.planners.embedded.numbered_things import with_numbered_things
from agent.planners.embedded.outcomes import SETTLED, Outcome, choose
from agent.planners.embedded.passes import PASSES
from agent.planners.embedded.passes.read_leftovers import bearing_starts
from agent.planners.embedded.questions_back import with_answerable_options
from agent.planners.embedded.reach import Reach
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
from agent.planners.embedded.strategy import read_supposing
from agent.planners.embedded.strategy.lever_words import LeverWords
from agent.planners.embedded.strategy.what_if_reading import Asked
from agent.planners.embedded.the_rest import beside_the_rest, take_the_rest
from agent.planners.embedded.things_listed import things_listed
from agent.planners.embedded.turned_words import denial_of_its_own
from agent.planners.embedded.two_sides import by_two_sides
from agent.planners.embedded.under_way_or_done import without_what_is_under_way
from agent.planners.embedded.unexpressed import names_of_fields, names_of_figures
from agent.planners.embedded.verified import VerifiedQuestions
from catalog.access import CatalogView
from catalog.plan import Plan
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

_COVERINGS_TRIED = 6
_COVERING_MARGIN = 2.0
_MOST_HELD = 500


class EmbeddedPlanner:
    """Understands questions against one principal's view of a catalog. Reads no clock, no network, no model."""

    def __init__(self, view: CatalogView, index: MeaningSearch | None, values: ValueIndex | None) -> None:
        self.view = view
        self.values = values
        self.reach = Reach(view)
        self.phrases = catalog_phrases(view, FUNCTION_WORDS)
        self.nearest = Nearest(view, index, values)
        self.verified = VerifiedQuestions(view)
        self.known = Known(view, self.phrases, self._values_named, self._values_held)
        self.levers = LeverWords(view, self.phrases)
        self.not_granted = NotGranted(view, self.phrases, self._values_named)
        self.verbs = Verbs(view)
        self.deciding = Deciding(view, self.reach, self.nearest, self.not_granted)

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
        if previous is None and (picked := against_average(text, lambda words: self._alone(words, as_of), self.view)):
            return picked
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
        plan = puts_them_side_by_side(text, plan, reading) or plan
        if previous is not None or not wants_a_list(text, plan):
            return plan
        listed = listed_with_columns(
            text, reading, lambda whole: self._read(things_listed(whole, self.known), as_of, None, leans=False)
        )
        return listed or plan

    def _asked(self, text: str, as_of: dt.date, previous: Plan | None) -> Asked:
        return Asked(text, self.view, self.levers, as_of, previous, lambda part: self._plain(part, as_of, None))

    def _plain(self, text: str, as_of: dt.date, previous: Plan | None, *, leans: bool = False) -> Plan:
        """The plan of a question that supposes nothing; one that `leans` is of what the plan before is of."""
        usual = lambda: self._of_one_reading(text, as_of, previous, leans=leans)  # noqa: E731
        return by_two_sides(text, usual, lambda side: self._alone(side, as_of), self.known, as_of)

    def _alone(self, text: str, as_of: dt.date) -> Plan:
        """The plan of a part of a question as one that is asked by itself."""
        return self._of_one_reading(said_plainly(text, Around(self.known, as_of, None)), as_of, None)

    def _of_one_reading(self, text: str, as_of: dt.date, previous: Plan | None, *, leans: bool = False) -> Plan:
        """The plan of a question that tells no figure by another."""
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
        names = (names_of_figures(coverings[0]), names_of_fields(coverings[0]))
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

    def _values_held(self, field: str) -> int:
        """How many values of a `dataset.field` the view may see."""
        return 0 if self.values is None else len(self.values.nearest(self.view, field, "", _MOST_HELD))

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
        names: tuple[tuple[Span, ...], tuple[Span, ...]],
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
            names=names[0],
            field_names=names[1],
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
        return self.deciding.decide(draft, covering, as_of, kept, previous)
