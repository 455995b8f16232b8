"""How NovaMart behaves when nothing special happens: every constant of the business, with its unit.

Shares are relative weights unless a name says otherwise; `_ppm` is parts per million, `_permille` parts per thousand.
All are whole numbers, so that the sample is the same on every machine.
"""

import datetime

FIRST_DAY = datetime.date(2022, 1, 1)
AS_OF = datetime.date(2026, 10, 31)
CLICKSTREAM_FIRST_DAY = datetime.date(2025, 11, 1)
SIGNUP_FIRST_DAY = datetime.date(2012, 1, 1)
DAY_COUNT = (AS_OF - FIRST_DAY).days + 1
MONTH_COUNT = (AS_OF.year - FIRST_DAY.year) * 12 + AS_OF.month
SIGNUP_MONTH_COUNT = (AS_OF.year - SIGNUP_FIRST_DAY.year) * 12 + AS_OF.month
SNAPSHOT_MONTHS = 24

# Rows at scale 1.
PLANNED_ORDERS = 12_450_000  # before the orders that lose every line to a stockout or an event
CUSTOMERS = 2_100_000
PRODUCTS = 45_000
SHIPMENTS = 156_000
SURVEYS = 48_000
FEWEST_SURVEYS = 4_800
CAMPAIGN_FLIGHTS = 2_300
SUPPLIERS = 120
STORES = 12
WAREHOUSES = 5

# Orders: growth, the year, the week.
ORDER_GROWTH_PPM_A_YEAR = 1_010_000
MONTH_ORDER_PERMILLE = (930, 925, 955, 965, 985, 980, 965, 985, 1047, 1020, 1165, 1260)
WEEKDAY_ORDER_PERMILLE = (1040, 985, 965, 970, 1010, 1040, 990)  # Monday to Sunday
DAY_NOISE_PERMILLE = 30  # a day lies up to this much above or below its plan
MONTH_NOISE_PERMILLE = 10
CALM_MONTHS = 2  # the last months carry no month noise: the comparison everyone makes is about events
PEAK_DAYS_PERMILLE = {  # days after the year's fourth Thursday of November (Black Friday is 1, Cyber Monday 4)
    0: 1100,
    1: 1750,
    2: 1300,
    3: 1300,
    4: 1650,
}
CHANNEL_PPM_FIRST = (580_000, 250_000, 170_000)  # web, mobile app, store in the first month
CHANNEL_PPM_LAST = (520_000, 335_000, 145_000)  # and in the last
CANCELLED_PPM = 30_000
LINES_PER_ORDER_WEIGHTS = (202, 246, 210, 137, 83, 51, 31, 19, 12, 9)  # 1 to 10 lines

# Customers: seats that shop near-regularly, taken by one customer after another.
SEATS = 280_000
SEAT_CLASS_WEIGHTS = (4, 7, 11, 17, 21, 19, 13, 8)
SEAT_CLASS_INTERVAL_DAYS = (12, 18, 24, 31, 38, 46, 54, 62)
SEAT_CLASS_SEGMENT = (0, 1, 1, 2, 2, 2, 2, 2)  # vip, loyal, regular
SHORT_TENURE_PPM = 17_000  # seats whose customers stay for one or two orders: segment new
SHORT_TENURE_DAYS = (40, 80)
MIDDLE_TENURE_PPM = 33_000
MIDDLE_TENURE_DAYS = (120, 320)
LONG_TENURE_DAYS = (1_150, 5_200)
SIGNUPS_FIRST_MONTH = 8_600
SIGNUPS_LAST_MONTH = 15_000
REGION_PERMILLE_FIRST = (290, 240, 275, 195)  # of customers who joined before the data begins
REGION_PERMILLE_LAST = (260, 200, 335, 205)  # of those who join in the last month
LIFETIME_VALUE_MEAN_CENTS = 41_200

# Products and prices.
PRODUCT_SHARE = (14, 22, 15, 12, 10, 9, 10, 8)
PRICE_LEVEL_PPM = 993_000
PRICE_CENTS = (6_900, 2_160, 1_930, 1_135, 2_390, 1_590, 545, 1_080)  # a sold unit's mean, last month
SUBCATEGORY_PRICE_PERMILLE = (
    (1900, 2100, 1000, 900, 350),
    (1100, 950, 650, 1250, 1500),
    (900, 1050, 1900, 1300, 550),
    (1150, 900, 800, 1500, 700),
    (850, 1450, 1000, 750, 1100),
    (1300, 1050, 900, 750, 1100),
    (850, 1050, 1000, 950, 1250),
    (850, 1050, 750, 1300, 1250),
)
COST_PERMILLE = (720, 520, 570, 480, 580, 560, 700, 610)  # of the last month's price
PRICE_GROWTH_PPM_A_YEAR = 1_040_000
# A product keeps one of these price positions for three months: 1000 is its usual price.
PRICE_POSITIONS_PERMILLE = (1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 950, 950, 900, 850, 1050, 1050, 1100, 1150)
# Units sold go with (price / usual price) ^ elasticity, against the same category and month. Known truth for tests.
PRICE_ELASTICITY = {
    "Electronics": "-2.2",
    "Apparel": "-1.8",
    "Home & Kitchen": "-1.5",
    "Beauty": "-1.2",
    "Sports & Outdoors": "-1.6",
    "Toys & Games": "-1.9",
    "Grocery": "-0.6",
    "Books": "-1.0",
}
POPULARITY_FLATNESS = 15  # a product of rank r sells as 1 / (r + this)
QUANTITY_WEIGHTS = (  # 1 to 6 units a line
    (92, 7, 1, 0, 0, 0),
    (82, 14, 3, 1, 0, 0),
    (80, 14, 4, 2, 0, 0),
    (66, 22, 8, 4, 0, 0),
    (89, 9, 2, 0, 0, 0),
    (82, 13, 4, 1, 0, 0),
    (38, 28, 16, 10, 5, 3),
    (86, 10, 3, 1, 0, 0),
)
DISCOUNTED_LINES_PPM = 228_500  # of lines; these lose 5, 10 ... 30 % alike

