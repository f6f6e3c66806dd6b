-- One row a story: of the articles that speak of the indicators a reviewed one, else the first.
WITH speaking AS (
    SELECT a.*, list(c.number ORDER BY c.number) AS numbers
    FROM article a JOIN claim c ON c.article = a.id
    WHERE list_contains($indicators::VARCHAR[], c.indicator) AND a.published <= $as_of
        AND (c.period_end IS NULL OR (c.period_end >= $start AND c.period_start <= $end))
    GROUP BY ALL
)
FROM speaking
QUALIFY row_number() OVER (PARTITION BY story ORDER BY summary = '', published, id) = 1
ORDER BY published DESC, id
