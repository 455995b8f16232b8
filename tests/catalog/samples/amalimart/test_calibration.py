"""The figures come to what the business reports, the planted facts are there, and the checks can fail."""

from pathlib import Path

import duckdb
import pytest

from catalog.samples.amalimart import SampleReport, calibrate, generate, render_checks
from catalog.samples.errors import SampleError


def failures(database: Path) -> str:
    return render_checks(tuple(check for check in calibrate(database) if not check.passed))


def test_every_figure_of_a_small_sample_is_met(small_marketplace: SampleReport) -> None:
    checks = calibrate(small_marketplace.path)
    assert len(checks) > 90
    assert not [check for check in checks if not check.passed], failures(small_marketplace.path)


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "seed"), [(0.02, 7), (0.02, 1), (0.02, 2), (0.02, 11), (0.1, 7), (0.1, 3)])
def test_every_figure_is_met_for_other_seeds_and_scales(tmp_path: Path, scale: float, seed: int) -> None:
    database = generate(tmp_path / "amalimart.duckdb", scale=scale, seed=seed).path
    assert all(check.passed for check in calibrate(database)), failures(database)


BREAKAGES = {
    "orders whose total is not the sum of their lines": "UPDATE orders SET total_amount = total_amount + 0.01"
    " WHERE order_id = 1",
    "order_items.order_id without orders.order_id": "DELETE FROM orders WHERE order_id = 5",
    "orders with two shipments": "INSERT INTO shipments SELECT * FROM shipments WHERE order_id = 2",
    "orders with two returns": "INSERT INTO returns (SELECT * FROM returns LIMIT 1)",
    "lines of another vendor than their order's": "UPDATE orders SET vendor_id = 8 WHERE vendor_id = 17 AND order_id < 100",
    "orders without a payment, or paid by two methods": "UPDATE payments SET payment_method = 'WALLET' WHERE payment_id ="
    " (SELECT min(payment_id) FROM payments WHERE order_id IN (SELECT order_id FROM payments GROUP BY 1 HAVING count(*) > 1))",
    "names that stand twice": "UPDATE products SET product_name = 'Kente Radio' WHERE product_id < 3",
    "COD is cancelled so many times as often as prepaid": "UPDATE orders SET order_status = 'COMPLETED'"
    " WHERE order_status = 'CANCELLED' AND order_id % 2 = 0 AND order_id IN"
    " (SELECT order_id FROM payments WHERE payment_method = 'COD')",
}


def test_a_damaged_sample_is_seen(small_marketplace_copy: Path) -> None:
    with duckdb.connect(str(small_marketplace_copy)) as connection:
        for statement in BREAKAGES.values():
            connection.execute(statement)
    failed = {check.kpi for check in calibrate(small_marketplace_copy) if not check.passed}
    assert failed >= set(BREAKAGES)


def test_what_is_no_sample_is_said(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE orders (a INTEGER)")
    with pytest.raises(SampleError, match="no AmaliMart sample"):
        calibrate(tmp_path / "other.duckdb")
