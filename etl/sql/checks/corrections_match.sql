-- error: corrections match
SELECT indicator, period_start, period_end,
    'corrections.csv: ' || value || ' ' || unit
        || if(matches = 0, ' matches no observation; remove it', ' matches several observations; make it exact')
FROM (
    SELECT * EXCLUDE (observation, reason, guard), count(observation) AS matches
    FROM correction GROUP BY ALL
)
WHERE matches <> 1
