SELECT story, id, title, publisher, published, published_text, url
FROM article
WHERE published <= $as_of AND list_contains($stories::VARCHAR[], story)
ORDER BY published, id
