SELECT s.id AS source, s.name, s.class, s.licence, s.licence_url, s.url, s.redistribution, s.live, s.ends, s.note,
    max(o.period_end) FILTER (o.kind = 'actual') AS newest_period, max(o.published) AS newest_published,
    max(o.retrieved) AS retrieved, count(o.id) AS observations,
    -- only what a connector fetches has a calendar: the release of the month after the newest period
    if(s.live AND s.release_day IS NOT NULL,
        last_day(max(o.period_end) + INTERVAL 1 MONTH) + s.release_day, NULL)::DATE AS next_expected
FROM source s LEFT JOIN observation o ON o.source = s.id
GROUP BY ALL HAVING count(o.id) > 0 ORDER BY count(o.id) DESC, s.id
