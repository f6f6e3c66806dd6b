SELECT i.short_en AS indicator, c.period_start, c.period_end, c.value, c.unit, c.reason, o.publisher, c.url
FROM correction c JOIN indicator i ON i.id = c.indicator LEFT JOIN observation o ON o.id = c.observation
ORDER BY c.period_end DESC, c.indicator
