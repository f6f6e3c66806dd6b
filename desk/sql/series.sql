WITH line AS (
    SELECT p.* FROM point p
    WHERE p.indicator = $indicator AND p.unit = $unit AND p.terms = $terms
        AND p.known_from <= $as_of AND p.known_to > $as_of
        AND ($start::DATE IS NULL OR p.period_end >= $start) AND ($end::DATE IS NULL OR p.period_start <= $end)
),
-- China customs publishes January–February together: one figure, also returned among the months
shown AS (
    SELECT * FROM line WHERE period_kind = $kind
    UNION ALL
    SELECT * FROM line two
    WHERE $kind = 'month' AND two.period_kind = 'ytd' AND month(two.period_end) = 2
        AND NOT EXISTS (
            SELECT 1 FROM line one WHERE one.period_kind = 'month' AND one.period_start BETWEEN two.period_start AND two.period_end
        )
),
counted AS (
    SELECT period_kind, period_start, period_end, count(*) AS vintages,
        -- what the value shown took the place of; a value that only a growth rate implies is never shown
        list(value ORDER BY published) FILTER (status <> 'derived') AS told,
        list(precision ORDER BY published) FILTER (status <> 'derived') AS told_precision,
        max(published) FILTER (status <> 'derived') AS told_last
    FROM vintage WHERE indicator = $indicator AND unit = $unit AND published <= $as_of GROUP BY ALL
)
SELECT s.period_start, s.period_end, s.period_kind, s.value, s.precision, s.status, i.basis, s.disputed,
    coalesce(o.source, 'amur') AS source, coalesce(o.publisher, 'Amur: ' || s.method) AS publisher,
    coalesce(o.url, first_input.url) AS url, coalesce(o.published, s.known_from) AS published, coalesce(c.vintages, 1)::INTEGER AS vintages,
    s.low, s.high, s.method, coalesce(
        nullif(s.inputs, ''), if(s.status = 'derived', 'printed as ' || o.value_text || ' ' || o.unit_text || if(o.note = '', '', ' (' || o.note || ')'), ''), ''
    ) AS inputs, s.known_from, s.observation, coalesce(o.note, '') AS note,
    coalesce(o.published_precision, '') AS published_precision,
    c.told[-2] AS old_value, c.told_precision[-2] AS old_precision, if(len(c.told) > 1, c.told_last, NULL) AS revised
FROM shown s
JOIN indicator i ON i.id = s.indicator
LEFT JOIN observation o ON o.id = s.observation
LEFT JOIN observation first_input ON first_input.id = s.input
LEFT JOIN counted c ON c.period_kind = s.period_kind AND c.period_start = s.period_start AND c.period_end = s.period_end
ORDER BY s.period_start, s.period_end
