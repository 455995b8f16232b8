"""Takes the values named in the question as filters: alone, in lists, negated, with their field's name beside them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.directions import by_direction
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, Item
from agent.planners.embedded.names_of_things import names_the_things_counted
from agent.planners.embedded.passes.leave_out_figures import leave_out_figures
from agent.planners.embedded.passes.read_groups import asks_to_split
from agent.planners.embedded.passes.read_ranking import number_of
from agent.planners.embedded.passes.told_verbs import is_what_they_did
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import FieldRole, FieldType
from catalog.query import Scalar
from semantic_context.linking import Meaning, split_route
from semantic_context.words import is_verb_form, phrase_key, verb_stem

_SURE = 0.9
_COMPARATIVE = re.compile(
    r"higher|lower|better|worse|more|fewer|less|faster|slower|longer|shorter|earlier|later|bigger|smaller|larger|greater"
)
_FIGURE_BETWEEN = 40  # characters that a figure's name may take up: "more late returns than"
_NOT_OF_IT = re.compile(
    r"\bof (?:the |our |its )?[\w ]+\W+(?:and )?not (?:of|that of) (?:the |our |its )?$", re.IGNORECASE
)
# Joins numbers of which none is an alternative, nor the end of a range.
_ENUMERATES = re.compile(r"^(?!.*\bor\b).*\d\s*(?:,|&|\+|\band\b)", re.IGNORECASE)
_VERB_LEADS = frozenset("has have had was were been being is are did do does got get gets".split())
_CLAUSE_TOKENS = 7  # from a helping verb to its own: "has the Baltic press in Tallinn printed"
_JOINS = (Cue.AND, Cue.OR, Cue.VERSUS)
_OF_EACH = ("per", "for each", "for every", "of each")
_ALL_OF = frozenset(("all", "any", "each", "every"))
_TURNS = frozenset(("but", "hence", "instead", "meaning", "rather", "so", "therefore", "thus"))
_LEADS_EACH = ("for", "in", "of", "from", "by", "via", "at", "with", "on")


def _readings(item: Item) -> dict[str, tuple[tuple[Scalar, ...], float]]:
    found: dict[str, tuple[tuple[Scalar, ...], float]] = {}
    for meaning in item.of("value"):
        values = meaning.payload if isinstance(meaning.payload, tuple) else (meaning.payload,)
        if meaning.name not in found or found[meaning.name][1] < meaning.score:
            found[meaning.name] = (values, meaning.score)
    return found


def _is_filter(draft: Draft, item: Item, left_out: frozenset[int]) -> bool:
    """Whether a span that may be a value is taken as one: a metric of the same words goes first, a field or dataset
    only where the words ask to split by it ("by store", but "excluding stores")."""
    if item.used is not None or not item.has("value"):
        return False
    if _is_a_small_word_elsewhere(draft, item):
        return False
    if names_the_things_counted(draft, item):
        item.used = "noun"
        return False
    best = item.span.best
    if _is_held_against_a_value(draft, item):
        return True
    if _is_the_only_figure(draft, item) or _is_told_apart(draft, item) or _is_what_is_counted(draft, item):
        return False
    if _is_the_thing(draft, item) or _is_verb_of_the_figure(draft, item) or is_what_they_did(draft, item):
        return False
    rivals = [meaning for meaning in item.span.meanings if meaning.kind in ("metric", "field", "dataset")]
    if item.place in left_out:
        return True
    if _is_things_of_that_name(draft, item) or _is_one_of_the_things(draft, item):
        return False
    if not rivals:
        return best.kind == "value" or not item.has("cue") or _is_no_verb(draft, item)
    value = item.of("value")[0]
    beside = (draft.preceding(item.place), draft.following(item.place))
    names = {meaning.name for meaning in item.of("value")}
    if any(other and names & {split_route(meaning.name)[0] for meaning in other.of("field")} for other in beside):
        return True
    if any(meaning.kind == "metric" and meaning.score >= value.score - 0.02 for meaning in rivals):
        return _listed_with_values(draft, item, names)
    if _is_kind_of_the_next(draft, item, rivals):
        return True
    if any(meaning.kind == "field" for meaning in rivals):
        return not asks_to_split(draft, item) and value.score >= 0.9
    return value.score >= rivals[0].score - 0.03


def _is_held_against_a_value(draft: Draft, item: Item) -> bool:
    """ "The call centre compared to the shops": what a value of a field is held against is of that field, a thing's name or no."""
    fields = {meaning.name for meaning in item.of("value") if meaning.score >= _SURE}
    held = False
    for other in reversed(draft.items[: item.place]):
        if {Cue.VERSUS, Cue.COMPARE} & other.cues() and not other.has("period"):
            held = True
        elif not other.is_stop:
            return held and bool(fields & {meaning.name for meaning in other.of("value") if meaning.score >= _SURE})
    return False


