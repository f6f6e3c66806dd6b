-- Indicators that two periods or more of one kind are known of: with one alone nothing can be compared.
WITH counted AS (
    SELECT indicator, unit, period_kind, count(DISTINCT (period_start, period_end)) AS periods
    FROM point WHERE period_kind IN ('month', 'ytd', 'year') GROUP BY ALL
),
held AS (
    SELECT indicator, list_sort(list(DISTINCT unit)) AS units, list_sort(list(DISTINCT period_kind)) AS kinds
    FROM counted GROUP BY indicator HAVING max(periods) > 1
)
SELECT i.*, h.units, h.kinds FROM indicator i JOIN held h ON h.indicator = i.id
ORDER BY i.topic <> 'trade', i.topic, i.measure = 'growth', i.product, i.id
