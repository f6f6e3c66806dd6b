-- Every claim with its article, without what we noted or worded ourselves.
SELECT c.article, c.number, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change,
    c.direction, c.indicator, c.kind, c.terms, coalesce(a.url, ''), a.publisher, a.wire, a.published, a.published_text, a.title
FROM claim c JOIN article a ON a.id = c.article
ORDER BY c.article, c.number
