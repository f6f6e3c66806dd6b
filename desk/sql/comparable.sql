-- Every indicator with the units that it is known in. It is offered where two periods or more of one kind
-- are known: one figure alone cannot be compared over time.
WITH counted AS (
    SELECT indicator, unit, period_kind, count(DISTINCT (period_start, period_end)) AS periods
    FROM point
    WHERE period_kind IN ('month', 'ytd', 'year') AND ($names::VARCHAR[] IS NULL OR list_contains($names, indicator))
    GROUP BY ALL
),
held AS (
    SELECT indicator, list_sort(list(DISTINCT unit)) AS units, max(periods) > 1 AS offered
    FROM counted GROUP BY indicator
)
SELECT i.*, coalesce(h.units, []) AS units, coalesce(h.offered, false) AS offered
FROM indicator i LEFT JOIN held h ON h.indicator = i.id
WHERE $names::VARCHAR[] IS NULL OR list_contains($names, i.id)
ORDER BY i.topic <> 'trade', i.topic, i.measure = 'growth', i.product, i.id
