"""Takes who does something for no figure beside what they do: "in which region do customers return the most"."""

from __future__ import annotations

from agent.planners.embedded.draft import Draft

_DO = ("do", "does", "did")
_OUR = ("our", "the", "all", "your", "these", "those")


def leave_out_doers(draft: Draft) -> None:
    """Drops the count of things that stand between "do" and the one other figure, which is the verb that they do."""
    if len(draft.metrics) != 2:
        return
    doer, deed = sorted(draft.metrics, key=lambda slot: slot.item)
    if doer.item < 0 or deed.item != doer.item + 1:
        return
    item = draft.items[doer.item]
    before = [token.folded for token in draft.tokens[: item.span.start]]
    while before and before[-1] in _OUR:
        before.pop()
    if not before or before[-1] not in _DO or not item.has("dataset") or not draft.is_plural(item):
        return
    verb = draft.tokens[draft.items[deed.item].span.start]
    if verb.base != verb.folded:
        return  # "do customers returns ..." says no verb
    item.used = "noun"
    draft.metrics.remove(doer)
    draft.loosely_joined = draft.apart = draft.split_between = False
