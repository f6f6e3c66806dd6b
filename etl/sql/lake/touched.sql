-- The periods of some reporters that some segments tell.
SELECT DISTINCT reporter, period_kind, period_start
FROM read_parquet($files)
WHERE list_contains($reporters, reporter) AND source = $source
ORDER BY reporter, period_kind, period_start
