"""Amounts of money, computed in whole hundredths and written as exact decimals."""


def cents(expression: str, precision: int = 12) -> str:
    """SQL for whole hundredths as an exact DECIMAL of the currency."""
    return f"(({expression})::DECIMAL({precision}, 0) * 0.01::DECIMAL(3, 2))::DECIMAL({precision}, 2)"
