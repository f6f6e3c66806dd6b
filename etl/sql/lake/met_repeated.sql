-- How many rows of those periods repeat the key of another one.
SELECT coalesce(sum(n - 1), 0)
FROM (
    SELECT count(*) AS n
    FROM read_parquet(getvariable('files')) r
    SEMI JOIN met m ON m.source = r.source AND m.reporter = r.reporter AND m.period_kind = r.period_kind AND m.period_start = r.period_start
    GROUP BY hash(source, reporter, partner, flow, hs, period_kind, period_start, released)
    HAVING count(*) > 1
)
