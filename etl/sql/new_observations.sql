-- Observations by source that the previous build has not, and articles.
SELECT o.source, count(*) FILTER (p.id IS NULL)
FROM observation o LEFT JOIN previous.observation p
    ON p.indicator = o.indicator AND p.period_start = o.period_start AND p.period_end = o.period_end
    AND p.value_text = o.value_text AND p.unit_text = o.unit_text AND p.url = o.url AND p.published = o.published
GROUP BY o.source
UNION ALL
SELECT a.source, count(*) FILTER (p.id IS NULL)
FROM article a LEFT JOIN previous.article p ON p.id = a.id
WHERE a.source <> ''
GROUP BY a.source