def _is_things_of_that_name(draft: Draft, item: Item) -> bool:
    """ "A share of all bookings": the things, and not those of them that are "booked"."""
    guessed = all(meaning.how == "inflection" for meaning in item.of("value"))
    named = any(meaning.how in ("name", "synonym") for meaning in item.of("dataset"))
    return guessed and named and draft.is_plural(item)


def _is_one_of_the_things(draft: Draft, item: Item) -> bool:
    """ "Average appointments per vet": each of the things of that name, though some have the very word for a job title."""
    before = draft.items[item.place - 1] if item.place else None
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    named = any(meaning.how in ("name", "synonym") for meaning in item.of("dataset"))
    led = before is not None and before.text.casefold() in _OF_EACH and not draft.is_plural(item)
    averaged = bool(draft.asks & {Cue.AVERAGE, Cue.MEDIAN})
    return averaged and named and led and not (behind is not None and behind.has("dataset", "metric", "field"))


def _is_a_small_word_elsewhere(draft: Draft, item: Item) -> bool:
    """ "What share of sales came from wholesale", where a visit's status is "came": a small word, which only rows that the figures
    named do not point at hold as a value."""
    if not item.has("stop") or item.has("metric", "field", "dataset"):
        return False
    figures = {meaning.name for other in draft.items if other is not item for meaning in other.of("metric")[:1]}
    bases = frozenset[str]().union(*(base_datasets(draft.view, name) for name in figures))
    holders = {split_route(meaning.name)[0].partition(".")[0] for meaning in item.of("value")}
    shared = any(draft.view.whole.field(split_route(meaning.name)[0]).shared_dimension for meaning in item.of("value"))
    if not bases or shared or holders & pointed_at(draft.view, bases):
        return False
    item.used = "noun"
    return True


def _is_kind_of_the_next(draft: Draft, item: Item, rivals: list[Meaning]) -> bool:
    """ "per completed order": a participle right before its things says which they are, and is not the time they were done at."""
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    if behind is None or not all(
        meaning.kind == "field" and draft.view.whole.field(split_route(meaning.name)[0]).role is FieldRole.TIME
        for meaning in rivals
    ):
        return False
    things = {meaning.name for meaning in behind.of("dataset")}
    return any(meaning.name.partition(".")[0] in things for meaning in item.of("value"))


def _is_what_is_counted(draft: Draft, item: Item) -> bool:
    """ "How many brokers": the things of that name, though claims may come by "broker"."""
    before = draft.items[item.place - 1] if item.place else None
    return item.has("dataset") and draft.is_plural(item) and before is not None and before.cue() is Cue.COUNT


def _is_the_thing(draft: Draft, item: Item) -> bool:
    """ "Trips of members in Hamburg": the things of that name, though some other rows hold the very word ("reported by:
    member"): a value that none of the rows spoken of can have says nothing of them."""
    own = {meaning.name for meaning in item.of("dataset") if meaning.how in ("name", "synonym")}
    holders = {split_route(meaning.name)[0].partition(".")[0] for meaning in item.of("value")}
    if not own or holders & own:
        return False
    spoken: set[str] = set()
    for other in draft.items:
        if other is not item and not own & {meaning.name for meaning in other.of("dataset")}:
            spoken |= {meaning.name for meaning in other.of("dataset")}
        if other is not item:
            for meaning in other.of("metric"):
                spoken |= base_datasets(draft.view, meaning.name)
    if not spoken:
        return not draft.follows
    shared = any(
        draft.view.whole.field(split_route(meaning.name)[0]).shared_dimension is not None
        for meaning in item.of("value")
    )
    reached = pointed_at(draft.view, frozenset(spoken))
    if own & reached and not holders & spoken and len(item.of("field")):
        return not shared  # "vendor sales": both are one step off, and the thing is called nothing else
    return not shared and not holders & reached


