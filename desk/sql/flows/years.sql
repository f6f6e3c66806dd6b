-- The years that the customs of a reporter tell, each with how many of its months are there.
SELECT
    year(period_start) AS year,
    if(bool_or(period_kind = 'year'), 12, count(DISTINCT period_start) FILTER (period_kind = 'month')) AS months
FROM read_parquet($blocks)
WHERE source = $source AND reporter = $reporter
GROUP BY year
ORDER BY year
