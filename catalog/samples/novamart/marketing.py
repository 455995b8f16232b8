"""Campaign flights and customer surveys."""

import dataclasses

import duckdb

from catalog.samples.mixing import DRAW_BITS, GOLDEN, at_thresholds, pick_number, pick_text, thresholds_of
from catalog.samples.money import cents
from catalog.samples.novamart import effects, shape, vocabulary
from catalog.samples.novamart.events import CampaignEvent, PlantedEvent, SurveyEvent
from catalog.samples.novamart.plan import signup_counts
from catalog.samples.plan import PPM, Plan

_FIRST_DATE = f"DATE '{shape.FIRST_DAY}'"
_WEEKS = 252


@dataclasses.dataclass(frozen=True)
class CampaignLine:
    """A line of the media plan: one flight a week, under one name or under a new one each quarter."""

    name: str
    channel: str
    spend_share: int
    revenue_permille: int  # revenue per dollar spent, relative to the other lines
    cents_a_click: int
    clicks_a_thousand: int
    quarterly: bool = False


CAMPAIGN_LINES = (
    CampaignLine("Brand Search", "search", 140, 8_200, 42, 62),
    CampaignLine("Generic Search", "search", 220, 3_900, 88, 34),
    CampaignLine("Shopping Feed", "shopping", 200, 5_200, 55, 21),
    CampaignLine("Retargeting Display", "display", 120, 4_800, 48, 9),
    CampaignLine("Newsletter", "email", 25, 13_000, 16, 46),
    CampaignLine("Category Shopping", "shopping", 105, 4_700, 58, 19, quarterly=True),
    CampaignLine("Prospecting Display", "display", 80, 2_700, 61, 6, quarterly=True),
    CampaignLine("Brand Video", "video", 90, 2_300, 74, 8, quarterly=True),
    CampaignLine("Reactivation Email", "email", 20, 9_500, 18, 38, quarterly=True),
)
HOLIDAY_LINES = (
    CampaignLine("Black Friday Search", "search", 90, 6_400, 95, 41),
    CampaignLine("Holiday Gifts Video", "video", 80, 3_600, 80, 9),
)
_HOLIDAY_WEEKS = 4


def write_campaigns(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Fill `marketing_campaigns`: a month's flights share what winning its new customers cost."""
    draws = plan.draws
    lines = CAMPAIGN_LINES + HOLIDAY_LINES
    last = shape.MONTH_COUNT - 1
    before = shape.SIGNUP_MONTH_COUNT - shape.MONTH_COUNT
    spend = [
        count * (shape.CAC_CENTS_FIRST * (last - month) + shape.CAC_CENTS_LAST * month) // last
        for month, count in enumerate(signup_counts(plan, {})[before:])
    ]
    roas = [
        (shape.ROAS_PERMILLE_FIRST * (last - month) + shape.ROAS_PERMILLE_LAST * month) // last
        for month in range(shape.MONTH_COUNT)
    ]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE media_month AS"
        " SELECT unnest(?::INTEGER[]) AS month, unnest(?::BIGINT[]) AS spend, unnest(?::BIGINT[]) AS roas_permille",
        [list(range(shape.MONTH_COUNT)), spend, roas],
    )
    spent, earned = _event_factors(events)

    def of_line(values: tuple[int, ...]) -> str:
        return pick_number(values, "line")

    quarterly = ", ".join("true" if line.quarterly else "false" for line in lines)
    connection.execute(f"""
        INSERT INTO marketing_campaigns
        WITH flights AS (
            SELECT line, line % 7 + 7 * week AS day
            FROM range({len(CAMPAIGN_LINES)}) AS lines(line) CROSS JOIN range({_WEEKS}) AS weeks(week)
            UNION ALL
            SELECT {len(CAMPAIGN_LINES)} + holiday,
                   datediff('day', {_FIRST_DATE}, make_date(year, 11, 7)) + holiday + 7 * week
            FROM range({shape.FIRST_DAY.year}, {shape.AS_OF.year}) AS years(year)
            CROSS JOIN range({len(HOLIDAY_LINES)}) AS holidays(holiday)
            CROSS JOIN range({_HOLIDAY_WEEKS}) AS weeks(week)
        ), named AS (
            SELECT line, day::INTEGER AS day, row_number() OVER (ORDER BY day, line) AS flight,
                   {_FIRST_DATE} + day::INTEGER AS start_date,
                   {pick_text(tuple(line.name for line in lines), "line")}
                   || CASE WHEN [{quarterly}][line + 1]
                           THEN ' Q' || quarter({_FIRST_DATE} + day::INTEGER) || ' ' || year({_FIRST_DATE} + day::INTEGER)
                           ELSE '' END AS name,
                   {pick_text(tuple(line.channel for line in lines), "line")} AS channel
            FROM flights
        ), weighed AS (
            SELECT *, datediff('month', {_FIRST_DATE}, start_date) AS month,
                   {of_line(tuple(line.spend_share for line in lines))}
                   * (900 + {draws.below("flight spend", "flight", 201)}) AS share
            FROM named
        ), spent AS (
            SELECT weighed.*, roas_permille, spend * share // sum(share) OVER (PARTITION BY month) AS spend_cents,
                   spend AS month_cents
            FROM weighed JOIN media_month USING (month)
        ), earned AS (
            SELECT *, spend_cents * {of_line(tuple(line.revenue_permille for line in lines))}
                      * (850 + {draws.below("flight revenue", "flight", 301)}) // 1000 AS merit
            FROM spent
        ), results AS (
            SELECT *, (month_cents * roas_permille::HUGEINT * merit
                       // (sum(merit) OVER (PARTITION BY month) * 1000))::BIGINT AS revenue_cents
            FROM earned
        ), planted AS (
            SELECT flight, line, name, channel, start_date, (spend_cents * ({spent}) // {PPM})::BIGINT AS spend_cents,
                   (revenue_cents * ({earned}) // {PPM})::BIGINT AS revenue_cents
            FROM results
        ), clicked AS (
            SELECT *, (spend_cents * 1000 // ({of_line(tuple(line.cents_a_click for line in lines))}
                      * (900 + {draws.below("flight clicks", "flight", 201)})))::BIGINT AS clicks
            FROM planted
        )
        SELECT flight, name, channel, start_date, {cents("spend_cents")},
               clicks * 1000000 // ({of_line(tuple(line.clicks_a_thousand for line in lines))}
                                   * (900 + {draws.below("flight views", "flight", 201)})),
               clicks, (revenue_cents + 3500) // 7000, {cents("revenue_cents")}
        FROM clicked ORDER BY flight
    """)