def _is_verb_of_the_figure(draft: Draft, item: Item) -> bool:
    """ "How many copies has Baltic printed": the verb is in the name of the figure said before it ("Copies printed"), and is not
    the kind "print" of something."""
    if item.span.end - item.span.start != 1 or not any(meaning.how == "inflection" for meaning in item.of("value")):
        return False
    lead = [token.folded for token in draft.tokens[max(item.span.start - _CLAUSE_TOKENS, 0) : item.span.start]]
    if not _VERB_LEADS & set(lead):
        return False
    verb = verb_stem(draft.tokens[item.span.start].base)
    for other in draft.items[: item.place]:
        said = {token.base for token in draft.tokens[other.span.start : other.span.end]}
        for meaning in other.of("metric"):
            metric = draft.view.whole.metric_by_name[meaning.name]
            for words in (metric.label, *metric.words.synonyms):
                key = phrase_key(words)
                if said < set(key) and verb in {verb_stem(word) for word in set(key) - said}:
                    item.used = "verb"
                    return True
    return False


def _is_told_apart(draft: Draft, item: Item) -> bool:
    """ "by the region of the buyer, not of the store": a thing held apart from another one, not a value left out."""
    return (
        item.has("field", "dataset")
        and _NOT_OF_IT.search(draft.question[: draft.tokens[item.span.start].start]) is not None
    )


def _is_the_only_figure(draft: Draft, item: Item) -> bool:
    """ "which plan has the lowest churn", "the cancellation target": a name of a figure in a question that ranks by it or
    asks of its target, where nothing else names one."""
    targeted = Cue.TARGET in draft.asks
    if (draft.ranking is None and not targeted) or not item.has("metric") or draft.follows:
        return False
    return not any(other is not item and other.used is None and other.has("metric") for other in draft.items)


def _listed_with_values(draft: Draft, item: Item, fields: set[str]) -> bool:
    """ "promoters, passives and detractors": a name in a list of values of one field is a value too."""
    for step in (-1, 1):
        place = item.place + step
        joined = False
        while 0 <= place < len(draft.items):
            other = draft.items[place]
            if other.cue() in _JOINS:
                joined = True
            elif not other.is_stop:
                values = {meaning.name for meaning in other.of("value")}
                if not joined or not values & fields:
                    break
                if not other.has("metric", "field", "dataset"):
                    return True
                joined = False
            place += step
    return False


def _is_no_verb(draft: Draft, item: Item) -> bool:
    """ "Rose vs red", "rose wines": the word of a value, beside one of the same field or right before the things it is of."""
    fields = {meaning.name for meaning in item.of("value") if meaning.how == "exact"}
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    things = {meaning.name for meaning in behind.of("dataset")} if behind is not None else set()
    if things & {split_route(name)[0].partition(".")[0] for name in fields}:
        return True
    return bool(fields) and _listed_with_values(draft, item, fields)


_THOSE = ("those", "people", "anyone", "anybody", "everyone", "everybody", "ones", "all")


def _negated(draft: Draft, place: int) -> bool:
    """Whether a "not" stands before the item, with only stop words or joined values between."""
    for item in reversed(draft.items[:place]):
        cue = item.cue()
        if cue is Cue.NOT or (item.place == 0 and Cue.NOT in item.cues()):
            item.used = "negation"
            if Cue.FALL in item.cues():
                draft.asks.discard(Cue.FALL)  # "drop the new ones"
            return True
        if _leaves_out_of_all(draft, item):
            item.used = "negation"
            return True
        if item.is_stop or item.used == "qualifier" or cue in (Cue.AND, Cue.OR, Cue.BECAUSE):
            continue
        if cue is Cue.BY and item.place == place - 1:
            continue
        if _is_denied(draft, item) and draft.items[place - 1].cue() is Cue.BY:
            continue
        if item.text.casefold() == "who" and draft.items[item.place - 1].text.casefold() in _THOSE:
            continue  # "leaving out those who came through friends"
        return False
    return False


