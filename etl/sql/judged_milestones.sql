-- Dated milestones that claims of dates are held against; a partial date spans its month or year.
SELECT project, status, date,
    CASE date_precision
        WHEN 'day' THEN date
        WHEN 'month' THEN last_day(date)
        ELSE (date + INTERVAL 1 YEAR)::DATE - 1
    END,
    publisher, url, published
FROM event
ORDER BY project, date, id
