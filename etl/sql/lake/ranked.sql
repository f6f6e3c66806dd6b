-- The rows of some reporters, each with its place among those of its key: the last release is first,
-- and of one release what came last.
CREATE OR REPLACE TEMP VIEW ranked AS
SELECT
    *,
    row_number() OVER (
        PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start
        ORDER BY released DESC, retrieved DESC, origin, line
    ) AS place
FROM read_parquet(getvariable('files'))
WHERE list_contains(getvariable('reporters'), reporter) AND reporter BETWEEN list_min(getvariable('reporters')) AND list_max(getvariable('reporters'))
