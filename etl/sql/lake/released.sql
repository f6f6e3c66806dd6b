-- The last day of release of each period of some reporters.
SELECT reporter, period_kind, period_start, max(last_released)
FROM read_parquet($files)
WHERE list_contains($reporters, reporter) AND source = $source
GROUP BY reporter, period_kind, period_start
