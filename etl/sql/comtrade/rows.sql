-- Rows of a definition as observations: plain digits, no zeros that nobody printed.
SELECT
    getvariable('indicator') AS indicator,
    'actual' AS kind,
    period_kind,
    strftime(period_start, '%Y-%m-%d') AS period_start,
    strftime(period_end, '%Y-%m-%d') AS period_end,
    rtrim(rtrim(CAST(CAST(value AS DECIMAL(38, 6)) AS VARCHAR), '0'), '.') AS value,
    '=' AS bound,
    getvariable('unit') AS unit,
    if(estimated, 'estimated', getvariable('status')) AS status,
    getvariable('published') AS published
FROM found
WHERE value IS NOT NULL
ORDER BY period_start, period_end
