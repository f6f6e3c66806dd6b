-- One row a source that has observations. Only what a connector fetches has a calendar: the release
-- of the month after its newest period.
WITH held AS (
    SELECT source, max(period_end) FILTER (kind = 'actual') AS newest_period, max(published) AS newest_published,
        max(retrieved) AS retrieved, count(*) AS observations
    FROM observation GROUP BY source
)
SELECT s.id AS source, s.name, s.class, s.licence, s.licence_url, s.url, s.redistribution, s.live, s.ends, s.note,
    h.newest_period, h.newest_published, h.retrieved, h.observations,
    if(s.live, h.newest_period + s.next_after_days, NULL)::DATE AS next_expected
FROM source s JOIN held h ON h.source = s.id
ORDER BY h.observations DESC, s.id
