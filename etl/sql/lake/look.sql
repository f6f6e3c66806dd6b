-- One look at a piece: its rows, whether any of them cannot be as it is, parts of totals, trade of groups,
-- and rows with the key of the one before. The rows are sorted by key, so that repeats are neighbours,
-- and so are the rows of one HS code, which is looked at once. Two keys of one hash only cost a search
-- for repeats that finds none. A figure that is no number is the greatest.
SELECT
    count(*),
    coalesce(count(reporter) < count(*) OR count(partner) < count(*) OR count(flow) < count(*) OR count(hs) < count(*)
        OR count(period_start) < count(*) OR count(released) < count(*)
        OR count(*) FILTER (bad_code) > 0
        OR least(min(value), min(weight), min(quantity)) < 0
        OR NOT isfinite(greatest(max(value), max(weight), max(quantity)))
        OR max(released) > getvariable('today')
        OR max(period_start) FILTER (period_kind = 'month') > date_trunc('month', getvariable('today')) - INTERVAL 1 MONTH
        OR max(period_start) FILTER (period_kind = 'year') > make_date(year(getvariable('today')) - 1, 1, 1), false),
    count(*) FILTER (aside = 1),
    count(*) FILTER (aside = 2),
    count(*) FILTER (key = key_before)
FROM (
    SELECT
        *,
        lag(key) OVER () AS key_before,
        CASE
            WHEN hs = lag(hs) OVER () THEN false
            ELSE NOT (hs = 'TOTAL' OR (length(hs) IN (2, 4, 6, 8, 9, 10, 11, 12) AND regexp_full_match(hs, '\d+[A-Z]{0,2}')))
        END AS bad_code
    FROM (SELECT *, hash(reporter, partner, flow, hs, period_start, period_kind) AS key FROM read_parquet($file))
)
