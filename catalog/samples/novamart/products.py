"""What NovaMart sells: products with unique names, a popularity, and a price for every month."""

import duckdb

from catalog.samples.mixing import DRAW_BITS, DRAW_RANGE, GOLDEN, ROOT_TWO, pick_number, pick_text
from catalog.samples.novamart import shape, vocabulary
from catalog.samples.novamart.effects import factor_sql, joined, product_conditions, to_ppm
from catalog.samples.novamart.events import PlantedEvent, PriceEvent
from catalog.samples.novamart.plan import price_response_ppm
from catalog.samples.plan import PPM, Plan, growth_ppm

_SLOTS_A_PRODUCT = 16
_FEWEST_SLOTS = 2_048
# exp(0.55 z) at 32 even quantiles of the normal distribution, in thousandths: how prices spread in a subcategory.
_PRICE_SPREAD_PERMILLE = (
    306, 398, 459, 508, 553, 594, 633, 671, 709, 746, 783, 820, 858, 897, 937, 979,
    1022, 1067, 1114, 1165, 1219, 1277, 1341, 1411, 1490, 1579, 1683, 1809, 1967, 2181, 2514, 3269,
)  # fmt: skip


def create_products(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Table `products` and temporary `product_plan`: code, category, subcategory, rank, weight and base price."""
    draws = plan.draws
    total = plan.scaled(shape.PRODUCTS)
    shares = shape.PRODUCT_SHARE
    cuts = [max(sum(shares[:code]) * total // sum(shares), code) for code in range(len(shares))]
    category = " + ".join(f"(number >= {cut})::INTEGER" for cut in cuts[1:])
    subcategory_price = [price for prices in shape.SUBCATEGORY_PRICE_PERMILLE for price in prices]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE product_plan AS
        WITH numbered AS (
            SELECT number, {category} AS category FROM range({max(total, len(shares))}) AS products(number)
        ), ranked AS (
            SELECT *, number - min(number) OVER (PARTITION BY category) AS place,
                   count(*) OVER (PARTITION BY category) AS category_products,
                   row_number() OVER (PARTITION BY category ORDER BY {draws.sql("rank", "number")}, number) - 1
                       AS popularity_rank,
                   row_number() OVER (ORDER BY {draws.sql("product id", "number")}, number) AS product_id
            FROM numbered
        ), sorted AS (
            SELECT *, category * 5 + (({draws.spread("subcategory", "popularity_rank", ROOT_TWO)} * 5) >> {DRAW_BITS})
                          AS subcategory,
                   {10**9} // (popularity_rank + {shape.POPULARITY_FLATNESS}) AS weight,
                   {
        pick_number(_PRICE_SPREAD_PERMILLE, f"({draws.spread('price', 'popularity_rank', GOLDEN)} * 32) >> {DRAW_BITS}")
    } AS spread
            FROM ranked
        ), priced AS (
            SELECT *, spread * {pick_number(tuple(subcategory_price), "subcategory")} AS raw FROM sorted
        )
        SELECT product_id::INTEGER AS product_id, category::INTEGER AS category, subcategory::INTEGER AS subcategory,
               place, popularity_rank::INTEGER AS popularity_rank, category_products::INTEGER AS category_products,
               weight,
               greatest((raw * {pick_number(shape.PRICE_CENTS, "category")}::HUGEINT
                         * sum(weight) OVER (PARTITION BY category) * {shape.PRICE_LEVEL_PPM}
                         // (sum(weight * raw) OVER (PARTITION BY category) * {PPM}))::BIGINT, 50) AS base_cents
        FROM priced
    """)
    _create_prices(connection, plan)
    nouns = tuple(noun for category_nouns in vocabulary.PRODUCT_NOUNS for names in category_nouns for noun in names)
    styles, brands = len(vocabulary.PRODUCT_STYLES), len(vocabulary.BRANDS)
    subcategories = tuple(name for names in vocabulary.SUBCATEGORIES for name in names)
    now = factor_sql(
        [
            (joined(product_conditions(event.where)), to_ppm(event.factor))
            for event in events
            if isinstance(event, PriceEvent) and event.start <= shape.AS_OF <= event.end
        ]
    )
    # A name is a number in a mixed base of noun, style and brand; what is left over becomes a mark, so none repeats.
    connection.execute(f"""
        INSERT INTO products
        WITH named AS (
            SELECT *, row_number() OVER (PARTITION BY subcategory ORDER BY place) - 1 AS number FROM product_plan
        ), spelled AS (
            SELECT *, number % 6 AS noun, number // 6 % {styles} AS style, number // {6 * styles} AS rest FROM named
        )
        SELECT product_id,
               {pick_text(vocabulary.BRANDS, f"(rest + style * 7 + noun * 11 + subcategory * 3) % {brands}")} || ' '
               || {pick_text(vocabulary.PRODUCT_STYLES, "style")} || ' '
               || {pick_text(nouns, "subcategory * 6 + noun")}
               || CASE WHEN rest < {brands} THEN '' ELSE ' ' || (rest // {brands} + 1) END,
               {pick_text(vocabulary.CATEGORIES, "category")}, {pick_text(subcategories, "subcategory")},
               (base_cents * {pick_number(shape.COST_PERMILLE, "category")}
                * (900 + {draws.below("cost", "product_id", 201)}) // {PPM})::DECIMAL(10, 0) * 0.01::DECIMAL(3, 2),
               (price_cents * ({now}) // {PPM})::DECIMAL(10, 0) * 0.01::DECIMAL(3, 2)
        FROM spelled JOIN product_month USING (product_id, category, subcategory, popularity_rank, category_products)
        WHERE month = {shape.MONTH_COUNT - 1} ORDER BY product_id
    """)


