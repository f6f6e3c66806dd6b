-- Current points of build `fresh` that build `previous` had not, or had with another value. One more
-- digit of the same figure is no news.
CREATE TEMP TABLE news AS
SELECT
    n.indicator, i.title_en AS title, n.period_kind, n.period_start, n.period_end, n.unit, n.terms,
    n.value, n.status, n.method, p.value AS old_value,
    coalesce(o.source, 'amur') AS source, coalesce(o.publisher, 'Amur: ' || n.method) AS publisher,
    coalesce(o.published, n.known_from) AS published, coalesce(q.published, p.known_from) AS old_published
FROM fresh.point n
JOIN fresh.indicator i ON i.id = n.indicator
LEFT JOIN previous.point p ON p.indicator = n.indicator AND p.unit = n.unit AND p.terms = n.terms
    AND p.period_kind = n.period_kind AND p.period_start = n.period_start AND p.period_end = n.period_end
    AND p.known_to = n.known_to
LEFT JOIN fresh.observation o ON o.id = n.observation
LEFT JOIN previous.observation q ON q.id = p.observation
WHERE n.known_to = DATE '9999-12-31' AND i.kind = 'actual' AND (
    p.value IS NULL
    OR (
        abs(n.value - p.value) > 1e-9 * greatest(abs(n.value), abs(p.value))
        AND NOT (n.precision <> p.precision AND agrees(n.value, n.precision, p.value, p.precision))
    )
)
