-- warning: guard of a correction
SELECT c.indicator, c.period_start, c.period_end,
    'corrections.csv rules out ' || c.value || ' because of ' || c.guard || ', which is no longer there'
FROM correction c
WHERE c.guard <> '' AND NOT EXISTS (
    SELECT 1 FROM observation o WHERE o.indicator = c.indicator AND o.period_start = c.period_start
        AND o.period_end = c.period_end AND o.value_text = c.guard
)
