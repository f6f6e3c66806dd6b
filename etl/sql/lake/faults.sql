-- What is wrong with the rows of a piece, by line: line, what, fix. The first thousand.
WITH told AS (
    SELECT
        f.* EXCLUDE (weight),
        coalesce(f.weight, nullif(trim(f.weight_text), 'NA')) AS weight,
        r.iso AS reporter_iso,
        p.iso AS partner_iso,
        upper(coalesce(f.flow, getvariable('flow'))) AS direction,
        try_cast(f.period AS INTEGER) AS number,
        lpad(f.hs, greatest(length(f.hs), getvariable('digits'))::INTEGER, '0') AS code
    FROM piece_text f
    LEFT JOIN area r ON r.key = f.reporter
    LEFT JOIN area p ON p.key = f.partner
),
found AS (
    SELECT
        line,
        CASE
            WHEN reporter_iso IS NULL THEN ['the reporter ' || coalesce('«' || reporter || '»', 'is missing'), 'use a code of data/codes/areas.csv']
            WHEN partner_iso IS NULL THEN ['the partner ' || coalesce('«' || partner || '»', 'is missing'), 'use a code of data/codes/areas.csv']
            WHEN direction IS NULL OR direction NOT IN ('1', '2', '3', '4', 'M', 'X', 'RM', 'RX', 'DX', 'FM', 'MIP', 'MOP', 'XIP', 'XOP')
                THEN ['the flow ' || coalesce('«' || direction || '»', 'is missing'), 'write M or X']
            WHEN code IS NULL OR NOT (code = 'TOTAL' OR (length(code) IN (2, 4, 6, 8, 9, 10, 11, 12) AND regexp_full_match(code, '\d+[A-Z]{0,2}')))
                THEN ['the HS code ' || coalesce('«' || hs || '»', 'is missing'), 'write TOTAL or two, four, six or more digits']
            WHEN number IS NULL OR NOT (number BETWEEN 1900 AND 2100 OR (number BETWEEN 190001 AND 210012 AND number % 100 BETWEEN 1 AND 12))
                THEN ['the period ' || coalesce('«' || period || '»', 'is missing') || ' is no year or month', 'write 2026 or 202608']
            WHEN if(number > 9999, last_day(make_date(number // 100, number % 100, 1)), make_date(number, 12, 31)) >= getvariable('today')
                THEN ['the period ' || period || ' has not ended', 'correct the period']
            WHEN value IS NOT NULL AND NOT coalesce(try_cast(value AS DOUBLE) >= 0 AND isfinite(try_cast(value AS DOUBLE)), false)
                THEN ['the value «' || value || if(try_cast(value AS DOUBLE) < 0, '» is negative', '» is no number'), 'look at the file']
            WHEN weight IS NOT NULL AND NOT coalesce(try_cast(weight AS DOUBLE) >= 0 AND isfinite(try_cast(weight AS DOUBLE)), false)
                THEN ['the weight «' || weight || if(try_cast(weight AS DOUBLE) < 0, '» is negative', '» is no number'), 'look at the file']
            WHEN quantity IS NOT NULL AND NOT coalesce(try_cast(quantity AS DOUBLE) >= 0 AND isfinite(try_cast(quantity AS DOUBLE)), false)
                THEN ['the quantity «' || quantity || if(try_cast(quantity AS DOUBLE) < 0, '» is negative', '» is no number'), 'look at the file']
            WHEN released IS NOT NULL AND (try_cast(released AS DATE) IS NULL OR try_cast(released AS DATE) > getvariable('today'))
                THEN ['the day of release «' || released || '» is none, or not yet', 'write YYYY-MM-DD']
        END AS told
    FROM told
)
SELECT line, told[1], told[2] FROM found WHERE told IS NOT NULL ORDER BY line LIMIT 1000
