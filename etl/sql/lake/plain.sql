-- The rows of some reporters in the order of the lake.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * FROM read_parquet(getvariable('files'))
WHERE list_contains(getvariable('reporters'), reporter) AND reporter BETWEEN list_min(getvariable('reporters')) AND list_max(getvariable('reporters'))
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