def _is_denied(draft: Draft, item: Item) -> bool:
    """ "Not picked by hand": a participle right behind a "not", which says of what is done by what it is not."""
    before = draft.items[item.place - 1] if item.place else None
    word = draft.tokens[item.span.end - 1].folded
    verb = item.span.end - item.span.start == 1 and (word.endswith("ed") or is_verb_form(word))
    return verb and not item.has("value", "cue") and before is not None and before.cue() is Cue.NOT


def _leaves_out_of_all(draft: Draft, word: Item) -> bool:
    """ "Any segment but vip", "all the channels but the app": a "but" right behind all of what a value is one of."""
    thing = draft.items[word.place - 1] if word.place else None
    if word.text.casefold() != "but" or thing is None or not thing.has("field", "dataset", "metric"):
        return False
    before = [token.folded for token in draft.tokens[max(thing.span.start - 2, 0) : thing.span.start]]
    said = before[-1:] if before[-1:] != ["the"] else before[:1]
    return bool(_ALL_OF & set(said))


def _says_instead(draft: Draft, first: Item, between: list[Item]) -> bool:
    """ "Not delivered yet, so processing or shipped": behind what is not so, a word that turns to what is so instead."""
    words = [item.text.casefold() for item in between]
    return bool(_TURNS & set(words)) and "also" not in words and _negated(draft, first.place)


def _does_to_an_object(draft: Draft, run: list[Item]) -> bool:
    """ "Tenants who never paid an invoice" have none that is paid: they are not those of invoices that are not paid."""
    behind = draft.items[run[-1].place + 1 : run[-1].place + 3]
    is_verb = len(run) == 1 and draft.tokens[run[0].span.end - 1].folded.endswith(("d", "t", "n"))
    any_one = len(behind) == 2 and behind[0].text.casefold() in ("a", "an", "any")
    owners = {split_route(meaning.name)[0].partition(".")[0] for meaning in run[0].of("value")}
    return is_verb and any_one and bool(owners & {meaning.name for meaning in behind[1].of("dataset")})


def read_values(draft: Draft) -> None:
    """One filter slot for each run of joined values that share a field; each lone value its own."""
    _read_numbered(draft)
    left_out = leave_out_figures(draft)
    items = [item for item in draft.items if _is_filter(draft, item, left_out)]
    taken: set[int] = set()
    for item in items:
        if item.place in taken:
            continue
        run, joins = [item], set()
        readings = _readings(item)
        for candidate in items:
            if candidate.place <= run[-1].place or candidate.place in taken:
                continue
            between = draft.items[run[-1].place + 1 : candidate.place]
            if not all(
                gap.is_stop
                or _join(draft, gap)
                or _is_qualifier(gap, readings)
                or _is_said_again(draft, gap, candidate)
                or _is_by_again(draft, gap, candidate)
                for gap in between
            ):
                break
            if not any(_join(draft, gap) for gap in between) or _says_instead(draft, run[0], between):
                break
            shared = {name: pair for name, pair in _readings(candidate).items() if name in readings}
            if not shared:
                break
            readings = {
                name: ((*readings[name][0], *pair[0]), min(readings[name][1], pair[1])) for name, pair in shared.items()
            }
            joins |= {cue for gap in between if (cue := _join(draft, gap)) is not None}
            run.append(candidate)
        taken |= {member.place for member in run}
        before = draft.preceding(run[0].place)
        readings = by_direction(draft, run[0], _narrow_by_qualifier(draft, run, readings))
        negated = _negated(draft, run[0].place)
        if negated and _does_to_an_object(draft, run):
            draft.unexplained.append(f"not {run[0].text}")
        for member in run:
            member.used = "value"
        candidates = tuple(
            FieldValues(name, tuple(dict.fromkeys(values)), score)
            for name, (values, score) in sorted(readings.items(), key=lambda pair: (-pair[1][1], pair[0]))
        )
        if _included(draft, run):
            text = " and ".join(member.text for member in run)
            draft.included.append(FilterSlot(run[0].place, candidates, text=text))
            continue
        draft.filters.append(
            FilterSlot(
                item=run[0].place,
                candidates=candidates,
                operator="not_in" if negated else "in",
                text=" and ".join(member.text for member in run),
                negated=negated,
                listed=_stand_side_by_side(draft, run, joins) or _is_numbered_list(run),
                versus=Cue.VERSUS in joins
                or (Cue.OR in joins and _asks_for_the_greater(draft))
                or _holds_both(readings),
                from_context=draft.is_context(run[0]),
                both=len(run) > 1 and before is not None and before.text.casefold() == "both",
                led_each=len(run) > 1 and Cue.OR not in joins and not negated and _led_each(draft, run),
            )
        )
    _hold_against(draft)
    _note_alternatives(draft)


