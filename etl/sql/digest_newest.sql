-- The newest point of each line, where it is news: how many stand before it, how high and low they
-- reach, and the change on the same period a year earlier.
WITH line AS (
    SELECT indicator, unit, terms, period_kind, period_start, period_end, value
    FROM fresh.point WHERE known_to = DATE '9999-12-31'
),
newest AS (
    SELECT indicator, unit, terms, period_kind, max(period_end) AS period_end FROM line GROUP BY ALL
)
SELECT
    n.indicator, n.title, n.period_kind, n.period_start::VARCHAR AS period_start, n.period_end::VARCHAR AS period_end,
    n.value, n.unit, n.terms, n.status, n.source, n.publisher, n.published::VARCHAR AS published, n.method,
    count(l.value) AS before, max(l.value) AS highest, min(l.value) AS lowest,
    100 * (n.value - y.value) / nullif(abs(y.value), 0) AS change_pct
FROM news n
JOIN newest USING (indicator, unit, terms, period_kind, period_end)
LEFT JOIN line l ON l.indicator = n.indicator AND l.unit = n.unit AND l.terms = n.terms
    AND l.period_kind = n.period_kind AND l.period_end < n.period_end
LEFT JOIN line y ON y.indicator = n.indicator AND y.unit = n.unit AND y.terms = n.terms AND y.period_kind = n.period_kind
    AND y.period_start = n.period_start - INTERVAL 1 YEAR AND y.period_end = a_year_before(n.period_end)
WHERE n.terms IN ('', 'USD')
GROUP BY ALL
ORDER BY n.indicator, n.period_kind, n.unit
