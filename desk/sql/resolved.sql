-- Every line as known on $as_of. `among_months`: China customs publishes January–February together, one figure that
-- is also returned among the months.
WITH line AS (
    FROM point WHERE known_from <= $as_of AND known_to > $as_of
),
monthly AS (
    SELECT DISTINCT indicator, unit, terms, year(period_start) AS year FROM line WHERE period_kind = 'month' AND month(period_start) <= 2
),
counted AS (
    SELECT indicator, unit, period_kind, period_start, period_end, count(*) AS vintages,
        -- what the value shown took the place of; a value that only a growth rate implies is never shown
        list(value ORDER BY published) FILTER (status <> 'derived') AS told,
        list(precision ORDER BY published) FILTER (status <> 'derived') AS told_precision,
        max(published) FILTER (status <> 'derived') AS told_last
    FROM vintage WHERE published <= $as_of GROUP BY ALL
)
SELECT s.indicator, s.unit, s.terms, s.period_start, s.period_end, s.period_kind, s.value, s.precision, s.status, i.basis, s.disputed,
    coalesce(o.source, 'amur') AS source, coalesce(o.publisher, 'Amur: ' || s.method) AS publisher,
    coalesce(o.url, first_input.url) AS url, coalesce(o.published, s.known_from) AS published, coalesce(c.vintages, 1)::INTEGER AS vintages,
    s.low, s.high, s.method, coalesce(
        nullif(s.inputs, ''), if(s.status = 'derived', 'printed as ' || o.value_text || ' ' || o.unit_text || if(o.note = '', '', ' (' || o.note || ')'), ''), ''
    ) AS inputs, s.known_from, s.observation, coalesce(o.note, '') AS note,
    coalesce(o.published_precision, '') AS published_precision,
    c.told[-2] AS old_value, c.told_precision[-2] AS old_precision, if(len(c.told) > 1, c.told_last, NULL) AS revised,
    s.period_kind = 'ytd' AND month(s.period_end) = 2 AND m.year IS NULL AS among_months
FROM line s
JOIN indicator i ON i.id = s.indicator
LEFT JOIN observation o ON o.id = s.observation
LEFT JOIN observation first_input ON first_input.id = s.input
LEFT JOIN counted c ON c.indicator = s.indicator AND c.unit = s.unit AND c.period_kind = s.period_kind
    AND c.period_start = s.period_start AND c.period_end = s.period_end
LEFT JOIN monthly m ON m.indicator = s.indicator AND m.unit = s.unit AND m.terms = s.terms AND m.year = year(s.period_end)
ORDER BY s.indicator, s.unit, s.terms, s.period_start, s.period_end