def _hold_against(draft: Draft) -> None:
    """ "Do business members keep the car longer than private ones": a value on each side of a "than", of one field."""
    for one, other in itertools.pairwise(sorted(draft.filters, key=lambda slot: slot.item)):
        fields = {choice.field: choice for choice in other.candidates}
        shared = [choice for choice in one.candidates if choice.field in fields]
        between = draft.items[one.item + 1 : other.item]
        words = draft.tokens[draft.items[one.item].span.end : draft.items[other.item].span.start]
        said = [token for token in words if _COMPARATIVE.fullmatch(token.folded)]
        compared = bool(said) and any(
            token.folded == "than" and said[-1].start < token.start < said[-1].end + _FIGURE_BETWEEN for token in words
        )
        plain = one.operator == other.operator == "in" and not (one.versus or other.versus)
        if not shared or not compared or not plain or any(item.has("number", "period") for item in between):
            continue
        draft.units_said |= {said[-1].start}
        for item in between:
            if item.cues():
                item.used = "comparative"
        held = tuple(
            replace(choice, values=(*choice.values, *fields[choice.field].values))
            for choice in shared
            if not set(choice.values) & set(fields[choice.field].values)
        )
        if held:
            text = f"{one.text} and {other.text}"
            draft.filters = [slot for slot in draft.filters if slot not in (one, other)]
            draft.filters.append(replace(one, candidates=held, text=text, versus=True))
            return


def _holds_both(readings: dict[str, tuple[tuple[Scalar, ...], float]]) -> bool:
    """ "Furnished and unfurnished flats": what is so and what is not leaves nothing out, so they are held side by side."""
    return any(
        {True, False} <= {value for value in values if isinstance(value, bool)} for values, _ in readings.values()
    )


def _added_up(draft: Draft, run: list[Item]) -> bool:
    """ "website + app": a plus makes one group of them."""
    between = draft.items[run[0].place : run[-1].place]
    return any(item.text == "+" for item in between) and all(item.text not in (",", "&") for item in between)


def _stand_side_by_side(draft: Draft, run: list[Item], joins: set[Cue]) -> bool:
    """Whether values in a row are so many things, and not one group of them."""
    return len(run) > 1 and (Cue.OR not in joins or _is_slashed(draft, run)) and not _added_up(draft, run)


def _is_slashed(draft: Draft, run: list[Item]) -> bool:
    """ "web / app / store": what stands between slashes with room around them, or three and more, are things side by side;
    "web/app" may be one of them."""
    joints = [item for item in draft.items[run[0].place : run[-1].place] if _join(draft, item)]
    spaced = all(draft.question[draft.tokens[item.span.start].start - 1].isspace() for item in joints)
    return all(item.text == "/" for item in joints) and (spaced or len(run) > 2)


def _led_each(draft: Draft, run: list[Item]) -> bool:
    """ "Total fees for Nigeria and for Ghana": where the word that leads to the first leads to each, they stand apart."""
    leads = [draft.tokens[item.span.start - 1].folded if item.span.start else "" for item in run]
    articles = [place for place, word in enumerate(leads) if word == "the"]
    for place in articles:
        start = run[place].span.start
        leads[place] = draft.tokens[start - 2].folded if start > 1 else ""
    return len(set(leads)) == 1 and leads[0] in _LEADS_EACH


