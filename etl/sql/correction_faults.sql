-- Every fault of the raw corrections, one row each: file, line, what, fix. Whether a correction
-- matches an observation is a check of the finished build.
SELECT file, line, what, fix FROM (
    SELECT *, 'indicator ' || quoted(indicator) || ' is unknown' AS what, 'add it to indicators.toml or correct the id' AS fix
    FROM raw_correction WHERE indicator NOT IN (SELECT id FROM indicator)
    UNION ALL
    SELECT *, 'the period ' || period_start || ' to ' || period_end || ' is none', 'write two ISO dates, start first'
    FROM raw_correction
    WHERE NOT (is_day(period_start) AND is_day(period_end) AND coalesce(first_day(period_start) <= first_day(period_end), false))
    UNION ALL
    SELECT *, 'there is no reason', 'say in one sentence why the figure is ruled out'
    FROM raw_correction WHERE trim(reason) = ''
) ORDER BY line
