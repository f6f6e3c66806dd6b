SELECT
    r.period_kind,
    r.period_start,
    CASE WHEN r.period_kind = 'year' THEN CAST(r.period_start + INTERVAL 12 MONTH - INTERVAL 1 DAY AS DATE) ELSE last_day(r.period_start) END AS period_end,
    r.reporter, r.partner, r.flow, r.hs,
    CAST(r.value AS DECIMAL(28, 6)) AS value,
    CAST(r.weight AS DECIMAL(28, 6)) AS weight,
    r.weight_estimated,
    CAST(r.quantity AS DECIMAL(28, 6)) AS quantity,
    r.quantity_unit,
    r.quantity_estimated
FROM flow_row AS r
JOIN touched AS t ON t.reporter = r.reporter AND t.period_kind = r.period_kind AND t.period_start = r.period_start
JOIN wanted AS w ON w.hs = r.hs
WHERE r.source = 'comtrade'
