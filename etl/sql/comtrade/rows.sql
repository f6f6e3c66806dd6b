-- Rows of a definition as observations: plain digits, no zeros that nobody printed. Cars come singly.
SELECT
    getvariable('indicator') AS indicator,
    'actual' AS kind,
    period_kind,
    strftime(period_start, '%Y-%m-%d') AS period_start,
    strftime(period_end, '%Y-%m-%d') AS period_end,
    CASE getvariable('unit')
        WHEN 'thousand cars' THEN CAST(CAST(value AS DECIMAL(38, 3)) AS VARCHAR)
        ELSE rtrim(rtrim(CAST(CAST(value AS DECIMAL(38, 6)) AS VARCHAR), '0'), '.')
    END AS value,
    '=' AS bound,
    getvariable('unit') AS unit,
    if(estimated, 'estimated', getvariable('status')) AS status,
    getvariable('published') AS published
FROM found
WHERE value IS NOT NULL
ORDER BY period_start, period_end
