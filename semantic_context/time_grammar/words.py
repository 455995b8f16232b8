"""The words of time in English, as tables."""

from __future__ import annotations

from catalog.durations import TimeGrain

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTHS: dict[str, int] = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name.lower()[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
PLURAL_MONTHS: dict[str, int] = {
    f"{name.lower()}s": number for number, name in enumerate(MONTH_NAMES, 1) if number != 5
}

WEEKDAYS: dict[str, int] = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES)}
# "sun", "sat", "wed" and "mon" are words of their own: taken only after a word that asks for a day.
SHORT_WEEKDAYS: dict[str, int] = {
    short: number
    for number, shorts in enumerate(
        (("mon",), ("tue", "tues"), ("wed",), ("thu", "thur", "thurs"), ("fri",), ("sat",), ("sun",))
    )
    for short in shorts
}
PLURAL_WEEKDAYS: dict[str, int] = {f"{name.lower()}s": number for number, name in enumerate(WEEKDAY_NAMES)}

UNITS: dict[str, TimeGrain] = {grain.value: grain for grain in TimeGrain if grain is not TimeGrain.SECOND}
UNITS |= {
    "hr": TimeGrain.HOUR,
    "wk": TimeGrain.WEEK,
    "mth": TimeGrain.MONTH,
    "qtr": TimeGrain.QUARTER,
    "yr": TimeGrain.YEAR,
}
PLURAL_UNITS: dict[str, TimeGrain] = {f"{word}s": grain for word, grain in UNITS.items()}
ANY_UNIT: dict[str, TimeGrain] = UNITS | PLURAL_UNITS

ADVERBS: dict[str, TimeGrain] = {
    "hourly": TimeGrain.HOUR,
    "daily": TimeGrain.DAY,
    "weekly": TimeGrain.WEEK,
    "monthly": TimeGrain.MONTH,
    "quarterly": TimeGrain.QUARTER,
    "yearly": TimeGrain.YEAR,
    "annual": TimeGrain.YEAR,
    "annually": TimeGrain.YEAR,
}

# First month of each season, in the northern hemisphere; winter belongs to the year it starts in.
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

LAST = {"last", "previous", "prior", "preceding", "past"}
THIS = {"this", "current"}
NEXT = {"next", "coming", "upcoming", "following"}

QUARTER_WORDS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
HALF_WORDS = {"h1": 1, "h2": 2}

COMPARE_WORDS = {"vs", "versus", "against"}
CHANGE_WORDS = {
    "growth", "grow", "grew", "grown", "change", "changed", "changes", "increase", "increased", "decrease", "decreased",
    "up", "down", "rise", "rose", "risen", "fall", "fell", "fallen", "gain", "gained", "drop", "dropped", "decline",
    "declined", "improvement", "improved", "better", "worse", "higher", "lower", "delta", "difference", "uplift",
}  # fmt: skip

PRONOUNS_AND_VERBS_AFTER_MODAL_MAY = {
    "i", "we", "you", "they", "he", "she", "it", "this", "that", "these", "there", "be", "have", "not", "also", "need",
    "explain", "cause", "contain", "include", "want", "help", "still", "well", "even", "the", "my", "our",
}  # fmt: skip

# Words that a misspelt one is put right to.
FUZZY_WORDS: tuple[str, ...] = tuple(
    sorted(
        {word for word in (*MONTHS, *WEEKDAYS, *ADVERBS) if len(word) > 4}
        | {"month", "months", "quarter", "quarters", "weeks", "years", "yesterday", "today", "previous", "weekday"}
        | {"weekend", "weekends", "trailing", "summer", "winter", "autumn", "spring"}
    )
)
KNOWN_WORDS: frozenset[str] = frozenset(
    {*FUZZY_WORDS, *MONTHS, *PLURAL_MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS, *PLURAL_WEEKDAYS, *ANY_UNIT, *ADVERBS, *SEASONS}
    | {"weekdays", "today", "match", "merch", "marsh", "mouth", "mouths", "years", "yearly", "summers", "winters"}
)

# Too short to be told by distance alone.
SHORTHANDS: dict[str, str] = {
    "lst": "last",
    "lsat": "last",
    "frist": "first",
    "fisrt": "first",
    "mnth": "month",
    "mnths": "months",
    "wek": "week",
    "yaer": "year",
    "yera": "year",
    "yrs": "years",
    "tody": "today",
    "prev": "previous",
}
