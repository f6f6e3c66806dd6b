INSERT INTO event BY NAME
SELECT * EXCLUDE (file, line) REPLACE (
    rpad(date, 10, '-01')::DATE AS date, try_cast(capacity_value AS DOUBLE) AS capacity_value,
    last_published(published) AS published
), date AS date_text, published AS published_text
FROM raw_event