def _is_numbered_list(run: list[Item]) -> bool:
    """ "stores 1, 4 and 7": several things by their numbers in one phrase, each of them meant."""
    numbered = any(meaning.how == "pattern" for meaning in run[0].of("value"))
    return numbered and len(run) == 1 and _ENUMERATES.search(run[0].text) is not None


def _asks_for_the_greater(draft: Draft) -> bool:
    """ "Is it higher on web or in the app?": a comparative with no "than" behind it picks one of what "or" joins."""
    for item in draft.items:
        if item.cue() is Cue.GREATER:
            item.used = "comparative"
            return True
    named = {
        place
        for item in draft.items
        if item.span.best.kind in ("value", "metric")
        for place in range(item.span.start, item.span.end)
    }
    return any(
        _COMPARATIVE.fullmatch(token.folded)
        and place not in named  # "for a better offer or a new job"
        and (place + 1 == len(draft.tokens) or draft.tokens[place + 1].folded != "than")
        and (not place or draft.tokens[place - 1].folded not in ("or", "no", "not"))
        for place, token in enumerate(draft.tokens)
    )


def _join(draft: Draft, item: Item) -> Cue | None:
    """The joining word that an item is, if it is one; "with" holds one against the other after "compare"."""
    if item.text.casefold() == "with" and Cue.COMPARE in draft.asks:
        return Cue.VERSUS
    cue = item.cue()
    return cue if cue in _JOINS else None


def _note_alternatives(draft: Draft) -> None:
    """ "in the West or via the app": filters of different fields with "or" between them are alternatives."""
    slots = [(place, slot) for place, slot in enumerate(draft.filters) if not slot.from_context]
    slots.sort(key=lambda pair: pair[1].item)
    number = 0
    for (first, one), (second, other) in itertools.pairwise(slots):
        before = draft.items[one.item + 1 : other.item]
        last = max((item.place for item in before if item.used == "value"), default=one.item)
        between = [item for item in draft.items[last + 1 : other.item] if item.used != "qualifier"]
        joined = any(item.cue() is Cue.OR for item in between)
        if not joined or not all(item.is_stop or item.cue() in (Cue.OR, Cue.NOT) for item in between):
            continue
        number = draft.filters[first].either or number + 1
        draft.filters[first] = replace(draft.filters[first], either=number)
        draft.filters[second] = replace(other, either=number)


def _included(draft: Draft, run: list[Item]) -> bool:
    """ "including the cancelled ones", "the cancelled ones too": said so that they count, not that only they do."""
    before, after = draft.preceding(run[0].place), draft.following(run[-1].place)
    if before is not None and before.cue() is Cue.INCLUDING:
        # "orders that included a red wine": those with one
        return before.text.casefold() != "included"
    ones = any(item.text.casefold() == "ones" for item in draft.items[run[-1].place + 1 : run[-1].place + 2])
    if after is not None and ones and after.text.casefold() in ("also", "as well"):
        return all(item.is_stop or item.text == "," for item in draft.items[after.place + 1 :])
    if after is not None and Cue.INCLUDING in after.cues() and after.text.casefold() in ("too", "included", "incl"):
        behind = draft.items[after.place + 1 :]
        ends = not behind or behind[0].text == "," or behind[0].used == "time" or behind[0].cue() in (Cue.BY, Cue.EACH)
        return ends or all(item.is_stop or item.text == "," for item in behind)
    return False


def _read_numbered(draft: Draft) -> None:
    """ "store 7", "customer 42": a thing's number is a value of the field that numbers it."""
    for item, number in itertools.pairwise(draft.items):
        parsed = number_of(number)
        if parsed is None or number.used is not None or item.used is not None or parsed.unit is not None:
            continue
        if parsed.value != int(parsed.value) or draft.is_plural(item):
            continue
        fields = [meaning for meaning in item.of("field") if _numbers_things(draft, meaning.name)]
        for meaning in item.of("dataset"):
            key = draft.view.whole.dataset_by_name[meaning.name].primary_key
            if len(key) == 1 and draft.view.can_show(f"{meaning.name}.{key[0]}"):
                fields.append(replace(meaning, name=f"{meaning.name}.{key[0]}"))
        if fields:
            item.used, number.used = "qualifier", "value"
            value = int(parsed.value)
            candidates = tuple(FieldValues(meaning.name, (value,), meaning.score) for meaning in fields)
            draft.filters.append(FilterSlot(item.place, candidates, "in", f"{item.text} {value}"))


