-- error: bounds
SELECT o.indicator, o.period_start, o.period_end,
    o.file || ':' || o.line || ': ' || digits(o.value) || ' ' || o.unit || ' is outside ' || digits(i.bound_low) || ' to ' || digits(i.bound_high)
FROM observation o JOIN indicator i ON i.id = o.indicator AND i.unit = o.unit
WHERE o.correction IS NULL AND (o.value < i.bound_low OR o.value > i.bound_high)
