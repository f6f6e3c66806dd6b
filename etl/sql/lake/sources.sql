-- What the blocks of the lake say of each source, the largest first.
SELECT
    source, sum(rows)::BIGINT AS rows, count(DISTINCT reporter) AS reporters,
    min(period_start)::VARCHAR AS first,
    max(if(period_kind = 'month', last_day(period_start), make_date(year(period_start), 12, 31)))::VARCHAR AS last,
    max(last_released)::VARCHAR AS released
FROM read_parquet($files)
GROUP BY source
ORDER BY rows DESC, source
