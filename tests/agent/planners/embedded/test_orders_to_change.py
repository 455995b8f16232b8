"""Orders that would change data are told from questions, and from orders about the answer."""

from __future__ import annotations

import pytest

from agent.planners.embedded.gates import gate

ORDERS = """
Move bus B330 to the Quayside depot in the fleet list
Assign driver 55 to the late shift on Monday
Rename the Island Ferry to Harbour Ferry
Change customer 12's email to x@y.com
Cancel the order 4711
Update the address of vendor 12
Can you move bus B330 to Quayside?
Book a workshop slot for vehicle B330
Schedule an inspection for tram 12 on Friday
Transfer Anna Smith to the Leeds branch
Swap the drivers of trips 12 and 13
Reschedule flight XY123 to 5 pm
Record a sale of 3 annual passes
Put vehicle 17 into the workshop
Mark invoice 889 as paid
Move all hourly contracts to the flat tariff
Confirm booking 4711
Please confirm the order 12
Reduce the price of all day passes by 10 percent in the system
"""
QUESTIONS = """
Change in revenue by region in 2025
Set revenue against orders by month
Switch to weekly
Change the period to Q1 2026
Change the chart to bars
Create a chart of revenue by month
Put revenue next to orders by month
Send me revenue by month for 2025
Order value by channel in 2025
Open tickets by priority in May
Moves to premium plans by month
Switch rate from plan A to plan B
How many orders were moved to May?
Shift hours by depot in 2025
Shift the focus to returns
Return rate from web to app in 2025
Return the stores with revenue over 1000
Can you change that to revenue by month?
Update the numbers for 2025 please
Put the stores in order of revenue
Set the filter to web
Kindly confirm the inventory value at 31 December 2025
Please confirm the revenue of store 9
Confirm revenue for Q3 2026
Reduce the noise: revenue by month in 2025
"""


def _refused(text: str) -> bool:
    plan = gate(text)
    return plan is not None and plan.refusal is not None and plan.refusal.rule == "write"


@pytest.mark.parametrize("text", ORDERS.strip().splitlines())
def test_an_order_to_change_data_is_refused(text: str) -> None:
    assert _refused(text)


@pytest.mark.parametrize("text", QUESTIONS.strip().splitlines())
def test_a_question_is_no_order(text: str) -> None:
    assert not _refused(text)