def _event_factors(events: tuple[PlantedEvent, ...]) -> tuple[str, str]:
    """SQL for what the events make of a flight's spend and of its results, in ppm."""
    spent, earned = [], []
    for event in events:
        if isinstance(event, CampaignEvent):
            conditions = [f"start_date BETWEEN DATE '{event.start}' AND DATE '{event.end}'"]
            for column, values in (("name", event.where.campaign), ("channel", event.where.channel)):
                if values:
                    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
                    conditions.append(f"{column} IN ({listed})")
            spent.append((" AND ".join(conditions), effects.to_ppm(event.spend_factor)))
            earned.append((" AND ".join(conditions), effects.to_ppm(event.result_factor)))
    return effects.factor_sql(spent), effects.factor_sql(earned)


def campaign_names() -> tuple[str, ...]:
    """Every name a campaign event may give."""
    quarters = [
        f"Q{quarter} {year}"
        for year in range(shape.FIRST_DAY.year, shape.AS_OF.year + 1)
        for quarter in range(1, 5)
        if (year, quarter) <= (shape.AS_OF.year, (shape.AS_OF.month + 2) // 3)
    ]
    names = []
    for line in CAMPAIGN_LINES + HOLIDAY_LINES:
        names += [f"{line.name} {quarter}" for quarter in quarters] if line.quarterly else [line.name]
    return tuple(names)


def write_surveys(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Fill `customer_surveys`: buyers answer some days after an order; scores are dealt evenly to meet the plan."""
    draws = plan.draws
    total = max(shape.FEWEST_SURVEYS, plan.scaled(shape.SURVEYS))
    last_year = shape.DAY_COUNT - 1 - 365
    nps = (
        f"({shape.NPS_FIRST} * {last_year} - {shape.NPS_FIRST - shape.NPS_LAST} * least(day, {last_year})) * 1000000"
        f" // {last_year * 100}"
    )
    detractor_ppm = f"(({PPM - 1000 * shape.PASSIVE_PERMILLE} - {nps}) // 2)"
    low_score = at_thresholds(draws.sql("low score", "number"), thresholds_of((3, 3, 5, 8, 13, 26, 42)))
    shift = "".join(
        f" + CASE WHEN {effects.during(event)} AND {effects.joined(effects.customer_conditions(event.where))}"
        f" THEN {event.score_shift} ELSE 0 END"
        for event in events
        if isinstance(event, SurveyEvent)
    )
    groups = (vocabulary.DETRACTOR_COMMENTS, vocabulary.PASSIVE_COMMENTS, vocabulary.PROMOTER_COMMENTS)
    comments = [
        pick_text(texts, draws.below("comment", "number", len(texts)))
        for texts in (*groups, vocabulary.HOSTILE_COMMENTS)
    ]
    connection.execute(f"""
        INSERT INTO customer_surveys
        WITH numbered AS (
            SELECT number, 1 + number * (SELECT count(*) FROM orders) // {total} AS order_id
            FROM range({total}) AS surveys(number)
        ), answered AS (
            SELECT number, customer_id, region, segment,
                   least(datediff('day', {_FIRST_DATE}, order_date::DATE) + 3
                         + {draws.below("survey delay", "number", 12)}, {shape.DAY_COUNT - 1}) AS day
            FROM numbered JOIN orders USING (order_id) JOIN customer_plan USING (customer_id)
        ), scored AS (
            SELECT *, ({draws.spread("score", "number", GOLDEN)} * {PPM}) >> {DRAW_BITS} AS draw,
                   {detractor_ppm} AS detractors
            FROM answered
        ), shifted AS (
            SELECT *, least(greatest(CASE WHEN draw < detractors THEN {low_score}
                 WHEN draw < detractors + {1000 * shape.PASSIVE_PERMILLE} THEN 7 + (draw % 5 > 1)::INTEGER
                 ELSE 9 + (draw % 5 > 1)::INTEGER END{shift}, 0), 10) AS score
            FROM scored
        ), worded AS (
            SELECT *, CASE WHEN {draws.below("hostile", "number", 400)} = 0 THEN {comments[3]}
                           WHEN score <= 6 THEN {comments[0]} WHEN score <= 8 THEN {comments[1]}
                           ELSE {comments[2]} END AS comment
            FROM shifted
        )
        SELECT customer_id, {_FIRST_DATE} + day::INTEGER, score,
               replace(replace(comment, '{{name}}', full_name), '{{email}}', email)
        FROM worded JOIN customers USING (customer_id) ORDER BY day, number
    """)
