-- How many rows pages.sql returns.
SELECT count(*) FROM observation o
WHERE list_contains($indicators::VARCHAR[], o.indicator)
    AND o.published <= $as_of AND o.period_end >= $start AND o.period_start <= $end