def _numbers_things(draft: Draft, reference: str) -> bool:
    item = draft.view.whole.field(split_route(reference)[0])
    return item.type is FieldType.INTEGER and item.role is FieldRole.KEY


def _is_by_again(draft: Draft, gap: Item, value: Item) -> bool:
    """ "on the website or by phone": a preposition of the next value's own, behind a joining word."""
    before = draft.preceding(gap.place)
    joint = _join(draft, before) if before is not None else None
    leads = ("by", "via", "through") if joint is Cue.AND else ("by", "via", "through", "with")
    return joint is not None and gap.text.casefold() in leads and draft.following(gap.place) is value


def _is_said_again(draft: Draft, noun: Item, value: Item) -> bool:
    """ "five star hotels vs four star hotels": the thing behind one value, named again behind the next."""
    again = draft.items[value.place + 1] if value.place + 1 < len(draft.items) else None
    things = {meaning.name for meaning in noun.of("dataset")}
    return again is not None and noun.used is None and bool(things & {meaning.name for meaning in again.of("dataset")})


def _is_qualifier(item: Item, readings: dict[str, tuple[tuple[Scalar, ...], float]]) -> bool:
    return item.used is None and any(split_route(meaning.name)[0] in readings for meaning in item.of("field"))


def _narrow_by_qualifier(
    draft: Draft, run: list[Item], readings: dict[str, tuple[tuple[Scalar, ...], float]]
) -> dict[str, tuple[tuple[Scalar, ...], float]]:
    """A field's name beside the value ("the West region", "category Books") says which field is meant."""
    for other, tail in ((draft.preceding(run[0].place), False), (draft.following(run[-1].place), True)):
        if other is None or other.used is not None:
            continue
        routes = {split_route(meaning.name)[0]: meaning.name for meaning in other.of("field")}
        named = set(routes) & set(readings)
        before = draft.preceding(other.place)
        asked_for = before is not None and before.cue() in (Cue.BY, Cue.EACH, Cue.WHICH)
        lead = draft.preceding(run[0].place)
        only = lead is not None and lead.cue() is Cue.ONLY  # "only Saver fares"
        if named and not asked_for and (only or not (tail and draft.is_plural(other) and len(run) == 1)):
            other.used = "qualifier"
            return {routes[name]: pair for name, pair in readings.items() if name in named}
    return _of_the_thing_beside(draft, run, readings)


def _of_the_thing_beside(
    draft: Draft, run: list[Item], readings: dict[str, tuple[tuple[Scalar, ...], float]]
) -> dict[str, tuple[tuple[Scalar, ...], float]]:
    """ "customers in France", "French customers": their own country, not the supplier's; an order's own may as well be its
    customer's."""
    behind = draft.items[run[-1].place + 1] if run[-1].place + 1 < len(draft.items) else None
    for beside in (draft.preceding(run[0].place), behind):
        things = {meaning.name for meaning in beside.of("dataset")} if beside is not None else set()
        narrowed = _their_own(draft, things, readings)
        if narrowed != readings:
            return narrowed
    return readings


def _their_own(
    draft: Draft, things: set[str], readings: dict[str, tuple[tuple[Scalar, ...], float]]
) -> dict[str, tuple[tuple[Scalar, ...], float]]:
    """The readings that are of a field of the things themselves, where none is of what they point at."""
    own = {name: pair for name, pair in readings.items() if split_route(name)[0].partition(".")[0] in things}
    others = {split_route(name)[0].partition(".")[0] for name in readings} - things
    reached = pointed_at(draft.view, frozenset(things))
    return own if own and not others & reached else readings
