-- Rows of `raw` outside the plausible limits of their indicator: file, line, what, fix.
SELECT
    r.file, r.line,
    quoted(r.value || ' ' || r.unit) || ' is outside ' || digits(i.bound_low) || ' to ' || digits(i.bound_high) || ' ' || i.unit
        || ' for ' || r.indicator || ', ' || r.period_start || ' to ' || r.period_end AS what,
    'look at the page; if it is right, widen the bounds in indicators.toml' AS fix
FROM raw r
JOIN indicator i ON i.id = r.indicator
JOIN line_unit l ON l.indicator = r.indicator AND l.unit_text = r.unit AND l.unit = i.unit
WHERE try_cast(r.value AS DOUBLE) * l.factor NOT BETWEEN i.bound_low AND i.bound_high
ORDER BY r.file, r.line
