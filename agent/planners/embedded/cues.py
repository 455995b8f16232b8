"""The words of analytics questions, whatever the business: what they ask for, and the words that carry no meaning."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from agent.planners.embedded import customer_cues
from semantic_context.linking import Meaning, PhraseTable
from semantic_context.words import verb_stem


class Cue(StrEnum):
    """What a word or phrase asks for or how it joins its neighbours."""

    BY = "by"
    EACH = "each"
    WHICH = "which"
    COUNT = "count"
    TOTAL = "total"
    AVERAGE = "average"
    MEDIAN = "median"
    MONEY = "money"
    TOP = "top"  # good or high, by the metric's direction: best, leading
    BOTTOM = "bottom"
    HIGHEST = "highest"  # literally high
    LOWEST = "lowest"
    SHARE = "share"
    GROWTH = "growth"
    GREATER = "greater"  # "which is bigger, A or B"
    RISE = "rise"
    FALL = "fall"
    COMPARE = "compare"
    VERSUS = "versus"
    TARGET = "target"
    MISSES = "misses"  # falls short of a target
    TREND = "trend"
    RANK = "rank"
    NTH = "nth"
    RUNNING = "running"
    ROLLING = "rolling"
    DEFINE = "define"
    OVERVIEW = "overview"
    LIST = "list"
    EXIST = "exist"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    BETWEEN = "between"
    NOT = "not"
    ONLY = "only"
    INCLUDING = "including"
    AND = "and"
    OR = "or"
    BECAUSE = "because"  # "because of damage": leads to a value
    DATA_QUALITY = "data_quality"
    WHY = "why"
    FORECAST = "forecast"
    WHAT_IF = "what_if"
    GOAL = "goal"
    HAVING = "having"
    SAME = "same"
    ALSO = "also"
    FIRST = "first"  # "most common first": an order
    THEN = "then"  # "that year": a time said before
    WHAT_ABOUT = "what_about"
    DISTRIBUTION = "distribution"
    OTHERS = "others"
    PERIOD = "period"  # "period", "month" asked about as such
    DESCENDING = "descending"
    ASCENDING = "ascending"
    UNUSUAL = "unusual"
    NORMAL = "normal"
    COHORT = "cohort"
    CAME_BACK = "came_back"
    FIRST_EVENT = "first_event"
    STARTED = "started"
    RFM = "rfm"
    RFM_SCORES = "rfm_scores"
    BEST_ONES = "best_ones"
    FUNNEL = "funnel"
    CHURN_RISK = "churn_risk"
    CHURN_DRIVERS = "churn_drivers"
    LIFETIME = "lifetime"
    REORDER = "reorder"
    ANOMALY = "anomaly"
    QUALITY = "quality"


_CUES: dict[Cue, str] = {
    Cue.BY: "by, per, across, split by, split across, split into, broken down by, break down by, breakdown by, "
    "grouped by, group by, segmented by, sliced by, slice by, along, divided by, separated by, "
    "broken out by, broken into, cut by, according to, in terms of, depending on",
    Cue.EACH: "each, every, for each, for every, in each, in every, of each, per each, individual, respective",
    Cue.WHICH: "which one, which ones, which, what are the, who are, which of, who, whose",
    Cue.COUNT: "how many, number of, head count of, headcount of, count of, count, amount of, no of, nr of, quantity of, tally of, "
    "the number",
    Cue.TOTAL: "total, overall, sum, sum of, altogether, combined, together, in total, all together, in all, aggregate, "
    "company wide, companywide, across all, whole, entire, full",
    Cue.AVERAGE: "average, mean, avg, on average, typical, average of, typically",
    Cue.MEDIAN: "median",
    Cue.MONEY: "how much money, money, how many dollars, how much cash, amount of money, in terms of money, "
    "dollars, usd, euros, how many euros, pounds, how many pounds, gbp, "
    "how expensive, how costly",
    Cue.TOP: "top, best, strongest, healthiest, soundest, best performing, top performing, best ranked, winner, "
    "do best, did best, performs best, performed best, doing best, perform best",
    Cue.BOTTOM: "bottom, worst, weakest, poorest, worst performing, lagging, underperforming, do worst, "
    "did worst, performs worst, "
    "performed worst, doing worst, perform worst",
    Cue.HIGHEST: "leading, number one, the number one, foremost, "
    "largest single, biggest single, highest single, single largest, single biggest, single highest, "
    "most expensive, priciest, costliest, dearest, record, busiest, highest, longest, oldest, fastest, "
    "quickest, largest, biggest, most, greatest, "
    "maximum, max, most common, most commonly, most usual, most frequent, most frequently, most often, most popular, "
    "most used, commonest, "
    "heaviest, tallest, thickest, fattest, widest, broadest, deepest, fullest, richest, hottest, steepest, sharpest, "
    "high, peak, peaked",
    Cue.LOWEST: "least expensive, cheapest, quietest, lowest, shortest,  smallest, fewest, least, minimum, min, low, slowest, "
    "thinnest, slimmest, leanest, tiniest, lightest, narrowest, shallowest, slightest, emptiest, coldest, coolest, "
    "least common, least frequent, least often, least popular, least used, rarest",
    Cue.SHARE: "as percent, as percents, as percentage, as percentages, as a percentage, as a percent, as shares, as a share, "
    "in percent of, in percent of the total, as a percentage of the total, in percent of total, as percent of, "
    "as percentage of, as a percent of, percent of total, percent share, slice of, chunk of, piece of, slice, share, "
    "share of, percentage of, percent of, proportion of, "
    "fraction of, contribution, contribution of, "
    "contribute to, contributed to, contributes to, mix, "
    "what part of, what portion of, which part of, which portion of, "
    "which fraction of, portion of, percentage share, what percentage of, what percent of, "
    "how much of our, how much of the, how much of all, how much of total, split of, as a percentage of, makes up, "
    "make up, proportion, percentage, in percent, relative share, "
    "what fraction of, weight of",
    Cue.GROWTH: "growth, grow, growing, change, changed, changing, growth rate, delta, difference, percent change, "
    "percentage change, rate of change, "
    "slowing down, slowed down, slow down, slowing, slowed, cooling off, cooling down, losing steam, losing momentum, "
    "higher, lower, better, worse, growth of, change in, by how much, "
    "how much higher, how much lower, how much more or less, how much more, how much less, how much bigger, "
    "how much smaller, how much better, "
    "how much worse, how many more, how many fewer",
    Cue.GREATER: "bigger, smaller, larger, greater, stronger, weaker, longer, shorter, cheaper, busier, more frequent, "
    "less frequent, more common, less common, more, fewer, less",
    Cue.RISE: "rise, increase, increased, rose, went up, go up, gone up, climb, climbed, gain, gained, improve, improved, "
    "jump, jumped, surge, surged, gaining, increasing, rising, improving, up, spike",
    Cue.FALL: "fall, fell, decline, declined, drop, dropped, decrease, decreased, went down, go down, gone down, dip, dipped, "
    "shrink, worsen, worsened, deteriorate, decreasing, falling, declining, dropping, down, slump, slumped, lose, plunge, "
    "lost, losing, shrank, shrunk, shrinking, sank, sinking, tumbled, contracting, contracted, worsening, deteriorated, "
    "deteriorating, weakening, weakened",
    Cue.COMPARE: "compare, comparison, comparison of, comparing, contrast, side by side, differ, differs, compared",
    Cue.VERSUS: "versus, vs, against, relative to, compared to, compared with, in comparison to, in comparison with, than, "
    "as opposed to, next to, over against",
    Cue.TARGET: "target, targets, hit the target, hit its target, reach the target, reach its target, "
    "meet the target, meet its target, "
    "below its target, above its target, below our target, above our target, to its target, its target, goal, "
    "objective, versus target, vs target, against target, compared to target, against plan, "
    "against goal, to target, from target, away from target, off target, below target, above target, on target, "
    "hit target, meet target, reach target, relative to target, target value, our target, the goal, vs goal, "
    "compared with target, gap to target, target gap, how far, how close, on track, behind target, ahead of target, "
    "ahead of plan, behind plan, on plan, below plan, above plan, ahead of the plan, behind the plan, ahead of goal, "
    "behind goal, ahead of our target, behind our target, ahead of its target, behind its target, "
    "the limit, our limit, its limit, within the limit, the threshold, the ceiling, "
    "vs plan, vs the target, against the target, against our target, against our goal, from our target",
    Cue.MISSES: "miss, missed, misses, missing, fell short of, fall short of, falls short of, falling short of, short of, "
    "fail to reach, failed to reach, fails to reach, fail to hit, failed to hit, fails to hit, fail to meet, failed to meet, "
    "fails to meet, undershot, undershoot, "
    "not reach, not hit, not meet, not met, not achieve, not make, not reached, not on, didn't reach, didn't hit, didn't meet, "
    "didn't achieve, didn't make, never reach, never hit, never reached, never met, hasn't met, hasn't reached, haven't met, "
    "haven't reached, wasn't on, weren't on, isn't on, aren't on",
    Cue.TREND: "development, move, moved, moving, evolve, evolved, develop, developed, trend, trend of, trends, "
    "over time, evolution, evolution of, history, trajectory, time series, timeline, "
    "trending, through time, historical, historically, curve, progression",
    Cue.RANK: "rank, ranked, ranking, ranking of, sort, sorted, sorted by, ranked by, sort by, rank by, leaderboard",
    Cue.RUNNING: "running total, cumulative, cumulated, cumulatively, accumulated, running sum",
    Cue.ROLLING: "rolling, moving average, rolling average, trailing average",
    Cue.DEFINE: "counted as, counts as, count as, regarded as, considered as, qualifies as, qualify as, "
    "what is included in, what goes into, what counts as, what is part of, what is in, define, explain, "
    "definition, definition of, meaning of, what does, mean by, meant by, how is, calculated, "
    "how do you calculate, how do we calculate, how do we define, how do you define, how is calculated, computed, defined, "
    "formula for, formula of, how do we measure, how do you measure, measured, what is meant by, stand for",
    Cue.OVERVIEW: "what can i ask, what can you do, what can you tell me, what data, which data, what metrics, which metrics, "
    "which kpis, what kpis, what questions, help, help me, what do you know, what information, available metrics, "
    "list metrics, list all metrics, list the metrics, show me all metrics, what can i ask you, what data do you have",
    Cue.LIST: "list, enumerate, list all, list of, show all, all the",
    Cue.EXIST: "exist, exists, are there, do we have, do we sell, do we offer, do we carry, do we run, do we operate, "
    "do we work with, do we record, do we distinguish, are recorded, do we keep track of, available, "
    "there are, is there, have we got",
    Cue.MORE_THAN: "longer than, later than, heavier than, costlier than, more expensive than, more than, over, "
    "above, greater than, higher than, exceeding, larger than, bigger than, exceed, exceeds, "
    "exceeded, upwards of, older than, beyond, better than, north of, beat, beats, beaten, "
    "surpass, surpassed, surpasses, cross, crossed, stayed above, stay above, stayed over, remained above, >",
    Cue.LESS_THAN: "shorter than, cheaper than, younger than, newer than, lighter than, less than, under, below, "
    "lower than, fewer than, smaller than, beneath, south of, worse than, stayed under, "
    "stay under, stayed below, stay below, remained below, remained under, remain below, <",
    Cue.AT_LEAST: "at least, no less than, minimum of, or more, not less than, no fewer than, not below, or above, >=, "
    "hit, hits, reach, reaches, meet, meets, met, achieves, met or exceeded",
    Cue.AT_MOST: "at most, no more than, maximum of, or less, or fewer, not more than, up to, not above, not over, <=",
    Cue.EXACTLY: "exactly, equal to, equals, equal, precisely, =",
    Cue.BETWEEN: "between, ranging from",
    Cue.NOT: "everywhere but, everywhere except, everyone but, everyone except, not, everything but, all but, "
    "anything but, everything except, all except, isn't, aren't, wasn't, weren't, "
    "don't, doesn't, didn't, except, except for, leaving aside, leave aside, setting aside, set aside, disregarding, "
    "disregard, omitting, omit, minus, bar, save for, "
    " excluding, exclude, without, other than, apart from, but not, leaving out, leave out, "
    "besides, ignoring, ignore, excl, non, instead of, "
    "rather than, in place of, aside from, no, outside, outside of, not counting, never, drop",
    Cue.ONLY: "only, just, solely, exclusively, restricted to, limited to, within, where, filter, filter by, filtered by, "
    "filter to, whose, restrict to, limit to, specifically",
    Cue.INCLUDING: "including, incl, included, inclusive of, counting, too",
    Cue.AND: "x, and, as well as, plus, along with, together with, alongside, both",
    Cue.OR: "or, either",
    Cue.BECAUSE: "because of, because, due to, caused by, owing to, on account of, on grounds of, on the grounds of, "
    "as a result of",
    Cue.DATA_QUALITY: "how good is the data, how good are the data, how good is our data, how good are our data, "
    "how bad is the data, how bad are the data, how bad is our data, how clean is the data, how clean are the data, "
    "how clean is our data, how reliable is the data, how reliable are the data, how reliable is our data, "
    "how complete is the data, how complete are the data, how complete is our data, how accurate is the data, "
    "how accurate are the data, how accurate is our data, how fresh is the data, how fresh are the data, "
    "how fresh is our data, how trustworthy is the data, how trustworthy are the data, how up to date is the data, "
    "data quality, quality of the data, quality of our data, quality of data, data issues, data problems, data errors, "
    "can i trust the data, can we trust the data, errors in the data, gaps in the data, problems in the data, "
    "problems with the data, issues with the data, what is wrong with the data, missing data, bad data",
    Cue.WHY: "what drives the gap, what is driving the gap, what explains the gap, why the gap, what is behind the gap, "
    "why, what caused, what drove, cause of, reason for, reasons for, what explains, explain why, driver of, "
    "drivers of, what is driving, what drives, what led to, how come, root cause, what is behind, reason behind, "
    "what happened to, what happened with, what went wrong, explain the, what's behind, what lies behind, "
    "break down the change in, break down the change of, breakdown of the change in, decompose the change in, "
    "decompose the change of, decompose, explain the change in, explain the change of, explain the drop in, "
    "explain the fall in, explain the rise in, behind, drove, driving, caused, causing, what are the causes of, "
    "causes of, what are the drivers of, by driver, by drivers, by its drivers, into drivers, into its drivers, "
    "what is the reason for, what explained, what made, due to what, what is causing, to blame for, root causes, "
    "root cause of, explanation for",
    Cue.FORECAST: "forecast, predict, prediction, projection, project, projected, will be, outlook, "
    "going to be, will we, will it, will, forecasts, forecasted, forecasting, predicted, predictions, predicting, "
    "projections, projecting, expect to see, what to expect, do you expect, "
    "do we expect, can we expect, should we expect, can i expect, on course, by when, when will, how soon, anticipated, "
    "likely to be, likely to come to",
    Cue.WHAT_IF: "what if, what happens if, what would happen, if we, suppose, suppose we, scenario, simulate, assuming, "
    "impact of raising",
    Cue.GOAL: "what would it take, how do we get to, how can we reach, how to reach, what do we need, how do we reach, "
    "needed to reach, take to reach, required to reach, to get to, how could we reach",
    Cue.HAVING: "with, having, that have, who have, that had, who had, with a, have, had",
    Cue.SAME: "same, the same, same for, same thing, same question, again, likewise",
    Cue.ALSO: "add, include, also, too, in addition, additionally, as well",
    Cue.WHAT_ABOUT: "what about, how about, and what about, and how about",
    Cue.DISTRIBUTION: "distribution, distribution of, distributed, histogram, spread of, spread",
    Cue.FIRST: "first, at the top, on top, come first, coming first, go first, at the start",
    Cue.THEN: "that year, that month, that quarter, that week, that day, those months, these months, those weeks, these weeks, "
    "those days, these days, those years, these years, those quarters, these quarters, that period, this period, "
    "these periods, "
    "those periods, the same period, the same stretch, same stretch, the same span, same span, "
    "that time, same months, same days, same weeks, same quarters",
    Cue.OTHERS: "others, the rest, all others, all the others, everything else, everyone else, remaining, rest as other, "
    "the rest as other, everything else as other, others grouped, others as one, the others, the rest as others, rest, "
    "rest grouped, the rest grouped, as other, all other, others combined, the rest combined, others together, "
    "lump the rest together, group the rest, grouping the rest, the remainder, remainder, remaining ones",
    Cue.COHORT: customer_cues.COHORT,
    Cue.CAME_BACK: customer_cues.CAME_BACK,
    Cue.FIRST_EVENT: customer_cues.FIRST_EVENT,
    Cue.RFM: customer_cues.RFM,
    Cue.RFM_SCORES: customer_cues.RFM_SCORES,
    Cue.BEST_ONES: customer_cues.BEST_ONES,
    Cue.FUNNEL: customer_cues.FUNNEL,
    Cue.CHURN_RISK: customer_cues.CHURN_RISK,
    Cue.CHURN_DRIVERS: customer_cues.CHURN_DRIVERS,
    Cue.REORDER: customer_cues.REORDER,
    Cue.UNUSUAL: customer_cues.UNUSUAL,
    Cue.QUALITY: "data quality, quality of the data, quality of our data, data quality problems, data quality issues, "
    "data problems, problems with the data, problems in the data, data issues, issues with the data, issues in the data, "
    "data checks, quality checks, data fresh, fresh data, data freshness, how fresh, is the data fresh, are the data fresh, "
    "data up to date, data stale, stale data, data complete, data sound, data integrity, trust the data, missing batches, "
    "is the data up to date, are the data up to date, is the data complete, are the data complete, how old is the data, "
    "how old are the data, data current, is the data current, quality problems, quality issues",
    Cue.ANOMALY: "anything unusual, something unusual, abnormal, anomaly, anomalies, anomalous, outlier, outliers, "
    "out of the ordinary, strange, weird, odd, irregular, irregularities, suspicious, change point, level shift, unexpected",
    Cue.NORMAL: "normal, normally, ordinary, usual, as usual, in line with the past, within normal range, in the normal range",
    Cue.DESCENDING: "descending, high to low, largest first, highest first, from highest to lowest, biggest first",
    Cue.ASCENDING: "ascending, low to high, smallest first, lowest first, from lowest to highest",
}

CHANGES = frozenset({Cue.GROWTH, Cue.RISE, Cue.FALL})

# Words that ask politely, point, or glue a sentence together: they may be left out without changing what is asked.
STOP_WORDS = frozenset(
    """
    a an the this that these those there here it its they them their he she his her we our ours us i me my mine you your
    yours is are was were be been being am do does did done doing has having can could would should shall might must may
    what whats what's how when where s t d ll re ve m of for in on at to from into onto with as if then so but about during
    while please pls plz kindly show give tell display present report provide get fetch pull find see view look
    looking want wants wanted need needs like would let lets let's know wonder wondering curious ask asking question
    quick quickly hi hello hey dear thanks thank ok okay well now just really actually basically exactly currently
    much lot bit kind sort thing things stuff figure figures number numbers value values data info information details
    result results stats statistic statistics metric metrics kpi kpis measure level levels
    company business firm organisation organization enterprise team
    percent percents percentage bucks worth e g
    placed place issued issue filed file submitted submit logged entered
    people person someone anybody everybody
    board meeting deck slide slides presentation tomorrow colleague ceo cfo coo cto vp manager
    dashboard chart graph plot table visual visualise visualize draw render pie line bar csv excel
    am pm will any some all one ones also too very quite rather such using use used given based regarding concerning
    terms term respect regard interested interest able possible possibly maybe perhaps etc eg ie via per se
    happen happened happening
    began begun started starting occurred go going gone come came perform performed performing performance doing stand stands
    run running work working look looks looked make makes made take takes took put say says said see saw seen
    have had get gets got getting bring brought generate generated achieve achieved recorded register registered
    reach reached amounted amount equal account accounted stood totaled totalled
    sir madam guys folks everyone assistant plumbline dear boss thx cheers asap urgent urgently today's
    been ever yet still already far let me us
    through via among amongst upon throughout together
    wats wat gimme gimmie lol even u r ur yo hmm btw fyi pretty common frequent apiece wanna gonna tho cuz cos plz thanx thnx
    hence therefore thus however whether although though despite instead rather else otherwise anyway anyhow
    full fully complete completely entirely exact precise approximate approximately roughly
    times wise hold holds held period timeframe
    sorry bother trouble notice love glad grateful happy favour favor chance moment pack deck everything anything something
    stack often expected caused team hear hope hoping knowing appreciate appreciated thankful best regards cheers kind
    away back side main key important relevant specific particular certain different various
    own like similar earned
    split break down segment divide separate
    simply single further briefly something distinct unique
    breakdown overview summary summarize summarise recap update brief
    """.split()
)


# The words that a phrase's own words may have between them.
FUNCTION_WORDS = frozenset(
    """a an the of for in on at to from into our we us i me my you your their they its it he she his her is are
    was were be been being do does did have has had that this these those and who still already currently now""".split()
)

# Verbs of asking and fetching, in whatever form they stand.
STOP_STEMS = frozenset(
    verb_stem(word)
    for word in """show give tell display present provide fetch pull send check look prepare wonder ask want need plan
    discuss review talk mind hope try consider understand explore analyse analyze investigate study read help work come
    go get make do take put say keep bring place happen perform turn arrive know think believe guess claim appreciate


