SELECT story, id, title, publisher, published, published_text, url
FROM article
WHERE published <= $as_of AND story IN (SELECT story FROM article GROUP BY story HAVING count(*) > 1)
ORDER BY published, id
