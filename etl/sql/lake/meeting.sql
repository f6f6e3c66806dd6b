-- One reporter's period that more than one of the files tells.
SELECT reporter
FROM (SELECT DISTINCT source, reporter, period_kind, period_start, filename FROM read_parquet($files, filename = true))
GROUP BY source, reporter, period_kind, period_start
HAVING count(*) > 1
LIMIT 1
