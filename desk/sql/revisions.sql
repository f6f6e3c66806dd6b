SELECT i.short_en AS indicator, v.period_start, v.period_end, v.period_kind, v.unit,
    first(v.value ORDER BY v.published) AS first_value, last(v.value ORDER BY v.published) AS newest_value,
    100 * (newest_value / first_value - 1) AS change_percent, count(*) AS vintages,
    bool_or(v.status = 'derived') AS implied, min(v.published) AS first_published, max(v.published) AS newest_published
FROM vintage v JOIN indicator i ON i.id = v.indicator
WHERE v.published <= $as_of AND i.unit = v.unit AND i.kind = 'actual'
GROUP BY ALL HAVING count(*) > 1 ORDER BY period_end DESC, indicator
