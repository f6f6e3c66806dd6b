-- Both sides of the trade of two countries by year: what one tells as exports the other as imports.
WITH told AS (
    SELECT
        reporter, flow, year(period_start) AS year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month')) AS value
    FROM flow_row
    WHERE source = $source AND hs = $hs AND flow IN ('M', 'X')
        AND ((reporter = $one AND partner = $other) OR (reporter = $other AND partner = $one))
        AND period_start BETWEEN $start AND $end
    GROUP BY reporter, flow, year
)
SELECT year, reporter, flow, value FROM told ORDER BY year, reporter, flow
