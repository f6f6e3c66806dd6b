-- warning: jumps beyond history
SELECT indicator, period_start, period_end, digits(value) || ' ' || unit || ' after ' || digits(before) || ' the month before'
FROM (
    SELECT *, lag(value) OVER months AS before, lag(period_end) OVER months AS before_end,
        median(value) OVER (months ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING) AS usual,
        count(*) OVER (months ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING) AS known
    FROM best b JOIN indicator i ON i.id = b.indicator AND i.unit = b.unit
    WHERE b.period_kind = 'month' AND b.terms = '' AND b.known_to = DATE '9999-12-31' AND b.period_start >= DATE '2015-01-01'
        AND i.measure IN ('value', 'volume', 'price', 'rate')
    WINDOW months AS (PARTITION BY b.indicator, b.unit ORDER BY b.period_start)
)
WHERE known >= 6 AND before_end = period_start - 1 AND usual > 0 AND before > 0
    AND (value > 3 * greatest(usual, before) OR value < least(usual, before) / 3)
