-- Reporters of whom more than one file tells the same period.
SELECT reporter
FROM (
    SELECT source, reporter, period_kind, period_start, filename
    FROM read_parquet($files, filename = true)
    GROUP BY ALL
)
GROUP BY source, reporter, period_kind, period_start
HAVING count(*) > 1
