-- Sum of twelve months; January–February counts as one piece of two months where it is published so.
INSERT INTO point BY NAME
WITH piece AS (
    SELECT * FROM point p
    WHERE indicator = $a AND unit = $unit AND (
        period_kind = 'month'
        OR (period_kind = 'ytd' AND month(period_end) = 2 AND NOT EXISTS (
            SELECT 1 FROM point m WHERE m.indicator = $a AND m.unit = $unit AND m.period_kind = 'month'
                AND m.period_start BETWEEN p.period_start AND p.period_end
        ))
    )
),
moment AS (
    SELECT DISTINCT a.period_end, m.known_from
    FROM piece a JOIN piece m ON m.period_start > a.period_end - INTERVAL 12 MONTH AND m.period_end <= a.period_end
),
sums AS (
    SELECT t.period_end, t.known_from, min(m.period_start) AS period_start, sum(m.value) AS value, sum(m.precision) / 2 AS precision,
        sum(datediff('month', m.period_start, m.period_end) + 1) AS months, bool_or(m.status = 'estimated') AS estimated,
        bool_or(m.status = 'derived') AS derived, count(*) AS pieces, max(coalesce(m.observation, m.input)) AS input
    FROM moment t JOIN piece m ON m.period_start > t.period_end - INTERVAL 12 MONTH AND m.period_end <= t.period_end
        AND m.known_from <= t.known_from AND t.known_from < m.known_to
    GROUP BY t.period_end, t.known_from
)
SELECT $id AS indicator, $unit AS unit, '' AS terms, 'range' AS period_kind, period_start, period_end, known_from,
    coalesce(lead(known_from) OVER (PARTITION BY period_end ORDER BY known_from), DATE '9999-12-31') AS known_to,
    value, precision, if(estimated, 'estimated', 'derived') AS status, 'rolling 12 months' AS method, false AS disputed, input,
    'sum of ' || pieces || ' published pieces' || if(derived, ', some of them derived', '') AS inputs
FROM sums WHERE months = 12
