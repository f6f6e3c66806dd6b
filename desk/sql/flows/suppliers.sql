-- Who shares a reporter's trade in one product, by year, and how much it hangs on few of them: the
-- Herfindahl–Hirschman index of the partners' shares, 10,000 where there is one alone.
WITH told AS (
    SELECT
        partner, year(period_start) AS year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month')) AS value
    FROM flow_row
    WHERE source = $source AND reporter = $reporter AND flow = $flow AND hs = $hs AND partner <> 'W00'
        AND period_start BETWEEN $start AND $end
    GROUP BY partner, year
)
SELECT
    year, partner, value,
    value / nullif(sum(value) OVER (PARTITION BY year), 0) AS share,
    10000 * sum(value * value) OVER (PARTITION BY year) / nullif(pow(sum(value) OVER (PARTITION BY year), 2), 0) AS hhi
FROM told
WHERE value > 0
ORDER BY year, value DESC, partner
