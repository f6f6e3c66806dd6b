-- One row a story, as known on a day: the reviewed article of it, else the first.
SELECT id, title, summary, publisher, published, published_text, topics
FROM article
WHERE published <= $as_of
QUALIFY row_number() OVER (PARTITION BY story ORDER BY summary = '', published, id) = 1
ORDER BY published DESC, id
