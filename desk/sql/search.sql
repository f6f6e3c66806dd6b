-- One row a story: of the articles that match a reviewed one, else the first.
SELECT a.*, (
    SELECT count(DISTINCT (c.indicator, c.value, c.low, c.high, c.bound, c.unit, c.period_start, c.period_end, c.change, c.direction, c.kind))
    FROM claim c JOIN article o ON o.id = c.article WHERE o.story = a.story
) AS claim_count
FROM article a
WHERE a.published <= $as_of
    AND ($topic = '' OR list_contains(a.topics, $topic))
    AND ($publisher = '' OR a.page = $publisher)
    AND ($words = '' OR contains(lower(a.title || ' ' || a.summary || ' ' || a.publisher), lower($words)))
    AND ($start::DATE IS NULL OR a.published >= $start) AND ($end::DATE IS NULL OR a.published <= $end)
QUALIFY row_number() OVER (PARTITION BY a.story ORDER BY a.summary = '', a.published, a.id) = 1
ORDER BY a.published DESC, a.id
