SELECT o.id, o.publisher, o.published, o.published_text, o.published_precision, o.indicator, i.short_en, i.short_ru, i.short_zh,
    o.period_kind, o.period_start, o.period_end, o.value_text, o.low, o.high, o.bound, o.unit, o.unit_text, o.status, o.kind, o.url, o.note,
    o.counter, o.correction, p.observation IS NOT NULL AS chosen
FROM observation o
JOIN indicator i ON i.id = o.indicator
LEFT JOIN point p ON p.observation = o.id AND p.known_from <= $as_of AND p.known_to > $as_of
WHERE list_contains($indicators::VARCHAR[], o.indicator)
    AND o.published <= $as_of AND o.period_end >= $start AND o.period_start <= $end
ORDER BY chosen DESC, o.published DESC, o.period_end DESC, o.indicator, o.id
