-- How many rows of a piece cannot be as they are; why, the text of the piece tells.
SELECT count(*)
FROM read_parquet($file)
WHERE reporter IS NULL OR partner IS NULL OR period_start IS NULL
    OR flow IS NULL OR flow NOT IN ('M', 'X', 'RM', 'RX', 'DX', 'FM', 'MIP', 'MOP', 'XIP', 'XOP')
    OR hs IS NULL OR NOT (hs = 'TOTAL' OR (length(hs) IN (2, 4, 6, 8, 9, 10, 11, 12) AND regexp_full_match(hs, '\d+[A-Z]{0,2}')))
    OR value < 0 OR weight < 0 OR quantity < 0 OR NOT isfinite(value) OR NOT isfinite(weight) OR NOT isfinite(quantity)
    OR released IS NULL OR released > getvariable('today')
    OR if(period_kind = 'month', last_day(period_start), make_date(year(period_start), 12, 31)) >= getvariable('today')
