SELECT story, id, title, publisher, published, published_text, url
FROM article
WHERE published <= $as_of AND story IN (SELECT unnest($stories::VARCHAR[]))
ORDER BY published, id
