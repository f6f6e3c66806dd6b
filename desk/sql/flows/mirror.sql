-- Both sides of the trade of two countries by year: what one tells as exports the other as imports.
-- Each side is asked for by itself: one condition for both finds no place in a sorted file.
WITH side AS (
    SELECT reporter, flow, period_start, period_kind, value
    FROM flow_row
    WHERE source = $source AND reporter = $one AND partner = $other AND hs = $hs AND flow IN ('M', 'X')
        AND period_start BETWEEN $start AND $end
    UNION ALL
    SELECT reporter, flow, period_start, period_kind, value
    FROM flow_row
    WHERE source = $source AND reporter = $other AND partner = $one AND hs = $hs AND flow IN ('M', 'X')
        AND period_start BETWEEN $start AND $end
),
told AS (
    SELECT
        reporter, flow, year(period_start) AS year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month')) AS value
    FROM side
    GROUP BY reporter, flow, year
)
SELECT year, reporter, flow, value FROM told ORDER BY year, reporter, flow
