SELECT a.*, (SELECT count(*) FROM claim c WHERE c.article = a.id) AS claim_count
FROM article a
WHERE a.published <= $as_of
    AND ($topic = '' OR list_contains(a.topics, $topic))
    AND ($publisher = '' OR a.page = $publisher)
    AND ($words = '' OR contains(lower(a.title || ' ' || a.summary || ' ' || a.publisher), lower($words)))
    AND ($start::DATE IS NULL OR a.published >= $start) AND ($end::DATE IS NULL OR a.published <= $end)
ORDER BY a.published DESC, a.id
