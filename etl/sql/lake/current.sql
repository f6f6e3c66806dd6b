-- Of each key the row that counts: the last release, and of one release what came last.
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT * EXCLUDE (place)
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY source, reporter, partner, flow, hs, period_kind, period_start
            ORDER BY released DESC, retrieved DESC, origin, line
        ) AS place
    FROM read_parquet(getvariable('files'))
    WHERE list_contains(getvariable('reporters'), reporter) AND reporter BETWEEN list_min(getvariable('reporters')) AND list_max(getvariable('reporters'))
)
WHERE place = 1
ORDER BY reporter, partner, flow, level, hs, period_kind, period_start
