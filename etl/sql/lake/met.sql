-- The periods of reporters that more than one of the files tells.
CREATE OR REPLACE TEMP TABLE met AS
SELECT source, reporter, period_kind, period_start
FROM (
    SELECT DISTINCT source, reporter, period_kind, period_start, filename
    FROM read_parquet(getvariable('files'), filename = true)
)
GROUP BY source, reporter, period_kind, period_start
HAVING count(*) > 1
