-- One look at a piece: its rows, rows that cannot be as they are, parts of totals, trade of groups, and
-- rows with the key of the one before. The rows are sorted by key, so that repeats are neighbours.
SELECT
    count(*),
    count(*) FILTER (
        reporter IS NULL OR partner IS NULL OR period_start IS NULL
        OR flow IS NULL OR flow NOT IN ('M', 'X', 'RM', 'RX', 'DX', 'FM', 'MIP', 'MOP', 'XIP', 'XOP')
        OR hs IS NULL OR NOT (hs = 'TOTAL' OR (length(hs) IN (2, 4, 6, 8, 9, 10, 11, 12) AND regexp_full_match(hs, '\d+[A-Z]{0,2}')))
        OR value < 0 OR weight < 0 OR quantity < 0 OR NOT isfinite(value) OR NOT isfinite(weight) OR NOT isfinite(quantity)
        OR released IS NULL OR released > getvariable('today')
        OR period_start > if(period_kind = 'month', date_trunc('month', getvariable('today')) - INTERVAL 1 MONTH, make_date(year(getvariable('today')) - 1, 1, 1))
    ),
    count(*) FILTER (aside = 1),
    count(*) FILTER (aside = 2),
    count(*) FILTER (hs = hs_before AND period_start = period_before AND partner = partner_before AND reporter = reporter_before AND flow = flow_before)
FROM (
    SELECT
        *,
        lag(hs) OVER () AS hs_before, lag(period_start) OVER () AS period_before, lag(partner) OVER () AS partner_before,
        lag(reporter) OVER () AS reporter_before, lag(flow) OVER () AS flow_before
    FROM read_parquet($file)
)
