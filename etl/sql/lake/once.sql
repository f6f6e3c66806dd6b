-- The rows of a file, each key and release once.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * FROM read_parquet(getvariable('files'))
QUALIFY row_number() OVER (
    PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start, customs, transport, partner2, released
    ORDER BY line
) = 1
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
