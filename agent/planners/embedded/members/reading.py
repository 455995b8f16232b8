"""Reads questions about things by what they have none of, or so many of: each side is planned as a plain question, and
the second becomes a condition on the things of the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from agent.planners.embedded import clarify
from agent.planners.embedded.counts import person_datasets
from agent.planners.embedded.interpret import describe_condition, field_words, interpret
from agent.planners.embedded.members.columns import with_told_columns
from agent.planners.embedded.members.context import MemberReading, only_query, parts_of
from agent.planners.embedded.members.once import as_a_figure, period_words, those_in_groups
from agent.planners.embedded.members.population import (
    Population,
    conditions_of_rows,
    goes_by_a_time_of_theirs,
    population,
)
from agent.planners.embedded.members.related import Related, related_rows
from agent.planners.embedded.members.verbs import is_noun_of
from agent.planners.embedded.members.wording import (
    Wording,
    says_how_often,
    says_only_one,
    says_they_had_no,
    things_done_by,
    things_first,
    things_that_did,
    things_that_have,
    things_that_took,
    wordings,
    words_for_nothing,
    words_of_so_many,
)
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import always_points_at, base_datasets
from agent.tools.compile import metric_time
from agent.tools.compile.request import leaves
from catalog.access import CatalogView
from catalog.analyses.rollup import RollupRequest
from catalog.models import FieldType
from catalog.plan import Choice, NamedQuery, Plan, QuestionShape
from catalog.query import (
    Condition,
    FieldCondition,
    FieldDimension,
    Having,
    MetricCondition,
    MetricQuery,
    MetricUse,
    Not,
    OrderBy,
    Period,
    SqlCondition,
)
from semantic_context.linking import split_route
from semantic_context.time_expressions import describe_period
from semantic_context.words import phrase_key, tokenize

_NAMED = ("name", "synonym")
_COUNTED_ONCE = frozenset(("different", "distinct", "unique"))  # as things are counted in any case
_ANYBODY = frozenset("somebody someone anybody anyone actually really people customers at least once one of".split())
_PEOPLE = re.compile(r"\b(?:people|persons|individuals|everyone|everybody)\b", re.IGNORECASE)

__all__ = ["MemberReading", "read_members"]


def read_members(question: str, reading: MemberReading, plain: Callable[[], Plan]) -> Plan:
    """The plan of a question, as one about things without, or with so many, where it is one and is understood as such; else
    as `plain` has it. Where words say how often, or that there were none, a plain reading may overlook them: it comes second.
    """
    listed = with_told_columns(question, reading, lambda whole: _members(whole, reading))
    if listed is not None:
        return listed
    first = says_how_often(question) and not _is_a_name(question, reading)
    members = _members(question, reading) if first else None
    if members is not None and _holds_figures(members):
        return members
    plan = plain()
    if plan.clarification is None:
        misread = goes_by_a_time_of_theirs(plan, reading) or _takes_the_verb_for_a_value(plan, question, reading)
        did = _did(question, reading, ()) if misread else None
        return did or (_unless_overlooked(plan, question, reading) if first and plan.refusal is None else plan)
    return members or (_members(question, reading) if not first else None) or done_once(question, plan, reading) or plan


def done_once(question: str, plan: Plan, reading: MemberReading) -> Plan | None:
    """ "How many subscribers watched a drama": where no figure is of them, those with at least one row of what they did."""
    asked = plan.clarification
    if asked is None:
        return _did(question, reading, ()) if goes_by_a_time_of_theirs(plan, reading) else None
    if asked.reason in ("unsupported", "unknown_word", "unknown_metric") and asked.unexplained:
        had = _have(question, reading, asked.unexplained)
        if had is not None:
            return had
    if asked.reason not in ("unknown_word", "unknown_metric", "unsupported"):
        return None
    for read in (_did, _took, _done_by, _first):
        found = read(question, reading, asked.unexplained)
        if found is not None:
            return found
    return None


def _have(question: str, reading: MemberReading, left: tuple[str, ...]) -> Plan | None:
    """The things with at least one of what a question says they have, where it is they that a plain reading left out."""
    for wording in things_that_have(question):
        said = {*wording.whole.casefold().split(), *words_of_so_many(question)}
        if all(set(text.casefold().split()) <= said for text in left):
            found = _read(wording, reading)
            if found is not None and found.clarification is None:
                return found
    return None


def _did(question: str, reading: MemberReading, unknown: tuple[str, ...]) -> Plan | None:
    """The things with at least one row of what a question says they did, where no word is unknown but the verb."""
    left = _unknown_words(question, unknown)
    for wording in things_that_did(question):
        if left <= {*wording.verb.casefold().split(), *wording.whole.casefold().split()}:
            found = _read(wording, reading)
            if found is not None and found.clarification is None:
                return found
    return None


def _took(question: str, reading: MemberReading, unknown: tuple[str, ...]) -> Plan | None:
    """The things with at least one of what they are said to have brought about, where no word is unknown but the verb."""
    left = _unknown_words(question, unknown)
    for wording in things_that_took(question):
        if left <= {wording.brought.casefold(), *wording.whole.casefold().split()}:
            found = _read(wording, reading)
            if found is not None and found.clarification is None:
                return found
    return None


def _done_by(question: str, reading: MemberReading, unknown: tuple[str, ...]) -> Plan | None:
    """The things that somebody did something with, where no word is unknown but the verb and who did it."""
    left = _unknown_words(question, unknown)
    for wording in things_done_by(question) if _COUNTED_ONCE & set(question.casefold().split()) else ():
        said = " ".join((wording.verb, wording.whole, wording.rest)).casefold().split()
        if reading.verbs.doings(wording.verb) and left - _ANYBODY <= set(said):
            found = _read(wording, reading)
            if found is not None and found.clarification is None:
                return found
    return None


def _first(question: str, reading: MemberReading, unknown: tuple[str, ...]) -> Plan | None:
    """The things that did something in a time, and never before it."""
    for wording in things_first(question):
        found = _read(wording, reading)
        if found is not None and found.clarification is None:
            return found
    return None


def _unknown_words(question: str, unknown: tuple[str, ...]) -> set[str]:
    """The words that a plain reading left out, but for those that say nothing of their own."""
    left = {word.casefold() for text in unknown for word in text.split()}
    return left - _COUNTED_ONCE - words_for_nothing(question)


def _takes_the_verb_for_a_value(plan: Plan, question: str, reading: MemberReading) -> bool:
    """ "Candidates applied": where the rows are the applications, each is one, whatever it has come to since; those that are
    still called applied are others."""
    query = only_query(plan) if plan.refusal is None else None
    if query is None or query.where is None:
        return False
    values = {
        str(value).casefold()
        for item in leaves([query.where])
        if isinstance(item, FieldCondition)
        for value in item.values
    }
    bases = (reading.view.whole.dataset_by_name[name] for name in base_datasets(reading.view, query.metrics[0].metric))
    nouns = {word for dataset in bases for word in phrase_key(dataset.singular)}
    verbs = {wording.verb.casefold() for wording in things_that_did(question)} & values
    return any(is_noun_of(noun, verb) for verb in verbs for noun in nouns)


def _holds_figures(plan: Plan) -> bool:
    """Whether a plan is an answer that holds figures of things against a number."""
    conditions = leaves(named.query.where for named in plan.queries if named.query.where is not None)
    return any(isinstance(item, MetricCondition) for item in conditions)


def _is_a_name(question: str, reading: MemberReading) -> bool:
    """Whether the words for how often belong to a figure's name: "customers who ordered more than once"."""
    tokens = [token for token in tokenize(question) if token.is_word]
    for start in range(len(tokens)):
        for end in range(start + 2, len(tokens) + 1):
            text = " ".join(token.text for token in tokens[start:end])
            if says_how_often(text) and any(item.kind == "metric" for item in reading.phrases.means(text)):
                return True
    return False


