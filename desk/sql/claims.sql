SELECT c.article, c.number, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change, c.direction,
    c.indicator, c.kind, c.terms, c.words, c.note, c.line_value, c.line_unit, a.title, a.publisher, a.published, a.published_text, a.url
FROM claim c JOIN article a ON a.id = c.article
WHERE c.indicator IN (SELECT unnest($indicators::VARCHAR[])) AND a.published <= $as_of
    AND (c.period_end IS NULL OR (c.period_end >= $start AND c.period_start <= $end))
ORDER BY a.published DESC, a.id, c.number
