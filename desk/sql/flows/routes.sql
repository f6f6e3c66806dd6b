-- Listed goods on their way round: what the seller exports to places between, and what these export
-- to the buyer, by year, each as the exporter's customs tell it.
WITH told AS (
    SELECT
        reporter, partner, hs, year(period_start) AS year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month')) AS value
    FROM flow_row
    WHERE source = $source AND flow = 'X' AND list_contains($codes, hs)
        AND ((reporter = $seller AND list_contains($hubs, partner)) OR (list_contains($hubs, reporter) AND partner = $buyer)
            OR (reporter = $seller AND partner = $buyer))
        AND period_start BETWEEN $start AND $end
    GROUP BY reporter, partner, hs, year
)
SELECT year, reporter, partner, sum(value) AS value FROM told GROUP BY year, reporter, partner ORDER BY year, reporter, partner