def _unless_overlooked(plan: Plan, question: str, reading: MemberReading) -> Plan:
    """A question back where a plain reading made a filter of what things had none of ("stores that had no cancelled ..."),
    or overlooked that one alone is meant."""
    conditions = [part for named in plan.queries for part in parts_of(named.query.where)]
    bounds = [bound for named in plan.queries for bound in named.query.having]
    held = [item.values for item in (*leaves(conditions), *bounds) if not isinstance(item, SqlCondition)]
    things = any(
        item.kind == "dataset" for wording in wordings(question) for item in reading.phrases.means(wording.noun)
    )
    amiss = any(isinstance(part, Not) for part in conditions) and (things or says_they_had_no(question))
    if not amiss and not (says_only_one(question) and (1,) not in held):
        return plan
    choice = Choice(label=plan.interpretation, plan=plan)
    return clarify.asking("I can show this, which is not quite what is asked for. Shall I?", "unsupported", (choice,))


def _members(question: str, reading: MemberReading) -> Plan | None:
    asked_back: Plan | None = None
    for wording in wordings(question):
        plan = _read(wording, reading)
        if plan is not None and plan.clarification is None:
            return plan
        asked_back = asked_back or plan
    return asked_back


def _read(wording: Wording, reading: MemberReading) -> Plan | None:
    people = _PEOPLE.search(wording.whole)
    if people is None or reading.phrases.means(people[0]):
        return _read_of(wording, reading)
    plans = []  # whoever did it, where the persons of one kind alone may have
    for name in sorted(person_datasets(reading.view) & reading.view.datasets.keys()):
        label = reading.view.datasets[name].label
        found = _read_of(replace(wording, whole=_PEOPLE.sub(label, wording.whole, count=1)), reading)
        if found is not None and found.clarification is None:
            plans.append((name, found))
    if len(plans) != 1:
        return None
    thing, plan = plans[0]
    bases = [base_datasets(reading.view, name) for named in plan.queries for name in _figures_held(named.query)]
    return plan if all(always_points_at(reading.view, base, thing) for base in bases) else None


