-- The rows of some files that are totals (0) or parts of them (1), in the order of the lake.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * FROM read_parquet(getvariable('files')) WHERE aside = getvariable('aside')
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
