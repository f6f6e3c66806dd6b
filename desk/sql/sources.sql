-- One row a source that has observations, and every live one. Only what a connector fetches has a
-- calendar: so many days after the end of its newest period the next figure is overdue.
WITH held AS (
    SELECT source, max(period_end) FILTER (kind = 'actual') AS newest_period, max(published) AS newest_published,
        max(retrieved)::DATE AS retrieved, count(*) AS observations
    FROM observation GROUP BY source
    UNION ALL
    SELECT source, NULL, max(published), max(retrieved)::DATE, count(*) FROM article WHERE source <> '' GROUP BY source
)
SELECT s.id AS source, s.name, s.class, s.licence, s.licence_url, s.url, s.redistribution, s.live, s.ends, s.note,
    h.newest_period, h.newest_published, h.retrieved, coalesce(h.observations, 0) AS observations,
    if(s.live, coalesce(h.newest_period, h.newest_published) + s.next_after_days, NULL)::DATE AS next_expected
FROM source s LEFT JOIN held h ON h.source = s.id
WHERE s.live OR h.observations > 0
ORDER BY h.observations DESC NULLS LAST, s.id
