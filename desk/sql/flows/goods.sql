-- What one country sells or buys of another in a year by HS code, with the year before, the unit value
-- in USD a kg, and the partner's share in all that the reporter trades of it. A year is told as such,
-- else it is the sum of its months, of which the year before counts the same.
WITH told AS (
    SELECT hs, partner, year(period_start) AS year, period_kind, month(period_start) AS month, value, weight
    FROM flow_row
    WHERE source = $source AND reporter = $reporter AND flow = $flow AND level = $level
        AND partner IN ($partner, 'W00')
        AND period_start BETWEEN make_date($year - 1, 1, 1) AND make_date($year, 12, 31)
),
counted AS (
    SELECT
        hs, partner, year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month' AND month <= $months)) AS value,
        coalesce(sum(weight) FILTER (period_kind = 'year'), sum(weight) FILTER (period_kind = 'month' AND month <= $months AND weight IS NOT NULL)) AS weight,
        sum(value) FILTER (weight IS NOT NULL) AS weighed
    FROM told
    GROUP BY hs, partner, year
)
SELECT
    c.hs,
    coalesce(g.name, c.hs) AS name,
    max(c.value) FILTER (c.partner = $partner AND year = $year) AS value,
    max(c.value) FILTER (c.partner = $partner AND year = $year - 1) AS before,
    max(c.weighed / nullif(c.weight, 0)) FILTER (c.partner = $partner AND year = $year) AS unit_value,
    max(c.value) FILTER (c.partner = $partner AND year = $year) / nullif(max(c.value) FILTER (c.partner = 'W00' AND year = $year), 0) AS share
FROM counted c
LEFT JOIN good g ON g.code = c.hs
WHERE $words = '' OR c.hs LIKE $words || '%' OR contains(lower(coalesce(g.name, '')), lower($words))
GROUP BY c.hs, g.name
HAVING value IS NOT NULL OR before IS NOT NULL
ORDER BY value DESC NULLS LAST, c.hs
