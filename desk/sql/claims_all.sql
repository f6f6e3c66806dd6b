-- Every claim of every article known on a day, each as its own page states it.
SELECT c.*, i.short_en, i.short_ru, i.short_zh, a.title, a.publisher, a.page, a.published, a.published_text, a.url, a.source, a.summary,
    t AS judged_then, n AS judged_now
FROM claim c
JOIN article a ON a.id = c.article
LEFT JOIN indicator i ON i.id = c.indicator
LEFT JOIN verdict t ON t.article = c.article AND t.number = c.number AND t.as_of = 'article'
LEFT JOIN verdict n ON n.article = c.article AND n.number = c.number AND n.as_of = 'build'
WHERE a.published <= $as_of
ORDER BY a.published DESC, a.id, c.number
