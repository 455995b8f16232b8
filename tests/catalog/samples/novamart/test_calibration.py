"""The figures come to what the business reports, whatever the seed, and the checks can fail."""

from pathlib import Path

import duckdb
import pytest

from catalog.samples.errors import SampleError
from catalog.samples.novamart import calibrate, generate, render_checks


def failures(database: Path) -> str:
    return render_checks(tuple(check for check in calibrate(database) if not check.passed))


def test_every_figure_of_the_default_sample_is_met(default_sample: Path) -> None:
    checks = calibrate(default_sample)
    assert len(checks) > 35
    assert not [check for check in checks if not check.passed], failures(default_sample)


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "seed"), [(0.01, 1), (0.01, 2), (0.01, 3), (0.01, 11), (0.1, 1), (0.1, 7)])
def test_every_figure_is_met_for_other_seeds_and_scales(tmp_path: Path, scale: float, seed: int) -> None:
    database = generate(tmp_path / "novamart.duckdb", scale=scale, seed=seed).path
    assert all(check.passed for check in calibrate(database)), failures(database)


def test_without_events_october_is_like_september(uneventful_sample: Path) -> None:
    change = {check.kpi: check.value for check in calibrate(uneventful_sample)}["GMV change on the month before"]
    assert -0.03 < change < 0.03


BREAKAGES = {
    "orders whose total is not the sum of their lines": "UPDATE orders SET total_amount = total_amount + 0.01"
    " WHERE order_id = 1",
    "lines without their order": "DELETE FROM orders WHERE order_id = 5",
    "churn rate": "DELETE FROM orders WHERE order_date >= '2026-09-10'",
    "stock that differs from the last snapshot": "UPDATE inventory SET quantity_on_hand = quantity_on_hand + 1",
    "conversion rate": "DELETE FROM clickstream WHERE session_id % 2 = 0",
}


def test_a_damaged_sample_is_seen(default_sample: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(default_sample.read_bytes())
    with duckdb.connect(str(damaged)) as connection:
        for statement in BREAKAGES.values():
            connection.execute(statement)
    failed = {check.kpi for check in calibrate(damaged) if not check.passed}
    assert failed >= set(BREAKAGES)


def test_the_table_marks_what_is_off(default_sample: Path) -> None:
    text = render_checks(calibrate(default_sample))
    assert text.splitlines()[0].split()[:3] == ["figure", "value", "target"]
    assert all(line.endswith(" ok") for line in text.splitlines()[1:])


def test_what_is_no_sample_is_said(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="does not exist"):
        calibrate(tmp_path / "none.duckdb")
    text = tmp_path / "text.duckdb"
    text.write_text("not a database")
    with pytest.raises(SampleError, match="no NovaMart sample"):
        calibrate(text)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE orders (a INTEGER)")
    with pytest.raises(SampleError, match="no NovaMart sample"):
        calibrate(tmp_path / "other.duckdb")
