SELECT i.title_en, i.title_ru, i.title_zh, n.indicator, n.period_kind, n.period_start, n.period_end, n.unit,
    o.value AS old_value, n.value AS new_value, n.status, coalesce(b.publisher, 'Amur: ' || n.method) AS publisher, b.url,
    coalesce(b.published, n.known_from) AS published
FROM point n
JOIN indicator i ON i.id = n.indicator
LEFT JOIN point o ON o.indicator = n.indicator AND o.unit = n.unit AND o.terms = n.terms AND o.period_kind = n.period_kind
    AND o.period_start = n.period_start AND o.period_end = n.period_end AND o.known_from <= $since AND o.known_to > $since
LEFT JOIN observation b ON b.id = n.observation
WHERE n.known_from <= $as_of AND n.known_to > $as_of AND n.known_from > $since AND n.terms IN ('', 'USD')
    AND n.unit = i.unit AND i.formula = '' AND i.basis <> 'market' AND n.method = 'reported' AND b.published_precision <> 'assumed'
    AND (o.value IS NULL OR NOT agrees(n.value, n.precision, o.value, o.precision))
ORDER BY n.known_from DESC, i.topic, n.indicator, n.period_end DESC
