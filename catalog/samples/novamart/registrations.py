"""The customers' own table: names, addresses and what the CRM expects of each."""

import duckdb

from catalog.samples.mixing import pick_number, pick_text
from catalog.samples.money import cents
from catalog.samples.novamart import shape, vocabulary
from catalog.samples.plan import Plan

_FIRST_DATE = f"DATE '{shape.FIRST_DAY}'"
_LEFT_RESIDUE_PERMILLE = 60  # of an active customer's prediction, for one who has left


def write_customers(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `customers`; the predicted lifetime values of those who ever ordered average to what the business reports."""
    draws = plan.draws
    first, last = len(vocabulary.FIRST_NAMES), len(vocabulary.LAST_NAMES)
    rates = tuple(1_000_000 // days for days in shape.SEAT_CLASS_INTERVAL_DAYS)
    connection.execute(f"""
        INSERT INTO customers
        WITH ordered AS (
            SELECT DISTINCT customer_id FROM orders
        ), valued AS (
            SELECT customer_plan.*, ordered.customer_id IS NOT NULL AS has_ordered,
                   CASE WHEN ordered.customer_id IS NOT NULL
                        THEN {pick_number(rates, "class")} * (500 + {draws.below("prediction", "customer_plan.customer_id", 1001)})
                             * CASE WHEN is_short OR end_day < {shape.DAY_COUNT} THEN {_LEFT_RESIDUE_PERMILLE}
                                    ELSE 1000 END END AS weight
            FROM customer_plan LEFT JOIN ordered USING (customer_id)
        ), named AS (
            SELECT *, {pick_text(vocabulary.FIRST_NAMES, draws.below("first name", "customer_id", first))} AS first_name,
                   {pick_text(vocabulary.LAST_NAMES, draws.below("last name", "customer_id", last))} AS last_name,
                   (SELECT sum(weight) FROM valued) AS all_weight,
                   (SELECT count(weight) FROM valued) AS all_valued
            FROM valued
        )
        SELECT customer_id, first_name || ' ' || last_name,
               lower(first_name) || '.' || lower(last_name) || customer_id || '@example.com',
               {_FIRST_DATE} + signup_day, {pick_text(vocabulary.SEGMENTS, "segment")},
               {pick_text(vocabulary.REGIONS, "region")},
               {cents(f"(weight::HUGEINT * {shape.LIFETIME_VALUE_MEAN_CENTS} * all_valued // all_weight)")}
        FROM named ORDER BY customer_id
    """)