# What is bought: lines by category, tilted by season, region, channel and year.
CATEGORY_LINES = (82, 170, 140, 130, 80, 88, 230, 80)
CATEGORY_MONTH_PERMILLE = (
    (980, 950, 950, 950, 960, 980, 1000, 1010, 1010, 1000, 1180, 1220),
    (900, 920, 1030, 1060, 1050, 1000, 960, 1020, 1050, 1050, 1050, 1050),
    (1020, 1000, 1000, 1010, 1020, 1000, 1000, 1000, 1000, 1000, 1020, 1000),
    (980, 1060, 1000, 1000, 1080, 1000, 1000, 980, 990, 1000, 1040, 1100),
    (1080, 980, 1020, 1080, 1150, 1220, 1220, 1100, 960, 900, 880, 920),
    (750, 760, 820, 860, 880, 900, 900, 920, 940, 980, 1550, 1950),
    (1040, 1040, 1030, 1020, 1000, 1000, 1000, 1000, 1000, 1000, 920, 900),
    (1050, 980, 960, 950, 950, 980, 1000, 1120, 1080, 980, 1020, 1150),
)
CATEGORY_GROWTH_PPM_A_YEAR = (
    1_015_000,
    1_000_000,
    990_000,
    1_030_000,
    1_005_000,
    985_000,
    1_010_000,
    960_000,
)
CATEGORY_REGION_PERMILLE = (
    (1050, 930, 980, 1060),
    (1120, 930, 960, 1020),
    (960, 1060, 1030, 940),
    (1010, 930, 1030, 1020),
    (930, 1000, 940, 1200),
    (980, 1060, 1000, 970),
    (930, 1050, 1050, 950),
    (1120, 1000, 900, 1020),
)
CATEGORY_CHANNEL_PERMILLE = (
    (1080, 980, 740),
    (960, 1150, 830),
    (1020, 920, 1080),
    (920, 1200, 880),
    (1020, 960, 1020),
    (1020, 980, 970),
    (930, 930, 1450),
    (1060, 960, 870),
)

# Returns: chance of a sold line to come back, by category and reason, in ppm.
# Reasons: wrong_size, damaged, not_as_described, changed_mind, late_delivery, defective.
RETURN_PPM = (
    (200, 6_500, 11_500, 12_500, 3_800, 22_500),
    (52_500, 3_500, 15_500, 15_500, 3_700, 2_800),
    (4_200, 11_500, 9_500, 9_500, 3_300, 6_500),
    (700, 4_700, 10_500, 7_000, 2_800, 1_900),
    (11_000, 4_700, 8_500, 9_500, 3_300, 6_500),
    (900, 6_500, 7_500, 8_500, 4_700, 7_500),
    (0, 4_200, 1_900, 1_400, 2_300, 400),
    (0, 3_700, 3_700, 6_500, 2_800, 900),
)
RETURN_LEVEL_PPM_FIRST = 1_250_000
RETURN_LEVEL_PPM_LAST = 1_100_000
RETURN_DELAY_DAYS = (3, 30)

# Stock.
OUT_OF_STOCK_PERMILLE = 25  # product and months that end without stock
STOCK_MONTHS_PPM = 1_492_000  # stock in months of sales, before stockouts
SHIPMENT_LATE_PERMILLE_RANGE = (60, 320)  # by supplier

# Marketing, in the last month and at the start.
CAC_CENTS_FIRST = 2_900
CAC_CENTS_LAST = 3_420
ROAS_PERMILLE_FIRST = 5_900
ROAS_PERMILLE_LAST = 5_320

# Surveys: NPS points at the start and in the last year.
NPS_FIRST = 47
NPS_LAST = 42
PASSIVE_PERMILLE = 260

# Clickstream.
CONVERSION_PPM = (34_850, 29_050)  # web, mobile app: orders of a normal day / sessions
KNOWN_VISITOR_PERMILLE = 350
