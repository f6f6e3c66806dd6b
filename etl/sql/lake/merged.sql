-- The rows of some files in the order of the lake.
CREATE OR REPLACE TEMP VIEW chosen AS
FROM read_parquet(getvariable('files'))
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
