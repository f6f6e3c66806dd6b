-- Of each key the row of the last release that was known on a day.
CREATE TEMP VIEW flow_row AS
SELECT * FROM read_parquet(getvariable('files'))
WHERE released <= getvariable('as_of')
QUALIFY row_number() OVER (
    PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start
    ORDER BY released DESC, retrieved DESC, origin, line
) = 1