def _create_prices(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary table `product_month`: price, the pull it has on buyers, and the days without stock."""
    draws = plan.draws
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE price_trend AS SELECT unnest(?::INTEGER[]) AS month, unnest(?::BIGINT[]) AS ppm",
        [
            list(range(-12, shape.MONTH_COUNT)),
            [
                growth_ppm(shape.PRICE_GROWTH_PPM_A_YEAR, month - shape.MONTH_COUNT + 1)
                for month in range(-12, shape.MONTH_COUNT)
            ],
        ],
    )
    permilles = range(600, 1_501, 5)
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE price_response AS
        SELECT unnest(?::INTEGER[]) AS category, unnest(?::INTEGER[]) AS permille, unnest(?::BIGINT[]) AS ppm
        """,
        [
            [code for code in range(len(vocabulary.CATEGORIES)) for _ in permilles],
            [permille for _ in vocabulary.CATEGORIES for permille in permilles],
            [price_response_ppm(category, permille) for category in vocabulary.CATEGORIES for permille in permilles],
        ],
    )
    # Each product is repriced for the year's inflation in its own month, and keeps a position for three months.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE product_month AS
        WITH months AS (
            SELECT product_plan.*, month::INTEGER AS month,
                   month - (month + 12 - product_id % 12) % 12 AS repriced,
                   {
        pick_number(
            shape.PRICE_POSITIONS_PERMILLE,
            draws.below(
                "position", "product_id * 64 + (month + product_id % 3) // 3", len(shape.PRICE_POSITIONS_PERMILLE)
            ),
        )
    } AS position,
                   -- the best sellers are looked after: without an event they do not run out
                   {draws.below("stockout", "product_id * 64 + month", 1000)} < {shape.OUT_OF_STOCK_PERMILLE}
                       AND popularity_rank * 3 >= least(category_products, 60) AS out_at_end
            FROM product_plan CROSS JOIN range({shape.MONTH_COUNT}) AS months(month)
        ), priced AS (
            SELECT months.*, base_cents * steps.ppm // {PPM} * position // 1000 AS price_cents,
                   base_cents * usual.ppm // {PPM} AS usual_cents, usual.ppm AS trend_ppm
            FROM months
            JOIN price_trend AS steps ON steps.month = repriced
            JOIN price_trend AS usual ON usual.month = months.month
        ), pulled AS (
            SELECT priced.*, (weight * ppm // 1000)::HUGEINT AS pull
            FROM priced JOIN price_response USING (category)
            WHERE permille = least(greatest((price_cents * 200 // greatest(usual_cents, 1)) * 5, 600), 1500)
        )
        SELECT product_id, category, subcategory, popularity_rank, category_products, month, out_at_end,
               -- a month's mean price of what sells follows the plan, whichever products are dear in it
               greatest((price_cents * sum(pull) OVER span * {pick_number(shape.PRICE_CENTS, "category")}::HUGEINT
                         * {shape.PRICE_LEVEL_PPM} * trend_ppm
                         // (sum(pull * price_cents) OVER span * {PPM}::HUGEINT * {PPM}))::BIGINT, 10) AS price_cents,
               pull,
               -- stock runs out on a day of the last third of the month and comes back in the next one's first third
               CASE WHEN out_at_end THEN 20 + {draws.below("out from", "product_id * 64 + month", 9)} ELSE 99 END
                   ::INTEGER AS out_from,
               CASE WHEN lag(out_at_end) OVER (PARTITION BY product_id ORDER BY month)
                    THEN 2 + {draws.below("out until", "product_id * 64 + month", 9)} ELSE 0 END::INTEGER AS out_until
        FROM pulled WINDOW span AS (PARTITION BY month, category)
    """)


def create_slots(connection: duckdb.DuckDBPyConnection, plan: Plan, first_month: int, last_month: int) -> None:
    """Temporary tables `slot` and `slot_span` for some months: as many numbered slots as a product is wanted.

    A buyer who takes an even spread of a category's slots in a month takes every product in proportion to its pull.
    """
    in_chunk = f"month BETWEEN {first_month} AND {last_month}"
    wanted = f"greatest({_SLOTS_A_PRODUCT} * count(*) OVER span, {_FEWEST_SLOTS})"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE slot_count AS
        -- in the order of prices, so that any even spread of slots is one of prices too
        SELECT *, (sum(slots) OVER (ORDER BY month, category, price_cents, product_id) - slots)::BIGINT AS slot_from
        FROM (
            SELECT product_id, category, subcategory, popularity_rank, category_products, month, price_cents,
                   out_from, out_until,
                   -- rounding up by chance keeps small pulls in proportion
                   ((pull::HUGEINT * {wanted} * {DRAW_RANGE} // sum(pull) OVER span
                     + {plan.draws.sql("slot rounding", "product_id * 64 + month")}) >> {DRAW_BITS})::BIGINT AS slots
            FROM product_month WHERE {in_chunk}
            WINDOW span AS (PARTITION BY month, category)
        )
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE slot AS
        SELECT slot_from + unnest(range(slots)) AS slot, * EXCLUDE (slots, slot_from, month, category) FROM slot_count
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE slot_span AS
        SELECT month, category, min(slot_from) AS slot_from, sum(slots)::BIGINT AS slots
        FROM slot_count GROUP BY ALL
    """)
