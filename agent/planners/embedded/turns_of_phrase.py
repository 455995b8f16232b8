"""Turns of phrase that ask in a roundabout way for what the passes know by a plainer one, whatever the business.

Out of all returns in 2025, what percentage were late?    what percentage of returns in 2025 were late?
Did the app beat the website on orders in May?            compare orders in May for the app vs the website
"""

from __future__ import annotations

import re

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BOUND = r"(?:more than|less than|fewer than|over|under|above|below|at least|at most|exceeding|up to)"
# What a phrase of time may begin with.
_TIME = (
    r"(?:(?:the|its|their|that)\s+)?(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|[qh][1-4]\b|jan|feb|mar|apr|may\b"
    r"|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|weekend|spring|summer|autumn|winter|holiday|[12]\d{3}|\d)"
)
_WE_SAID = (
    r"(?:promised|told|announced|aimed for|aim for|planned|plan for|committed to|agreed on|guided to|want|wanted)"
)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LONGER = (
    r"(?:this|last|in|during|over|since|for) (?:the )?(?:last |past )?(?:\d+ )?"
    rf"(?:year|quarter|month|q[1-4]\b|h[12]\b|20\d\d|{_MONTH} 20)"
)
_OCCASION = (
    r"(?:audit|board|budget|call|claim|conference|deck|dispute|file|forecast|letter|meeting|negotiation|newsletter|pack|planning"
    r"|presentation|record|report|review|slide|talk|tender)s?\b"
)
_SOME = r"((?:(?:the|our|all) )?[^\W\d][\w&'’-]*(?: (?!(?:in|by|per|for|from|since|to)\b)[^\W\d][\w&'’-]*){0,3}?)"
# A weekday that is no part of a name ("Cyber Monday"), and none that is one day alone.
_ITS_OWN = r"(^|[,;:] |\b(?:was|were|is|are|show|me|the|our|of|for|and|total|compare|give|about) )"

_DATED = (
    r"(?:(?:the|this|that|last|its|their) )?"
    rf"(?:{_MONTH}\b|(?:19|20)\d\d\b|\d+(?:st|nd|rd|th)?\b|[qh][1-4]\b|(?:first|last|past)\b|{_DAY}"
    r"|(?:week|month|quarter|year|day|time)\b)"
)
_LEAVING_OUT = r"(?:leaving out|leave out|leaves out|excluding|exclude|without|except(?: for)?|not counting|but not)"

_MARK = (
    r"(?:the|our|a) ([$€£¥]?\d[\d.,]*(?:k|m)?(?:[ -](?:thousand|million))?(?:[ -][a-z]+|\s?[€£%])?)"
    r"[ -](?:mark|line|threshold|barrier|level)\b"
)

_COMPARED = r"(?:more|less|better|worse|[^\W\d]{2,}er)(?: often| heavily)?"
_ALL_OTHERS = r"(?:the rest|(?:all )?the others|everyone else)(?: of [^?,.!;:]{2,30})?"
_FIRST = r"([^\W\d]+est|best|worst|top)"

_TURNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (
            r"^(?:out )?of (?:all )?(?:the |our |these )?([^,?.!]+), what (percentage|percent|share|proportion|fraction|part) "
            r"(?=(?:were|was|are|is|came|come|had|have|got|went|ended)\b)",
            r"what \2 of \1 ",
        ),
        (
            r"^did (?P<one>(?:[\w'-]+ ){0,3}[\w'-]+) (?:beat|outperform|outdo|outsell) "
            r"(?P<other>(?!(?:its|their|our|the) (?:target|goal|plan|budget)s?\b)(?:[^\W\d][\w'-]* ){0,3}?[^\W\d][\w'-]*) "
            r"(?:on|in terms of|by|in) (?P<figure>[^\W\d][^?.!]*)",
            r"compare \g<figure> for \g<one> vs \g<other>",
        ),
        # what is sold is bought: the other side's verb of the same event
        (
            r"\b((?:percentage|percent|share|proportion|fraction|part|how much|how many) of [^,?.!]*?\b(?:was|were|is|are)) "
            r"(?:bought|purchased|sold|acquired) (?=(?:on|in|via|through|over|by|at|from|with|using|online|offline)\b)",
            r"\1 ",
        ),
        (  # of each of two, already named: "tickets: pensioners vs students, how many did each buy"
            r"(?<=[:,;] )(how many [^,?.!;]{2,40}?) did (?:each|both) (?:of them )?(?:buy|get|have|take|purchase|order)\b",
            r"\1",
        ),
        (  # "happier with chat or with email? CSAT for both"
            r"^(?P<one>[^?.!;:]*?) (?:or|vs\.?|versus) (?P<other>[^?.!;:]*[?.!;:]) (?P<asks>[^?.!;:]{2,60}?),? "
            r"(?:for|of|from|in) (?:both|each)(?: of (?:them|these|the two))?(?=\s*[.?!]*$)",
            r"\g<one> vs \g<other> \g<asks>",
        ),
        (
            r"\b(how many [^,?.!;]{2,40}?) (?:took|take|have taken) place(?= (?:in|on|at|during|last|this|since|between)\b)",
            r"\1",
        ),
        (r"\bwe (?:have |had )?sent out(?= (?:in|on|during|last|this|since|between)\b)", "we sent"),
        (
            r"\b(compare[ds]?\b[^.?!;]*?) (?:to|with) (?=(?:the |its |our )?(?:target|goal|budget|plan)s?\b)",
            r"\1 vs ",
        ),
        # a time told in one's own words and then by its days
        (
            r"\b(?:the |this |our )?(?:[^\W\d]+ ){1,2}(?:so far|to date)\s*[-–—,(]*\s*(?:i mean|i\.e\.,?|that is,?|meaning) "
            r"(?=(?:since|from|between) )",
            "",
        ),
        (r"\b(?:moved|shifted) the (most|fewest|least|highest|lowest) ", r"had the \1 "),
        (
            r"\bturned over the (most|fewest|least|highest|lowest) "
            r"(?!(?:in|on|at|during|over|last|this|since|per|by|so|each|every|between|money)\b)",
            r"had the \1 ",
        ),
        # "the same period" of another year, by whatever it is called
        (
            r"\bthe same (?:dates|days|weeks|months|stretch|span|interval|time|part) (?=(?:in|of) (?:the year )?(?:19|20)\d\d\b)",
            "the same period ",
        ),
        (
            r"\b(what|which) (share|portion|percentage|percent|proportion|part|fraction) of ([^?.,;]+?) (?:fell|falls|falling) "
            rf"(?:in|into|within|during|on) (?={_TIME})",
            r"\1 \2 of \3 came in ",
        ),
        (
            rf"\bhow much of ([^?.,;]+?) (?:fell|falls) (?:in|into|within|during|on) (?={_TIME})",
            r"how much of \1 came in ",
        ),
        (r"\b([a-z]+) (?:actuall?y|reall?y|truly) (?=[a-z])", r"\1 "),
        (
            r"^did (?P<one>(?:[\w'-]+ ){0,2}[\w'-]+) (?:have|get|see|make|take|do) (?:more|fewer|less) "
            r"(?P<figure>(?:[^\W\d][\w'-]* ){1,4}?)than (?P<other>(?!(?:last|this|the|its|their|our|in|on|usual|before)\b)"
            rf"(?!{_TIME})(?:[^\W\d][\w'-]* ?){{1,3}}?)"
            r"(?P<rest>\s*(?:(?:in|during|on|last|this|since) [^?.!]*)?\s*[?.!]?)$",
            r"compare \g<figure>for \g<one> vs \g<other>\g<rest>",
        ),
        (r"\binside (?=(?:each|every|of each)\b)", "in "),
        (r"\b(more|less|fewer|higher|lower) as (?=[$€£]?\d)", r"\1 than "),  # said by many who have learnt English
        # whatever is done there: only the place, the way or the kind is left out
        (
            rf"(?:,? (?:but|and|just))?,? \b{_LEAVING_OUT} (?:anything|everything|whatever|what|those|the ones|all"
            rf"|all that|any)(?: (?:that|which))?"
            r"(?: (?:we|they|people|customers))?(?: (?:was|is|were|are|got|has been|have been))? "
            r"(?:shown|bought|sold|purchased|made|placed|done|held|played) "
            rf"(?:in|at|on|via|through|from|over|with) (?!{_DATED})",
            " excluding ",
        ),
        (rf"[,(]\s*{_SOME} not (?:counted|included|considered)\)?(?=\s*(?:[,.?!]|$))", r", excluding \1"),
        (r"\bout (?=(?:(?:in|on) the )?(?:far )?(?:west|east|north|south)\b)(?!east of\b)", "in "),
        (r"\bin in the (?=(?:far )?(?:west|east|north|south)\b)", "in the "),
        # two things laid beside each other
        (
            r"^(?:(?:please|can you|could you|pls)[\s,]+)*(?:put|set|lay|hold|place) (?P<one>[^,:;.?!]+?) "
            r"(?P<joint>and|against|next to"
            r"|beside|alongside) (?P<other>[^,:;.?!]+?)(?: (?:next to|beside|alongside) (?:each other|one another)| side by side)"
            r"(?: for (?:me|us))?(?=\s*(?:[:,.?!]|$))",
            r"compare \g<one> and \g<other>",
        ),
        (
            r"\b(compare [^,;.?!]+? )(?P<by>on|of|for|from|in|at) (?P<one>[^,;.?!]+?) (?:with|to|and|against|versus|vs\.?) "
            r"(?:that|those) (?P=by) ",
            r"\1\g<by> \g<one> vs ",
        ),
        (
            r"^(?P<one>[^,:;.?!\d]{2,40}?) (?:vs\.?|versus|and|or|against) (?P<other>[^,:;.?!\d]{2,40}?)\s*[:,–—-]\s*"
            r"(?P<asks>how (?:many|much) (?:[^\W\d][\w'-]* ){1,4}?)(?:did|do|does|have|has) "
            r"(?:each|both|each of (?:them|these|the two)|the two|either)(?: of them)? (?:buy|bought|get|got|have|had"
            r"|make|made|take"
            r"|took|sell|sold|bring in|brought in|place|placed)(?=\s|[?.!]|$)",
            r"\g<asks>for \g<one> vs \g<other>",
        ),
        (
            r"\b(?P<asks>how (?:many|much)) (?P<figure>(?:[^\W\d][\w'-]* ){1,4}?)"
            r"(?P<did>(?:did|do) we (?:get|have|take|receive|see)"
            r"|came|come|were|are) (?P<by>from|via|through|in|at|for|by) (?P<one>[^,;.?!]{2,40}?),? and how (?:many|much)"
            r"(?: came| come| were| are)? (?P=by) (?P<other>[^,;.?!]{2,40}?)(?=\s*[,?.!]|$)",
            r"\g<asks> \g<figure>\g<did> \g<by> \g<one> vs \g<other>",
        ),
        (  # "damaged goods vs defective ones"
            r"\b(?P<one>[^\W\d][\w-]*) (?P<noun>[^\W\d][\w-]*s) (?P<joint>vs\.?|versus|and|or|against) "
            r"(?P<other>[^\W\d][\w-]*) ones\b",
            r"\g<one> \g<joint> \g<other> \g<noun>",
        ),
        # what is left of a figure behind what comes off it
        (
            r"^(?:once|when|after) (?:the |all |our )?(?P<off>[^\W\d][\w-]*(?: [^\W\d][\w-]*)?) (?:is|are|have been|has been"
            r"|were) "
            r"(?:taken off|taken out|deducted|subtracted|taken away)(?: again)?,? (?:what|how much) "
            r"(?P<figure>[^\W\d][\w-]*(?: [^\W\d][\w-]*)?) (?:(?:was|is|were|are|do we have|did we have) left|remained"
            r"|remains)\b",
            r"what was \g<figure> after \g<off>",
        ),
        (
            r"^what (?P<figure>[^\W\d][\w-]*(?: [^\W\d][\w-]*)?) (?:(?:was|is|were|are) left|remained|remains) "
            r"after (?=[^\W\d])",
            r"what was \g<figure> after ",
        ),
        # a mark that is passed, or reached
        (
            r"\b(?:pass(?:ed|es)?|top(?:ped|s)?|clear(?:ed|s)?|br(?:oke|eaks?)|exceed(?:ed|s)?|cross(?:ed|es)?"
            rf"|surpass(?:ed|es)?|beat|(?:go(?:es)?|went|gets?|got) (?:over|past|beyond|above)) {_MARK}",
            r"had more than \1",
        ),
        (r"\b(?:go(?:es)?|went|gets?|got) (?:past|beyond) (?=[$€£¥]?\d)", "exceed "),
        (rf"\b(?:reach(?:ed|es)?|hits?|made it to|g[oe]ts? to) {_MARK}", r"had at least \1"),
        # a thing by the same thing is each of them
        (
            r",?\s+(?!(?:day|week|month|quarter|year|hour|side|step|one|bit|word|little|case)\b)([^\W\d]{3,}) by \1\b",
            r" by \1",
        ),
        # "orders dated between ..." are those of that time
        (r"\bdated (?=(?:between|from|in|on|since|before|after|during|up to|until)\b)", ""),
        # every one of them, whether or not something holds: it narrows nothing
        (
            r"\b((?:every|each|all|any)\b[^,;.?!]*?)\s*[,;(]\s*(?:whether |be (?:it|they) )?[^\W\d]+(?:ed|ive|en) or not\b\)?",
            r"\1",
        ),
        (r"(?<=[\w?!]),? count (?:every|each|all(?: the)?) [^\W\d]+(?=\s*(?:[.!]|$))", ""),
        # of any time: it narrows nothing
        (
            r"\s*[,(]\s*(?:whenever|no matter when|regardless of when|irrespective of when) (?:they|it|these|those) "
            r"(?:were|was|had been) [^\W\d]+\)?",
            "",
        ),
        (
            r"^(?!how many\b)([^?.!,]+), how many(?: (?:is|are|was|were) (?:that|there|it|they|those))?\s*\?$",
            r"how many \1?",
        ),
        # what someone wants it for
        (
            r"(?:\s+[-–—]+\s+|,\s+|\s*\()(?:the |our |my )?[^\W\d]+(?: [^\W\d]+)? "
            r"(?:wants?|needs?|asked for|asks for|is asking for) "
            rf"(?:it|this|that|these|them) for (?:the |an? |our |their |his |her |my )?(?:[^\W\d]+ )?{_OCCASION}\)?",
            "",
        ),
        (
            r"(?<!did )\b((?:that |which |do )?we) (?:carry|stock)(?= (?:from|in|by|per|at)\b|\s*(?:[?.!,]|$))",
            r"\1 have",
        ),
        # "no rep assigned", "a voucher attached": it only says again that there is one, or none
        (
            r"\b((?:have|has|had|with|having) (?:no|an?|any) (?:[^\W\d]+ )?[^\W\d]+) "
            r"(?:assigned|attached|on file|on record|recorded|registered|noted|linked)"
            r"(?=\s*(?:[?.!,]|$)|\s+(?:in|per|by|and|at|now)\b)",
            r"\1",
        ),
        (  # "kindly confirm the stock value": to be told it; what is to be confirmed as true is another matter
            r"^((?:(?:please|kindly|pls|can you|could you|would you)[\s,]+)*)(?:re-?)?confirm (?:(?:to|for) (?:us|me) )?"
            r"(?!(?:that|whether|if|or|and)\b)(?=[a-z])",
            r"\1show ",
        ),
        # "per order by channel" is of each order, and puts nothing in order
        (r"\b(per|each|every|an|average|typical) order by\b", r"\1 order, by"),
        (r"(?<=[a-z]) ?#(?=\d)", " "),
        (  # how many there are of them is no number to list
            r"\b(which|what) of our (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9]\d*) (?=[a-z]+s\b)",
            r"\1 ",
        ),
        (r"\b(?:walk|take|run|talk|guide) (?:me|us) through\b", "show"),
        # what ended up somewhere went there: nothing ended, and nothing rose
        (r"\bended up (?=(?:in|at|with)\b)", "went "),
        (r"\b(end|ends) up (?=(?:in|at|with)\b)", "go "),
        (
            r"^(?!.*\b(?:target|goal|plan|budget)s?\b)(.*\S),? both (?:figures|numbers|values)"
            r"(?=,? (?:please|pls)\b|\s*(?:[.?!]|$))",
            r"\1",
        ),
        (
            r"^(?:(?:is|are) there |do we have |have we got )?any (?P<which>[^\W\d]+(?: [^\W\d]+)? (?:with|that|whose) [^?.!;]+)"
            r"[?,;] (?:and )?which (?:ones?|are they)\s*\?*$",
            r"which \g<which>",
        ),
        (  # what one of them has is the average of them all
            r"\bhow many (?P<figure>[^\W\d]+(?: [^\W\d]+){0,2}) (?:does|do|did) (?:an?|one|(?:the|an) (?:average|typical)) "
            r"(?P<thing>[^\W\d]+) (?:have|contain|comprise|consist of|include)(?:,? on average)?(?=\s*(?:[,.?!]|$)"
            r"|\s+(?:in|for|during|by|per|this|last)\b)",
            r"average \g<figure> per \g<thing>",
        ),
        (  # the ends of three times
            r"\bend of ([^,;?.!]{3,20}), (?:and )?(?:(?:at|by|of) )?(?:the )?end of ([^,;?.!]{3,20}?),? and (?:(?:at|by|of) )?"
            r"(?:the )?end of ",
            r"end of \1, \2 and ",
        ),
        (r"\b(day|week|month|quarter|year) (?:for|after) \1\b", r"\1 by \1"),
        (r"\b(?:comes?|came|crops?|cropped|pops?|popped) up (?=(?:the )?(?:most|least)\b)", "is given "),
        (  # what has had the most until now has had it in all, where no time is said
            r"^(?!.*\b(?:this|last|since|year|month|quarter|week|today|[12]\d{3})\b)"
            r"(.*\b(?:has|have) [^\W\d]+(?: in)? the (?:most|fewest|least|highest|lowest) [^,;?.!]*?) so far(?=\s*[?.!]*$)",
            r"\1",
        ),
        # verbs that say no more of things than that they have, are in or work with something
        (
            r"\b(?:carries|carry|carried|boasts?|commands?|enjoys?|bears?) "
            r"(?=the (?:highest|lowest|largest|biggest|smallest|best|worst|greatest)\b)",
            "has ",
        ),
        (r"\b(?:(?:that|which|who) (?:belong|belongs|belonged)|belonging) (?:to|in|into|under|within) ", "in "),
        (
            r"\b(do|does|did) (we|you|they) (?:deal|cooperate|collaborate|trade|do business|have dealings) with\b",
            r"\1 \2 work with",
        ),
        (r"\b(?:turn(?:s|ed)? up|show(?:s|ed)? up) (?=(?:too )?(?:late|early|on time)\b)", "arrived "),
        (  # what is still to come has not arrived
            r"\b(?:still )?(have|has)(?: still)?(?:n['’]t| not)(?: yet)? (?:turned|shown) up\b(?: yet)?",
            r"\1 not arrived yet",
        ),
        (
            r"^((?:how many|which|what|list(?: all| the)*) [^,;:?.!]+?) (?:are we|we are|we['’]re|do we) still "
            r"(?:waiting (?:for|on)|awaiting)(?=\s*(?:[,:?.!]|$))",
            r"\1 have not arrived yet",
        ),
        (  # several things as one: "visits of web and app, one number"
            r"(?:,? (?:all )?(?:as|in|into)|,) (?:just )?(?:one|a single|1) (?:single )?(?:number|figure|total|sum)(?: only)?"
            r"(?=,? (?:please|pls)\b|\s*(?:[,.?!]|$))",
            " together",
        ),
        (  # the steps of a longer time: "orders for the months of 2025"
            r"\b(?:for|in|over|across|during|through|throughout) (?:each of |all of |all )?the (day|week|month|quarter|year)s "
            rf"(?:of|in) (?={_TIME})",
            r"by \1 in ",
        ),
        (r"\b(?:at|on|by|for) (each|every) (week|month|quarter|year)[ -]end\b", r"at the end of \1 \2"),
        (r"\b(?:hand(?:ed)? out|g[ai]ven? away) in (?=[a-z])", "have in "),
        (
            r"\bhow much (?:money|cash|capital) (?:is|do we have|have we got|is there) "
            r"(?:sitting|tied up|bound|locked up|stuck|lying|parked) in (?:the |our )?"
            r"(?=(?:(?!for\b|of\b)[a-z-]+ ){0,2}(?:stock|inventory)\b)",
            "what is the value of ",
        ),
        (rf"\b({_BOUND} [$€£]?\d[\d,.]*(?: [a-z]+)?) (?:each|apiece)(?=\s*(?:[,?.!]|$))", r"\1"),
        (  # a weekday's figure over a longer time is of all these days
            rf"{_ITS_OWN}({_DAY}) ((?:[a-z]+ )?[a-z]+) (?:compared (?:with|to)|versus|vs\.?|against|and|or) "
            rf"({_DAY})(?: \3)? (?={_LONGER})",
            r"\1\3 on \2s vs \4s ",
        ),
        (rf"{_ITS_OWN}({_DAY}) ((?:[a-z]+ )?[a-z]+) (?={_LONGER})", r"\1\3 on \2s "),
        (rf"\b(?:on )?an? ({_DAY}) (or|and) (?:on )?(?:an? )?({_DAY})\b(?!s)", r"on \1s \2 \3s"),
        (rf"\b(placed|made|done|sold|opened|taken|started|booked) on an? ({_DAY})\b", r"\1 on \2s"),
        (
            r",?\s+(?:the )?(?:situation|status|position|state) (?:in|at|as of|as at|on|by) (?=(?:the )?end of\b)",
            " at ",
        ),
        (
            r"\bneither (?P<lead>(?:from|in|on|by|via|through|at|of|for|with|to|under)\s+)?(?P<one>[^,.?!;]{1,40}?)\s+nor "
            r"(?:(?:from|in|on|by|via|through|at|of|for|with|to|under)\s+)?",
            r"not \g<lead>\g<one> or ",
        ),
        (rf",?\s*\b(?:if|when|once) (?:we|you|i) (?:leave|set|put) {_SOME} (?:aside|out)\b", r" excluding \1"),
        (r",?\s*\b(?:if|when|once) (?:we|you|i) leave (?:out|aside)\b", " excluding"),
        (rf"\b(?:leaving|setting|putting|leave) {_SOME} (?:aside|out)\b", r"excluding \1"),
        (rf",\s+{_SOME} aside(?=\s*(?:[,.?!]|$))", r", excluding \1"),
        (  # a stretch told by its beginning and its end
            r"(?<!from )(?<!since )(?<!from the )(?<!since the )\b(?:the )?(beginning|start) of ((?:the year )?(?:19|20)\d\d"
            rf"|the year|{_MONTH}(?: (?:19|20)\d\d)?) (?=(?:to|through|until|till|up to)\b)",
            r"from the \1 of \2 ",
        ),
        (  # "how many barrels did we get through this month": nothing ends then
            r"\b(?:got|get|gotten|gone|went|go|getting|going|run|ran|came|come) through "
            r"(?=(?:so far )?(?:this|last|in|since|during)\b)",
            "had ",
        ),
        (
            r"\b(sends?|sent|ships?|shipped|hands?|handed|hires?|hired|lends?|lent|rents?|rented|delivers?|delivered) out\b"
            r"(?! of\b)",
            r"\1",
        ),
        (
            r"\b(?:at|by|as of) (?:the|our) (?:latest|last|most recent) (?:count|tally|census|snapshot|reading)\b",
            "currently",
        ),
        (
            rf"\bthe ([$€£]?\d[\d.,]*\s?(?:%|percent)?) (?:that |which )?(?:we|i|they|you|management) {_WE_SAID}"
            r"(?: (?:to )?(?:the|our) [a-z]+)?(?=\s*(?:[,?.!]|$))",
            r"\1",
        ),
        (r"\bcalendar years (?=(?:19|20)\d\d\b)", ""),
        (r"\b(per|each|every|by|a|last|this|next) mo\b(?!\.\w)", r"\1 month"),
        (  # "the number of paying customers (each counted once)"
            r"\b(number of|how many) (?!different|distinct|unique)([^,.?!;()]{2,40}?)(?:,| \() ?each (?:one )?(?:of them"
            r" )?(?:is |being )?"
            r"counted (?:only |just )?once(?:\)|,|(?=\s*[.?!]|$))",
            r"\1 different \2",
        ),
        # the time to take, told behind the question
        (
            rf"(?<=\w)[?.!] (?:please |let['’]?s )?(?:take|use|consider) (?:the year |all of )?((?:[qh][1-4] )?(?:19|20)\d\d"
            rf"|{_MONTH}"
            r" (?:19|20)\d\d|(?:last|this) (?:year|month|quarter))(?: only| as a whole)?(?=,? (?:please|pls)\b|\s*(?:[.!]|$))",
            r" in \1",
        ),
        *(  # "on which day are we making the less revenue"
            (
                rf"^((?:please )?(?:(?:on|in|at|for) )?(?:which|what|whose|who)\b[^?.!;]*?) the {said} (?=[^\W\d]{{3,}})"
                r"(?![^?]*\b(?:the (?:less|more)|than|or)\b)",
                rf"\1 the {most} ",
            )
            for said, most in (("less", "least"), ("more", "most"))
        ),
        # an order, whatever stands first in it
        (r"\b(?:dearest|priciest|costliest) first\b", "highest first"),
        (
            rf",\s+(?:the )?{_FIRST} (?:days?|weeks?|months?|quarters?|years?|hours?|times?|sources?|places?|reasons?|causes?)"
            rf" first"
            r"(?=\s*(?:[,.?!]|$))",
            r", \1 first",
        ),
        (r"[.?!] (?:the )?(most|least) (often|frequent|common) first(?=\s*(?:[.!]|$))", r", \1 \2 first"),
        (  # "Which hotels pass least often? Rank all of them by pass rate, lowest first"
            rf"(?<=[.?!]) (?:please )?(?:rank|sort|order|list) (?:all of |all )?(?:them|these|those)(?: all)? by "
            rf"([^,;.?!]+,? {_FIRST} first)(?=\s*(?:[.!]|$))",
            r" \1",
        ),
        (  # "my shop, number 4"
            r"\b((?:my|our|the|in|at|for|of) [^\W\d]+), (?:number|no\.?|nr\.?) ?(\d+)\b",
            r"\1 \2",
        ),
        *(  # "Do we bill banks later than the rest? Days to pay, 2025"
            (
                rf"^{who}{_COMPARED} than (?P<other>{_ALL_OTHERS})\?\s+(?P<figure>[^?.!;:]{{4,60}})[.!]?$",
                r"\g<figure>: \g<one> vs \g<other>",
            )
            for who in (
                r"(?:do|does|did) (?:we|they|you) [^\W\d]+ (?P<one>[^?,.!;:]{2,40}?) ",
                r"(?:do|does|did) (?!(?:we|they|you)\b)(?P<one>[^?,.!;:]{2,40}?) [^\W\d]+ ",
                r"(?:are|is|were|was) (?!(?:we|they|you)\b)(?P<one>[^?,.!;:]{2,40}?) ",
            )
        ),
    )
)


def plainly(text: str) -> str:
    """The text in plainer words; one that holds none of the turns stays as it is."""
    for pattern, plain in _TURNS:
        text = pattern.sub(plain, text)
    return text
