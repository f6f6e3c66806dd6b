SELECT i.*, p.first, p.last
FROM indicator i
LEFT JOIN (
    SELECT indicator, min(period_start) AS first, max(period_end) AS last FROM point GROUP BY indicator
) p ON p.indicator = i.id
ORDER BY i.topic, i.id
