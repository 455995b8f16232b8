"""How AmaliMart behaves: every constant of the business, with its unit, and the facts planted in its data.

Shares are relative weights unless a name says otherwise; `_ppm` is parts per million, `_permille` parts per thousand.
All are whole numbers, so that the sample is the same on every machine.
"""

import datetime

FIRST_DAY = datetime.date(2023, 1, 1)
AS_OF = datetime.date(2026, 10, 31)
DAY_COUNT = (AS_OF - FIRST_DAY).days + 1
MONTH_COUNT = (AS_OF.year - FIRST_DAY.year) * 12 + AS_OF.month
LAST_SECOND = DAY_COUNT * 86_400 - 1

# Rows at scale 1; what is named by number in the planted facts never falls below the fewest.
USERS = 600_000
ADDRESSES = 780_000
VENDORS, FEWEST_VENDORS = 4_000, 40
APPLICATIONS_PERMILLE = 1_150  # of vendors
BUSINESSES_PERMILLE, STORES_PERMILLE = 1_100, 1_500
PRODUCTS_PER_VENDOR = 15
DELIVERY_PARTNERS, FEWEST_PARTNERS = 400, 6
SUPPORT_AGENTS, ANALYSTS, ADMINS, FEWEST_STAFF = 300, 40, 12, 2
ORDERS = 3_000_000
LAST_MONTH_ORDERS = 100_000
CARTS = 5_000_000
REVIEWS = 800_000
WISHLISTS = 900_000
MESSAGES = 1_200_000
TICKETS = 240_000
DISCOUNTS_PER_VENDOR_PERMILLE = 2_250

# Orders: growth, the year, the week, the day.
ORDER_GROWTH_PPM_A_YEAR = 1_310_000
MONTH_ORDER_PERMILLE = (900, 905, 960, 970, 985, 975, 960, 980, 1000, 1010, 1240, 1320)
WEEKDAY_ORDER_PERMILLE = (1030, 990, 980, 990, 1060, 1040, 910)  # Monday to Sunday
DAY_NOISE_PERMILLE = 30
HOUR_WEIGHTS = (0, 0, 0, 0, 0, 0, 12, 30, 52, 70, 78, 80, 84, 76, 66, 64, 66, 70, 74, 78, 72, 58, 36, 14)
OPENING_HOURS = 6  # nobody orders before; who registers on the first day does so in these hours
LINES_PER_ORDER_WEIGHTS = (380, 290, 170, 90, 50, 20)  # 1 to 6 lines
EXPRESS_PERMILLE = 270
AVERAGE_ORDER_VALUE_KOBO = 2_400_000  # in October 2026
PRICE_GROWTH_PPM_A_YEAR = 1_090_000
DISCOUNT_TAKEN_PERMILLE = 700  # of the orders placed while the vendor has a discount

# Registrations: a crowd at the launch, then a little more every month.
SIGNUP_MONTH_PERMILLE_FIRST, SIGNUP_MONTH_PERMILLE_LAST = 850, 1_050
SIGNUP_LAUNCH_DAYS = 60  # the first day has as many as this many days
NEWCOMER_ORDERS_PERMILLE = 260  # orders of those who registered last
# Of sixteen customers who registered one after another, how many orders each places of a thousand.
BUYER_WEIGHTS = (250, 160, 120, 95, 78, 62, 52, 44, 36, 30, 24, 18, 13, 9, 6, 3)
SECOND_ADDRESS_ORDERS_PERMILLE = 250
B2B_PERMILLE = 160
GENDER_WEIGHTS = (520, 465, 15)
VERIFIED_PERMILLE, ENABLED_PERMILLE = 710, 935
OLDEST_AGE, YOUNGEST_AGE = 68, 18

