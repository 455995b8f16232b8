CREATE TABLE claims AS
SELECT
    i AS claim_id,
    DATE '2025-01-01' + (i % 600)::INTEGER AS opened_on,
    ['Fire', 'Storm', 'Theft'][1 + i % 3] AS cause,
    ['high', 'low', 'medium'][1 + i % 3] AS risk,
    ['Scenario A', 'Scenario B'][1 + i % 2] AS scenario,
    ['2024 intake', '2025 intake'][1 + i % 2] AS cohort,
    ['normal', 'rush', 'unexpected'][1 + i % 3] AS urgency,
    ['good', 'poor'][1 + i % 2] AS quality,
    ['web', 'shop'][1 + i % 2] AS funnel,
    ['Basic', 'Plus'][1 + i % 2] AS plan,
    ['late', 'broken', 'lost parcel'][1 + i % 3] AS reason,
    ['retail', 'corporate'][1 + i % 2] AS segment,
    ['wet road', 'dry road'][1 + i % 2] AS driver,
    (i % 7) * 10.0 AS amount,
    (i % 5) * 8.0 AS expected_amount,
    (i % 5) * 9.0 AS forecast_amount,
    (i % 3)::DOUBLE AS quality_score
FROM range(2000) AS numbers(i);
