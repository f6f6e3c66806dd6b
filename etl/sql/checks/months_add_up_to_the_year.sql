-- warning: months add up to the year
SELECT indicator, period_start, period_end,
    'the months add up to ' || digits(total) || ', the year is ' || digits(value) || ' ' || unit
FROM (
    SELECT y.indicator, y.period_start, y.period_end, y.value, y.unit, sum(m.value) AS total, count(*) AS months
    FROM best y
    JOIN indicator i ON i.id = y.indicator AND i.additive
    JOIN best m ON m.indicator = y.indicator AND m.unit = y.unit AND m.terms = '' AND m.period_kind = 'month'
        AND m.period_start BETWEEN y.period_start AND y.period_end AND m.known_to = y.known_to
    WHERE y.period_kind = 'year' AND y.known_to = DATE '9999-12-31'
    GROUP BY ALL
)
WHERE months = 12 AND abs(total / value - 1) > 0.02
