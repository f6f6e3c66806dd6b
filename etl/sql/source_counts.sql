-- What each source holds: observations, or articles where it gives those.
SELECT source, sum(held)::BIGINT FROM (
    SELECT source, count(*) AS held FROM observation GROUP BY source
    UNION ALL
    SELECT source, count(*) FROM article WHERE source <> '' GROUP BY source
) GROUP BY source ORDER BY source
