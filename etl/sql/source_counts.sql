SELECT source, count(*) FROM observation GROUP BY source ORDER BY source
