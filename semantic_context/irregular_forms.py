"""English forms that no ending tells: irregular plurals, past tenses and participles.

Left out are forms that are more often words of their own (`led`, `found` of founding, `bore`), that ask for something
("meant", "drove"), or whose verb says nothing in a question ("broken" of "break").
"""

from __future__ import annotations

_PLURALS = """
person people, man men, woman women, child children, foot feet, tooth teeth, mouse mice, index indices, matrix matrices,
vertex vertices, appendix appendices, criterion criteria, phenomenon phenomena, alumnus alumni, analysis analyses,
diagnosis diagnoses, crisis crises, thesis theses, hypothesis hypotheses, half halves, shelf shelves, knife knives, life lives,
wife wives, thief thieves, loaf loaves
"""
_VERBS = """
arise arose arisen, become became, begin began begun, bring brought, build built, burn burnt, buy bought, catch caught,
choose chose chosen, come came, creep crept, deal dealt, die died dying, drink drank drunk, eat ate eaten, fall fell fallen,
fight fought, flee fled, fly flew flown, forget forgot forgotten, forgive forgave forgiven, freeze froze frozen, get got gotten,
give gave given, go went gone, grow grew grown, hear heard, hide hid hidden, hold held, keep kept, know knew known,
learn learnt, leave left, lend lent, lie lied lying, lose lost, make made, mistake mistook mistaken, oversell oversold,
outsell outsold, overcome overcame, overpay overpaid, oversee oversaw overseen, overtake overtook overtaken, owe owed owing,
pay paid, prepay prepaid, rebuild rebuilt, repay repaid, resell resold, retake retook retaken, rewrite rewrote rewritten,
ride rode ridden, rise rose risen, run ran, seek sought, sell sold, send sent, shake shook shaken, shrink shrank shrunk,
sing sang sung, sink sank sunk, sleep slept, spend spent, spill spilt, spoil spoilt, stand stood, steal stole stolen,
swear swore sworn, sweep swept, swim swam swum, take took taken, teach taught, tear tore torn, tell told, think thought,
throw threw thrown, tie tied tying, undergo underwent undergone, underpay underpaid, undertake undertook undertaken,
underwrite underwrote underwritten, wear wore worn, win won, withdraw withdrew withdrawn, withhold withheld, write wrote written
"""


def _bases(words: str) -> dict[str, str]:
    return {form: base for base, *forms in (entry.split() for entry in words.split(",")) for form in forms}


IRREGULAR_PLURALS = _bases(_PLURALS)
IRREGULAR_VERBS = _bases(_VERBS)
