-- The periods of each reporter in some files: what can meet another segment at all.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT
    source, reporter, period_kind, period_start, count(*) AS rows,
    min(released) AS first_released, max(released) AS last_released
FROM read_parquet(getvariable('files'))
GROUP BY source, reporter, period_kind, period_start
ORDER BY source, reporter, period_kind, period_start
