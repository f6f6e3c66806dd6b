-- Every fault of the raw events, one row each: file, line, what, fix.
SELECT file, line, what, fix FROM (
    SELECT *, 'date «' || date || '» is not a date of precision ' || date_precision AS what, 'write YYYY-MM-DD, YYYY-MM or YYYY' AS fix
    FROM raw_event
    WHERE NOT is_partial_date(date) OR length(date) <> CASE date_precision WHEN 'day' THEN 10 WHEN 'month' THEN 7 WHEN 'year' THEN 4 ELSE 0 END
    UNION ALL
    SELECT *, 'status «' || status || '» is not in the closed list', 'use one of ' || getvariable('statuses')
    FROM raw_event WHERE NOT list_contains(string_split(getvariable('statuses'), ' '), status)
    UNION ALL
    SELECT *, 'there is no URL', 'give the page that it was taken from' FROM raw_event WHERE NOT regexp_full_match(url, 'https?://\S+')
    UNION ALL
    SELECT *, 'there is no id, project or title', 'write all three' FROM raw_event WHERE id = '' OR project = '' OR title = ''
    UNION ALL
    SELECT *, 'price_settled or contract_signed is neither yes, no nor empty', 'leave it empty when unknown'
    FROM raw_event WHERE price_settled NOT IN ('', 'yes', 'no') OR contract_signed NOT IN ('', 'yes', 'no')
    UNION ALL
    SELECT *, 'capacity «' || capacity_value || '» is not a number', 'write digits with a point'
    FROM raw_event WHERE capacity_value <> '' AND try_cast(capacity_value AS DOUBLE) IS NULL
    UNION ALL
    SELECT *, 'unit «' || capacity_unit || '» is unknown', 'add it to units.toml or correct it'
    FROM raw_event WHERE capacity_unit <> '' AND capacity_unit NOT IN (SELECT id FROM unit)
    UNION ALL
    SELECT *, 'published «' || published || '» is not a past date', 'write YYYY-MM-DD, YYYY-MM or YYYY'
    FROM raw_event WHERE NOT (is_partial_date(published) AND first_day(published) <= getvariable('today'))
    UNION ALL
    SELECT *, 'event id «' || id || '» stands twice', 'give it an id of its own'
    FROM raw_event WHERE id <> '' QUALIFY count(*) OVER (PARTITION BY id) > 1
) ORDER BY line