# Vendors: some known ones with their share of all orders and their category, the rest behind them.
LAUNCH_VENDORS_PERMILLE, FEWEST_LAUNCH_VENDORS = 450, 32
KNOWN_VENDORS = (8, 17, 5, 11, 2, 23)
KNOWN_VENDOR_ORDERS_PERMILLE = (80, 70, 60, 55, 50, 40)
KNOWN_VENDOR_CATEGORIES = (0, 1, 4, 1, 0, 2)
FAVOURITE_PERMILLE = 150  # of a known vendor's orders, beside chance
APPLICATION_WEIGHTS = (30, 900, 70)  # pending, approved, rejected
CATEGORY_WEIGHTS = (100, 70, 180, 110, 60, 130, 120, 60, 50, 40, 40, 40)  # of vendors
MAIN_CATEGORY_PERMILLE = 800  # of a vendor's products
# A unit's usual price in naira, in the order of the nouns; all prices are then set so that the average order value comes out.
PRODUCT_NAIRA = (
    (145_000, 9_500, 21_000, 12_500, 18_000, 98_000, 7_500, 52_000),
    (132_000, 24_000, 96_000, 3_500, 11_500, 5_500, 38_000, 14_500),
    (14_500, 26_000, 17_500, 19_000, 8_500, 13_500, 6_500, 10_500),
    (12_500, 15_500, 18_500, 6_500, 5_500, 4_500, 8_500, 7_500),
    (22_000, 12_500, 88_000, 185_000, 26_000, 165_000, 11_500, 62_000),
    (3_500, 4_200, 5_200, 2_800, 14_500, 1_900, 6_800, 3_100),
    (9_800, 5_600, 2_400, 3_900, 4_400, 6_200, 3_300, 1_900),
    (8_900, 16_500, 2_900, 2_300, 48_000, 3_600, 41_000, 4_900),
    (7_800, 9_900, 12_500, 2_200, 6_400, 13_500, 68_000, 15_500),
    (4_200, 3_600, 2_400, 7_500, 6_800, 5_900, 6_300, 1_400),
    (9_500, 58_000, 4_100, 22_000, 46_000, 5_200, 39_000, 2_100),
    (96_000, 1_900, 47_000, 5_400, 3_300, 9_200, 32_000, 54_000),
)
# What a product costs beside the usual price of its kind.
PRICE_SPREAD_PERMILLE = (520, 620, 700, 760, 820, 870, 920, 970, 1020, 1080, 1140, 1210, 1290, 1390, 1530, 1810)
QUANTITY_WEIGHTS = (  # 1 to 4 units a line
    (92, 7, 1, 0),
    (95, 4, 1, 0),
    (70, 21, 7, 2),
    (72, 20, 6, 2),
    (94, 5, 1, 0),
    (56, 26, 12, 6),
    (40, 28, 20, 12),
    (58, 26, 11, 5),
    (82, 13, 4, 1),
    (68, 20, 8, 4),
    (84, 12, 3, 1),
    (62, 22, 10, 6),
)
INACTIVE_PERMILLE, OUT_OF_STOCK_PERMILLE = 100, 60

# Payment: shares by method in the first and the last month, chance of an attempt to fail, of giving up after one.
METHOD_PERMILLE_FIRST = (480, 230, 130, 120, 40)
METHOD_PERMILLE_LAST = (320, 260, 190, 160, 70)
ATTEMPT_FAILS_PERMILLE = (0, 145, 112, 135, 70)
GIVES_UP_PERMILLE = 200
MOST_ATTEMPTS = 3

# What becomes of orders.
CANCELLED_PPM = (120_000, 40_000)  # COD, prepaid
NOT_HANDED_OVER_PPM = (45_000, 9_000)  # COD, prepaid: shipped, but failed at the door
STATE_FAILS_EXTRA_PPM = 12_000  # at most, by state, but for Borno
CANCELLED_AFTER_SHIPPING_PERMILLE = 130
STUCK_PERMILLE = 30  # of the last weeks' orders, those nobody moves on
STUCK_DAYS = 35
SKIPS_PROCESSING_PERMILLE = 230
# Calendar days from order to delivery, from the first number on; express and standard.
EXPRESS_DAY_WEIGHTS = (100, 460, 300, 90, 50)  # 0 to 4
STANDARD_DAY_WEIGHTS = (60, 170, 230, 200, 130, 80, 60, 40, 30)  # 1 to 9

# Returns: chance of a completed order to bring one, by category and reason, in ppm.
RETURN_PPM = (
    (18_000, 6_000, 0, 14_000, 12_000),
    (19_000, 7_000, 0, 16_000, 14_000),
    (7_000, 9_000, 62_000, 15_000, 17_000),
    (13_000, 6_000, 2_000, 10_000, 10_000),
    (21_000, 5_000, 0, 11_000, 9_000),
    (8_000, 6_000, 0, 10_000, 8_000),
    (9_000, 5_000, 0, 4_000, 2_000),
    (6_000, 6_000, 14_000, 7_000, 8_000),
    (7_000, 6_000, 20_000, 8_000, 9_000),
    (4_000, 5_000, 0, 5_000, 6_000),
    (11_000, 12_000, 4_000, 9_000, 6_000),
    (9_000, 7_000, 0, 7_000, 6_000),
)
RETURN_LEVEL_PPM = 1_350_000
RETURN_DELAY_DAYS = (1, 14)
RETURN_DECISION_WEIGHTS = (0, 860, 140)
RETURN_OPEN_DAYS = 9

# Spend on advertising in naira a day at scale 1, in the order of the channels, on the last day.
SPEND_NAIRA_A_DAY = (1_500_000, 1_150_000, 700_000, 400_000)
SPEND_GROWTH_PPM_A_YEAR = 1_200_000

# Planted facts.
CARD_FAILS_FROM, CARD_FAILS_TO, CARD_FAILS_FACTOR = datetime.date(2026, 7, 13), datetime.date(2026, 7, 19), 3
SLOW_PARTNER, SLOW_PARTNER_FROM, SLOW_PARTNER_DAYS = 3, datetime.date(2026, 9, 1), 3
WRONG_SIZE_VENDOR, WRONG_SIZE_FROM, WRONG_SIZE_FACTOR = 23, datetime.date(2026, 4, 1), 2
SOCIAL_DOUBLES_FROM = datetime.date(2026, 7, 1)
WORST_STATE, WORST_STATE_FAILS_PPM = "Borno", 150_000
SOLD_OUT_VENDOR, SOLD_OUT_FROM = 17, datetime.date(2026, 9, 9)
TWICE_BATCH = datetime.date(2026, 8, 10)  # of orders
LATE_BATCH, LATE_SHARE = datetime.date(2026, 9, 14), 3  # of payments: one in three
