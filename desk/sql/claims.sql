-- A figure that one story states on many sites is stated once: by the first of them.
SELECT c.article, c.number, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change, c.direction,
    c.indicator, c.kind, c.terms, c.words, c.note, c.line_value, c.line_unit, a.title, a.publisher, a.published, a.published_text, a.url, a.story,
    a.source, t AS judged_then, n AS judged_now
FROM claim c
JOIN article a ON a.id = c.article
LEFT JOIN verdict t ON t.article = c.article AND t.number = c.number AND t.as_of = 'article'
LEFT JOIN verdict n ON n.article = c.article AND n.number = c.number AND n.as_of = 'build'
WHERE a.published <= $as_of
QUALIFY c.article = first(c.article) OVER (
    PARTITION BY a.story, c.indicator, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change, c.direction, c.kind
    ORDER BY a.summary = '', a.published, a.id
)
ORDER BY a.published DESC, a.id, c.number
