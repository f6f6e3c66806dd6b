-- warning: a flat line
SELECT indicator, first_day, last_day, months || ' months of exactly ' || digits(value) || ' ' || unit
FROM (
    SELECT indicator, unit, terms, value, run, min(period_start) AS first_day, max(period_end) AS last_day, count(*) AS months
    FROM (
        SELECT *, row_number() OVER (PARTITION BY indicator, unit, terms ORDER BY period_start)
            - row_number() OVER (PARTITION BY indicator, unit, terms, value ORDER BY period_start) AS run
        FROM best WHERE period_kind = 'month' AND known_to = DATE '9999-12-31' AND value <> 0 AND period_start >= DATE '2015-01-01'
    )
    GROUP BY ALL
)
WHERE months >= 4
