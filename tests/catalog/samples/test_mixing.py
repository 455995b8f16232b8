"""The draws are the same in SQL and in Python, and look like chance."""

import duckdb

from catalog.samples.mixing import DRAW_RANGE, GOLDEN, Draws, at_thresholds, thresholds_of

KNOWN_DRAWS = [1066403948, 470617399, 771402033, 966903609]


def column(sql: str) -> list[int]:
    with duckdb.connect() as connection:
        return [row[0] for row in connection.execute(sql).fetchall()]


def test_sql_draws_what_python_draws() -> None:
    draws = Draws("novamart", 3)
    keys = [0, 1, 2, 12_400_000, 2**32 - 1, 2**32 + 5]
    listed = ", ".join(f"({key}::BIGINT)" for key in keys)
    found = column(f"SELECT {draws.sql('a stream', 'key')} FROM (VALUES {listed}) AS keys(key)")
    assert found == [draws.number("a stream", key) for key in keys]


def test_known_draws_stay_what_they_are() -> None:
    draws = Draws("novamart", 7)
    assert [draws.number("known", key) for key in range(4)] == KNOWN_DRAWS


def test_draws_fill_their_range_evenly_and_streams_are_independent() -> None:
    draws = Draws("novamart", 11)
    rows = 400_000
    cells = column(
        f"SELECT count(*) FROM (SELECT {draws.below('first', 'key', 16)} AS a, {draws.below('second', 'key', 16)} AS b,"
        f" {draws.below('first', 'key + 1', 4)} AS c FROM range({rows}) AS keys(key)) GROUP BY a, b, c"
    )
    assert len(cells) == 16 * 16 * 4
    expected = rows / len(cells)
    chi_square = sum((cell - expected) ** 2 / expected for cell in cells)
    assert 850 < chi_square < 1210  # 1023 degrees of freedom, four standard deviations either way


def test_spread_numbers_leave_no_gap() -> None:
    cells = column(
        f"SELECT count(*) FROM (SELECT ({Draws('novamart', 5).spread('even', 'key', GOLDEN)} * 100) >> 30 AS cell"
        " FROM range(10000) AS keys(key)) GROUP BY cell"
    )
    assert len(cells) == 100
    assert all(97 <= cell <= 103 for cell in cells)


def test_thresholds_share_out_a_draw_by_weight() -> None:
    cuts = thresholds_of((1, 2, 1))
    assert cuts == (DRAW_RANGE // 4, 3 * DRAW_RANGE // 4)
    counts = column(
        f"SELECT count(*) FROM (SELECT {at_thresholds('draw', cuts)} AS part FROM"
        f" (SELECT key * {DRAW_RANGE // 1000} AS draw FROM range(1000) AS keys(key))) GROUP BY part ORDER BY part"
    )
    assert all(abs(count - expected) <= 1 for count, expected in zip(counts, (250, 500, 250), strict=True))
