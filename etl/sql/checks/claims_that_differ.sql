-- warning: claims that differ from what is known
SELECT c.indicator, c.period_start, c.period_end, a.publisher || ', ' || quoted(a.title) || ', claim ' || v.number || ': ' || v.explanation_en
FROM verdict v
JOIN claim c ON c.article = v.article AND c.number = v.number
JOIN article a ON a.id = v.article
WHERE v.as_of = 'build' AND v.verdict = 'differs'
ORDER BY v.article, v.number
