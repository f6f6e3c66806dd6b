-- Who sells some products to a buyer, by year, as the sellers' own customs tell it: the buyer itself
-- tells nothing since 2022. A seller of a year that its customs have not told yet is missing.
WITH told AS (
    SELECT
        reporter, hs, year(period_start) AS year,
        coalesce(sum(value) FILTER (period_kind = 'year'), sum(value) FILTER (period_kind = 'month')) AS value
    FROM flow_row
    WHERE source = $source AND partner = $buyer AND flow = 'X' AND list_contains($codes, hs)
        AND period_start BETWEEN $start AND $end
    GROUP BY reporter, hs, year
)
SELECT year, reporter AS seller, sum(value) AS value, sum(value) / nullif(sum(sum(value)) OVER (PARTITION BY year), 0) AS share
FROM told
GROUP BY year, reporter
ORDER BY year, value DESC, seller
