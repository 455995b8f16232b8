"""What vendors sell: products with unique names, categories, prices and stock, and the vendors' discounts."""

import duckdb

from catalog.samples.amalimart import shape, vocabulary
from catalog.samples.amalimart.moments import DAY_S, moment, weighted
from catalog.samples.amalimart.plan import Counts, price_trends_ppm
from catalog.samples.mixing import pick_number, pick_text
from catalog.samples.money import cents
from catalog.samples.plan import PPM, Plan

FIRST_PRODUCTS = 12  # each vendor starts with these; one more follows every `MORE_EVERY_DAYS`
MORE_EVERY_DAYS = 45
_DISCOUNT_DAYS = (14, 45)


def create_products(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts, sellers: int) -> None:
    """Temporary tables `product_plan` (a row a product, before prices are set) and `price_trend` (by month).

    A seller's products are numbered by `place`, from the best seller (0) on.
    """
    draws = plan.draws
    products = counts.vendors * shape.PRODUCTS_PER_VENDOR
    main = weighted(draws, "main category", "vendor_id", shape.CATEGORY_WEIGHTS)
    other = weighted(draws, "other category", "product_id", shape.CATEGORY_WEIGHTS)
    nouns = len(vocabulary.PRODUCT_NOUNS[0])
    usual = tuple(price for prices in shape.PRODUCT_NAIRA for price in prices)
    later_days = f"((place - {FIRST_PRODUCTS - 1}) * {MORE_EVERY_DAYS} - {sooner_days('seller')})"
    spreads = len(shape.PRICE_SPREAD_PERMILLE)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE product_plan AS
        WITH numbered AS (
            SELECT number + 1 AS product_id, number % {sellers} AS seller, number // {sellers} AS place
            FROM range({products}) AS products(number)
        ), sold AS (
            SELECT numbered.*, vendor_id, known, second AS since, day AS since_day,
                   CASE WHEN known IS NOT NULL THEN {pick_number(shape.KNOWN_VENDOR_CATEGORIES, "coalesce(known, 0)")}
                        ELSE {main} END AS main
            FROM numbered JOIN seller USING (seller)
        ), sorted AS (
            SELECT *, CASE WHEN place = 0 OR {draws.below("own category", "product_id", 1000)} < {shape.MAIN_CATEGORY_PERMILLE}
                           THEN main ELSE {other} END AS category,
                   {draws.below("noun", "product_id", nouns)} AS noun
            FROM sold
        )
        SELECT product_id::INTEGER AS product_id, seller, place, vendor_id::INTEGER AS vendor_id, since_day,
               category, noun,
               least(since + CASE WHEN place < {FIRST_PRODUCTS} THEN (place + 1) * 60
                     ELSE {later_days} * {DAY_S} END, {shape.LAST_SECOND}) AS second,
               {pick_number(usual, f"category * {nouns} + noun")}
                   * {pick_number(shape.PRICE_SPREAD_PERMILLE, draws.below("price", "product_id", spreads))} // 10 AS raw_kobo,
               {draws.below("quality", "product_id", 4)} AS quality
        FROM sorted
    """)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE price_trend AS SELECT unnest(?::BIGINT[]) AS month_index, unnest(?::BIGINT[]) AS ppm",
        [list(range(shape.MONTH_COUNT)), list(price_trends_ppm())],
    )


def sooner_days(seller: str) -> str:
    """SQL for how many days sooner than every `MORE_EVERY_DAYS` a seller adds its products, so that not all do at once."""
    return f"({seller} * 17 % {MORE_EVERY_DAYS})"


def write_products(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts, level_ppm: int) -> None:
    """Fill `products`; `level_ppm` makes the prices of the plan those that are asked."""
    draws = plan.draws
    styles = len(vocabulary.PRODUCT_STYLES)
    nouns = tuple(noun for names in vocabulary.PRODUCT_NOUNS for noun in names)
    businesses = counts.vendors * shape.BUSINESSES_PERMILLE // 1000
    stores = counts.vendors * shape.STORES_PERMILLE // 1000
    sold_out = f"(vendor_id = {shape.SOLD_OUT_VENDOR} AND place = 0)"
    # A kind of product in a style is numbered, so that no name stands twice.
    connection.execute(f"""
        INSERT INTO products
        WITH named AS (
            SELECT *, {draws.below("style", "product_id", styles)} AS style FROM product_plan
        ), told_apart AS (
            SELECT *, row_number() OVER (PARTITION BY category, noun, style ORDER BY product_id) AS model FROM named
        )
        SELECT product_id, vendor_id,
               -- a vendor's own store, or the second one of its business where it has two
               CASE WHEN place % 3 = 2 AND {businesses} + vendor_id <= {stores} THEN {businesses} + vendor_id
                    ELSE vendor_id END,
               category + 1,
               {pick_text(vocabulary.PRODUCT_STYLES, "style")} || ' '
               || {pick_text(nouns, f"category * {len(vocabulary.PRODUCT_NOUNS[0])} + noun")} || ' ' || (100 + model),
               CASE WHEN place > 0 AND {draws.below("inactive", "product_id", 1000)} < {shape.INACTIVE_PERMILLE}
                    THEN 'INACTIVE' ELSE 'ACTIVE' END,
               {cents(asked_kobo("raw_kobo", level_ppm), 14)},
               CASE WHEN {sold_out} OR (place > 0
                         AND {draws.below("sold out", "product_id", 1000)} < {shape.OUT_OF_STOCK_PERMILLE}) THEN 0
                    ELSE 1 + {draws.below("stock", "product_id", 240)} // (place + 1)
                         + {draws.below("more stock", "product_id", 12)} END,
               {moment("second")}, {moment("second")}
        FROM told_apart ORDER BY product_id
    """)


def asked_kobo(raw_kobo: str, level_ppm: int | str, trend_ppm: str = str(PPM)) -> str:
    """SQL for a price in kobo, of whole naira: a plan's price at the level of all prices and of a month."""
    return f"(greatest(({raw_kobo})::BIGINT * {level_ppm} // {PPM} * {trend_ppm} // {PPM * 100}, 100) * 100)"


def write_discounts(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts, sellers: int) -> None:
    """Fill `discounts`, spans of days in which a vendor takes a percentage off."""
    draws = plan.draws
    total = counts.vendors * shape.DISCOUNTS_PER_VENDOR_PERMILLE // 1000
    short, long = _DISCOUNT_DAYS
    last_day = shape.DAY_COUNT - 1
    connection.execute(f"""
        INSERT INTO discounts
        WITH numbered AS (
            SELECT number, vendor_id, day + 1 + {draws.below("discount day", "number", f"greatest({last_day} - day, 1)")}
                       AS first_day
            FROM range({total}) AS discounts(number) JOIN seller ON seller.seller = number % {sellers}
        ), sized AS (
            SELECT *, 5 * (1 + {draws.below("percent", "number", 4)}) AS percent,
                   first_day + {short} + {draws.below("discount days", "number", long - short + 1)} AS end_day
            FROM numbered
        )
        SELECT row_number() OVER (ORDER BY first_day, number), vendor_id,
               'SAVE' || percent || '-' || row_number() OVER (ORDER BY first_day, number), percent,
               {moment(f"first_day * {DAY_S}")}, {moment(f"end_day * {DAY_S}")},
               {moment(f"(first_day - 1) * {DAY_S} + 43200")}, {moment(f"(first_day - 1) * {DAY_S} + 43200")}
        FROM sized ORDER BY first_day, number
    """)
