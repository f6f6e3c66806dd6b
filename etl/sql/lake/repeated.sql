-- How many rows of a file of rows share a key with another one.
SELECT coalesce(sum(n), 0) FROM (
    SELECT count(*) AS n
    FROM read_parquet($files)
    WHERE aside < 2
    GROUP BY hash(source, reporter, partner, flow, hs, period_start, period_kind, customs, transport, partner2)
    HAVING count(*) > 1
)