def _figures_held(query: MetricQuery) -> list[str]:
    """The figures that a query is of or holds things to."""
    held = leaves([query.where] if query.where is not None else [])
    return [item.metric for item in held if isinstance(item, MetricCondition)] or [use.metric for use in query.metrics]


def _read_of(wording: Wording, reading: MemberReading) -> Plan | None:
    of = population(wording.whole, reading)
    if of is None:
        return those_in_groups(wording, reading)
    if isinstance(of, Plan):
        return of
    if not of.keys(reading.view):
        return None
    unknown = _unknown_field(wording, of.dataset, reading) if of.field is None else None
    if isinstance(unknown, Plan):
        return unknown
    found = related_rows(wording, of, reading)
    plans = [_plan(of, (unknown,), reading)] if unknown is not None else []
    if wording.first:
        return _plan_of_first(of, found, reading) if isinstance(found, Related) else None
    once = as_a_figure(of, found, (), reading) if isinstance(found, Related) and not plans else None
    if once is not None:
        return once
    if isinstance(found, Related):
        plans.append(_with_numbers(of, found, reading) or _plan(of, (*found.of_the_things, found.condition), reading))
        plans += _of_that_time(wording, of, found, reading)
    if len(plans) > 1:
        return clarify.ambiguous("That", [Choice(label=plan.interpretation, plan=plan) for plan in plans])
    return plans[0] if plans else found if isinstance(found, Plan) else None


def _plan_of_first(of: Population, found: Related, reading: MemberReading) -> Plan | None:
    """Those with at least one in a time that begins, and none before it."""
    start = found.held.period.start if found.held.period is not None else None
    if start is None:
        return None
    before = found.held.model_copy(update={"period": Period(end=start), "operator": "ne", "values": (0,)})
    return _plan(of, (*found.of_the_things, found.condition, Not(condition=before)), reading)


def _of_that_time(wording: Wording, of: Population, found: Related, reading: MemberReading) -> list[Plan]:
    """ "orders without returns in May": the other way to take it, where the things have a time too: the orders of May."""
    period = found.held.period
    if not wording.loose or of.query is None or period is None or period.start is None or of.query.period is not None:
        return []
    times = metric_time(reading.view, of.query.metrics[0].metric)
    if not any(time.partition(".")[0] == of.dataset for time in times):
        return []
    then = replace(of, query=of.query.model_copy(update={"period": period}))
    whenever = replace(found, held=found.held.model_copy(update={"period": Period()}))
    return [_plan(then, (*found.of_the_things, whenever.condition), reading)]


def _unknown_field(wording: Wording, dataset: str, reading: MemberReading) -> Condition | Plan | None:
    """ "drivers without a licence", "orders not shipped yet": a field of the things themselves that is not filled."""
    if wording.count:
        return None
    if wording.verb:
        times = reading.verbs.times(dataset, wording.verb) if not wording.rest else ()
        return FieldCondition(field=times[0], operator="is_null") if len(times) == 1 else None
    meanings = reading.phrases.means(wording.noun)
    fields = {split_route(item.name)[0] for item in meanings if item.kind == "field" and item.how in _NAMED}
    own = sorted(name for name in fields if name.partition(".")[0] == dataset)
    if not own and any(item.kind == "denied" and item.name.partition(".")[0] == dataset for item in meanings):
        return clarify.personal_data()
    if len(own) != 1 or not reading.view.can_show(own[0]):
        return None
    if reading.view.whole.field(own[0]).type is FieldType.BOOLEAN:
        return Not(condition=FieldCondition(field=own[0], values=(True,)))
    return FieldCondition(field=own[0], operator="is_null")


