-- The claims of an article, then those that other articles of its story add.
SELECT c.*, i.short_en, i.short_ru, i.short_zh, a.title, a.publisher, a.published, a.published_text, a.url, a.source,
    t AS judged_then, n AS judged_now
FROM claim c
JOIN article a ON a.id = c.article AND a.story = (SELECT story FROM article WHERE id = $article)
LEFT JOIN indicator i ON i.id = c.indicator
LEFT JOIN verdict t ON t.article = c.article AND t.number = c.number AND t.as_of = 'article'
LEFT JOIN verdict n ON n.article = c.article AND n.number = c.number AND n.as_of = 'build'
QUALIFY c.article = first(c.article) OVER (
    PARTITION BY c.indicator, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change, c.direction, c.kind
    ORDER BY c.article <> $article, c.article
)
ORDER BY c.article <> $article, c.article, c.number