cause contain comprise consist compose hold stack earn book generate produce achieve win begin start occur report calculate compute
    deliver compile list prefer
    sort""".split()
)
# Whole phrases of the same kind.
_STOP_PHRASES = """how high is, how high was, how low is, how low was, how big is, how big was, how large is, how large was,
quarterly business review, business review, monthly report, weekly report, quarterly report, annual report, weekly meeting,
monthly meeting, board meeting, quarterly review, monthly review, weekly review, annual review, year end review,
when you have a minute, if you have a minute, have a minute, got a minute, in a minute, just a minute,
short notice, on short notice, how well, how good, how bad, how often, how long, how strong, at the end of,
by the end of, at end of, i mean, in other words,
that is to say, would you mind, i would like, i d like, as well as possible, in dollars, in usd,
in pounds, in gbp,
in euros, in numbers, in figures, in detail, how many percent, per cent, in money, at the moment, right now, as a number,
as a table, as a chart, pie chart, bar chart, line chart, end up, ended up, end as, ends as,
ended as, end up as, ends up as, ended up as, come to, came to, add up, adds up, turn out,
turned out, end of, the end, tomorrow morning, tomorrow afternoon, tomorrow evening, good morning, good afternoon, good day,
good evening, this morning, break it down, break that down, break this down, break them down, breaking it down,
drill down, drill it down, nothing fancy, nothing special, no frills, one line, one row, one bar, one column, a line, a row,
all days, on all days, bother you again, bothering you again, me again, hi again, hello again, thanks again, sorry again,
above all, first of all, after all, all in all,
care about, i care about, who live in, who lives in, living in, who are based in, based in, located in, residing in, situated in"""


# Phrases of which another form means something else: "orders by month" sorts nothing.
_AS_WRITTEN = ((Cue.RANK, "ordered by"), (Cue.RANK, "order by"), (Cue.RANK, "order them by"), (Cue.RANK, "order it by"))

# Places in an order, from the second on.
_PLACES = {2: "second, 2nd, runner up", 3: "third, 3rd", 4: "fourth, 4th", 5: "fifth, 5th", 6: "sixth, 6th", 7: "seventh, 7th",
           8: "eighth, 8th", 9: "ninth, 9th", 10: "tenth, 10th"}  # fmt: skip


# Cues of analyses: where no metric bears their words as its name, they are what is asked for.
ANALYSIS_CUES = frozenset(
    {
        Cue.COHORT,
        Cue.CAME_BACK,
        Cue.FIRST_EVENT,
        Cue.STARTED,
        Cue.RFM,
        Cue.RFM_SCORES,
        Cue.BEST_ONES,
        Cue.FUNNEL,
        Cue.CHURN_RISK,
        Cue.CHURN_DRIVERS,
        Cue.LIFETIME,
        Cue.REORDER,
        Cue.UNUSUAL,
    }
)


@cache
def cue_phrases() -> PhraseTable:
    """Every cue's phrases."""
    table = PhraseTable()
    for place, words in _PLACES.items():
        for word in words.split(","):
            table.add(word, Meaning("cue", Cue.NTH.value, 1.0, "name", place))
    for cue, phrases in _CUES.items():
        for phrase in phrases.split(","):
            # "A meeting" meets no bound: a comparison's verbs are taken as they are written; what is "recorded" is no record,
            # what is "on plans" not on plan.
            as_written = cue in (Cue.AT_LEAST, Cue.MORE_THAN) and " " not in phrase.strip()
            as_written = as_written or phrase.strip() in ("record", "on plan")
            table.add(phrase, Meaning("cue", cue.value, 1.0, "name", cue), as_written=as_written)
    for cue, phrase in _AS_WRITTEN:
        table.add(phrase, Meaning("cue", cue.value, 1.0, "name", cue), as_written=True)
    for phrase, years in customer_cues.lifetime_phrases():
        table.add(phrase, Meaning("cue", Cue.LIFETIME.value, 1.0, "name", years))
    for phrase, grain in customer_cues.start_phrases():
        table.add(phrase, Meaning("cue", Cue.STARTED.value, 1.0, "name", grain))
    for phrase, grain in customer_cues.first_event_phrases():
        table.add(phrase, Meaning("cue", Cue.FIRST_EVENT.value, 1.0, "name", grain))
    for phrase in _STOP_PHRASES.split(","):
        table.add(phrase, Meaning("stop", phrase.strip(), 2.0))
    return table


SIGN_CUES: dict[str, Cue] = {
    ">": Cue.MORE_THAN,
    "<": Cue.LESS_THAN,
    ">=": Cue.AT_LEAST,
    "<=": Cue.AT_MOST,
    "=": Cue.EXACTLY,
    "!=": Cue.NOT,
    "&": Cue.AND,
    "+": Cue.AND,
    "/": Cue.OR,
    ",": Cue.AND,
}