def _plan(of: Population, conditions: tuple[Condition, ...], reading: MemberReading) -> Plan:
    if of.is_list:
        return list_of(of, conditions, reading)
    if of.query is None:
        return _count_of_list(of, conditions, reading)
    where = all_of([*parts_of(of.query.where), *conditions])
    query = of.query.model_copy(update={"where": where})
    words = interpret(query, reading.view, period_words(query, reading.view, reading), False)
    return Plan(
        shape=cast(QuestionShape, of.shape), queries=(NamedQuery(name="answer", query=query),), interpretation=words
    )


def list_of(of: Population, conditions: tuple[Condition, ...], reading: MemberReading) -> Plan:
    """The things by key and name, one row each."""
    view = reading.view
    names = _columns(of, view)
    groups = tuple(FieldDimension(field=name) for name in names)
    own = conditions_of_rows(view, of.dataset, of.query) if of.query is not None else of.own
    if of.field is not None:
        own = (FieldCondition(field=of.field, operator="is_not_null"),)
    every = [*(own if own is not None else parts_of(of.query.where if of.query else None)), *conditions]
    query = MetricQuery(group_by=groups, where=all_of(every), as_of=reading.as_of)
    if own is None and of.query is not None:  # those that the figure counts, which no condition on the rows says
        counted = of.query.metrics[0].metric
        query = of.query.model_copy(
            update={
                "metrics": (MetricUse(metric=counted, show="hidden"),),
                "group_by": groups,
                "where": query.where,
                "having": (Having(column=counted, operator="gt", values=(0,)),),
            }
        )
    label = of.label(view)
    period = ""
    if of.query is not None and of.query.period is not None and of.query.period.start is not None:
        period = f", {describe_period(of.query.period, reading.as_of)}"
    said = [*parts_of(of.query.where if of.query is not None else None), *of.own, *conditions]
    told = " and ".join(describe_condition(item, view) for item in said)
    fields = ", ".join(field_words(view, name) for name in names)
    return Plan(
        shape="records",
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=f"{label[:1].upper()}{label[1:]}{period}, where {told}: {fields}",
    )


def _with_numbers(of: Population, found: Related, reading: MemberReading) -> Plan | None:
    """The list of those with so many, each with its number; None where those with none are among them, or where the things
    are those of another figure."""
    held, view = found.held, reading.view
    least = {"gt": 0, "ge": 1, "eq": 1}.get(held.operator)
    own = conditions_of_rows(view, of.dataset, of.query) if of.query is not None else of.own
    if not of.is_list or least is None or own is None or not isinstance(held.values[0], int) or held.values[0] < least:
        return None
    narrowed = [*own, *found.of_the_things]
    exist = [FieldCondition(field=key, operator="is_not_null") for key in of.keys(view)]
    query = MetricQuery(
        metrics=(MetricUse(metric=held.metric),),
        group_by=tuple(FieldDimension(field=name) for name in _columns(of, view)),
        where=all_of([*narrowed, *parts_of(held.where), *exist]),
        period=held.period,
        having=(Having(column=held.metric, operator=held.operator, values=held.values),),
        order_by=(OrderBy(column=held.metric, descending=True),),
        as_of=reading.as_of,
    )
    plain = list_of(of, (*found.of_the_things, found.condition), reading)
    named = NamedQuery(name="answer", query=query)
    return plain.model_copy(update={"queries": (named,), "shape": "threshold"})


def _columns(of: Population, view: CatalogView) -> list[str]:
    """What a list shows of each: what tells it from others, and its name."""
    names = list(of.keys(view))
    display = view.datasets[of.dataset].display_field
    if of.field is None and display and view.can_show(f"{of.dataset}.{display}"):
        names.append(f"{of.dataset}.{display}")
    return list(dict.fromkeys(names))


def _count_of_list(of: Population, conditions: tuple[Condition, ...], reading: MemberReading) -> Plan:
    """The number of things that no figure counts."""
    plan = list_of(of, conditions, reading)
    label = f"Number of {of.label(reading.view)}"
    request = RollupRequest(query=plan.queries[0].query, aggregate="count", label=label)
    return plan.model_copy(
        update={"analysis": request, "shape": "value", "interpretation": f"{label}: {plan.interpretation}"}
    )
