-- Every fault of the raw rows, one row each: file, line, what, fix. `raw` holds text as written.
WITH
typed AS (
    SELECT
        *,
        if(is_day(period_start), first_day(period_start), NULL) AS start_day,
        if(is_day(period_end), first_day(period_end), NULL) AS end_day,
        regexp_full_match(value, '-?\d+(\.\d+)?') AS value_is_number,
        is_partial_date(published) AS published_is_date
    FROM raw
),
faults AS (
    SELECT file, line, 'indicator ' || quoted(indicator) || ' is unknown' AS what, 'add it to indicators.toml or correct the id' AS fix
    FROM typed WHERE indicator NOT IN (SELECT id FROM indicator)
    UNION ALL
    SELECT file, line, 'unit ' || quoted(unit) || ' is unknown', 'add it to units.toml or correct it'
    FROM typed WHERE unit NOT IN (SELECT id FROM unit) AND NOT (unit = '' AND kind = 'note')
    UNION ALL
    SELECT file, line, 'unit ' || quoted(unit) || ' does not fit ' || indicator, 'use a unit of its dimension, or list the unit under `also` in indicators.toml'
    FROM typed
    WHERE indicator IN (SELECT id FROM indicator) AND unit IN (SELECT id FROM unit)
        AND NOT EXISTS (SELECT 1 FROM line_unit l WHERE l.indicator = typed.indicator AND l.unit_text = typed.unit)
    UNION ALL
    SELECT file, line, 'value ' || quoted(value) || ' is not a number', 'write digits with a point, nothing else'
    FROM typed WHERE value <> '' AND NOT value_is_number
    UNION ALL
    SELECT file, line, 'there is no value', 'give the value as printed, or bound range with low and high, or kind note'
    FROM typed WHERE value = '' AND bound <> 'range' AND kind <> 'note'
    UNION ALL
    SELECT file, line, 'low ' || quoted(low) || ' or high ' || quoted(high) || ' is not a number', 'write digits with a point, nothing else'
    FROM typed
    WHERE (low <> '' AND NOT regexp_full_match(low, '-?\d+(\.\d+)?')) OR (high <> '' AND NOT regexp_full_match(high, '-?\d+(\.\d+)?'))
    UNION ALL
    SELECT file, line, 'a range without low and high, or upside down', 'give low and high, low first'
    FROM typed WHERE bound = 'range' AND NOT coalesce(try_cast(low AS DOUBLE) <= try_cast(high AS DOUBLE), false)
    UNION ALL
    SELECT file, line, 'period_start ' || quoted(period_start) || ' or period_end ' || quoted(period_end) || ' is not a date', 'write YYYY-MM-DD'
    FROM typed WHERE start_day IS NULL OR end_day IS NULL
    UNION ALL
    SELECT file, line, 'the period ends before it starts', 'swap or correct the dates'
    FROM typed WHERE end_day < start_day
    UNION ALL
    SELECT file, line, 'the period ' || period_start || ' to ' || period_end || ' is not a ' || period_kind, 'correct period_kind or the dates'
    FROM typed
    WHERE end_day >= start_day AND NOT CASE period_kind
        WHEN 'day' THEN start_day = end_day
        WHEN 'month' THEN start_day = date_trunc('month', start_day) AND end_day = last_day(start_day)
        WHEN 'quarter' THEN start_day = date_trunc('quarter', start_day) AND end_day = last_day(start_day + INTERVAL 2 MONTH)
        WHEN 'ytd' THEN start_day = date_trunc('year', end_day)
        WHEN 'year' THEN start_day = date_trunc('year', start_day) AND end_day = last_day(start_day + INTERVAL 11 MONTH)
        ELSE true END
    UNION ALL
    SELECT file, line, column_name || ' ' || quoted(word) || ' is not in the closed list', 'use one of ' || allowed
    FROM (
        SELECT file, line, 'period_kind' AS column_name, period_kind AS word, 'day, month, quarter, ytd, year, range' AS allowed FROM raw
        UNION ALL SELECT file, line, 'kind', kind, 'actual, target, forecast, capacity, note' FROM raw
        UNION ALL SELECT file, line, 'bound', bound, '=, >, <, ~, range' FROM raw
        UNION ALL SELECT file, line, 'status', status, 'reported, provisional, derived, estimated' FROM raw
    )
    WHERE NOT list_contains(string_split(allowed, ', '), word)
    UNION ALL
    SELECT file, line, 'terms ' || quoted(terms) || ' is not a currency', 'use USD, CNY or nothing'
    FROM typed WHERE terms NOT IN ('', 'USD', 'CNY')
    UNION ALL
    SELECT file, line, 'source ' || quoted(source) || ' is unknown', 'add it to sources.toml, or leave it empty and give the publisher'
    FROM typed WHERE source <> '' AND source NOT IN (SELECT id FROM source)
    UNION ALL
    SELECT file, line, 'there is no URL', 'give the page that the figure was taken from'
    FROM typed LEFT JOIN source s ON s.id = typed.source
    WHERE NOT (typed.url LIKE 'http://_%' OR typed.url LIKE 'https://_%') AND NOT (typed.url = '' AND coalesce(s.url, '') <> '')
    UNION ALL
    SELECT file, line, 'there is no publisher', 'name the page and whom it relays'
    FROM typed WHERE publisher = '' AND source = ''
    UNION ALL
    SELECT file, line, 'published ' || quoted(typed.published) || ' is not a date', 'write YYYY-MM-DD, YYYY-MM or YYYY'
    FROM typed LEFT JOIN source_rule r ON r.id = typed.source
    WHERE NOT coalesce(published_is_date, false) AND NOT (typed.published = '' AND coalesce(r.published_rule, 'row') <> 'row')
    UNION ALL
    SELECT file, line, 'published ' || published || ' is in the future', 'correct the date'
    FROM typed
    WHERE published_is_date
        AND first_day(published) > coalesce(try_cast(left(retrieved, 10) AS DATE), greatest(getvariable('today'), getvariable('retrieved')))
    UNION ALL
    SELECT file, line, 'the same figure stands twice (also at ' || first(file) OVER twin || ':' || first(line) OVER twin || ')', 'remove one, or tell them apart by counter'
    FROM typed
    WINDOW twin AS (
        PARTITION BY indicator, kind, period_kind, period_start, period_end, unit, terms, url, published, counter, source, retrieved
        ORDER BY file, line
    )
    QUALIFY row_number() OVER twin > 1
)
SELECT file, line, what, fix FROM faults ORDER BY file, line, what
